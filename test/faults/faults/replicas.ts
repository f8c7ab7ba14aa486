import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../../kit/eventually.js';
import type { Observer } from '../world/observer.js';
import { newSession } from './clients.js';
import { allReachNow, anyPopulation, between, nobodyIsMissed, type Fault, type Scene } from './fault.js';

const fiveMinutesMs = 5 * 60_000;

export const replicaFaults: readonly Fault[] = [
  {
    ...{
      number: 10,
      name: 'a replica cannot reach the database, and its clients reach it',
      place: 'replica',
    },
    inject: async (scene: Scene): Promise<void> => {
      const { world } = scene;
      const { database, origin } = world.anyReplica();
      const observer = anyPopulation(scene).observe({ origin });
      await eventually(() => observer.at !== null, 60_000);
      database.holding = true;
      database.hold();
      await eventually(() => isToldStale(observer), 30_000);
      const told = observer.entries.length;
      await pause(between(world.random, 0, 9_000));
      const later = observer.entries.slice(told).find(({ is }) => is === 'snapshot' || is === 'delta');
      database.release();
      if (later) throw new Error(`A replica without its database told a ${later.is} as if it knew.`);
    },
  },
  {
    ...{ number: 14, name: 'the event loop of a replica stands still for five seconds', place: 'replica' },
    inject: async (scene: Scene): Promise<void> => {
      const replica = scene.world.anyReplica();
      await newSession(await anyPopulation(scene).addInstance(replica.origin), 0);
      await nobodyIsMissed(scene, async () => {
        replica.signal('SIGSTOP');
        await pause(5_000);
        replica.signal('SIGCONT');
        await replica.ready();
      });
    },
  },
  {
    ...{ number: 15, name: 'the clocks of replicas are five minutes off', place: 'replica' },
    inject: async (scene: Scene): Promise<void> => {
      const { world } = scene;
      const [early, late] = world.replicas;
      await nobodyIsMissed(scene, async () => {
        await early?.setClock(-fiveMinutesMs);
        await late?.setClock(fiveMinutesMs);
        await pause(between(world.random, 2_000, 5_000));
        await allReachNow(scene);
      });
      for (const replica of world.replicas) await replica.setClock(0);
    },
  },
];

/** Has been told, since it was told anything else, that there may be more than it was told. */
function isToldStale({ entries }: Observer): boolean {
  const last = entries.findLast(({ is }) => is !== 'opened' && is !== 'closed');
  return last?.is === 'bookmark' && last.stale;
}
