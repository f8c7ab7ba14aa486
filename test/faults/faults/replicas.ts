import { setTimeout as pause } from 'node:timers/promises';
import { allReachNow, between, type Fault, type Scene } from './fault.js';

const fiveMinutesMs = 5 * 60_000;

export const replicaFaults: readonly Fault[] = [
  {
    ...{
      number: 10,
      name: 'a replica cannot reach the database, and its clients reach it',
      place: 'replica',
    },
    inject: async ({ world }: Scene): Promise<void> => {
      const { database } = world.anyReplica();
      database.holding = true;
      database.hold();
      await pause(between(world.random, 3_000, 9_000));
      database.release();
    },
  },
  {
    ...{ number: 14, name: 'the event loop of a replica stands still for five seconds', place: 'replica' },
    inject: async ({ world }: Scene): Promise<void> => {
      const replica = world.anyReplica();
      replica.signal('SIGSTOP');
      await pause(5_000);
      replica.signal('SIGCONT');
      await replica.ready();
    },
  },
  {
    ...{ number: 15, name: 'the clocks of replicas are five minutes off', place: 'replica' },
    inject: async (scene: Scene): Promise<void> => {
      const { world } = scene;
      const [early, late] = world.replicas;
      await early?.setClock(-fiveMinutesMs);
      await late?.setClock(fiveMinutesMs);
      await pause(between(world.random, 2_000, 5_000));
      await allReachNow(scene);
      for (const replica of world.replicas) await replica.setClock(0);
    },
  },
];
