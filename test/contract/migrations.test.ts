import { migrations } from '../../src/app/migrations.js';
import { openDatabase, type Database } from '../../src/foundation/postgres/database.js';
import { migrateDown, migrateUp, migrationStatus } from '../../src/foundation/postgres/migrate.js';
import { testDatabase, type TestDatabase } from '../kit/database.js';

let scratch: TestDatabase;
let database: Database;

beforeEach(async () => {
  scratch = await testDatabase();
  database = await openDatabase({ url: scratch.url, tables: [], migrations, poolSize: 4 });
});

afterEach(async () => {
  await database.close();
  await scratch.close();
});

async function tables(): Promise<string[]> {
  const rows = await database.rows<{ name: string }>({
    name: 'test.tables',
    text: `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  });
  return rows.map((row) => row.name).filter((name) => name !== 'schema_migration');
}

describe('migrations', () => {
  it('go up, down to nothing, and up again', async () => {
    await migrateUp(database);
    const made = await tables();
    expect(made).toContain('stream_event');
    for (let left = migrations.length; left > 0; left -= 1) await migrateDown(database);
    expect(await tables()).toEqual([]);
    expect(await migrateDown(database)).toBeUndefined();
    await migrateUp(database);
    expect(await tables()).toEqual(made);
  });

  const keyEvent = {
    name: 'test.key_event',
    text: `insert into stream_event (topic, scope_id, revision, ordinal, type, kind, subject_id, operation, after) values
      ('config', gen_random_uuid(), 1, 1, 'keyauth_credential.created', 'keyauth_credential', gen_random_uuid(), 'CREATED',
       jsonb_build_object('key', $1::text))`,
  };

  it('take nothing that has secrets in clear, and leave nobody without the keys of secrets', async () => {
    await migrateUp(database);
    await database.rows(keyEvent, ['sealed:v1:']);
    while ((await migrationStatus(database)).some(isLater)) await migrateDown(database);
    await expect(migrateDown(database)).rejects.toThrow('without the data keys');
    await database.rows({ name: 'test.forget', text: 'delete from stream_event' });
    await migrateDown(database);
    await database.rows(keyEvent, ['in-clear']);
    await expect(migrateUp(database)).rejects.toThrow('This database holds secrets in clear');
    expect(await tables()).not.toContain('data_key');
  });

  const isLater = ({ name, state }: { name: string; state: string }): boolean =>
    state === 'APPLIED' && Number(name.slice(-13)) > 1700000000003;

  it('take what is stored along, both ways', async () => {
    await migrateUp(database);
    const run = (text: string): Promise<object[]> => database.rows({ name: '', text });
    const [group, from, to] = [1, 2, 3].map((digit) => `00000000-0000-4000-8000-00000000000${digit}`);
    for (const text of [
      `insert into organization (id, name, plan) values ('${group}', 'o', 'FREE')`,
      `insert into runtime_group (id, organization_id, name, runtime_type) values ('${group}', '${group}', 'g', 'KONG')`,
      `insert into config_entity (id, runtime_group_id, kind, body, digest, created_revision, revision)
       select id, '${group}', 'route', '{}', '', 1, 1 from unnest('{${from},${to}}'::uuid[]) id`,
      `insert into config_reference (from_id, field, to_id) values ('${from}', 'service', '${to}')`,
      `insert into stream_head (topic, scope_id, hash, state_hash) values ('config', '${group}', '', '')`,
      `insert into stream_event (topic, scope_id, revision, ordinal, type, kind, subject_id, operation, before) values
         ('config', '${group}', 2, 1, 'route.deleted', 'route', '${from}', 'DELETED', '{"b": [1.0], "a": "\\u00e9"}')`,
    ]) {
      await run(text);
    }
    const stored = `select r.*, v.before, t.body
      from config_reference r, stream_event v, config_entity_before('${group}', 1) t`;
    const before = await run(stored);
    expect(before).toEqual([
      { from_id: from, field: 'service', to_id: to, before: { b: [1], a: 'é' }, body: { b: [1], a: 'é' } },
    ]);
    while ((await migrationStatus(database)).some(isBulk)) await migrateDown(database);
    expect(await run(stored)).toEqual([{ ...before[0], runtime_group_id: group }]);
    await migrateUp(database);
    expect(await run(stored)).toEqual(before);
  });

  const isBulk = ({ name, state }: { name: string; state: string }): boolean =>
    state === 'APPLIED' && Number(name.slice(-13)) >= 1700000000012;

  it('are applied once, however many replicas start at once', async () => {
    const applied = await Promise.all([1, 2, 3].map(() => migrateUp(database)));
    expect(applied.flat()).toHaveLength(migrations.length);
    expect((await migrationStatus(database)).every(({ state }) => state === 'APPLIED')).toBe(true);
  });

  it('refuse a database that is newer than the code, in a sentence that says what to do', async () => {
    await migrateUp(database);
    await database.rows({
      name: 'test.newer',
      text: `insert into schema_migration (timestamp, name) values (9999999999999, 'Tomorrow9999999999999')`,
    });
    await expect(migrateUp(database)).rejects.toMatchObject({
      message: 'The database is newer than this program: it has Tomorrow9999999999999.',
      hint: expect.stringContaining('Start the newer version of Signalbox') as string,
    });
  });
});

describe('the log', () => {
  it('refuses to change what is written', async () => {
    await migrateUp(database);
    const zeros = `decode(repeat('00', 32), 'hex')`;
    await database.rows({
      name: 'test.write',
      text: `insert into stream_revision (topic, scope_id, revision, hash, state_hash, command, actor_id, actor_name, event_count)
             values ('config', gen_random_uuid(), 1, ${zeros}, ${zeros}, 'x', gen_random_uuid(), 'x', 0)`,
    });
    const change = { name: 'test.change', text: `update stream_revision set actor_name = 'y'` };
    await expect(database.rows(change)).rejects.toThrow('stream_revision is append-only');
  });
});
