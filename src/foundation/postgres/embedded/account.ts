import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import { StartupError } from '../../kernel/startup-error.js';

/** An account of the operating system. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** Whether this process already runs under it. */
  readonly own: boolean;
}

/** The account that this process runs under. */
export function ownAccount(): Account {
  if (process.getuid === undefined || process.getgid === undefined) {
    throw new StartupError(
      `The embedded PostgreSQL does not run on ${process.platform}.`,
      'Set DATABASE_URL to a PostgreSQL that is running.',
    );
  }
  const uid = process.getuid();
  return { name: nameOf(uid), uid, gid: process.getgid(), own: true };
}

/** The account with these ids, as seen by root. */
export function accountWithIds(uid: number, gid: number): Account {
  return { name: nameOf(uid), uid, gid, own: false };
}

/** The account `nobody`, which every Unix has: PostgreSQL refuses to run as root, and none is created for it. */
export function nobodyAccount(): Account {
  const [, , uid, gid] = passwordEntries().find(([name]) => name === 'nobody') ?? [];
  if (uid === undefined || gid === undefined) {
    throw new StartupError(
      'PostgreSQL does not run as root, and there is no account `nobody` in /etc/passwd to run it under.',
      'Start Signalbox under an ordinary account, or set DATABASE_URL to a PostgreSQL that is running.',
    );
  }
  return accountWithIds(Number(uid), Number(gid));
}

/** Options that make a child process run under the account, with nothing of this process's environment. */
export function under(account: Account): {
  uid?: number;
  gid?: number;
  cwd: string;
  env: NodeJS.ProcessEnv;
} {
  const env = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin:/usr/sbin:/sbin' };
  // The root folder: the working directory of this process may be closed to the account.
  return { ...(account.own ? {} : { uid: account.uid, gid: account.gid }), cwd: '/', env };
}

/** Runs a program to its end under the account and returns what it printed. Rejects as `execFile` does. */
export async function runUnder(account: Account, program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, under(account));
  return stdout;
}

/** Whether a shell test holds under the account, with `$1` standing for `path`. The account is asked, no modes are read. */
export async function holdsUnder(account: Account, test: string, path: string): Promise<boolean> {
  try {
    await runUnder(account, '/bin/sh', ['-c', test, 'sh', path]);
    return true;
  } catch (error) {
    // A number is the shell's answer. Anything else says that it could not be asked: this process may not change its account.
    if (typeof (error as { code?: unknown }).code === 'number') return false;
    throw new StartupError(
      `PostgreSQL does not run as root, and this process may not start programs as ${account.name}: ${(error as Error).message}.`,
      'Start Signalbox under an ordinary account, or set DATABASE_URL to a PostgreSQL that is running.',
      error,
    );
  }
}

function nameOf(uid: number): string {
  const [name] = passwordEntries().find(([, , id]) => Number(id) === uid) ?? [];
  return name ?? (uid === process.getuid?.() ? ownName() : undefined) ?? `uid ${String(uid)}`;
}

function ownName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}

/** name, password, uid, gid, … of each account. */
function passwordEntries(): readonly (readonly string[])[] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .map((line) => line.split(':'));
  } catch {
    return [];
  }
}
