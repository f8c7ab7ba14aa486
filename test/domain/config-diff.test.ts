import { expectRefused, type Client, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import type { Entity, Group } from '../kit/seed.js';

let plane: TestControlPlane;
let admin: Client;
let group: Group;
beforeAll(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
});
beforeEach(async () => {
  ({ group } = await plane.seed.group());
});
afterAll(() => plane.stop());

const query = `query ($from: ConfigPointInput!, $to: ConfigPointInput!) { configDiff(from: $from, to: $to) {
  from { runtimeGroupId revision configHash } to { runtimeGroupId revision } impact
  counts { created updated deleted }
  changes { kind collection id name operation before after impact reason fields { path before after impact reason } }
} }`;

interface Diff {
  readonly impact: string | null;
  readonly counts: Variables;
  readonly changes: readonly {
    readonly id: string;
    readonly name: string;
    readonly operation: string;
    readonly impact: string;
    readonly before: Variables | null;
    readonly after: Variables | null;
    readonly fields: readonly { readonly path: string; readonly before: unknown; readonly after: unknown }[];
  }[];
}

async function diff(from: Variables, to: Variables = {}): Promise<Diff> {
  const points = {
    from: { runtimeGroupId: group.id, ...from },
    to: { runtimeGroupId: group.id, ...to },
  };
  return (await admin.gql<{ configDiff: Diff }>(query, points)).configDiff;
}

const nothing = { impact: null, counts: { created: 0, updated: 0, deleted: 0 }, changes: [] };

describe('the difference within a group', () => {
  it('says what changed, field by field, and what that can mean', async () => {
    const route = await plane.seed.route(group, { name: 'checkout', paths: ['/a', '/b'] });
    await admin.mutate('updateRoute', { id: route.id, paths: ['/a', '/c'], tags: ['shop'] });
    const told = await diff({ revision: 1 }, { revision: 2 });
    expect(told).toMatchObject({
      ...{ impact: 'BREAKING', counts: { created: 0, updated: 1, deleted: 0 } },
      ...{ from: { runtimeGroupId: group.id, revision: 1 }, to: { revision: 2 } },
      changes: [
        {
          ...{ kind: 'route', collection: 'routes', id: route.id, name: 'checkout', operation: 'UPDATED' },
          ...{ before: { paths: ['/a', '/b'] }, after: { paths: ['/a', '/c'] }, impact: 'BREAKING' },
          reason: 'Requests that matched by it are no longer matched.',
          fields: [
            { path: 'paths', before: '/b', after: null, impact: 'BREAKING' },
            { path: 'paths', before: null, after: '/c', impact: 'SAFE' },
            { path: 'tags', before: null, after: ['shop'], impact: 'SAFE' },
          ],
        },
      ],
    });
  });

  it('is that of now, of an earlier revision, or backward, as it is asked for', async () => {
    await plane.seed.service(group, { name: 'orders' });
    await plane.seed.service(group, { name: 'returns' });
    const names = ({ changes }: Diff): string[] =>
      changes.map(({ operation, name }) => `${operation} ${name}`);
    expect(names(await diff({ revision: 0 }))).toEqual(['CREATED orders', 'CREATED returns']);
    expect(names(await diff({ revision: 1 }, {}))).toEqual(['CREATED returns']);
    expect(names(await diff({}, { revision: 1 }))).toEqual(['DELETED returns']);
    expect(await diff({}, {})).toMatchObject(nothing);
  });

  it('leaves out what came and went, or is again as it was', async () => {
    const service = await plane.seed.service(group, { name: 'orders' });
    const gone = await plane.seed.service(group);
    await admin.mutate('deleteGatewayService', { id: gone.id });
    await admin.mutate('updateGatewayService', { id: service.id, port: 81 });
    await admin.mutate('updateGatewayService', { id: service.id, port: 80 });
    expect(await diff({ revision: 1 })).toMatchObject(nothing);
  });

  it('tells that a secret differs, and not what it is', async () => {
    const { consumer } = await admin.mutate<{ consumer: Entity }>(
      ...(['createConsumer', { runtimeGroupId: group.id, username: 'ann' }, 'consumer { id }'] as const),
    );
    const input = { runtimeGroupId: group.id, consumerId: consumer.id, key: 'the first secret' };
    const { keyAuthCredential } = await admin.mutate<{ keyAuthCredential: Entity }>(
      ...(['createKeyAuthCredential', input, 'keyAuthCredential { id }'] as const),
    );
    await admin.mutate('updateKeyAuthCredential', { id: keyAuthCredential.id, key: 'the second secret' });
    const told = await diff({ revision: 2 });
    expect(told.changes[0]?.fields).toMatchObject([{ path: 'key', impact: 'BREAKING' }]);
    expect(JSON.stringify(told)).not.toMatch(/first secret|second secret/);
  });

  it('costs what changed, and not what is there', async () => {
    const services = Array.from({ length: 400 }, (_, index) => ({
      name: `s${index}`,
      url: 'http://a.internal',
    }));
    const documents = [{ name: 'kong.yaml', content: JSON.stringify({ _format_version: '3.0', services }) }];
    await admin.mutate('importConfiguration', { runtimeGroupId: group.id, documents });
    await plane.seed.route(group, { name: 'checkout' });
    const rows = await plane.sql<{ 'QUERY PLAN': string }>(
      `explain (analyze, buffers off, timing off, summary off, costs off)
       select distinct on (v.subject_id) v.subject_id, v.before from stream_event v
       where v.topic = 'config' and v.scope_id = '${group.id}' and v.revision > 1 and v.revision <= 2
       order by v.subject_id, v.revision, v.ordinal`,
    );
    const read = rows.map((row) => row['QUERY PLAN']).find((line) => line.includes('stream_event'));
    expect(read).toMatch(/actual rows=1(\.00)? /);
    expect((await diff({ revision: 1 })).changes).toHaveLength(1);
  });
});

describe('the difference between groups', () => {
  let other: Group;
  const furnish = async (of: Group, host: string, order: readonly string[]): Promise<void> => {
    const made = new Map<string, string>();
    for (const name of order) made.set(name, (await plane.seed.service(of, { name, host })).id);
    await plane.seed.route(of, { name: 'checkout', paths: ['/checkout'], serviceId: made.get('orders') });
    await plane.seed.route(of, { name: null, paths: ['/nameless'], serviceId: made.get('returns') });
    const upstream = await admin.mutate<{ upstream: Entity }>(
      ...(['createUpstream', { runtimeGroupId: of.id, name: 'pool' }, 'upstream { id }'] as const),
    );
    await admin.mutate('createTarget', {
      runtimeGroupId: of.id,
      upstreamId: upstream.upstream.id,
      target: 'a:80',
    });
  };
  beforeEach(async () => {
    other = (await plane.seed.group()).group;
    await furnish(group, 'a.internal', ['orders', 'returns']);
    await furnish(other, 'a.internal', ['returns', 'orders']);
  });

  it('is none where all is called alike, whatever the ids', async () => {
    expect(await diff({}, { runtimeGroupId: other.id })).toMatchObject(nothing);
  });

  it('finds the same by its name, and compares references by name', async () => {
    const found = await admin.gql<{
      runtimeGroup: { routes: { nodes: Entity[] }; gatewayServices: { nodes: Entity[] } };
    }>(
      `query ($id: ID!) { runtimeGroup(id: $id) {
        routes(filter: { name: { eq: "checkout" } }) { nodes { id } }
        gatewayServices(filter: { name: { eq: "returns" } }) { nodes { id } }
      } }`,
      { id: other.id },
    );
    const [route, returns] = [
      found.runtimeGroup.routes.nodes[0],
      found.runtimeGroup.gatewayServices.nodes[0],
    ];
    await admin.mutate('updateRoute', { id: route?.id, serviceId: returns?.id });
    await admin.mutate('updateGatewayService', { id: returns?.id, host: 'b.internal' });
    const { changes } = await diff({}, { runtimeGroupId: other.id });
    expect(changes).toMatchObject([
      { name: 'returns', fields: [{ path: 'host', before: 'a.internal', after: 'b.internal' }] },
      { name: 'checkout', id: route?.id, fields: [{ path: 'service', before: 'orders', after: 'returns' }] },
    ]);
    expect(changes).toHaveLength(2);
  });

  it('goes between any two points of their histories', async () => {
    const { counts } = await diff({ revision: 2 }, { runtimeGroupId: other.id, revision: 1 });
    expect(counts).toEqual({ created: 0, updated: 0, deleted: 1 });
  });
});

describe('a difference is refused', () => {
  const attempt = (from: Variables, to: Variables, client = admin): ReturnType<Client['send']> =>
    client.send(query, {
      from: { runtimeGroupId: group.id, ...from },
      to: { runtimeGroupId: group.id, ...to },
    });

  it('for points that are none, with their place', async () => {
    expect(await expectRefused(attempt({}, { revision: 5 }), 'REVISION_IN_FUTURE')).toMatchObject({
      path: ['to', 'revision'],
    });
    const twofold = { revision: 0, time: '2026-01-01T00:00:00Z' };
    await expectRefused(attempt(twofold, {}), 'AS_OF_INVALID');
  });

  it('for groups that may not be seen', async () => {
    const elsewhere = await plane.seed.viewer((await plane.seed.group()).group);
    await expectRefused(attempt({}, {}, elsewhere), 'RUNTIME_GROUP_NOT_FOUND');
    await expectRefused(attempt({}, { runtimeGroupId: 'nope' }), 'RUNTIME_GROUP_NOT_FOUND');
  });
});
