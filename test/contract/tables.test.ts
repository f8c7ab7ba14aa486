import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tables } from '../../src/app/storage.js';
import { openDatabase, type Database } from '../../src/foundation/postgres/database.js';
import type { TestDatabase } from '../kit/database.js';
import { migratedDatabase } from '../kit/migrated-database.js';

let scratch: TestDatabase;
let database: Database;

beforeAll(async () => {
  scratch = await migratedDatabase();
  database = await openDatabase({ url: scratch.url, tables, migrations: [], poolSize: 2 });
});

afterAll(async () => {
  await database.close();
  await scratch.close();
});

interface Column {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

/** What PostgreSQL has. */
async function columnsOf(table: string): Promise<Column[]> {
  const text = `select column_name as name, udt_name as type, is_nullable = 'YES' as nullable
    from information_schema.columns where table_schema = 'public' and table_name = $1 order by 1`;
  return database.rows<Column>({ name: 'test.columns', text }, [table]);
}

const postgresNames: Readonly<Record<string, string>> = { integer: 'int4', bigint: 'int8', boolean: 'bool' };

/** What the code declares. */
function declared(table: string): Column[] {
  const { columns } = database.dataSource.getMetadata(table);
  const found = columns.map(({ databaseName, type, isNullable }) => ({
    name: databaseName,
    type: postgresNames[String(type)] ?? String(type),
    nullable: isNullable,
  }));
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function allTables(): Promise<string[]> {
  const text = `select table_name as name from information_schema.tables
    where table_schema = 'public' and table_name <> 'schema_migration' order by 1`;
  return (await database.rows<{ name: string }>({ name: 'test.tables', text })).map(({ name }) => name);
}

/** The text of all stores. */
function stores(): string {
  const root = join(import.meta.dirname, '../../src/domain');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.store.ts'),
  );
  return files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
}

describe('the migrations, from nothing', () => {
  it.each(['organization', 'access_token', 'runtime_group', 'config_entity', 'config_reference'])(
    'make the columns that the code declares, and no others: %s',
    async (table) => {
      expect(await columnsOf(table)).toEqual(declared(table));
    },
  );

  it('make every table that the code declares', async () => {
    const names = database.dataSource.entityMetadatas.map(({ tableName }) => tableName);
    expect(names).toHaveLength(tables.length);
    expect(await allTables()).toEqual(expect.arrayContaining(names));
  });

  it('make no table that no store speaks of', async () => {
    const spoken = stores();
    const isSilent = (table: string): boolean =>
      !new RegExp(`\\b(from|join|into|update) ${table}\\b`).test(spoken) && !declaredTables().includes(table);
    expect((await allTables()).filter(isSilent)).toEqual([]);
  });

  const declaredTables = (): string[] =>
    database.dataSource.entityMetadatas.map(({ tableName }) => tableName);
});
