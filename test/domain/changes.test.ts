import { openDatabase } from '../../src/foundation/postgres/database.js';
import { checkGuarantees } from '../guarantees/check-guarantees.js';
import { expectRefused, type Client } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { finalChanges } from '../kit/final.js';
import type { LiveStream } from '../kit/live-client.js';
import { unique, type Seed } from '../kit/seed.js';
import { changes } from '../kit/streams.js';
import type { Delta } from '../kit/trace.js';

let plane: TestControlPlane;
let seed: Seed & { readonly organizationId: string };
let admin: Client;
beforeAll(async () => {
  plane = await startControlPlane();
});
beforeEach(async () => {
  seed = await plane.seed.organization();
  ({ admin } = seed);
});
afterAll(() => plane.stop());

interface Told {
  readonly number: number;
  readonly cursor: string;
  readonly stream: string;
  readonly revision: number;
  readonly summary: string;
  readonly reason: string | null;
  readonly command: string;
  readonly entries: readonly {
    readonly type: string;
    readonly subjectId: string;
    readonly runtimeGroupId: string | null;
    readonly fields: readonly { readonly path: string; readonly before: unknown; readonly after: unknown }[];
  }[];
}

async function follow(
  variables: object = {},
  after: string | null = null,
  client = admin,
): Promise<LiveStream> {
  return (await plane.live(client)).open(changes({ ...variables }), after);
}

function toldIn({ revisions }: Delta): readonly Told[] {
  return revisions.map(({ told }) => told as Told);
}

/** The next changes, however many messages they come in. */
async function take(stream: LiveStream, count: number): Promise<readonly Told[]> {
  const told: Told[] = [];
  while (told.length < count) told.push(...toldIn(await stream.nextOf('delta')));
  expect(told).toHaveLength(count);
  return told;
}

interface Page {
  readonly nodes: readonly { readonly number: number; readonly cursor: string; readonly summary: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

async function page(variables: object, client = admin): Promise<Page> {
  const query = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: ChangesFilter, $orderBy: OrderDirection! = ASC) {
    changes(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
      nodes { number cursor summary } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`;
  return (await client.gql<{ changes: Page }>(query, { ...variables })).changes;
}

describe('the changes of an organization', () => {
  it('tell of everything that is written, whatever log it goes to: what, by whom, why, and where it differs', async () => {
    const stream = await follow();
    expect(await stream.next()).toMatchObject({ is: 'bookmark' });
    const { group } = await seed.group({ labels: [{ key: 'env', value: 'prod' }] });
    const service = await seed.service(group, { name: 'orders', port: 80 });
    await admin.mutate('updateGatewayService', { id: service.id, port: 81, reason: 'moved' });
    const viewer = await seed.token({ role: 'VIEWER' });
    await admin.mutate('revokeAccessToken', { id: viewer.id });
    const { instance } = await seed.instance(group, { hostname: 'gw-1' });
    await admin.mutate('createService', { name: 'pets', releasePolicy: 'ONE_LIVE' });
    const told = await take(stream, 8);
    const types = told.map(({ entries }) => entries.map(({ type }) => type).join());
    expect(types.toSorted()).toEqual([
      ...[
        'access-token.created',
        'access-token.revoked',
        'gateway_service.created',
        'gateway_service.updated',
      ],
      ...['runtime-group.created', 'runtime-instance.created,access-token.created'],
      ...['runtime-instance.status-changed', 'service.created'],
    ]);
    expect(told.find(({ reason }) => reason === 'moved')).toMatchObject({
      stream: 'CONFIG',
      revision: 2,
      command: 'gateway-config.write',
      actor: { name: 'administrator' },
      summary: `Gateway service orders updated in group ${group.name}`,
      entries: [
        {
          ...{ kind: 'gateway_service', subjectId: service.id, subjectName: 'orders', operation: 'UPDATED' },
          ...{ runtimeGroupId: group.id, labels: [{ key: 'env', value: 'prod' }] },
          fields: [{ path: 'port', before: 80, after: 81 }],
        },
      ],
    });
    expect(told.map(({ entries }) => entries[0]?.subjectId)).toContain(instance.id);
    await plane.settled();
    checkGuarantees([stream.trace()], await finalChanges(plane, seed.organizationId));
  });

  it('come in one order to everybody, over both replicas, and page by page, whoever writes at once', async () => {
    const other = await startControlPlane({
      database: { url: plane.databaseUrl, close: () => Promise.resolve() },
    });
    try {
      const streams = [await follow(), (await other.live(admin)).open(changes())];
      for (const stream of streams) await stream.nextOf('bookmark');
      const groups = await Promise.all(Array.from({ length: 4 }, async () => (await seed.group()).group));
      await Promise.all(
        groups.flatMap((group) =>
          Array.from({ length: 10 }, async (_, index) => {
            if (index % 5 === 0) await seed.viewer(group);
            else await seed.service(group);
          }),
        ),
      );
      await plane.settled();
      const final = await finalChanges(plane, seed.organizationId);
      // Four groups, eight tokens, thirty-two services.
      expect(final.revision).toBe(44);
      for (const stream of streams) {
        await stream.until((entries) =>
          entries.some((entry) => entry.is === 'delta' && entry.revisions.at(-1)?.revision === 44),
        );
        checkGuarantees([stream.trace()], final);
      }
      const numbers = streams.map(({ entries }) =>
        entries.flatMap((entry) => (entry.is === 'delta' ? toldIn(entry) : [])),
      );
      expect(numbers[0]).toEqual(numbers[1]);
      const listed = (await page({ first: 200 })).nodes;
      expect(listed.map(({ number, cursor }) => [number, cursor])).toEqual(
        numbers[0]?.map(({ number, cursor }) => [number, cursor]),
      );
      // Each log keeps its own order.
      for (const log of ['ORGANIZATION', 'CONFIG'])
        for (const group of [undefined, ...groups]) {
          const own = numbers[0]?.filter(
            ({ stream, entries }) =>
              stream === log && (log === 'ORGANIZATION' || entries[0]?.runtimeGroupId === group?.id),
          );
          expect(own?.map(({ revision }) => revision)).toEqual(own?.map((_, index) => index + 1));
        }
    } finally {
      await other.stop();
    }
  });

  it('begin where it is said: now, with the oldest, or after a cursor, wherever that was given', async () => {
    await seed.group({ name: unique('early') });
    await plane.settled();
    const fromStart = await follow({ from: 'START' });
    expect(await fromStart.next()).toMatchObject({ is: 'bookmark', headRevision: 0 });
    expect(await take(fromStart, 1)).toMatchObject([{ number: 1 }]);
    const fromNow = await follow({ from: 'NOW' });
    expect(await fromNow.next()).toMatchObject({ is: 'bookmark', headRevision: 1 });
    await seed.group();
    expect(await take(fromNow, 1)).toMatchObject([{ number: 2 }]);
    // A cursor of the list is one of the stream, and the other way round.
    const listed = await page({ first: 1 });
    const resumed = await follow({}, listed.pageInfo.endCursor);
    expect(await take(resumed, 1)).toMatchObject([{ number: 2 }]);
    const [second] = await take(fromStart, 1);
    expect(await page({ before: second?.cursor })).toMatchObject({ nodes: [{ number: 1 }] });
  });

  it('say it where a cursor is of another history, ahead, or no longer kept, and go on with the oldest', async () => {
    for (let count = 0; count < 6; count += 1) await seed.group();
    await plane.settled();
    const cursor = (await page({ first: 1 })).pageInfo.endCursor ?? '';
    const [, , , , hash = ''] = Buffer.from(cursor, 'base64url').toString().split('.');
    const forged = (number: number, its = hash): string =>
      Buffer.from(`v1.changes.${seed.organizationId}.${number}.${its}`).toString('base64url');
    const cases = { DIVERGED: forged(1, '0'.repeat(16)), FUTURE: forged(99) };
    for (const [reason, after] of Object.entries(cases)) {
      const stream = await follow({}, after);
      expect(await stream.next()).toMatchObject({ is: 'resync', reason });
      expect(await stream.next()).toMatchObject({ is: 'bookmark', headRevision: 0 });
      expect(await take(stream, 6)).toMatchObject([{ number: 1 }, {}, {}, {}, {}, { number: 6 }]);
      await expectRefused(listing(after), 'CHANGES_CURSOR_GONE');
    }
    await plane.sql(`update stream_head set floor_revision = 4 where topic = 'changes' and scope_id = $1`, [
      seed.organizationId,
    ]);
    const stream = await follow({}, cursor);
    expect(await stream.next()).toMatchObject({ is: 'resync', reason: 'COMPACTED' });
    expect(await stream.next()).toMatchObject({ is: 'bookmark', headRevision: 4 });
    expect(await take(stream, 2)).toMatchObject([{ number: 5 }, { number: 6 }]);
    await expectRefused(listing(cursor), 'CHANGES_CURSOR_GONE');
    expect((await page({})).nodes).toMatchObject([{ number: 5 }, { number: 6 }]);
  });

  const listing = (after: string) =>
    admin.send('query ($after: String) { changes(after: $after) { nodes { number } } }', { after });
});

describe('a filter', () => {
  it('is refused with a kind that there is not, and knows every kind that there is', async () => {
    const query = 'query ($kinds: [String!]) { changes(filter: { kinds: $kinds }) { nodes { number } } }';
    await expect(admin.gql(query, { kinds: ['rout'] })).rejects.toThrow(/“rout” is no kind .* route, /);
    const stored = await plane.sql<{ kind: string }>(
      "select distinct kind from stream_event where topic <> 'changes'",
    );
    await admin.gql(query, { kinds: stored.map(({ kind }) => kind) });
    const stream = await follow({ filter: { kinds: ['rout'] }, from: 'START' });
    expect(await stream.ended()).toMatchObject({ errors: [{ extensions: { reason: 'KIND_UNKNOWN' } }] });
  });

  it('means the same in the stream and in the list, and moves on over what it leaves out', async () => {
    const { group: prod } = await seed.group({ labels: [{ key: 'env', value: 'prod' }] });
    const { group: dev } = await seed.group({ labels: [{ key: 'env', value: 'dev' }] });
    const inProd = await seed.service(prod, { name: 'in-prod' });
    await seed.service(dev, { name: 'in-dev' });
    await seed.route(prod, { name: 'route', serviceId: inProd.id });
    const ann = await seed.token({ role: 'ADMIN', name: 'ann' });
    await ann.mutate('updateGatewayService', { id: inProd.id, port: 81 });
    await plane.settled();
    const filters: readonly (readonly [object, readonly string[]])[] = [
      [{ runtimeGroupIds: [prod.id.toUpperCase()], streams: ['CONFIG'] }, ['in-prod', 'route', 'in-prod']],
      [{ kinds: ['route', 'access_token'] }, ['route', 'ann']],
      [{ labels: [{ key: 'env', value: 'dev' }] }, [dev.name, 'in-dev']],
      [{ labels: [{ key: 'env' }], kinds: ['runtime_group'] }, [prod.name, dev.name]],
      [{ actors: ['ann'] }, ['in-prod']],
      [{ actors: [ann.id], operations: ['UPDATED'] }, ['in-prod']],
      [{ subjectIds: [inProd.id], operations: ['CREATED'] }, ['in-prod']],
      [{ kinds: [] }, []],
    ];
    for (const [filter, expected] of filters) {
      const { nodes, pageInfo } = await page({ filter, first: 50 });
      expect(nodes.map(({ summary }) => summary.split(' ').find((word) => expected.includes(word)))).toEqual(
        expected,
      );
      expect(pageInfo.hasNextPage).toBe(false);
      const stream = await follow({ filter, from: 'START' });
      await stream.nextOf('bookmark');
      const told = expected.length === 0 ? [] : await take(stream, expected.length);
      expect(told.map(({ number }) => number)).toEqual(nodes.map(({ number }) => number));
      stream.return();
    }
  });

  it('leaves entries of a write out, and not the rest of it', async () => {
    const { group } = await seed.group();
    await seed.instance(group, { hostname: 'gw-1' });
    await plane.settled();
    const stream = await follow({ filter: { kinds: ['access_token'] }, from: 'START' });
    const [change] = await take(stream, 1);
    expect(change).toMatchObject({ number: 2, entries: [{ type: 'access-token.created' }] });
    expect(change?.summary).toBe(`Access token instance gw-1 created in group ${group.name}`);
  });

  it('and a page go forward and back, the oldest or the newest first, and never twice over the same', async () => {
    for (let count = 0; count < 7; count += 1) await seed.group();
    await plane.settled();
    const numbers = ({ nodes }: Page): number[] => nodes.map(({ number }) => number);
    const first = await page({ first: 3 });
    expect(numbers(first)).toEqual([1, 2, 3]);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const second = await page({ first: 3, after: first.pageInfo.endCursor });
    expect(numbers(second)).toEqual([4, 5, 6]);
    expect(numbers(await page({ last: 2, before: second.pageInfo.startCursor }))).toEqual([2, 3]);
    const newest = await page({ first: 2, orderBy: 'DESC' });
    expect(numbers(newest)).toEqual([7, 6]);
    expect(numbers(await page({ first: 2, orderBy: 'DESC', after: newest.pageInfo.endCursor }))).toEqual([
      5, 4,
    ]);
    expect(numbers(await page({ last: 2, orderBy: 'DESC' }))).toEqual([2, 1]);
    expect((await page({ first: 9 })).pageInfo.hasNextPage).toBe(false);
  });
});

describe('whoever may not see something', () => {
  it('is told nothing of it: of other groups, of the organization, of access', async () => {
    const { group } = await seed.group();
    const { group: other } = await seed.group();
    const viewer = await seed.viewer(group);
    const all = await seed.viewer();
    const start = { from: 'START' };
    const streams = [await follow(start, null, viewer), await follow(start, null, all)];
    await seed.service(other, { name: 'hidden' });
    await seed.service(group, { name: 'shown' });
    const own = await take(streams[0] as LiveStream, 2);
    expect(own.map(({ summary }) => summary)).toEqual([
      `Runtime group ${group.name} created`,
      `Gateway service shown created in group ${group.name}`,
    ]);
    expect(
      (await take(streams[1] as LiveStream, 4)).flatMap(({ entries }) => entries.map(({ type }) => type)),
    ).toEqual([
      ...[
        'runtime-group.created',
        'runtime-group.created',
        'gateway_service.created',
        'gateway_service.created',
      ],
    ]);
    expect((await page({}, viewer)).nodes).toHaveLength(2);
    expect((await page({ filter: { runtimeGroupIds: [other.id] } }, viewer)).nodes).toEqual([]);
    const { client } = await seed.instance(group);
    await expectRefused(client.send('{ changes { nodes { number } } }'), 'ACTION_DENIED');
  });

  it('is told nothing of another organization', async () => {
    const others = await plane.seed.organization();
    await others.group();
    await plane.settled();
    expect((await page({})).nodes).toEqual([]);
  });

  it('is told nothing with the rights that a token had before it was given others', async () => {
    const token = await seed.token({ role: 'ADMIN' });
    const stream = await follow({}, null, token);
    await seed.group();
    await stream.nextOf('delta');
    await plane.sql(`update access_token set role = 'VIEWER' where id = $1`, [token.id]);
    await seed.token({ role: 'VIEWER' });
    expect(JSON.stringify(await stream.ended())).toContain('RIGHTS_CHANGED');
  });

  it('is told nothing more once the token is withdrawn', async () => {
    const viewer = await seed.token({ role: 'VIEWER' });
    const stream = await follow({}, null, viewer);
    await stream.nextOf('bookmark');
    await admin.mutate('revokeAccessToken', { id: viewer.id });
    expect(await stream.ended()).toMatchObject({
      by: 'refusal',
      errors: [{ extensions: { reason: 'TOKEN_REVOKED' } }],
    });
  });

  it('is told nothing that is written once the withdrawn token lets nobody in any more', async () => {
    const viewer = await seed.token({ role: 'VIEWER' });
    const stream = await follow({}, null, viewer);
    await stream.nextOf('bookmark');
    await admin.mutate('revokeAccessToken', { id: viewer.id });
    await eventually(async () => (await viewer.send('{ organization { id } }')).status === 401);
    await seed.group({ name: 'later' });
    await stream.ended();
    await plane.settled();
    expect((await page({})).nodes.map(({ summary }) => summary)).toContain('Runtime group later created');
    expect(JSON.stringify(stream.entries)).not.toContain('later');
  });
});

describe('secrets', () => {
  it('are told as their fingerprints alone', async () => {
    const { group } = await seed.group();
    const { consumer } = await admin.mutate<{ consumer: { id: string } }>(
      'createConsumer',
      { runtimeGroupId: group.id, username: 'ann' },
      'consumer { id }',
    );
    const key = unique('a-secret-key');
    await admin.mutate('createKeyAuthCredential', { runtimeGroupId: group.id, consumerId: consumer.id, key });
    await plane.settled();
    const stream = await follow({ from: 'START', filter: { kinds: ['keyauth_credential'] } });
    const [change] = await take(stream, 1);
    expect(change?.entries[0]?.fields.find(({ path }) => path === 'key')?.after).toMatch(/^\*\*\*[\w-]{16}$/);
    expect(JSON.stringify(stream.entries)).not.toContain(key);
  });
});

describe('while nobody gives numbers', () => {
  it('no write waits for it; afterwards everything has its own, also what is of a group that came and went', async () => {
    const database = await openDatabase({ url: plane.databaseUrl, tables: [], migrations: [], poolSize: 1 });
    let gone = '';
    await database.transaction(async (tx) => {
      // Whoever gives numbers needs this row; it waits, and writes do not.
      const text = `select from stream_head where topic = 'changes' and scope_id = $1 for update`;
      await tx.rows({ name: 'test.hold', text }, [seed.organizationId]);
      const { group } = await seed.group();
      await seed.service(group);
      await admin.mutate('deleteRuntimeGroup', { id: group.id });
      gone = group.id;
      expect((await page({})).nodes).toEqual([]);
    });
    await database.close();
    await plane.settled();
    const { nodes } = await page({});
    expect(nodes.map(({ summary }) => summary.split(' ')[0])).toEqual(['Runtime', 'Gateway', 'Runtime']);
    // What nothing will come of any more is forgotten.
    const left = 'select from stream_numbering where scope_id = $1';
    await eventually(async () => (await plane.sql(left, [gone])).length === 0);
  });
});
