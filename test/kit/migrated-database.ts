import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { migrations } from '../../src/app/migrations.js';
import { openDatabase } from '../../src/foundation/postgres/database.js';
import { migrateUp } from '../../src/foundation/postgres/migrate.js';
import { administer, serverUrl, testDatabase, type TestDatabase } from './database.js';

/**
 * Creates a database of its own with all tables, and nothing in them. It is a copy of one that was migrated once, which is
 * several times as fast as migrating. The caller closes it.
 */
export async function migratedDatabase(): Promise<TestDatabase> {
  const template = `signalbox_template_${digestOfMigrations()}`;
  await withServerLock(async (server) => {
    const { rowCount } = await server.query('select from pg_database where datname = $1', [template]);
    if (rowCount === 0) await makeTemplate(template);
  });
  return testDatabase(template);
}

const directory = join(import.meta.dirname, '../../migrations');

function digestOfMigrations(): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(directory).sort()) hash.update(readFileSync(join(directory, file)));
  return hash.digest('hex').slice(0, 16);
}

/** Test files run at once, in processes of their own; only one of them makes the template. */
async function withServerLock(run: (server: pg.Client) => Promise<void>): Promise<void> {
  const server = new pg.Client({ connectionString: serverUrl() });
  await server.connect();
  try {
    await server.query(`select pg_advisory_lock(hashtext('signalbox test template'))`);
    await run(server);
  } finally {
    await server.end();
  }
}

/** Under another name until it is complete: what is left of a run that was killed is never taken for it. */
async function makeTemplate(name: string): Promise<void> {
  const server = serverUrl();
  const unfinished = `${name}_unfinished`;
  await administer(server, `drop database if exists ${unfinished} with (force)`);
  await administer(server, `create database ${unfinished}`);
  const url = new URL(server);
  url.pathname = `/${unfinished}`;
  const database = await openDatabase({ url: url.href, tables: [], migrations });
  await migrateUp(database);
  await database.close();
  await administer(server, `alter database ${unfinished} rename to ${name}`);
}
