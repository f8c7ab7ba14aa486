import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startControlPlane as start } from '../../src/app/control-plane.js';
import type { LogLevel } from '../../src/foundation/log/log.js';
import { openLog } from '../../src/foundation/log/log.js';
import { makeClient, type Client } from './client.js';
import type { TestDatabase } from './database.js';
import { eventually } from './eventually.js';
import { migratedDatabase } from './migrated-database.js';
import { LiveClient } from './live-client.js';
import { makeSeed, type Seed } from './seed.js';

/** A control plane that runs for one test file, on a database of its own. */
export interface TestControlPlane {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
  /** With the token of the installation's administrator. */
  readonly admin: Client;
  /** Makes what tests begin with. */
  readonly seed: Seed;
  /** Where its data is. */
  readonly databaseUrl: string;
  /** Speaks GraphQL with another token, or with none. */
  as(token: string | null): Client;
  /** Opens a socket for streams. It is closed with the control plane, unless it was before. */
  live(client: Client): Promise<LiveClient>;
  /** Looks into, or puts into, the tables: for what no caller can bring about. */
  sql<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Resolves when everything that was written has its place in the order of its organization. */
  settled(): Promise<void>;
  /** How many SQL statements the control plane has run so far. */
  statementCount(): number;
  stop(): Promise<void>;
}

export interface TestControlPlaneOptions {
  /** A database that others use too, as replicas do; it stays when this one stops. */
  readonly database?: TestDatabase;
  readonly logLevel?: LogLevel;
  readonly tracesUrl?: string;
  readonly outageSeconds?: number;
  readonly guards?: { readonly largeAnswers: number; readonly inFlightMb: number };
  readonly fold?: { readonly revisions: number; readonly changes: number };
}

/** Starts a control plane in this process, on a free port. The caller stops it. */
export async function startControlPlane(options: TestControlPlaneOptions = {}): Promise<TestControlPlane> {
  const database = options.database ?? (await migratedDatabase());
  const dataDirectory = await mkdtemp(join(tmpdir(), 'signalbox-test-'));
  const plane = await start(
    {
      ...{ port: 0, host: '127.0.0.1', databaseUrl: database.url, dataDirectory, adminToken },
      ...{ encryptionKey, encryptionKeyFile: undefined, idempotencyHours: 24, allowLoopback: true },
      ...{ metricsToken, outageSeconds: options.outageSeconds ?? 30, stopSeconds: 10 },
      ...{ allowPrivateWebhooks: false, takeSeconds: 30, tracesUrl: options.tracesUrl },
      guards: options.guards ?? { largeAnswers: 16, inFlightMb: 256 },
      fold: options.fold ?? { revisions: 256, changes: 5_000 },
      ...{ logLevel: 'silent', terminal: false, history: { days: 30, revisions: 1_000 } },
    },
    openLog(options.logLevel ?? 'silent', false),
  );
  const pool = new pg.Pool({ connectionString: database.url, max: 2 });
  // The database goes at the end, maybe before the last connection has closed.
  pool.on('error', () => undefined);
  const sockets: LiveClient[] = [];
  const admin = makeClient(plane.url, adminToken);
  const sql = async <Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
    (await pool.query<Row>(text, [...values])).rows;
  return {
    origin: plane.url,
    admin,
    seed: makeSeed(admin, database.url),
    databaseUrl: database.url,
    as: (token) => makeClient(plane.url, token),
    live: async (client) => {
      const socket = await LiveClient.connect(client);
      sockets.push(socket);
      return socket;
    },
    sql,
    settled: async () => {
      await eventually(async () => (await sql(unnumbered)).length === 0);
    },
    statementCount: () => plane.statementCount(),
    stop: async () => {
      // Whoever still follows is told goodbye.
      await plane.stop();
      for (const socket of sockets) socket.close();
      await pool.end();
      if (!options.database) await database.close();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

const unnumbered = `select from stream_numbering n left join stream_head h using (topic, scope_id)
  where h.revision is distinct from n.revision`;

/** The key of every test installation. */
export const encryptionKey = Buffer.alloc(32, 'signalbox').toString('base64');

/** What opens the metrics of every test installation. */
export const metricsToken = 'the-token-of-the-metrics';

/** The token of every test installation's administrator. */
export const adminToken = 'sbx_the-token-of-the-administrator-in-tests';
