import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { sha256 } from '../../kernel/id.js';
import { StartupError } from '../../kernel/startup-error.js';
import { type Account, accountWithIds, holdsUnder, nobodyAccount, ownAccount } from './account.js';
import { makeDirectory } from './directory.js';

/** Where one embedded PostgreSQL lives, and under which account its server runs. All paths are absolute and real. */
export interface Home {
  readonly directory: string;
  /** PostgreSQL's data directory. Complete if it exists. */
  readonly cluster: string;
  /** Claims of the processes that use the server. */
  readonly users: string;
  /** Claims of the processes that wait to start or stop it. */
  readonly queue: string;
  readonly logFile: string;
  /** Where the server's programs are copied to if they cannot be used where they are. */
  readonly programs: string;
  readonly account: Account;
}

/** Where root keeps what the server's account could not reach in its place. */
const publicPlace = '/var/lib/signalbox';

/**
 * Decides where the data that are asked for in `requested` live, and makes the folders. They live there, except when
 * this process is root and the server's account cannot enter the folder (it lies under /root, say): then they live
 * under /var/lib/signalbox, in a folder that belongs to this path alone, and `log` is told. Data that exist are used
 * where they are. Throws a StartupError if the folder cannot be written or its data belong to somebody else.
 */
export async function settleHome(requested: string, log: (line: string) => void): Promise<Home> {
  const own = ownAccount();
  const wanted = realpathSync(makeDirectory(resolve(requested)));
  const home = own.uid === 0 ? await settleForRoot(wanted) : settleForOrdinary(wanted, own);
  if (home.directory !== wanted) {
    log(
      `PostgreSQL runs as ${home.account.name}, who may not enter ${wanted}: its data are in ${home.directory}`,
    );
  }
  makeDirectory(home.users);
  makeDirectory(home.queue);
  return home;
}

/** A short name for a path, the same in every process. */
export function keyOf(path: string): string {
  return sha256(path).toString('hex').slice(0, 16);
}

function settleForOrdinary(wanted: string, own: Account): Home {
  const home = homeIn(wanted, own, join(wanted, 'programs'));
  const owner = ownerOf(home.cluster);
  if (owner === undefined || owner.uid === own.uid) return home;
  throw new StartupError(
    `The data in ${wanted} belong to ${owner.name}, and this process runs as ${own.name}.`,
    'Start Signalbox as their owner or as root, or keep the data of this account in another folder.',
  );
}

async function settleForRoot(wanted: string): Promise<Home> {
  const programs = join(publicPlace, 'programs');
  const owner = ownerOf(join(wanted, 'cluster'));
  if (owner !== undefined) {
    await assertEnterable(owner, wanted);
    return homeIn(wanted, owner, programs);
  }
  const nobody = nobodyAccount();
  const elsewhere = join(publicPlace, 'postgres', `${keyOf(wanted)}-${basename(wanted)}`);
  const settledElsewhere = existsSync(join(elsewhere, 'cluster'));
  if (!settledElsewhere && (await mayEnter(nobody, wanted))) return homeIn(wanted, nobody, programs);
  await assertEnterable(nobody, makeDirectory(elsewhere));
  return homeIn(elsewhere, nobody, programs);
}

function homeIn(directory: string, account: Account, programs: string): Home {
  const at = (name: string): string => join(directory, name);
  return {
    directory,
    cluster: at('cluster'),
    users: at('users'),
    queue: at('queue'),
    logFile: at('server.log'),
    programs,
    account,
  };
}

async function assertEnterable(account: Account, directory: string): Promise<void> {
  if (await mayEnter(account, directory)) return;
  throw new StartupError(
    `PostgreSQL runs as ${account.name} for the data in ${directory}, and this account may not enter that folder.`,
    'Let everybody pass through the folders above it (chmod o+x), or set DATABASE_URL to a PostgreSQL that is running.',
  );
}

function mayEnter(account: Account, directory: string): Promise<boolean> {
  return holdsUnder(account, 'cd "$1"', directory);
}

/** The account that owns a path, for root; undefined when the path does not exist. */
function ownerOf(path: string): Account | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && accountWithIds(stats.uid, stats.gid);
}
