import { openDatabase, type Database } from '../../src/foundation/postgres/database.js';
import { insertion, insertRows } from '../../src/foundation/postgres/insert-rows.js';
import { testDatabase, type TestDatabase } from '../kit/database.js';

let scratch: TestDatabase;
let database: Database;

beforeAll(async () => {
  scratch = await testDatabase();
  database = await openDatabase({ url: scratch.url, tables: [], migrations: [], poolSize: 1 });
  await run(
    'create table thing (id integer primary key, name text, body jsonb, digest bytea, at integer default 7)',
  );
});
beforeEach(() => run('truncate thing'));
afterAll(async () => {
  await database.close();
  await scratch.close();
});

function run<Row>(text: string): Promise<Row[]> {
  return database.rows<Row>({ name: '', text });
}

const things = insertion('test.things', 'thing', {
  id: 'integer',
  name: 'text',
  body: 'jsonb',
  digest: 'bytea',
});

const names = [
  'plain',
  '',
  null,
  '\\N',
  '\\.',
  'tab\tand\nlines\r\n',
  'back\\slash\\t',
  '{"a":1}',
  'ö€😀',
  '"',
];

interface Thing {
  readonly id: number;
  readonly name: string | null;
  readonly body: unknown;
  readonly digest: Buffer | null;
  readonly at: number;
}

function thing(id: number): Thing {
  const name = names[id % names.length] ?? null;
  return {
    id,
    name,
    body: { id, text: name },
    digest: id % 2 ? Buffer.from([0, 92, 255, id % 256]) : null,
    at: 7,
  };
}

function insert(items: readonly Thing[]): Promise<void> {
  return database.transaction((tx) =>
    insertRows(tx, things, items, ({ id, name, body, digest }) => [id, name, JSON.stringify(body), digest]),
  );
}

function someThings(count: number): Thing[] {
  return Array.from({ length: count }, (_, index) => thing(index));
}

it.each([0, 1, 30, 100, 12_000])(
  '%i rows are stored as they are given, whatever is in them',
  async (count) => {
    await insert(someThings(count));
    expect(await run<Thing>('select * from thing order by id')).toEqual(someThings(count));
  },
);

it('rows take one statement, and another for each further 10,000', async () => {
  const taken: number[] = [];
  for (const count of [10, 1_000, 25_000]) {
    const before = database.statementCount();
    await insert(someThings(count).map((each) => ({ ...each, id: each.id + count })));
    taken.push(database.statementCount() - before);
  }
  expect(taken).toEqual([1, 1, 3]);
});

it.each([20, 5_000])('of %i rows, none is stored if one is refused', async (count) => {
  await expect(insert([...someThings(count), thing(3)])).rejects.toMatchObject({ code: '23505' });
  expect(await run('select * from thing')).toEqual([]);
});

it('nothing is stored if a row cannot be made, and the reason is told', async () => {
  const failing = database.transaction((tx) =>
    insertRows(tx, things, someThings(3_000), ({ id, name }) => {
      if (id === 2_500) throw new Error('no such row');
      return [id, name, '{}', null];
    }),
  );
  await expect(failing).rejects.toThrow('no such row');
  expect(await run('select * from thing')).toEqual([]);
});

it('a text that cannot be stored is refused as in any other statement', async () => {
  const [first] = someThings(1) as [Thing];
  for (const count of [1, 200]) {
    const items = [...someThings(count).slice(1), { ...first, name: 'NUL\0' }];
    await expect(insert(items)).rejects.toMatchObject({ code: '22021' });
  }
});

it('a connection that is cut ends it', async () => {
  const cut = database.transaction((tx) =>
    insertRows(tx, things, someThings(50_000), ({ id, name }, index) => {
      if (index === 40_000) void cutAll();
      return [id, name, `{"long":"${'x'.repeat(500)}"}`, null];
    }),
  );
  await expect(cut).rejects.toThrow();
  expect(await run('select * from thing')).toEqual([]);
});

/** Over a connection of its own. */
async function cutAll(): Promise<void> {
  const client = await database.connect();
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
  await client.end();
}
