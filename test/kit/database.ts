import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** An empty database of its own, for one test file. */
export interface TestDatabase {
  readonly url: string;
  /** Drops the database, and cuts whatever connection to it is still open. */
  close(): Promise<void>;
}

/** Creates an empty database, or a copy of another one. The caller closes it. */
export async function testDatabase(template = 'template1'): Promise<TestDatabase> {
  const server = serverUrl();
  const name = `signalbox_test_${randomUUID().replaceAll('-', '')}`;
  await administer(server, `create database ${name} template ${template}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, close: () => administer(server, `drop database if exists ${name} with (force)`) };
}

/** The server that all tests of a run share. */
export function serverUrl(): string {
  const url = process.env['SIGNALBOX_TEST_DATABASE_URL'];
  if (!url) throw new Error('There is no server to test on: run the tests through jest, which starts one.');
  return url;
}

/** Runs one statement on the server's own database, over a connection of its own. */
export async function administer(server: string, command: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(command);
  } finally {
    await client.end();
  }
}
