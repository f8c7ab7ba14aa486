import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../../kit/eventually.js';
import type { DatabasePipe, Moment } from '../world/database-link.js';
import type { Replica } from '../world/replica.js';
import type { Fault, Scene } from './fault.js';

const comesWithinMs = 30_000;

/** Waits until some replica's write has come to a moment, and holds it there. */
async function held({ world }: Scene, at: Moment): Promise<{ replica: Replica; pipe: DatabasePipe }> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), comesWithinMs);
  const first = world.replicas.map(async (replica) => ({
    replica,
    pipe: await replica.database.next(at, over.signal),
  }));
  const { replica, pipe } = await Promise.race(first);
  clearTimeout(timer);
  over.abort();
  if (!pipe) throw new Error(`No write came to the moment “${at}”.`);
  return { replica, pipe };
}

const killAt =
  (at: Moment) =>
  async (scene: Scene): Promise<void> => {
    const { replica, pipe } = await held(scene, at);
    replica.kill();
    pipe.cut();
    await replica.ready();
  };

export const transactionFaults: readonly Fault[] = [
  {
    ...{ number: 1, name: 'a replica is killed between the write and the commit', place: 'replica' },
    inject: killAt('commit'),
  },
  {
    ...{ number: 2, name: 'a replica is killed after the commit, before its answer', place: 'replica' },
    inject: killAt('committed'),
  },
  {
    ...{ number: 3, name: 'a replica is killed after the commit, before its hint', place: 'replica' },
    inject: killAt('notify'),
  },
  {
    ...{ number: 29, name: 'a replica is stopped while it holds the lock of a group', place: 'replica' },
    inject: async (scene: Scene): Promise<void> => {
      const { replica } = await held(scene, 'commit');
      replica.signal('SIGSTOP');
      try {
        // A database that takes no writes, or waits for this very replica to turn away, says nothing of locks.
        await (scene.isDatabaseWell ? allGroupsMove(scene) : pause(5_000));
      } finally {
        replica.signal('SIGCONT');
      }
      await replica.ready();
    },
  },
];

/** The lock is freed by the database; the other groups did not wait for it. */
async function allGroupsMove({ world, populations }: Scene): Promise<void> {
  await world.witness.catchUp();
  const before = populations.map(({ groupId }) => world.witness.head(groupId));
  await eventually(async () => {
    await world.witness.catchUp();
    const stuck = populations.filter(({ groupId }, index) => world.witness.head(groupId) === before[index]);
    if (stuck.length === 0) return true;
    throw new Error(`Nothing was written to ${stuck.map(({ name }) => name).join(', ')} any more.`);
  }, 60_000);
}
