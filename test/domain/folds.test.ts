import { checkGuarantees } from '../guarantees/check-guarantees.js';
import type { Client } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { finalConfiguration } from '../kit/final.js';
import type { LiveStream } from '../kit/live-client.js';
import { unique, type Entity, type Group } from '../kit/seed.js';
import { configChanges, runtimeConfig, type Stream } from '../kit/streams.js';

/** Who is behind by more than this is told a fold. */
const limits = { revisions: 6, changes: 30 };

let plane: TestControlPlane;
let admin: Client;
let group: Group;
let service: Entity;
beforeAll(async () => {
  plane = await startControlPlane({ fold: limits });
  ({ admin } = plane);
});
beforeEach(async () => {
  ({ group } = await plane.seed.group());
  service = await plane.seed.service(group);
});
afterAll(() => plane.stop());

async function follow(stream: Stream, client = admin, observer?: LiveStream): Promise<LiveStream> {
  return (await plane.live(client)).open(stream, observer?.cursor ?? null, observer);
}

/** Begins to follow, and leaves. */
async function leave(stream: Stream, client = admin): Promise<LiveStream> {
  const observer = await follow(stream, client);
  await observer.nextOf('snapshot');
  observer.return();
  await observer.ended();
  return observer;
}

/** So many writes of one field, one after another, each a revision. */
async function write(times: number, { id } = service): Promise<void> {
  for (let port = 1_000; port < 1_000 + times; port += 1)
    await admin.mutate('updateGatewayService', { id, port });
}

/** One revision that brings so many consumers, and takes away what else there is if it is to. */
async function bring(count: number, mode: 'APPLY' | 'SYNC' = 'APPLY'): Promise<void> {
  const consumers = Array.from({ length: count }, () => ({ username: unique('ann') }));
  const content = JSON.stringify({ _format_version: '3.0', consumers });
  const documents = [{ name: 'kong.yaml', content }];
  await admin.mutate('importConfiguration', { runtimeGroupId: group.id, documents, mode });
}

/** Waits until all have been told everything, by one write more, and checks every promise. */
async function check(...streams: readonly LiveStream[]): Promise<void> {
  const { id } = await plane.seed.route(group);
  for (const stream of streams)
    await stream.until((entries) => JSON.stringify(entries.at(-1) ?? null).includes(id));
  checkGuarantees(
    streams.map((stream, index) => stream.trace(`watcher ${index}`)),
    await finalConfiguration(plane, group.id),
  );
}

/** What was told: a slow machine may be long enough quiet for bookmarks in between. */
function kindsOf({ entries }: LiveStream): readonly string[] {
  return entries.map(({ is }) => is).filter((is) => !['opened', 'closed', 'bookmark'].includes(is));
}

describe('a watcher that is far behind', () => {
  it('is told what the revisions come to: first before, last after; what came and went is left out', async () => {
    const observer = await leave(configChanges(group.id));
    const { id, name } = await plane.seed.service(group);
    const gone = await plane.seed.route(group, { serviceId: service.id });
    await write(3);
    await admin.mutate('deleteRoute', { id: gone.id });
    await admin.mutate('updateGatewayService', { id, host: 'elsewhere.internal' });
    await follow(configChanges(group.id), admin, observer);
    const fold = await observer.nextOf('fold');
    expect(fold).toMatchObject({ fromRevision: 1, revision: 8, revisionCount: 7 });
    expect(fold.changes).toHaveLength(2);
    expect(fold.changes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          ...{ id: service.id, operation: 'UPDATED' },
          before: expect.objectContaining({ port: 80 }) as object,
          after: expect.objectContaining({ port: 1_002 }) as object,
        }),
        expect.objectContaining({
          ...{ id, operation: 'CREATED', before: null },
          after: expect.objectContaining({ name, host: 'elsewhere.internal' }) as object,
        }),
      ]),
    );
    await check(observer);
    expect(kindsOf(observer)).toEqual(['snapshot', 'fold', 'delta']);
  });

  it('is told of nothing where everything is as it was, and goes on from there', async () => {
    const observer = await leave(configChanges(group.id));
    await write(6);
    await admin.mutate('updateGatewayService', { id: service.id, port: 80 });
    await follow(configChanges(group.id), admin, observer);
    expect(await observer.nextOf('fold')).toMatchObject({ revision: 8, changes: [] });
    await check(observer);
  });

  it('is told first what is gone', async () => {
    const others = [await plane.seed.service(group), await plane.seed.service(group)];
    const observer = await leave(configChanges(group.id));
    await write(4);
    await plane.seed.service(group);
    for (const { id } of others) await admin.mutate('deleteGatewayService', { id });
    await follow(configChanges(group.id), admin, observer);
    const { changes } = await observer.nextOf('fold');
    expect(changes.map(({ after }) => after === null)).toEqual([true, true, false, false]);
    await check(observer);
  });

  it('is told each revision where it is not further behind than the limit', async () => {
    const observer = await leave(configChanges(group.id));
    await write(limits.revisions);
    await follow(configChanges(group.id), admin, observer);
    await observer.nextOf('delta');
    await check(observer);
    expect(kindsOf(observer)).not.toContain('fold');
  });

  it('is told a fold of few revisions, too, if they are large', async () => {
    const observer = await leave(configChanges(group.id));
    await bring(20);
    await bring(9);
    await bring(0, 'SYNC');
    await follow(configChanges(group.id), admin, observer);
    const { changes } = await observer.nextOf('fold');
    expect(changes).toEqual([expect.objectContaining({ id: service.id, after: null })]);
    await check(observer);
  });

  it('has its secrets beside the fold if it is an instance, and nobody else has', async () => {
    const { client } = await plane.seed.instance(group);
    const streams = [await leave(runtimeConfig(), client), await leave(configChanges(group.id))];
    const { consumer } = await admin.mutate<{ consumer: Entity }>(
      ...([
        'createConsumer',
        { runtimeGroupId: group.id, username: unique('ann') },
        'consumer { id }',
      ] as const),
    );
    const secret = unique('canary');
    const credential = { runtimeGroupId: group.id, consumerId: consumer.id, key: secret };
    await admin.mutate('createKeyAuthCredential', credential);
    await write(6);
    const [instance, reader] = [
      await follow(runtimeConfig(), client, streams[0]),
      await follow(configChanges(group.id), admin, streams[1]),
    ];
    expect(JSON.stringify(await instance.nextOf('fold'))).toContain(secret);
    expect(JSON.stringify(await reader.nextOf('fold'))).not.toContain(secret);
    await check(instance, reader);
  });
});

describe('a fold that would be too large', () => {
  it('is a snapshot if that is smaller: LAGGED', async () => {
    await bring(40);
    const observer = await leave(configChanges(group.id));
    await bring(1, 'SYNC');
    await bring(1, 'SYNC');
    await follow(configChanges(group.id), admin, observer);
    expect(await observer.nextOf('resync')).toMatchObject({ reason: 'LAGGED' });
    expect(await observer.nextOf('snapshot')).toMatchObject({ revision: 4, items: [{ kind: 'consumer' }] });
    await check(observer);
  });

  it('is told as whole revisions if the snapshot is larger', async () => {
    await bring(40);
    const observer = await leave(configChanges(group.id));
    await bring(20);
    await bring(20);
    await follow(configChanges(group.id), admin, observer);
    await check(observer);
    expect(kindsOf(observer)).toEqual(expect.arrayContaining(['delta']));
    expect(kindsOf(observer)).not.toContain('fold');
    expect(kindsOf(observer)).not.toContain('resync');
  });
});
