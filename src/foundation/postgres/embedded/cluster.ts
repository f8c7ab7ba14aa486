import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '../../kernel/id.js';
import { StartupError } from '../../kernel/startup-error.js';
import { runUnder, under } from './account.js';
import type { Binaries } from './binaries.js';
import type { Home } from './home.js';

const DRAFT = 'cluster-draft-';

/**
 * The major version of PostgreSQL that wrote the home's data; undefined when there are none yet. Throws a StartupError
 * when something else is in their place.
 */
export function majorOfData(home: Home): number | undefined {
  if (!existsSync(home.cluster)) return undefined;
  try {
    return Number.parseInt(readFileSync(join(home.cluster, 'PG_VERSION'), 'utf8'), 10);
  } catch (error) {
    throw new StartupError(
      `${home.cluster} is there, but cannot be read as PostgreSQL's data: ${(error as Error).message}.`,
      `Move ${home.cluster} aside to start without its data.`,
      error,
    );
  }
}

/**
 * Makes an empty cluster. It appears under its name only when it is complete, so one that exists can be used. To be
 * called in turn. Throws a StartupError with what initdb said.
 */
export async function createCluster(home: Home, binaries: Binaries): Promise<void> {
  removeDrafts(home);
  const draft = join(home.directory, `${DRAFT}${newId()}`);
  mkdirSync(draft, { mode: 0o700 });
  if (!home.account.own) chownSync(draft, home.account.uid, home.account.gid);
  try {
    await runUnder(home.account, binaries.initdb, ['-D', draft, ...initdbOptions(binaries.major)]);
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new StartupError(
      `PostgreSQL cannot make its data folder ${home.cluster}: ${(stderr ?? '').trim() || message}`,
      'Remove the cause, or set DATABASE_URL to a PostgreSQL that is running.',
      error,
    );
  }
  renameSync(draft, home.cluster);
}

/**
 * Brings the files of a new cluster onto the disk, in a process that nobody waits for. What the server commits is on
 * the disk in any case; this is for what initdb wrote, and the disk would have it within half a minute anyway.
 */
export function syncInBackground(home: Home, binaries: Binaries): void {
  spawn(binaries.initdb, ['--sync-only', '-D', home.cluster], {
    ...under(home.account),
    detached: true,
    stdio: 'ignore',
  })
    .on('error', () => undefined)
    .unref();
}

function initdbOptions(major: number): readonly string[] {
  // The built-in locale sorts the same on every machine; that of the C library changes with its version.
  const locale =
    major >= 17
      ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
      : ['--locale=C.UTF-8'];
  return [...locale, '--encoding=UTF8', '--no-sync', '--username=postgres', '--auth=trust'];
}

/** What initdb left when it was killed. */
function removeDrafts(home: Home): void {
  for (const name of readdirSync(home.directory)) {
    if (name.startsWith(DRAFT)) rmSync(join(home.directory, name), { recursive: true, force: true });
  }
}
