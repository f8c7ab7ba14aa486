import { connect } from 'node:net';
import { realpathSync } from 'node:fs';
import pg from 'pg';
import { StartupError } from '../../kernel/startup-error.js';
import { PORT, socketIn } from './socket-directory.js';

const DATABASE = 'signalbox';
const ANSWER_WITHIN_MS = 10_000;

/**
 * The URL of the database `signalbox` behind a socket. `pg`, TypeORM's `url`, libpq and URL parsers all read it; the
 * host in the query outranks the one before the path. Nothing in it is left to PG* environment variables.
 */
export function connectionStringOf(socketDirectory: string, database = DATABASE): string {
  const host = encodeURIComponent(socketDirectory);
  return `postgresql://postgres@localhost:${String(PORT)}/${database}?host=${host}&sslmode=disable`;
}

/**
 * Proves that the server behind the socket accepts connections and serves this cluster, and creates the database
 * `signalbox` if it is missing. Rejects with the driver's error if it cannot be reached.
 */
export async function assertServes(socketDirectory: string, cluster: string): Promise<void> {
  const serves = await within(socketDirectory, DATABASE, dataDirectory).catch(async (error: unknown) => {
    if ((error as { code?: unknown }).code !== MISSING_DATABASE) throw error;
    return within(socketDirectory, 'postgres', async (client) => {
      await client.query(`create database ${DATABASE}`);
      return dataDirectory(client);
    });
  });
  if (realpathSync(serves) === cluster) return;
  throw new StartupError(
    `The server behind ${socketDirectory} serves the data in ${serves}, not those in ${cluster}.`,
    'Stop that server, then start again.',
  );
}

/** Whether any process answers on the socket. */
export function answers(socketDirectory: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketIn(socketDirectory));
    const end = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', end(true)).once('error', end(false));
  });
}

const MISSING_DATABASE = '3D000';

async function dataDirectory(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ data_directory: string }>('show data_directory');
  return rows[0]?.data_directory ?? '';
}

async function within<Result>(
  socketDirectory: string,
  database: string,
  run: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const connectionString = connectionStringOf(socketDirectory, database);
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: ANSWER_WITHIN_MS });
  // A connection that breaks also rejects the query that waits on it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await run(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
