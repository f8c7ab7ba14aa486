import { StartupError } from '../../kernel/startup-error.js';
import { findBinaries } from './binaries.js';
import { dropClaim, liveClaims, makeClaim } from './claims.js';
import { createCluster, majorOfData, syncInBackground } from './cluster.js';
import { assertServes, connectionStringOf } from './connection.js';
import { type Home, settleHome } from './home.js';
import type { Postmaster } from './postmaster.js';
import { findReadyServer, startServer, stopServer } from './server.js';
import { inTurn } from './turn.js';

export interface EmbeddedPostgresOptions {
  /** Where the data are to live, e.g. `.signalbox/postgres`. Made if it is missing. */
  readonly directory: string;
  /** Is told, one sentence a line, what takes time or is not where one would look for it. */
  readonly log?: (line: string) => void;
}

/** A PostgreSQL server that runs on this machine for the processes that asked for it, and for nobody else. */
export interface EmbeddedPostgres {
  /** The URL of the database `signalbox`, for `pg` and for TypeORM's `url`. It needs no password: the socket's folder is closed. */
  readonly connectionString: string;
  /** Where the data and the server's log really are. */
  readonly dataDirectory: string;
  /** Whether the server ran before: for another process, or because an earlier one was killed. */
  readonly reattached: boolean;
  /** Gives the server up, and stops it if no other process uses it. Resolves when that is done; a second call does nothing more. */
  stop(): Promise<void>;
}

/**
 * Brings up a real PostgreSQL for this process, and resolves when its database `signalbox` accepts connections.
 * Processes that name the same directory share one server; the last one to stop ends it. A process that is killed
 * leaves the server running, and the next start finds it again. What was committed is safe in every case. All processes
 * must run on one machine and see each other (in one container, say). Throws a StartupError when it cannot be done.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  const home = await settleHome(options.directory, log);
  return inTurn(home.queue, async () => {
    const running = await attach(home);
    const { socketDirectory } = running ?? (await start(home, log));
    const use = makeClaim(home.users, 'user');
    let stopped: Promise<void> | undefined;
    return {
      connectionString: connectionStringOf(socketDirectory),
      dataDirectory: home.directory,
      reattached: running !== undefined,
      stop: () => (stopped ??= leave(home, () => dropClaim(home.users, use))),
    };
  });
}

/** The server that runs already, if one does. */
async function attach(home: Home): Promise<Postmaster | undefined> {
  const running = await findReadyServer(home);
  if (running === undefined) return undefined;
  try {
    await assertServes(running.socketDirectory, home.cluster);
    return running;
  } catch (error) {
    if (error instanceof StartupError) throw error;
    await retire(home, running, error);
    return undefined;
  }
}

/** Stops a server that cannot be reached: it is just stopping, or somebody removed its socket. */
async function retire(home: Home, { pid }: Postmaster, cause: unknown): Promise<void> {
  if (liveClaims(home.users).length === 0) return stopServer(home);
  throw new StartupError(
    `The PostgreSQL server of ${home.directory} (process ${String(pid)}) cannot be reached: ${(cause as Error).message}.`,
    'Other processes still use it. Stop them, then start again.',
    cause,
  );
}

async function start(home: Home, log: (line: string) => void): Promise<Postmaster> {
  const major = majorOfData(home);
  const binaries = await findBinaries(home, major, log);
  if (major === undefined) await createCluster(home, binaries);
  const server = await startServer(home, binaries);
  await assertServes(server.socketDirectory, home.cluster);
  if (major === undefined) syncInBackground(home, binaries);
  log(`PostgreSQL ${binaries.version} runs on the data in ${home.directory}`);
  return server;
}

function leave(home: Home, dropUse: () => void): Promise<void> {
  return inTurn(home.queue, async () => {
    dropUse();
    if (liveClaims(home.users).length === 0) await stopServer(home);
  });
}
