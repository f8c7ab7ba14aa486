import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { makeClient } from '../../kit/client.js';
import { adminToken } from '../../kit/control-plane.js';
import type { Cluster } from '../world/cluster.js';
import type { Population } from '../world/population.js';
import { Repeating } from '../world/repeating.js';
import type { Replica } from '../world/replica.js';
import type { World } from '../world/world.js';
import { beginsWith } from './histories.js';
import { anyPopulation, between, type Fault, type Scene } from './fault.js';

const cutAll = `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'signalbox%'`;

export const databaseFaults: readonly Fault[] = [
  {
    ...{ number: 5, name: 'the database ends all connections', place: 'database' },
    inject: async ({ world }: Scene): Promise<void> => {
      for (let times = 0; times < 3; times += 1) {
        await world.cluster.query(cutAll);
        await pause(between(world.random, 200, 1_000));
      }
    },
  },
  {
    ...{ number: 7, name: 'the database crashes and restarts', place: 'database' },
    inject: async ({ world }: Scene): Promise<void> => {
      await world.cluster.end('SIGQUIT');
      await pause(between(world.random, 0, 1_500));
      await world.cluster.start();
    },
  },
  {
    ...{ number: 8, name: 'a standby without the newest revisions takes over', place: 'everywhere' },
    inject: async (scene: Scene): Promise<void> => {
      const { world } = scene;
      const standby = await world.cluster.copyTo(world.nextFolder());
      await standby.follow(world.cluster);
      await standby.start();
      await standby.catchUp(world.cluster);
      await standby.end('SIGINT');
      await loseSome(scene, async () => {
        await standby.start();
        await standby.promote();
        return standby;
      });
    },
  },
  {
    ...{ number: 9, name: 'the database is restored from a backup', place: 'everywhere' },
    inject: async (scene: Scene): Promise<void> => {
      const { world } = scene;
      const backup = await world.cluster.copyTo(world.nextFolder());
      await loseSome(scene, async () => {
        await backup.start();
        return backup;
      });
    },
  },
  {
    ...{
      number: 30,
      name: 'the database has no connection, no space, or takes no writes',
      place: 'database',
    },
    // Streams go on, or come back; what comes of them, and that no replica ended by it, is checked with all others.
    inject: async (scene: Scene): Promise<void> => {
      const { world, hasSmallDisk } = scene;
      const all = [refuseWrites, exhaustConnections, ...(hasSmallDisk ? [fillDisk] : [])];
      await (world.pick(all) ?? refuseWrites)(scene);
    },
  },
];

/** Lets some revisions be written that the database which comes next does not have. */
async function loseSome({ world, populations }: Scene, bringUp: () => Promise<Cluster>): Promise<void> {
  await pause(between(world.random, 1_000, 3_000));
  const lost = await world.replaceDatabase(bringUp);
  if (lost === 0) throw new Error('Nothing was lost, so that nothing was tried.');
  const kept = populations.map(({ groupId }) => world.witness.head(groupId));
  for (const replica of world.replicas) await replica.ready();
  for (const [index, { groupId }] of populations.entries()) {
    await beginsWith(world, groupId, { at: kept[index] ?? 0, due: 'delta' });
    const gone = [...(world.witness.history(groupId).lost.at(-1) ?? [])].at(-1);
    if (!gone) continue;
    const [at, { hash }] = gone;
    await beginsWith(world, groupId, { at, due: 'resync', hash: Buffer.from(hash, 'hex') });
  }
}

async function refuseWrites(scene: Scene): Promise<void> {
  const { world } = scene;
  await setReadOnly(world, 'on');
  try {
    const runtimeGroupId = anyPopulation(scene).groupId;
    const input = { runtimeGroupId, name: 'never', paths: ['/never'] };
    const answer = await makeClient(world.origin, adminToken, 10_000)
      .attempt('createRoute', input)
      .catch(() => undefined);
    const [error] = answer?.errors ?? [];
    if (answer && error?.extensions.retryable !== true)
      throw new Error(`A write to a database that takes none was answered ${JSON.stringify(answer)}`);
    await allTurnAway(world);
    await pause(between(world.random, 1_000, 3_000));
  } finally {
    await setReadOnly(world, 'off');
  }
}

/** Every replica says that requests should go elsewhere; that they come back by themselves is what healing waits for. */
async function allTurnAway({ replicas }: World): Promise<void> {
  await Promise.all(replicas.map((replica) => replica.turnsAway()));
}

async function setReadOnly(world: World, value: 'on' | 'off'): Promise<void> {
  await world.cluster.query(`alter system set default_transaction_read_only = ${value}`);
  await world.cluster.query('select pg_reload_conf()');
}

/** Takes every connection that there is, also those that replicas had, or get where somebody else leaves one. */
async function exhaustConnections({ world }: Scene): Promise<void> {
  const taken: pg.Client[] = [];
  const taking = new Repeating(
    async () => {
      await takeAll(world, taken);
      await taken[0]?.query(cutAll);
    },
    { random: world.random, pauseMs: 200 },
  );
  try {
    await allTurnAway(world);
    await pause(between(world.random, 1_000, 3_000));
  } finally {
    await taking
      .stop()
      .finally(() => Promise.all(taken.map((client) => client.end().catch(() => undefined))));
  }
}

async function takeAll(world: World, taken: pg.Client[]): Promise<void> {
  for (let misses = 0; misses < 5 && taken.length < 250;) {
    const client = new pg.Client({ connectionString: world.cluster.url });
    client.on('error', () => undefined);
    const isTaken = await client.connect().then(
      () => taken.push(client) > 0,
      () => false,
    );
    if (!isTaken) misses += 1;
  }
}

/**
 * Leaves no byte on the disk that the database has, also where it makes room again. It may crash of it. A replica knows only
 * of a write of its own that found no room, so there are some on each.
 */
async function fillDisk({ world, crowd }: Scene): Promise<void> {
  const ballast = join(world.directory, 'ballast');
  const filling = new Repeating(
    async () => {
      await fill(ballast);
      await Promise.all(world.replicas.map((replica) => writeMuch(replica, crowd)));
    },
    { random: world.random, pauseMs: 500 },
  );
  try {
    await allTurnAway(world);
    await pause(between(world.random, 2_000, 4_000));
  } finally {
    await filling.stop().finally(async () => {
      await rm(ballast, { force: true });
      if (!world.cluster.isRunning) await world.cluster.start();
    });
  }
}

/** Makes a file longer until there is no room. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'a');
  for (const size of [1 << 20, 1 << 12]) {
    const chunk = Buffer.alloc(size);
    const fits = (): Promise<boolean> =>
      file.write(chunk).then(
        ({ bytesWritten }) => bytesWritten === size,
        () => false,
      );
    while (await fits());
  }
  await file.close();
}

/** Asks a replica to write what needs new pages. What comes of it does not matter. */
async function writeMuch({ origin }: Replica, crowd: Population): Promise<void> {
  const name = crowd.fresh('much');
  const tags = Array.from({ length: 100 }, (_, index) => `${name}-${index}-${'x'.repeat(80)}`);
  const input = { runtimeGroupId: crowd.groupId, name, paths: [`/${name}`], tags };
  await makeClient(origin, adminToken, 5_000)
    .attempt('createRoute', input)
    .catch(() => undefined);
}
