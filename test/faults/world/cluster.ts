import { chownSync, mkdirSync } from 'node:fs';
import { appendFile, copyFile, lstat, readdir, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries, type Binaries } from '../../../src/foundation/postgres/embedded/binaries.js';
import { createCluster } from '../../../src/foundation/postgres/embedded/cluster.js';
import { assertServes, connectionStringOf } from '../../../src/foundation/postgres/embedded/connection.js';
import { settleHome, type Home } from '../../../src/foundation/postgres/embedded/home.js';
import { findPostmaster } from '../../../src/foundation/postgres/embedded/postmaster.js';
import { startServer } from '../../../src/foundation/postgres/embedded/server.js';
import { socketIn } from '../../../src/foundation/postgres/embedded/socket-directory.js';
import { eventually } from '../../kit/eventually.js';

const patienceMs = 60_000;

/** A PostgreSQL of our own, that can be killed, copied, and replaced by its copy. */
export class Cluster {
  private socketDirectory = '';
  private pid = 0;

  private constructor(
    private readonly home: Home,
    private readonly binaries: Binaries,
  ) {}

  /** Makes an empty one, and starts it. */
  static async create(directory: string): Promise<Cluster> {
    const cluster = await Cluster.in(directory);
    await createCluster(cluster.home, cluster.binaries);
    await cluster.start();
    await assertServes(cluster.socketDirectory, cluster.home.cluster);
    return cluster;
  }

  private static async in(directory: string): Promise<Cluster> {
    const home = await settleHome(directory, () => undefined);
    return new Cluster(home, await findBinaries(home, undefined, () => undefined));
  }

  /** The way in past every proxy. */
  get url(): string {
    return connectionStringOf(this.socketDirectory);
  }

  /** The way into another database than that of the world. */
  urlOf(database: string): string {
    return connectionStringOf(this.socketDirectory, database);
  }

  get socket(): string {
    return socketIn(this.socketDirectory);
  }

  async start(): Promise<void> {
    const { pid, socketDirectory } = await startServer(this.home, this.binaries);
    Object.assign(this, { pid, socketDirectory });
  }

  /** SIGQUIT: at once, as in a crash. SIGINT: in good order. */
  async end(signal: 'SIGQUIT' | 'SIGINT'): Promise<void> {
    try {
      process.kill(this.pid, signal);
    } catch {
      return;
    }
    await eventually(() => findPostmaster(this.home.cluster) === undefined, patienceMs);
  }

  get isRunning(): boolean {
    return findPostmaster(this.home.cluster) !== undefined;
  }

  /** Ends it, and removes its data. */
  async remove(): Promise<void> {
    await this.end('SIGQUIT');
    await rm(this.home.directory, { recursive: true, force: true });
  }

  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    for (const began = performance.now(); ; await pause(200)) {
      try {
        return await this.session(async (client) => (await client.query<Row>(text, [...values])).rows);
      } catch (error) {
        // It may be away just now: that is what faults are for.
        if (!isAway(error) || performance.now() - began > patienceMs) throw error;
      }
    }
  }

  /** A copy, as of now, while everything goes on. It does not run yet. */
  async copyTo(directory: string): Promise<Cluster> {
    const copy = await Cluster.in(directory);
    await this.session(async (client) => {
      await client.query(`select pg_backup_start('copy', true)`);
      await copyFolder(this.home.cluster, copy.home.cluster, copy.home.account);
      const { rows } = await client.query<{ labelfile: string }>(
        'select labelfile from pg_backup_stop(false)',
      );
      // What was written meanwhile is in the log: it is copied again, after the end.
      const log = join(copy.home.cluster, 'pg_wal');
      await rm(log, { recursive: true });
      await copyFolder(join(this.home.cluster, 'pg_wal'), log, copy.home.account);
      await copy.write('backup_label', rows[0]?.labelfile ?? '');
    });
    return copy;
  }

  /** Makes a copy one that follows its original. */
  async follow(original: Cluster): Promise<void> {
    const source = `host=${original.socketDirectory} port=5432 user=postgres`;
    await appendFile(
      join(this.home.cluster, 'postgresql.auto.conf'),
      `primary_conninfo = '${source.replaceAll("'", "''")}'\nwal_retrieve_retry_interval = 200ms\n`,
    );
    await this.write('standby.signal', '');
  }

  /** Resolves when all that the original has written by now is here too. */
  async catchUp(original: Cluster): Promise<void> {
    const [wanted] = await original.query<{ lsn: string }>('select pg_current_wal_lsn()::text as lsn');
    await eventually(async () => {
      const [seen] = await this.query<{ isHere: boolean }>(
        'select pg_last_wal_replay_lsn() >= $1::pg_lsn as "isHere"',
        [wanted?.lsn],
      );
      return seen?.isHere === true;
    }, patienceMs);
  }

  /** From now on it is a primary. */
  async promote(): Promise<void> {
    await this.query('select pg_promote(true)');
  }

  private async session<Result>(run: (client: pg.Client) => Promise<Result>): Promise<Result> {
    const client = new pg.Client({ connectionString: this.url, application_name: 'the harness' });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await run(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private async write(name: string, text: string): Promise<void> {
    const file = join(this.home.cluster, name);
    await writeFile(file, text, { mode: 0o600 });
    own(file, this.home.account);
  }
}

/** What PostgreSQL itself says has a severity. */
function isAway(error: unknown): boolean {
  const { severity, code = '' } = error as { severity?: string; code?: string };
  return severity === undefined || /^(57P0|53300)/.test(code);
}

type Owner = Home['account'];

function own(path: string, { own: isOurs, uid, gid }: Owner): void {
  if (!isOurs) chownSync(path, uid, gid);
}

/** Copies what is there; files of a running server come and go. */
async function copyFolder(from: string, to: string, owner: Owner): Promise<void> {
  mkdirSync(to, { mode: 0o700 });
  own(to, owner);
  for (const name of await readdir(from)) {
    if (name === 'postmaster.pid' || name === 'postmaster.opts') continue;
    await copyEntry(join(from, name), join(to, name), owner).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    });
  }
}

async function copyEntry(from: string, to: string, owner: Owner): Promise<void> {
  const entry = await lstat(from);
  if (entry.isDirectory()) return copyFolder(from, to, owner);
  if (entry.isSymbolicLink()) return symlink(await readlink(from), to);
  await copyFile(from, to);
  own(to, owner);
}
