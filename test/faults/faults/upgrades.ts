import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { encryptionKey } from '../../kit/control-plane.js';
import { endProcess, launch } from '../../kit/control-plane-process.js';
import { nextBuild } from '../defects/changed-build.js';
import { DatabaseLink } from '../world/database-link.js';
import type { World } from '../world/world.js';
import { allReachNow, between, type Fault, type Scene } from './fault.js';

const starters = 5;

export const upgradeFaults: readonly Fault[] = [
  {
    ...{ number: 25, name: 'a newer version with a migration joins', place: 'everywhere' },
    inject: async (scene: Scene): Promise<void> => {
      const { world } = scene;
      const newer = await nextBuild(world.dist);
      const replica = await world.startReplica('the newer replica', newer.dist);
      world.replicas.push(replica);
      try {
        await pause(between(world.random, 1_000, 3_000));
        await allReachNow(scene);
      } finally {
        world.replicas.splice(world.replicas.indexOf(replica), 1);
        await replica.stop();
        await newer.undo(world.cluster);
        await newer.remove();
      }
    },
  },
  {
    ...{ number: 26, name: 'five replicas begin at once with an empty database', place: 'client' },
    inject: async ({ world }: Scene): Promise<void> => {
      const name = `empty_${randomUUID().replaceAll('-', '')}`;
      await world.cluster.query(`create database ${name}`);
      const folder = await mkdtemp(join(tmpdir(), 'signalbox-starters-'));
      const link = await DatabaseLink.open(() => ({ path: world.cluster.socket }));
      const environment = {
        ...{ SIGNALBOX_DATA_DIR: folder, SIGNALBOX_ENCRYPTION_KEY: encryptionKey, PORT: '0' },
        ...{ LOG_LEVEL: 'error', SIGNALBOX_ADMIN_TOKEN: 'sbx_the-token-of-those-who-begin-at-once-in-tests' },
        DATABASE_URL: `postgresql://postgres@127.0.0.1:${link.port}/${name}?sslmode=disable`,
      };
      const started = await Promise.allSettled(
        Array.from({ length: starters }, () => launch(environment, world.dist)),
      );
      for (const each of started)
        if (each.status === 'fulfilled') await endProcess(each.value.child, 'SIGKILL');
      await link.close();
      const twice = await migratedTwice(world, name);
      await rm(folder, { recursive: true, force: true });
      await world.cluster.query(`drop database ${name} with (force)`);
      const failed = started.find(({ status }) => status === 'rejected') as PromiseRejectedResult | undefined;
      if (failed) throw new Error(`One of ${starters} did not come up: ${String(failed.reason)}`);
      if (twice.length > 0) throw new Error(`These were run by more than one: ${twice.join(', ')}`);
    },
  },
];

/** The migrations that are recorded more than once: two replicas ran them. */
async function migratedTwice({ cluster }: World, database: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: cluster.urlOf(database) });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      'select name from schema_migration group by name having count(*) > 1',
    );
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
}
