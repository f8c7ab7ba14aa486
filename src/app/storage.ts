import { join } from 'node:path';
import { AccessTokenTable, OrganizationTable } from '../domain/access/slice.js';
import { ConfigEntityTable, ConfigReferenceTable, RouteKeyTable } from '../domain/gateway-config/slice.js';
import { RuntimeGroupTable } from '../domain/runtime-groups/slice.js';
import type { Settings } from '../foundation/config/settings.js';
import type { Logger } from '../foundation/log/log.js';
import { unmeasured, type Meter } from '../foundation/metrics/meter.js';
import { openDatabase, type Database, type Table } from '../foundation/postgres/database.js';
import { startEmbeddedPostgres } from '../foundation/postgres/embedded/embedded-postgres.js';
import { migrations } from './migrations.js';

/** The database of this process. */
export interface Storage {
  readonly database: Database;
  readonly description: string;
  /** Closes the connections, and stops the embedded server if nobody else uses it. */
  close(): Promise<void>;
}

/** The tables that are read or written through the ORM. */
export const tables: readonly Table[] = [
  OrganizationTable,
  AccessTokenTable,
  RuntimeGroupTable,
  ConfigEntityTable,
  ConfigReferenceTable,
  RouteKeyTable,
] as never;

/** Opens the database that the settings name, or else the embedded one in the data directory. */
export async function openStorage(
  settings: Settings,
  log: Logger,
  meter: Meter = unmeasured,
): Promise<Storage> {
  const { databaseUrl, dataDirectory } = settings;
  if (databaseUrl !== undefined) {
    const database = await openDatabase({ url: databaseUrl, tables, migrations, meter });
    return { database, description: 'the PostgreSQL at DATABASE_URL', close: () => database.close() };
  }
  const directory = join(dataDirectory, 'postgres');
  const server = await startEmbeddedPostgres({ directory, log: (line) => log.info(line) });
  const database = await openDatabase({ url: server.connectionString, tables, migrations, meter });
  const close = async (): Promise<void> => {
    await database.close();
    await server.stop();
  };
  return { database, description: `the embedded PostgreSQL in ${server.dataDirectory}`, close };
}
