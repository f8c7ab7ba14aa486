import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../../kit/eventually.js';
import { Link } from '../world/link.js';
import type { Instance } from '../world/instance.js';
import type { World } from '../world/world.js';
import { anyPopulation, between, type Fault, type Scene } from './fault.js';

/** A network for one client alone. */
export async function ownLink({ world, atEnd }: Scene): Promise<{ link: Link; origin: string }> {
  const link = await Link.open(() => frontOf(world));
  atEnd(() => link.close());
  return { link, origin: `http://127.0.0.1:${link.port}` };
}

function frontOf({ front }: World): { port: number; host: string } {
  return { port: front.port, host: '127.0.0.1' };
}

/** Resolves when the instance has another session than this one. */
export async function newSession(instance: Instance, session: number): Promise<void> {
  await eventually(() => {
    if (instance.session > session) return true;
    throw new Error(
      `${instance.options.name} has no session after ${session}: ${instance.observer.standing}.`,
    );
  }, 60_000);
}

export const clientFaults: readonly Fault[] = [
  {
    ...{ number: 11, name: 'a client reads one kilobyte in a second', place: 'client' },
    inject: async (scene: Scene): Promise<void> => {
      const { link, origin } = await ownLink(scene);
      link.bytesPerSecond = 1_024;
      const population = anyPopulation(scene);
      const observer = population.observe({ origin });
      await pause(between(scene.world.random, 4_000, 10_000));
      link.bytesPerSecond = Infinity;
      link.cut();
      await scene.world.witness.catchUp();
      await observer.reaches(scene.world.witness.head(population.groupId));
    },
  },
  {
    ...{ number: 12, name: 'a client stands still', place: 'client' },
    inject: async ({ world, agents }: Scene): Promise<void> => {
      const agent = world.pick(agents);
      agent?.signal('SIGSTOP');
      await pause(between(world.random, 2_000, 12_000));
      agent?.signal('SIGCONT');
    },
  },
  {
    ...{ number: 13, name: 'the connection of a client is half open', place: 'client' },
    inject: async (scene: Scene): Promise<void> => {
      const { link, origin } = await ownLink(scene);
      const population = anyPopulation(scene);
      const instance = await population.addInstance(origin);
      await newSession(instance, 0);
      const { session } = instance;
      // Whoever comes back hears nothing, either: so the server has to find out by itself.
      link.holding = true;
      link.hold();
      await population.shows(instance, ({ connection }) => connection === 'DISCONNECTED');
      link.release();
      await newSession(instance, session);
    },
  },
  {
    ...{ number: 16, name: 'the clock of a gateway jumps, and its process is killed', place: 'client' },
    inject: async ({ world, agents }: Scene): Promise<void> => {
      const agent = world.pick(agents);
      await agent?.setClock(between(world.random, -1, 1) * 86_400_000);
      await pause(between(world.random, 500, 2_000));
      await agent?.killAndRestart();
      await pause(between(world.random, 500, 2_000));
      await agent?.setClock(0);
    },
  },
  {
    ...{ number: 19, name: 'all clients lose their connection at once', place: 'client' },
    inject: async ({ world, crowd }: Scene): Promise<void> => {
      world.front.cut();
      const name = crowd.fresh('after-the-storm');
      const input = { runtimeGroupId: crowd.groupId, name, paths: [`/${name}`], idempotencyKey: name };
      const { revision } = await world.caller.make<{ revision: number }>('createRoute', input, '');
      await Promise.all(crowd.observers.map((observer) => observer.reaches(revision)));
    },
  },
  {
    ...{ number: 22, name: 'the snapshot of a large group is cut off in its midst', place: 'client' },
    inject: async (scene: Scene): Promise<void> => {
      const { link, origin } = await ownLink(scene);
      const observer = scene.large.observe({ origin });
      await eventually(() => observer.entries.some(({ is }) => is === 'snapshot'), 120_000);
      link.cut();
      await eventually(
        () => observer.entries.some((entry) => entry.is === 'snapshot' && entry.part === entry.parts),
        120_000,
      );
    },
  },
];
