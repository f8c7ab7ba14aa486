import { setTimeout as pause } from 'node:timers/promises';
import type { StreamKey } from '../../../src/foundation/commands/command.js';
import { deleteSomeBelow, moveFloor } from '../../../src/domain/event-log/compaction.store.js';
import { formatCursor } from '../../../src/domain/event-log/cursor.js';
import { makeClient } from '../../kit/client.js';
import { adminToken } from '../../kit/control-plane.js';
import { eventually } from '../../kit/eventually.js';
import { LiveClient } from '../../kit/live-client.js';
import { configChanges } from '../../kit/streams.js';
import type { Message } from '../../kit/trace.js';
import type { Population } from '../world/population.js';
import type { World } from '../world/world.js';
import { anyPopulation, type Fault, type Scene } from './fault.js';

/** How many revisions are kept at least: others write while this one forgets. */
const kept = 20;

export const historyFaults: readonly Fault[] = [
  {
    ...{ number: 20, name: 'history is forgotten under a cursor', place: 'client' },
    inject: async (scene: Scene): Promise<void> => {
      const { world } = scene;
      const population = anyPopulation(scene);
      const { groupId } = population;
      await longEnough(world, population);
      const head = world.witness.head(groupId);
      const floor = head - kept;
      await forgetBelow(world, groupId, floor);
      // Edges: the oldest that is kept, its neighbours, the very beginning, the newest, and what is still to come.
      for (const [at, due] of [
        [0, 'resync'],
        [floor - 1, 'resync'],
        [floor, 'delta'],
        [floor + 1, 'delta'],
        [head + 100_000, 'resync'],
      ] as const)
        await beginsWith(world, groupId, { at, due });
    },
  },
  {
    ...{ number: 21, name: 'history is forgotten up to a deletion', place: 'client' },
    inject: async (scene: Scene): Promise<void> => {
      const { world } = scene;
      const population = await scene.quietGroup('deletion');
      const { groupId } = population;
      const name = population.fresh('deleted');
      const { route } = await world.caller.make<{ route: { id: string } }>(
        'createRoute',
        { runtimeGroupId: groupId, name, paths: [`/${name}`], idempotencyKey: name },
        'route { id }',
      );
      await world.caller.make('deleteRoute', { id: route.id, idempotencyKey: `${name} is gone` }, '');
      await world.witness.catchUp();
      const head = world.witness.head(groupId);
      await forgetBelow(world, groupId, head);
      const messages = await firstMessages(world, groupId, { at: head - 1, count: 2 });
      const [resync, snapshot] = messages;
      const isGone = snapshot?.is === 'snapshot' && snapshot.items.every(({ id }) => id !== route.id);
      if (resync?.is !== 'resync' || !isGone)
        throw new Error(`What was deleted came back, or in silence: ${JSON.stringify(messages)}`);
    },
  },
  {
    ...{ number: 24, name: 'a row of the log cannot be read', place: 'client' },
    inject: async (scene: Scene): Promise<void> => {
      const { world } = scene;
      const population = await scene.quietGroup('unreadable');
      const { groupId } = population;
      for (const name of ['before', 'unreadable'])
        await world.caller.make(
          'createRoute',
          { runtimeGroupId: groupId, name, paths: ['/'], idempotencyKey: population.fresh(name) },
          '',
        );
      await world.witness.catchUp();
      const head = world.witness.head(groupId);
      const mend = await spoil(world, groupId, head);
      try {
        // Whoever needs the row may be refused, and whoever does not is not.
        const [snapshot] = await firstMessages(world, groupId, { at: null, count: 1, besides: head - 1 });
        if (snapshot?.is !== 'snapshot')
          throw new Error(`This came for a snapshot: ${JSON.stringify(snapshot)}`);
      } finally {
        await mend();
      }
    },
  },
];

async function longEnough(world: World, { groupId }: Population): Promise<void> {
  await eventually(async () => {
    await world.witness.catchUp();
    return world.witness.head(groupId) > kept + 2;
  }, 60_000);
}

/** As when their time is up. The witness has seen what is forgotten. */
async function forgetBelow(world: World, groupId: string, revision: number): Promise<void> {
  const stream: StreamKey = { topic: 'config', scopeId: groupId };
  const reader = {
    rows: <Row>({ text }: { text: string }, values: readonly unknown[] = []) =>
      world.cluster.query<Row & object>(text, values),
  };
  const floor = { stream, floor: revision };
  await moveFloor(reader, floor);
  while ((await deleteSomeBelow(reader, floor)) > 0);
}

async function beginsWith(
  world: World,
  groupId: string,
  { at, due }: { at: number; due: Message['is'] },
): Promise<void> {
  const [first] = await firstMessages(world, groupId, { at, count: 1 });
  const isDue = first?.is === due || (due === 'delta' && first?.is === 'bookmark');
  const isNext = first?.is !== 'delta' || first.revisions[0]?.revision === at + 1;
  if (isDue && isNext) return;
  throw new Error(
    `After a cursor of revision ${at}, ${due} was due, and this came: ${JSON.stringify(first).slice(0, 300)}`,
  );
}

/** What a stream begins with, after a cursor of this revision; `besides`: while the same socket has another one. */
async function firstMessages(
  world: World,
  groupId: string,
  { at, count, besides }: { at: number | null; count: number; besides?: number },
): Promise<Message[]> {
  const cursorAt = (revision: number): string =>
    formatCursor(
      { topic: 'config', scopeId: groupId },
      { revision, hash: world.witness.hashAt(groupId, revision) },
    );
  return eventually(async () => {
    const client = await LiveClient.connect(makeClient(world.origin, adminToken));
    try {
      if (besides !== undefined) await either(client.open(configChanges(groupId), cursorAt(besides)).next());
      const stream = client.open(configChanges(groupId), at === null ? null : cursorAt(at));
      const messages: Message[] = [];
      while (messages.length < count) messages.push(await stream.next());
      return messages;
    } finally {
      client.close();
    }
  }, 30_000);
}

/** What comes, or nothing for a while, or a refusal: all the same. */
function either(coming: Promise<unknown>): Promise<unknown> {
  return Promise.race([coming.catch(() => undefined), pause(2_000)]);
}

/** Makes a revision one that nothing can be made of. Answers how to mend it. */
async function spoil(world: World, groupId: string, revision: number): Promise<() => Promise<void>> {
  const where = `where topic = 'config' and scope_id = '${groupId}' and revision = ${revision}`;
  const [row] = await world.cluster.query<{ after: object; kind: string }>(
    `select after, kind from stream_event ${where}`,
  );
  const put = (kind: string | undefined, after: unknown): Promise<object[]> =>
    world.cluster.query(
      `with unguarded as (select set_config('session_replication_role', 'replica', false))
       update stream_event set kind = $1, after = $2::jsonb ${where} and (select count(*) from unguarded) = 1`,
      [kind, JSON.stringify(after)],
    );
  await put('unheard_of', 'nonsense');
  return async () => void (await put(row?.kind, row?.after));
}
