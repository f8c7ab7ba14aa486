import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { StartupError } from '../../kernel/startup-error.js';
import { under } from './account.js';
import type { Binaries } from './binaries.js';
import { answers } from './connection.js';
import type { Home } from './home.js';
import { findPostmaster, type Postmaster, removeMistakableFiles } from './postmaster.js';
import { PORT, prepareSocketDirectory } from './socket-directory.js';
import { until } from './until.js';

/** Longer than the recovery of the largest log that PostgreSQL keeps by default. */
const START_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 60_000;
const ORPHANS_END_WITHIN_MS = 10_000;
const LARGEST_LOG_BYTES = 8 * 1024 * 1024;

/**
 * Starts the server of the home's cluster, and resolves when it accepts connections. It is a process of its own that
 * outlives this one. To be called in turn, when no server runs. Throws a StartupError with the end of the server's log.
 */
export async function startServer(home: Home, binaries: Binaries): Promise<Postmaster> {
  const socketDirectory = await prepareSocketDirectory(home);
  await clearTheWay(home, socketDirectory);
  // Backends of a server that was killed see it within moments; until then PostgreSQL refuses to start.
  const started = await until(async () => {
    const outcome = await attempt(home, binaries, socketDirectory);
    return typeof outcome === 'string' && outcome.includes('still in use') ? undefined : outcome;
  }, ORPHANS_END_WITHIN_MS);
  if (typeof started === 'object') return started;
  throw new StartupError(
    `PostgreSQL did not start on the data in ${home.directory}. The end of its log: ${started ?? 'processes of an earlier server still use the data.'}`,
    `The whole log is in ${home.logFile}. Set DATABASE_URL to use another PostgreSQL.`,
  );
}

/**
 * Resolves when the running server of a cluster accepts connections, and to undefined when there is none (any more).
 * Throws a StartupError after two minutes.
 */
export async function findReadyServer(home: Home): Promise<Postmaster | undefined> {
  const found = await until(() => {
    const postmaster = findPostmaster(home.cluster);
    if (postmaster === undefined) return 'none';
    return postmaster.status === 'ready' ? postmaster : undefined;
  }, START_WITHIN_MS);
  if (found !== undefined) return found === 'none' ? undefined : found;
  throw new StartupError(
    `The PostgreSQL server of ${home.directory} runs, but did not become ready within two minutes.`,
    `See its log, ${home.logFile}.`,
  );
}

/** Stops the server of a cluster: open transactions are rolled back, connections closed. Resolves when it is gone. */
export async function stopServer(home: Home): Promise<void> {
  const postmaster = findPostmaster(home.cluster);
  if (postmaster === undefined) return;
  askToStop(postmaster.pid);
  const isGone = (): true | undefined => findPostmaster(home.cluster)?.pid !== postmaster.pid || undefined;
  if (!(await until(isGone, STOP_WITHIN_MS))) {
    throw new Error(
      `PostgreSQL (process ${String(postmaster.pid)}) did not stop within a minute; see ${home.logFile}.`,
    );
  }
  // PostgreSQL removed its socket. The folder is made again at every start, so it need not stay among the temporary files.
  await rmdir(postmaster.socketDirectory).catch(() => undefined);
}

function askToStop(pid: number): void {
  try {
    // PostgreSQL's "fast" shutdown.
    process.kill(pid, 'SIGINT');
  } catch (error) {
    // It has just ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** A server that cannot be seen may own the files: then they must stay. What a dead one left must go. */
async function clearTheWay(home: Home, socketDirectory: string): Promise<void> {
  if (await answers(socketDirectory)) {
    throw new StartupError(
      `A PostgreSQL server that cannot be seen from here, perhaps in another container, uses the data in ${home.directory}.`,
      'Stop it, or give each container a data folder of its own, or set DATABASE_URL for all of them.',
    );
  }
  removeMistakableFiles(home.cluster, socketDirectory);
}

/** The server when it is ready, or what it wrote before it gave up. */
async function attempt(
  home: Home,
  binaries: Binaries,
  socketDirectory: string,
): Promise<Postmaster | string> {
  const logStart = prepareLog(home.logFile);
  const server = launch(home, binaries, socketDirectory);
  let failure: string | undefined;
  server.once('error', (error) => (failure = error.message));
  server.once('exit', () => (failure = endOfLog(home.logFile, logStart)));
  const outcome = await until(() => failure ?? readyServer(home), START_WITHIN_MS);
  server.removeAllListeners('exit').unref();
  return outcome ?? 'it is not ready after two minutes.';
}

function readyServer(home: Home): Postmaster | undefined {
  const postmaster = findPostmaster(home.cluster);
  return postmaster?.status === 'ready' ? postmaster : undefined;
}

function launch(home: Home, binaries: Binaries, socketDirectory: string): ChildProcess {
  const { O_WRONLY, O_CREAT, O_APPEND, O_NOFOLLOW } = constants;
  const log = openSync(home.logFile, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0o600);
  try {
    const args = ['-D', home.cluster, ...settings(socketDirectory).flatMap((setting) => ['-c', setting])];
    return spawn(binaries.postgres, args, {
      ...under(home.account),
      detached: true,
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

/** Given on the command line, so that every cluster runs with them, whatever stands in its configuration files. */
function settings(socketDirectory: string): readonly string[] {
  return [
    'listen_addresses=',
    // A list of paths: quotes keep a comma in a path from ending it.
    `unix_socket_directories="${socketDirectory.replaceAll('"', '""')}"`,
    `port=${String(PORT)}`,
    'max_connections=200',
    'shared_buffers=128MB',
    'jit=off',
    'fsync=on',
    'full_page_writes=on',
    'synchronous_commit=on',
    'timezone=UTC',
    'log_timezone=UTC',
    'log_checkpoints=off',
    'logging_collector=off',
    'cluster_name=signalbox',
  ];
}

/** Keeps the log from growing for ever, and returns where the next line will be. */
function prepareLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size < LARGEST_LOG_BYTES) return size;
  renameSync(file, `${file}.1`);
  return 0;
}

function endOfLog(file: string, from: number): string {
  return readFileSync(file).subarray(from).subarray(-2_000).toString().trim();
}
