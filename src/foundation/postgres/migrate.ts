import { StartupError } from '../kernel/startup-error.js';
import type { Database } from './database.js';

/** The one lock that all replicas take before they touch the schema. */
const migrationLock = 7_240_113_001;

/** A migration of the code, or one that only the database knows. */
export interface MigrationStatus {
  readonly name: string;
  readonly state: 'APPLIED' | 'PENDING' | 'UNKNOWN';
}

/** What of the schema is there, in order. UNKNOWN: the database has it, and this code does not. */
export async function migrationStatus(database: Database): Promise<MigrationStatus[]> {
  const applied = await appliedMigrations(database);
  const known = database.dataSource.migrations.map(
    (migration) => migration.name ?? migration.constructor.name,
  );
  return [
    ...known.map((name) => ({
      name,
      state: applied.has(name) ? ('APPLIED' as const) : ('PENDING' as const),
    })),
    ...[...applied]
      .filter((name) => !known.includes(name))
      .map((name) => ({ name, state: 'UNKNOWN' as const })),
  ];
}

/** Applies what is pending, in one transaction; answers the names. Replicas that start together wait for each other. */
export async function migrateUp(database: Database): Promise<string[]> {
  return locked(database, async () => {
    await refuseNewerSchema(database);
    const done = await database.dataSource.runMigrations({ transaction: 'all' });
    return done.map((migration) => migration.name);
  });
}

/** Takes back the newest migration; answers its name, or nothing if there is none. */
export async function migrateDown(database: Database): Promise<string | undefined> {
  return locked(database, async () => {
    await refuseNewerSchema(database);
    const newest = (await migrationStatus(database)).findLast(({ state }) => state === 'APPLIED');
    if (newest) await database.dataSource.undoLastMigration({ transaction: 'all' });
    return newest?.name;
  });
}

/** Refuses a database that a newer version of this program has migrated: this code cannot know what its tables mean. */
async function refuseNewerSchema(database: Database): Promise<void> {
  const unknown = (await migrationStatus(database)).filter(({ state }) => state === 'UNKNOWN');
  if (unknown.length === 0) return;
  const names = unknown.map(({ name }) => name).join(', ');
  throw new StartupError(
    `The database is newer than this program: it has ${names}.`,
    'Start the newer version of Signalbox, or take its migrations back with “signalbox migrate down” of that version.',
  );
}

async function appliedMigrations(database: Database): Promise<Set<string>> {
  const exists = await database.rows<{ found: boolean }>({
    name: 'migrate.exists',
    text: `select to_regclass('schema_migration') is not null as found`,
  });
  if (!exists[0]?.found) return new Set();
  const rows = await database.rows<{ name: string }>({
    name: 'migrate.applied',
    text: 'select name from schema_migration order by id',
  });
  return new Set(rows.map((row) => row.name));
}

/** Holds the lock on a connection of its own: one from the pool could end while the migrations still run. */
async function locked<Result>(database: Database, run: () => Promise<Result>): Promise<Result> {
  const client = await database.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    return await run();
  } finally {
    await client.end();
  }
}
