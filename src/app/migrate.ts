import 'reflect-metadata';
import { readSettings } from '../foundation/config/settings.js';
import { StartupError } from '../foundation/kernel/startup-error.js';
import { openLog } from '../foundation/log/log.js';
import type { Database } from '../foundation/postgres/database.js';
import { migrateDown, migrateUp, migrationStatus } from '../foundation/postgres/migrate.js';
import { fail } from './fail.js';
import { openStorage } from './storage.js';

/** The schema of the database, by hand: `signalbox migrate up|down|status`. */
const commands: Readonly<Record<string, (database: Database) => Promise<string>>> = {
  up: async (database) => {
    const applied = await migrateUp(database);
    return applied.length === 0
      ? 'Nothing to do: the schema is up to date.'
      : `Applied ${applied.join(', ')}.`;
  },
  down: async (database) => {
    const taken = await migrateDown(database);
    return taken === undefined ? 'Nothing to do: there is no schema.' : `Took back ${taken}.`;
  },
  status: async (database) => {
    const states = await migrationStatus(database);
    return states.map(({ name, state }) => `${state.padEnd(8)} ${name}`).join('\n');
  },
};

async function main(): Promise<void> {
  const run = commands[process.argv[2] ?? ''];
  if (!run) throw new StartupError('Say what to do: signalbox migrate up, down, or status.');
  const settings = readSettings();
  const storage = await openStorage(settings, openLog('warn', settings.terminal));
  try {
    process.stdout.write(`${await run(storage.database)}\n`);
  } finally {
    await storage.close();
  }
}

main().catch(fail);
