import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf } from './processes.js';
import { socketIn } from './socket-directory.js';

/** What PostgreSQL's main process says of itself in postmaster.pid. */
export interface Postmaster {
  readonly pid: number;
  readonly socketDirectory: string;
  /** `starting`, `ready`, `stopping`, …; empty until the process has said it. */
  readonly status: string;
}

/** The running server of a cluster. Undefined when there is none, even if a postmaster.pid was left behind. */
export function findPostmaster(cluster: string): Postmaster | undefined {
  const written = readPostmasterFile(cluster);
  return written && isServerOf(cluster, written.pid) ? written : undefined;
}

/** What stands in postmaster.pid, whether true or left behind. */
function readPostmasterFile(cluster: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const [pid = '', , , , socketDirectory = '', , , status = ''] = lines;
    return { pid: Number(pid), socketDirectory, status: status.trim() };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Removes the files of a server that is gone which PostgreSQL would take for a running server's, and therefore refuse
 * to start: their process id belongs to another program by now, or to a zombie that nobody has buried. To be called in
 * turn, when no server runs.
 */
export function removeMistakableFiles(cluster: string, socketDirectory: string): void {
  // If its process is really gone it stays: PostgreSQL reads in it whether the dead server's children still use the data.
  const left = readPostmasterFile(cluster);
  if (left !== undefined && existsAtAll(left.pid)) rmSync(join(cluster, 'postmaster.pid'));
  const socket = socketIn(socketDirectory);
  for (const file of [`${socket}.lock`, socket]) rmSync(file, { force: true });
}

/** As PostgreSQL sees it. */
function existsAtAll(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The pid alone proves nothing: after a crash or a reboot it may belong to anything, another cluster's server too. */
function isServerOf(cluster: string, pid: number): boolean {
  const command = commandOf(pid);
  if (command === undefined || !/(^|\/)(postgres|postmaster)(\s|$)/.test(command)) return false;
  const namesAnyCluster = command.includes(' -D /');
  return !namesAnyCluster || `${command} `.includes(` -D ${cluster} `);
}
