import { chmodSync, chownSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { StartupError } from '../../kernel/startup-error.js';
import { type Account, holdsUnder } from './account.js';
import { type Home, keyOf } from './home.js';

/** The port in the socket's name. Nothing listens on it: TCP is off. */
export const PORT = 5432;

/** The shortest limit of the systems that are supported: 104 bytes on macOS, 108 on Linux, with a zero at the end. */
const LONGEST_SOCKET_PATH = 103;

/** Where PostgreSQL puts its socket in a directory. */
export function socketIn(directory: string): string {
  return join(directory, `.s.PGSQL.${String(PORT)}`);
}

/**
 * Makes the directory for the server's socket, and returns it. Only the server's account (and root) can enter it, and
 * that is what authenticates connections. It lies in the home; if that path is too long for a socket, among the
 * system's temporary files, under a name that belongs to this home alone. Throws a StartupError if somebody else
 * owns that name.
 */
export async function prepareSocketDirectory(home: Home): Promise<string> {
  const directory = await place(home);
  make(directory, home.account);
  assertPrivate(directory, home.account);
  return directory;
}

async function place(home: Home): Promise<string> {
  const near = join(home.directory, 'socket');
  if (fits(near)) return near;
  for (const parent of [tmpdir(), '/tmp']) {
    const far = join(parent, `signalbox-${keyOf(home.directory)}`);
    if (fits(far) && (await holdsUnder(home.account, 'cd "$1"', dirname(far)))) return far;
  }
  throw new StartupError(
    `The path ${socketIn(near)} is too long for a socket, and neither ${tmpdir()} nor /tmp can be used instead.`,
    'Choose a data folder with a shorter path.',
  );
}

function fits(directory: string): boolean {
  return Buffer.byteLength(socketIn(directory)) <= LONGEST_SOCKET_PATH;
}

function make(directory: string, account: Account): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw error;
  }
  if (!account.own) chownSync(directory, account.uid, account.gid);
}

function assertPrivate(directory: string, account: Account): void {
  // Not following links: among the temporary files, somebody else may have been there first.
  const stats = lstatSync(directory);
  if (!stats.isDirectory() || stats.uid !== account.uid) {
    throw new StartupError(
      `PostgreSQL's socket belongs in ${directory}, but that is not a folder of ${account.name}.`,
      `Remove ${directory}, or have its owner do so.`,
    );
  }
  chmodSync(directory, 0o700);
}
