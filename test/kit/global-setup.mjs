import { createHash } from 'node:crypto';
import { register } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Brings up the one PostgreSQL that all tests of a run share, and says where it is in SIGNALBOX_TEST_DATABASE_URL. Does
 * nothing for those who name a server of their own there; its account must be allowed to create databases.
 */
export default async function globalSetup({ rootDir }) {
  if (process.env.SIGNALBOX_TEST_DATABASE_URL) return;
  register('./typescript-hooks.mjs', import.meta.url);
  const { startEmbeddedPostgres } =
    await import('../../src/foundation/postgres/embedded/embedded-postgres.ts');
  const server = await startEmbeddedPostgres({ directory: directoryOf(rootDir) });
  process.env.SIGNALBOX_TEST_DATABASE_URL = server.connectionString;
  globalThis.stopTestServer = async () => {
    delete process.env.SIGNALBOX_TEST_DATABASE_URL;
    await server.stop();
  };
}

/** Every checkout of the project has a cluster of its own, and keeps it from run to run. */
function directoryOf(project) {
  const digest = createHash('sha256').update(project).digest('hex').slice(0, 12);
  return join(tmpdir(), `signalbox-test-${digest}`);
}
