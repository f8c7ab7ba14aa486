import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { execFile } from 'node:child_process';
import { StartupError } from '../../kernel/startup-error.js';
import { runUnder } from './account.js';
import type { Home } from './home.js';
import { type Programs, platformPrograms } from './platform-package.js';

/** PostgreSQL programs that have been seen to run. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  /** As people write it: 18.4. */
  readonly version: string;
  /** Data files of one major version can be read by that version only. */
  readonly major: number;
}

/**
 * Finds PostgreSQL programs that run under the home's account: those that npm installed, else those on PATH, else the
 * newest in /usr/lib/postgresql. With `major`, only of that major version. Throws a StartupError that says of each
 * place why not.
 */
export async function findBinaries(
  home: Home,
  major: number | undefined,
  log: (line: string) => void,
): Promise<Binaries> {
  const reasons: string[] = [];
  for await (const programs of candidates(home, log)) {
    const found = await tryOut(programs, home);
    if (typeof found === 'string') reasons.push(found);
    else if (major === undefined || found.major === major) return found;
    else reasons.push(`${programs.origin} is PostgreSQL ${found.version}`);
  }
  throw noneFound(home, major, reasons);
}

async function* candidates(home: Home, log: (line: string) => void): AsyncGenerator<Programs> {
  const installed = await platformPrograms(home.account, home.programs, log);
  if (installed !== undefined) yield installed;
  const onPath = await folderOnPath();
  if (onPath !== undefined) yield { origin: onPath, bin: onPath };
  for (const bin of systemFolders()) if (bin !== onPath) yield { origin: bin, bin };
}

async function folderOnPath(): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', 'command -v postgres']);
    // Where links on PATH lead to, initdb and the libraries lie beside it.
    return dirname(realpathSync(stdout.trim()));
  } catch {
    return undefined;
  }
}

function systemFolders(): readonly string[] {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort((one, other) => Number(other) - Number(one))
    .map((version) => join(root, version, 'bin'))
    .filter((bin) => existsSync(join(bin, 'postgres')));
}

/** The programs' versions, or a sentence why they cannot be used. */
async function tryOut({ origin, bin }: Programs, home: Home): Promise<Binaries | string> {
  const postgres = join(bin, 'postgres');
  const initdb = join(bin, 'initdb');
  if (!existsSync(initdb)) return `${origin} has no initdb`;
  try {
    const text = await runUnder(home.account, postgres, ['--version']);
    const [version = '', major = ''] = /(\d+)[\w.]*/.exec(text) ?? [];
    return { postgres, initdb, version, major: Number(major) };
  } catch (error) {
    return `${origin} ${reasonOf(error as NodeJS.ErrnoException & { stderr?: string }, home.account.name)}`;
  }
}

function reasonOf(error: NodeJS.ErrnoException & { stderr?: string }, account: string): string {
  // The file exists, so what is missing is the loader that it names.
  if (error.code === 'ENOENT')
    return "cannot run with this system's C library (it needs glibc; Alpine has musl)";
  if (error.code === 'EACCES') return `may not be run by ${account}`;
  const [complaint] = (error.stderr ?? '').split('\n');
  return `does not run (${complaint === undefined || complaint === '' ? error.message : complaint})`;
}

function noneFound(home: Home, major: number | undefined, reasons: readonly string[]): StartupError {
  const tried = reasons.length === 0 ? 'npm installed none, and none is on PATH' : reasons.join('; ');
  if (major === undefined) {
    return new StartupError(
      `No PostgreSQL can be started here: ${tried}.`,
      'Set DATABASE_URL to a PostgreSQL that is running, or install one so that `postgres` is on PATH.',
    );
  }
  return new StartupError(
    `The data in ${home.directory} were written by PostgreSQL ${String(major)}, which no other major version can read, and it is not here: ${tried}.`,
    `Install PostgreSQL ${String(major)}, or move ${home.directory} aside to start without its data, or set DATABASE_URL to a PostgreSQL that is running.`,
  );
}
