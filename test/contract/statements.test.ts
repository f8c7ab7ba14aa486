import pg from 'pg';
import { namedStatements } from '../../src/foundation/postgres/statement.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';

let plane: TestControlPlane;
let client: pg.Client;
beforeAll(async () => {
  plane = await startControlPlane();
  client = new pg.Client({ connectionString: plane.databaseUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await plane.stop();
});

const isPreparable = (text: string): boolean => /^\s*(select|insert|update|delete|with)\b/i.test(text);

describe('every statement', () => {
  it('that a replica has prepared still runs when a newer build has added columns to the tables', async () => {
    const prepared = namedStatements().filter(({ text }) => isPreparable(text));
    expect(prepared.length).toBeGreaterThan(100);
    for (const { name, text } of prepared) await client.query(`prepare "${name}" as ${text}`);
    const parameters = await client.query<{ name: string; count: number }>(
      'select name, cardinality(parameter_types) as count from pg_prepared_statements',
    );
    // As a newer build would do it: whatever else has the tables may go on.
    const tables = await client.query<{ name: string }>(
      "select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and not relispartition",
    );
    for (const { name } of tables.rows)
      await client.query(`alter table "${name}" add column added_later text`);

    const failed: string[] = [];
    for (const { name, count } of parameters.rows) {
      const given = count === 0 ? '' : `(${Array.from({ length: count }, () => 'null').join(', ')})`;
      await client.query(`explain execute "${name}"${given}`).catch((error: unknown) => {
        failed.push(`${name}: ${String(error)}`);
      });
    }
    expect(failed).toEqual([]);
  });
});
