import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../../kit/eventually.js';
import type { Pipe } from '../world/link.js';
import { DatabasePipe } from '../world/database-link.js';
import { allReachNow, between, type Fault, type Scene } from './fault.js';

const isListening = (pipe: Pipe): boolean => pipe instanceof DatabasePipe && pipe.listens;

export const hintFaults: readonly Fault[] = [
  {
    ...{ number: 4, name: 'all hints between replicas are lost', place: 'database' },
    inject: async (scene: Scene): Promise<void> => {
      const { world } = scene;
      for (const { database } of world.replicas) database.eatsNotifications = true;
      try {
        await pause(between(world.random, 1_000, 4_000));
        await allReachNow(scene);
      } finally {
        for (const { database } of world.replicas) database.eatsNotifications = false;
      }
    },
  },
  {
    ...{ number: 6, name: 'the connection for hints is half open', place: 'replica' },
    inject: async (scene: Scene): Promise<void> => {
      const replica = scene.world.anyReplica();
      const silent = [...replica.database.pipes].filter(isListening);
      replica.database.hold((pipe) => silent.includes(pipe));
      await allReachNow(scene);
      // It is noticed, and another one takes its place.
      await eventually(
        () => [...replica.database.pipes].some((pipe) => isListening(pipe) && !silent.includes(pipe)),
        45_000,
      );
    },
  },
];
