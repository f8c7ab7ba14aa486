import { setTimeout as pause } from 'node:timers/promises';
import type { StreamKey } from '../../../src/foundation/commands/command.js';
import { deleteSomeBelow, moveFloor } from '../../../src/domain/event-log/compaction.store.js';
import { formatCursor } from '../../../src/domain/event-log/cursor.js';
import { makeClient } from '../../kit/client.js';
import { adminToken } from '../../kit/control-plane.js';
import { eventually } from '../../kit/eventually.js';
import { LiveClient } from '../../kit/live-client.js';
import { configChanges, type Stream } from '../../kit/streams.js';
import type { Message } from '../../kit/trace.js';
import type { Population } from '../world/population.js';
import type { World } from '../world/world.js';
import { anyPopulation, type Fault, type Scene } from './fault.js';

/** How many revisions are kept at least: others write while this one forgets. */
const kept = 20;

/** No revision has it. */
const nobodysHash = Buffer.alloc(32, 7);

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
        [head, 'delta'],
      ] as const)
        await beginsWith(world, groupId, { at, due });
      // Others write: that the next revision has no hash like this holds whether or not it is there already.
      for (const at of [head + 1, head + 100_000])
        await beginsWith(world, groupId, { at, due: 'resync', hash: nobodysHash });
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
      const cursor = cursorAt(world, groupId, head - 1);
      const messages = await firstMessages(world, configChanges(groupId), cursor, 2);
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
        await onlyOneIsConcerned(scene, groupId, head - 1);
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

/**
 * As when their time is up, and with what the order of the organization tells of them: it never leads to what is gone. The
 * witness has seen what is forgotten.
 */
async function forgetBelow(world: World, groupId: string, revision: number): Promise<void> {
  await eventually(() => isNumbered(world, groupId, revision), 60_000);
  // Another fault of the same time may have forgotten it already.
  const [order] = await world.cluster.query<{ scope_id: string; revision: string }>(
    `select scope_id, revision from stream_event where topic = 'changes' and kind = 'config'
     and subject_id = $1 and (after ->> 'revision')::bigint = $2`,
    [groupId, revision],
  );
  await world.witness.catchUp();
  if (order) await forget(world, { topic: 'changes', scopeId: order.scope_id }, Number(order.revision));
  await forget(world, { topic: 'config', scopeId: groupId }, revision);
}

/** The order of the organization has it, or had it. */
async function isNumbered(world: World, groupId: string, revision: number): Promise<boolean> {
  const [row] = await world.cluster.query(
    `select from stream_numbering where topic = 'config' and scope_id = $1 and revision >= $2`,
    [groupId, revision],
  );
  return row !== undefined;
}

async function forget(world: World, stream: StreamKey, floor: number): Promise<void> {
  const reader = {
    rows: <Row>({ text }: { text: string }, values: readonly unknown[] = []) =>
      world.cluster.query<Row & object>(text, values),
  };
  await moveFloor(reader, { stream, floor });
  while ((await deleteSomeBelow(reader, { stream, floor })) > 0);
}

/** A stream that is opened with a cursor begins as it must: with the hash that the revision has, unless another is given. */
export async function beginsWith(
  world: World,
  groupId: string,
  { at, due, hash }: { at: number; due: 'delta' | 'resync'; hash?: Buffer },
): Promise<void> {
  const cursor = cursorAt(world, groupId, at, hash);
  const [first] = await firstMessages(world, configChanges(groupId), cursor, 1);
  const isDue = first?.is === due || (due === 'delta' && first?.is === 'bookmark');
  const isNext = first?.is !== 'delta' || first.revisions[0]?.revision === at + 1;
  if (isDue && isNext) return;
  throw new Error(
    `After a cursor of revision ${at}, ${due} was due, and this came: ${JSON.stringify(first).slice(0, 300)}`,
  );
}

/** What a stream begins with. */
async function firstMessages(world: World, stream: Stream, after: string, count: number): Promise<Message[]> {
  return eventually(async () => {
    const client = await LiveClient.connect(makeClient(world.origin, adminToken));
    try {
      const followed = client.open(stream, after);
      const messages: Message[] = [];
      while (messages.length < count) messages.push(await followed.next());
      return messages;
    } finally {
      client.close();
    }
  }, 30_000);
}

function cursorAt(
  { witness }: World,
  groupId: string,
  revision: number,
  hash = witness.hashAt(groupId, revision),
): string {
  return formatCursor({ topic: 'config', scopeId: groupId }, { revision, hash });
}

/**
 * On one socket: somebody who needs a revision that cannot be read, and others who do not. These are told what is there, and the
 * socket stays; those who ask for the export get it, too.
 */
async function onlyOneIsConcerned(scene: Scene, groupId: string, at: number): Promise<void> {
  const { world } = scene;
  const other = anyPopulation(scene).groupId;
  const concerned = await eventually(async () => {
    const client = await LiveClient.connect(makeClient(world.origin, adminToken));
    try {
      const reader = client.open(configChanges(groupId), cursorAt(world, groupId, at));
      const came = reader.next().then(
        (message) => message.is,
        () => reader.ended(),
      );
      const unclear = await Promise.race([came, pause(20_000)]);
      for (const id of [groupId, other]) {
        const first = await client.open(configChanges(id)).next();
        if (first.is !== 'snapshot') throw new Error(`A ${first.is} came for a snapshot.`);
      }
      return unclear ?? 'nothing';
    } finally {
      client.close();
    }
  }, 60_000);
  if (concerned === 'resync') return;
  if (typeof concerned === 'string' || concerned.by !== 'refusal')
    throw new Error(`Whoever needed the row was told ${JSON.stringify(concerned)}.`);
  // Either it says that it passes by itself, or it is a defect, with an id under which it is in the log.
  const told = JSON.stringify(concerned.errors);
  if (concerned.errors.some(({ extensions }) => extensions.retryable === true)) return;
  const [id = 'no id'] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(told) ?? [];
  await eventually(() => {
    if (world.replicas.some((replica) => replica.said().includes(id))) return true;
    throw new Error(`This was told, and is in no log: ${told}`);
  }, 10_000);
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
