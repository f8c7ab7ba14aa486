import { compactStreams } from '../../src/domain/event-log/slice.js';
import { openDatabase, type Database } from '../../src/foundation/postgres/database.js';
import { checkGuarantees } from '../guarantees/check-guarantees.js';
import { expectRefused, type Client } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { finalConfiguration } from '../kit/final.js';
import type { Entity, Group } from '../kit/seed.js';
import { configChanges, runtimeConfig } from '../kit/streams.js';

let plane: TestControlPlane;
let admin: Client;
let group: Group;
let service: Entity;
let database: Database;
beforeAll(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
  database = await openDatabase({ url: plane.databaseUrl, tables: [], migrations: [], poolSize: 2 });
});
beforeEach(async () => {
  ({ group } = await plane.seed.group());
  service = await plane.seed.service(group, { name: 'orders' });
});
afterAll(async () => {
  await database.close();
  await plane.stop();
});

/** Forgets all but the newest revisions, as if their time were up. What has no number yet is kept: it gets one first. */
async function compact(revisions: number, graceSeconds = 0): Promise<void> {
  await plane.settled();
  await compactStreams(database, { days: 0, revisions }, { graceSeconds }).run(new AbortController().signal);
}

async function write(times: number): Promise<void> {
  for (let port = 1; port <= times; port += 1) {
    await admin.mutate('updateGatewayService', { id: service.id, port });
  }
}

interface GroupSeen {
  readonly revision: number;
  readonly oldestRevision: number;
  readonly revisions: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly revision: number }[];
  };
  readonly gatewayServices: {
    readonly nodes: readonly { readonly port: number; readonly revision: number }[];
  };
}

const query = `query ($id: ID!, $asOf: AsOfInput) { runtimeGroup(id: $id, asOf: $asOf) {
  revision oldestRevision revisions { totalCount nodes { revision } } gatewayServices { nodes { port revision } }
} }`;

async function seen(revision?: number): Promise<GroupSeen> {
  const asOf = revision === undefined ? null : { revision };
  return (await admin.gql<{ runtimeGroup: GroupSeen }>(query, { id: group.id, asOf })).runtimeGroup;
}

async function rowsOf(table: string): Promise<number> {
  const text = `select count(*)::int as kept from ${table} where topic = 'config' and scope_id = $1`;
  return (await plane.sql<{ kept: number }>(text, [group.id]))[0]?.kept ?? NaN;
}

describe('what is old', () => {
  it('is forgotten, except for the newest revisions', async () => {
    await write(9);
    await compact(4);
    expect(await seen()).toMatchObject({
      ...{ revision: 10, oldestRevision: 7 },
      revisions: {
        totalCount: 4,
        nodes: [{ revision: 10 }, { revision: 9 }, { revision: 8 }, { revision: 7 }],
      },
    });
    expect([await rowsOf('stream_revision'), await rowsOf('stream_event')]).toEqual([4, 4]);
  });

  it('is refused to be read, compared and restored, with what is the oldest', async () => {
    await write(9);
    await compact(4);
    const { message } = await expectRefused(
      admin.send(query, { id: group.id, asOf: { revision: 6 } }),
      'REVISION_COMPACTED',
    );
    expect(message).toContain('The oldest revision that is kept is 7');
    const early = { runtimeGroupId: group.id, revision: 6 };
    const diff = `query ($from: ConfigPointInput!) { configDiff(from: $from, to: $from) { impact } }`;
    await expectRefused(admin.send(diff, { from: early }), 'REVISION_COMPACTED');
    await expectRefused(admin.attempt('restoreRevision', early), 'REVISION_COMPACTED');
    const time = '2001-01-01T00:00:00Z';
    await expectRefused(admin.send(query, { id: group.id, asOf: { time } }), 'REVISION_COMPACTED');
  });

  it('leaves the rest to be read and restored as before', async () => {
    await write(9);
    const before = [await seen(7), await seen(8)];
    await compact(4);
    const after = [await seen(7), await seen(8)];
    expect(after.map(({ gatewayServices }) => gatewayServices)).toEqual(
      before.map(({ gatewayServices }) => gatewayServices),
    );
    await admin.mutate('restoreRevision', { runtimeGroupId: group.id, revision: 7 });
    expect((await seen()).gatewayServices.nodes).toEqual([{ port: 6, revision: 11 }]);
  });

  it('is kept for a while after it may no longer be read, for those who are reading it', async () => {
    await write(4);
    await compact(2, 60);
    expect((await seen()).oldestRevision).toBe(4);
    expect(await rowsOf('stream_revision')).toBe(5);
    await compact(2);
    expect(await rowsOf('stream_revision')).toBe(2);
  });

  it('never includes the newest revision, nor anything young', async () => {
    await compact(1);
    await compactStreams(database, { days: 1, revisions: 1 }).run(new AbortController().signal);
    expect(await seen()).toMatchObject({ revision: 1, oldestRevision: 1, revisions: { totalCount: 1 } });
    await write(2);
    await compactStreams(database, { days: 1, revisions: 1 }).run(new AbortController().signal);
    expect(await seen()).toMatchObject({ revision: 3, oldestRevision: 1, revisions: { totalCount: 3 } });
  });

  it('goes in portions, however much it is', async () => {
    const services = Array.from({ length: 1_500 }, (_, index) => ({
      name: `s${index}`,
      url: 'http://a.internal',
    }));
    const documents = [{ name: 'kong.yaml', content: JSON.stringify({ _format_version: '3.0', services }) }];
    await admin.mutate('importConfiguration', { runtimeGroupId: group.id, documents });
    await write(3);
    await compact(1);
    expect([await rowsOf('stream_revision'), await rowsOf('stream_event')]).toEqual([1, 1]);
    expect(await rowsOf('stream_head')).toBe(1);
  });
});

describe('whoever has not seen what is forgotten', () => {
  it('is told so on the stream, and starts over', async () => {
    const first = (await plane.live(admin)).open(configChanges(group.id));
    const { cursor } = await first.nextOf('snapshot');
    first.return();
    await write(5);
    await compact(2);
    const later = (await plane.live(admin)).open(configChanges(group.id), cursor);
    expect(await later.nextOf('resync')).toMatchObject({ reason: 'COMPACTED' });
    expect(await later.nextOf('snapshot')).toMatchObject({ revision: 6 });
    checkGuarantees([later.trace()], await finalConfiguration(plane, group.id));
  });

  it('goes on without a gap from the oldest revision that is kept', async () => {
    await write(3);
    const first = (await plane.live(admin)).open(configChanges(group.id));
    const { cursor } = await first.nextOf('snapshot');
    first.return();
    await write(2);
    await compact(3);
    expect((await seen()).oldestRevision).toBe(4);
    const later = (await plane.live(admin)).open(configChanges(group.id), cursor, first);
    await later.until((entries) => entries.some((entry) => entry.is === 'delta'));
    checkGuarantees([later.trace()], await finalConfiguration(plane, group.id));
  });

  it('is not taken for one that has diverged', async () => {
    const { instance, client } = await plane.seed.instance(group);
    const stream = (await plane.live(client)).open(runtimeConfig());
    const { session } = await stream.nextOf('session');
    const { cursor, stateHash } = await stream.nextOf('snapshot');
    await client.mutate('reportSync', { session, cursor, stateHash, outcome: 'APPLIED' });
    await write(5);
    await compact(2);
    const status = `query ($id: ID!) { runtimeInstance(id: $id) { syncReason appliedRevision } }`;
    await eventually(async () =>
      expect(await admin.gql(status, { id: instance.id })).toEqual({
        runtimeInstance: { syncReason: 'SYNCING', appliedRevision: 1 },
      }),
    );
  });
});
