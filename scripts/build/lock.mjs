import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { BuildFailure } from './build-failure.mjs';

const LOOK_AGAIN_MS = 100;
const PATIENCE_MS = 300_000;

/**
 * Does the work while no other process on this machine holds the lock, and waits for one that does. The lock of a
 * process that is gone counts for nothing.
 *
 * The lock is a directory that holds one file named after its owner. It comes into being, owner and all, by one
 * rename, and it goes by deleting that file and then the directory; neither can hit the lock of another owner.
 */
export async function withLock(lock, work) {
  mkdirSync(dirname(lock), { recursive: true });
  await acquire(lock);
  try {
    return await work();
  } finally {
    release(lock, process.pid);
  }
}

async function acquire(lock) {
  const deadline = performance.now() + PATIENCE_MS;
  let hasTold = false;
  while (!tryAcquire(lock)) {
    const owners = ownersOf(lock);
    const owner = owners.find(isAlive);
    if (owner === undefined) for (const gone of owners) release(lock, gone);
    else if (performance.now() > deadline) throw new BuildFailure(stillHeld(lock, owner));
    else if (!hasTold) console.log(`Building… waiting for process ${owner}, which is building already.`);
    hasTold ||= owner !== undefined;
    await wait(LOOK_AGAIN_MS);
  }
}

/** Renaming succeeds if there is no lock, or an empty one. */
function tryAcquire(lock) {
  const mine = mkdtempSync(`${lock}-`);
  writeFileSync(join(mine, String(process.pid)), '');
  try {
    renameSync(mine, lock);
    return true;
  } catch (error) {
    rmSync(mine, { recursive: true });
    if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code)) return false;
    throw error;
  }
}

function release(lock, owner) {
  ignoring(['ENOENT'], () => unlinkSync(join(lock, String(owner))));
  ignoring(['ENOENT', 'ENOTEMPTY', 'EEXIST'], () => rmdirSync(lock));
}

const ownersOf = (lock) => (ignoring(['ENOENT'], () => readdirSync(lock)) ?? []).map(Number);

/** This process holds no lock while it asks: its own number there is that of an earlier process. */
function isAlive(pid) {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function ignoring(codes, act) {
  try {
    return act();
  } catch (error) {
    if (!codes.includes(error.code)) throw error;
    return undefined;
  }
}

const stillHeld = (lock, owner) =>
  `Process ${owner} has been building for ${PATIENCE_MS / 60_000} minutes. If it is not a build, delete ${lock}.`;
