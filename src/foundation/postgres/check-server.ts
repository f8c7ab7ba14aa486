import { StartupError } from '../kernel/startup-error.js';
import type { Database } from './database.js';

const oldestVersion = 14;

interface ServerRow {
  readonly version: string;
  readonly fsync: string;
  readonly synchronous_commit: string;
  readonly standby: boolean;
}

/**
 * Refuses a server that cannot keep our promises: one that may lose what it has acknowledged, or that is a standby, where
 * transactions become visible in another order than on the primary (docs/reliability.md).
 */
export async function checkServer(database: Database): Promise<void> {
  const [server] = await database.rows<ServerRow>({
    name: 'check_server.settings',
    text: `select current_setting('server_version_num') as version, current_setting('fsync') as fsync,
             current_setting('synchronous_commit') as synchronous_commit, pg_is_in_recovery() as standby`,
  });
  if (!server) throw new Error('The server answered nothing about itself.');
  const version = Math.floor(Number(server.version) / 10_000);
  if (version < oldestVersion) {
    throw new StartupError(`This is PostgreSQL ${version}; Signalbox needs ${oldestVersion} or newer.`);
  }
  if (server.standby) {
    throw new StartupError('This PostgreSQL server is a standby.', 'Point DATABASE_URL to the primary.');
  }
  for (const setting of ['fsync', 'synchronous_commit'] as const) {
    if (server[setting] !== 'off') continue;
    throw new StartupError(
      `PostgreSQL runs with ${setting} = off: it may lose what it has acknowledged.`,
      `Set ${setting} = on, and start again.`,
    );
  }
}
