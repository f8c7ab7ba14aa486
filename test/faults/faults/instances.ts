import { eventually } from '../../kit/eventually.js';
import type { Message } from '../../kit/trace.js';
import { refusal } from '../world/instance.js';
import { newSession, ownLink } from './clients.js';
import { anyPopulation, type Fault, type Scene } from './fault.js';

export const instanceFaults: readonly Fault[] = [
  {
    ...{ number: 17, name: 'two processes have the identity of one instance', place: 'client' },
    inject: async (scene: Scene): Promise<void> => {
      const population = anyPopulation(scene);
      const first = await population.addInstance();
      await newSession(first, 0);
      const { session, observer } = first;
      const second = population.addProcess(first);
      await newSession(second, session);
      await eventually(() => observer.replacements > 0, 30_000);
      // The older one would come back after a minute, and take its place again.
      await population.retire(first, second);
    },
  },
  {
    ...{ number: 18, name: 'a session that is over reports', place: 'client' },
    inject: async (scene: Scene): Promise<void> => {
      const { link, origin } = await ownLink(scene);
      const instance = await anyPopulation(scene).addInstance(origin);
      await newSession(instance, 0);
      await eventually(() => instance.observer.at !== null, 30_000);
      const { session } = instance;
      link.cut();
      await newSession(instance, session);
      const { at, revision } = instance.observer;
      const accepted = await instance.report(session, at ?? '', revision);
      if (accepted === true) throw new Error('A report of a session that is over was accepted.');
    },
  },
  {
    ...{ number: 23, name: 'a gateway cannot run a revision', place: 'client' },
    inject: async (scene: Scene): Promise<void> => {
      const { caller } = scene.world;
      const population = await scene.quietGroup('poison');
      const instance = await population.addInstance(scene.world.origin, isPoison);
      await newSession(instance, 0);
      await eventually(() => instance.observer.at !== null, 30_000);
      const lastGood = instance.observer.revision;
      const name = population.fresh('poison');
      const made = await caller.make<{ route: { id: string }; revision: number }>(
        'createRoute',
        { runtimeGroupId: population.groupId, name, paths: ['/poison'], idempotencyKey: name },
        'route { id }',
      );
      // What it said is kept, and what it runs instead is known.
      await population.shows(
        instance,
        ({ syncReason, syncMessage, appliedRevision }) =>
          syncReason === 'REJECTED' && syncMessage.includes(refusal) && appliedRevision === lastGood,
      );
      const { id } = made.route;
      await caller.make('deleteRoute', { id, idempotencyKey: `${name} is gone` }, '');
      await population.shows(
        instance,
        ({ syncReason, appliedRevision }) =>
          syncReason === 'APPLIED' && appliedRevision === made.revision + 1,
      );
      if (instance.refusals !== 1)
        throw new Error(`What a gateway had refused was sent to it ${instance.refusals} times.`);
    },
  },
];

function isPoison(message: Message): boolean {
  const paths =
    message.is === 'delta' || message.is === 'fold'
      ? message.changes.map(({ after }) => JSON.stringify(after))
      : [];
  return paths.some((document) => document.includes('/poison'));
}
