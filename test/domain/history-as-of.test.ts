import { systemClock } from '../../src/foundation/kernel/clock.js';
import { newId } from '../../src/foundation/kernel/id.js';
import { expectRefused, type Client, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { unique, type Entity, type Group } from '../kit/seed.js';

let plane: TestControlPlane;
let admin: Client;
let group: Group;
let service: Entity;
let route: Entity;

/** Revision 1 has a service; 2 a route of it; 3 renames the service; 4 deletes the route; 5 adds an upstream. */
beforeAll(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
  ({ group } = await plane.seed.group({ labels: [{ key: 'stage', value: 'test' }] }));
  service = await plane.seed.service(group, { name: 'orders' });
  route = await plane.seed.route(group, { name: 'checkout', serviceId: service.id, paths: ['/checkout'] });
  await admin.mutate('updateGatewayService', { id: service.id, name: 'sales' });
  await admin.mutate('deleteRoute', { id: route.id });
  await admin.mutate('createUpstream', { runtimeGroupId: group.id, name: unique('upstream') });
});
afterAll(() => plane.stop());

interface GroupSeen {
  readonly name: string;
  readonly revision: number;
  readonly configHash: string;
  readonly gatewayServices: { readonly totalCount: number; readonly nodes: readonly ServiceSeen[] };
  readonly routes: { readonly nodes: readonly RouteSeen[] };
}

interface ServiceSeen {
  readonly id: string;
  readonly name: string;
  readonly revision: number;
  readonly createdAt: string;
  readonly routes: { readonly nodes: readonly RouteSeen[] };
}

interface RouteSeen {
  readonly name: string;
  readonly service?: { readonly name: string } | null;
  readonly runtimeGroup?: { readonly revision: number };
}

const everything = `name revision configHash
  gatewayServices(orderBy: [{ field: NAME }]) { totalCount nodes {
    id name revision createdAt routes { nodes { name service { name } runtimeGroup { revision } } }
  } }
  routes { nodes { name service { name } } }`;

async function groupAt(asOf: Variables | null, id = group.id): Promise<GroupSeen> {
  const query = `query ($id: ID!, $asOf: AsOfInput) { runtimeGroup(id: $id, asOf: $asOf) { ${everything} } }`;
  return (await admin.gql<{ runtimeGroup: GroupSeen }>(query, { id, asOf })).runtimeGroup;
}

const namesOf = (list: { readonly nodes: readonly { readonly name: string }[] }): string[] =>
  list.nodes.map(({ name }) => name);

describe('a runtime group as of a revision', () => {
  it('has the configuration of then', async () => {
    const then = await groupAt({ revision: 2 });
    expect(then).toMatchObject({ revision: 2, gatewayServices: { totalCount: 1 } });
    expect(namesOf(then.gatewayServices)).toEqual(['orders']);
    expect(namesOf(then.routes)).toEqual(['checkout']);
  });

  it('is read at that revision all the way down, references and their way back included', async () => {
    const { gatewayServices, routes } = await groupAt({ revision: 2 });
    expect(gatewayServices.nodes[0]?.routes.nodes).toEqual([
      { name: 'checkout', service: { name: 'orders' }, runtimeGroup: { revision: 2 } },
    ]);
    expect(routes.nodes[0]?.service).toEqual({ name: 'orders' });
    const later = await groupAt({ revision: 3 });
    expect(later.gatewayServices.nodes[0]?.routes.nodes[0]?.service).toEqual({ name: 'sales' });
  });

  it('says which revision had last changed what it shows', async () => {
    const revisions = await Promise.all(
      [1, 2, 3, 5].map(async (revision) => (await groupAt({ revision })).gatewayServices.nodes[0]?.revision),
    );
    expect(revisions).toEqual([1, 1, 3, 3]);
  });

  it('is empty at revision 0, and the group of now at the newest', async () => {
    const empty = { revision: 0, configHash: '0'.repeat(64), routes: { nodes: [] } };
    expect(await groupAt({ revision: 0 })).toMatchObject(empty);
    expect(await groupAt({ revision: 5 })).toEqual(await groupAt(null));
  });

  it('has the name and the labels that it had', async () => {
    const { group: renamed } = await plane.seed.group({ labels: [{ key: 'stage', value: 'test' }] });
    await plane.seed.service(renamed);
    await admin.mutate('updateRuntimeGroup', { id: renamed.id, name: unique('later'), labels: [] });
    await plane.seed.service(renamed);
    const query = `query ($id: ID!) {
      then: runtimeGroup(id: $id, asOf: { revision: 1 }) { name version labels { key value } }
      now: runtimeGroup(id: $id, asOf: { revision: 2 }) { version labels { key } }
    }`;
    expect(await admin.gql(query, { id: renamed.id })).toEqual({
      then: { name: renamed.name, version: 1, labels: [{ key: 'stage', value: 'test' }] },
      now: { version: 2, labels: [] },
    });
  });
});

describe('a time', () => {
  async function timeOf(revision: number): Promise<string> {
    const text = `select at from stream_revision where topic = 'config' and scope_id = $1 and revision = $2`;
    const [row] = await plane.sql<{ at: Date }>(text, [group.id, revision]);
    return (row?.at ?? new Date(NaN)).toISOString();
  }

  it('means the last revision that was written at or before it', async () => {
    expect((await groupAt({ time: await timeOf(4) })).revision).toBe(4);
    const before = new Date(Date.parse(await timeOf(4)) - 1).toISOString();
    expect((await groupAt({ time: before })).revision).toBeLessThan(4);
  });

  it('before the group was made finds no group', async () => {
    expect(await groupAt({ time: '2001-01-01T00:00:00.000Z' })).toBeNull();
  });
});

describe('lists, exports and effective plugins', () => {
  it('take asOf by themselves, each group by its own history', async () => {
    const other = (await plane.seed.group()).group;
    const first = await plane.seed.service(other);
    await admin.mutate('deleteGatewayService', { id: first.id });
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on RuntimeGroup {
      then: gatewayServices(asOf: { revision: 1 }) { nodes { name } } gatewayServices { nodes { name } }
    } } }`;
    const { nodes } = await admin.gql<{ nodes: unknown }>(query, { ids: [group.id, other.id] });
    expect(nodes).toEqual([
      { then: { nodes: [{ name: 'orders' }] }, gatewayServices: { nodes: [{ name: 'sales' }] } },
      { then: { nodes: [{ name: first.name }] }, gatewayServices: { nodes: [] } },
    ]);
  });

  it('filter, order and page what was there then', async () => {
    const query = `query ($id: ID!, $filter: GatewayServiceFilter) {
      runtimeGroup(id: $id, asOf: { revision: 2 }) { gatewayServices(filter: $filter) { totalCount nodes { name } } }
    }`;
    const found = async (name: string): Promise<unknown> =>
      admin.gql(query, { id: group.id, filter: { name: { eq: name } } });
    expect(await found('orders')).toMatchObject({ runtimeGroup: { gatewayServices: { totalCount: 1 } } });
    expect(await found('sales')).toMatchObject({ runtimeGroup: { gatewayServices: { totalCount: 0 } } });
  });

  it('export the file of then', async () => {
    const query = `query ($id: ID!, $asOf: AsOfInput) {
      exportConfiguration(runtimeGroupId: $id, asOf: $asOf) { revision configHash document }
    }`;
    const exported = async (asOf: Variables | null): Promise<{ document: string; configHash: string }> =>
      (await admin.gql<{ exportConfiguration: never }>(query, { id: group.id, asOf })).exportConfiguration;
    const then = await exported({ revision: 2 });
    expect(then).toMatchObject({ revision: 2, configHash: (await groupAt({ revision: 2 })).configHash });
    expect(then.document).toMatch(/name: checkout/);
    expect((await exported(null)).document).not.toMatch(/checkout/);
    expect(await exported({ revision: 5 })).toEqual(await exported(null));
  });

  it('say which plugins ran for a route that is gone', async () => {
    const { group: own } = await plane.seed.group();
    const gone = await plane.seed.route(own);
    const { plugin } = await admin.mutate<{ plugin: Entity }>(
      ...([
        'createPlugin',
        { runtimeGroupId: own.id, name: 'cors', routeId: gone.id },
        'plugin { id }',
      ] as const),
    );
    await admin.mutate('deleteRoute', { id: gone.id, cascade: true });
    const query = `query ($id: ID!, $asOf: AsOfInput) {
      effectivePlugins(routeId: $id, asOf: $asOf) { running { plugin { id route { name } } } }
    }`;
    expect(await admin.gql(query, { id: gone.id, asOf: { revision: 2 } })).toEqual({
      effectivePlugins: { running: [{ plugin: { id: plugin.id, route: { name: gone.name } } }] },
    });
    await expectRefused(admin.send(query, { id: gone.id, asOf: { revision: 3 } }), 'ENTITY_NOT_FOUND');
  });
});

describe('node as of then', () => {
  const query = `query ($id: ID!, $asOf: AsOfInput) { node(id: $id, asOf: $asOf) {
    id
    ... on RuntimeGroup { revision }
    ... on GatewayService { name revision routes { nodes { name } } }
    ... on Route { name service { name } runtimeGroup { revision } }
  } }`;
  const at = async (id: string, revision: number): Promise<unknown> =>
    (await admin.gql<{ node: unknown }>(query, { id, asOf: { revision } })).node;

  it('is an entity as it was, with all that lies below, and nothing where there was none', async () => {
    const { id } = service;
    expect(await at(id, 0)).toBeNull();
    expect(await at(id, 1)).toEqual({ id, name: 'orders', revision: 1, routes: { nodes: [] } });
    expect(await at(id, 2)).toEqual({
      id,
      name: 'orders',
      revision: 1,
      routes: { nodes: [{ name: 'checkout' }] },
    });
    expect(await at(id, 3)).toEqual({
      id,
      name: 'sales',
      revision: 3,
      routes: { nodes: [{ name: 'checkout' }] },
    });
  });

  it('finds what is gone', async () => {
    const { id } = route;
    expect(await at(id, 2)).toEqual({
      ...{ id, name: 'checkout', service: { name: 'orders' }, runtimeGroup: { revision: 2 } },
    });
    expect(await at(id, 4)).toBeNull();
  });

  it('is a runtime group as it was', async () => {
    expect(await at(group.id, 2)).toEqual({ id: group.id, revision: 2 });
  });

  it('is nothing for others, and for what is not there', async () => {
    const { group: other } = await plane.seed.group();
    const { admin: stranger } = await plane.seed.organization();
    const variables = { id: service.id, asOf: { revision: 1 } };
    for (const somebody of [stranger, await plane.seed.viewer(other)])
      expect(await somebody.gql(query, variables)).toEqual({ node: null });
    expect(await at(newId(), 1)).toBeNull();
    expect(await at('no id', 1)).toBeNull();
  });

  it('is refused for what has no history, and for what is to come', async () => {
    const { id } = await plane.seed.token({ role: 'VIEWER' });
    await expectRefused(admin.send(query, { id, asOf: { revision: 1 } }), 'HISTORY_MISSING');
    await expectRefused(admin.send(query, { id: service.id, asOf: { revision: 999 } }), 'REVISION_IN_FUTURE');
    await expectRefused(admin.send(query, { id: service.id, asOf: {} }), 'AS_OF_INVALID');
  });
});

describe('asOf is refused', () => {
  const query = 'query ($id: ID!, $asOf: AsOfInput) { runtimeGroup(id: $id, asOf: $asOf) { revision } }';
  const tomorrow = new Date(systemClock.now().getTime() + 86_400_000).toISOString();

  it.each([
    ['without any point', {}, 'AS_OF_INVALID'],
    ['with two', { revision: 1, time: '2026-01-01T00:00:00Z' }, 'AS_OF_INVALID'],
    ['before the beginning', { revision: -1 }, 'AS_OF_INVALID'],
    ['for a revision that is to come', { revision: 6 }, 'REVISION_IN_FUTURE'],
    ['for a time that is to come', { time: tomorrow }, 'REVISION_IN_FUTURE'],
  ])('%s', async (_, asOf, code) => {
    await expectRefused(admin.send(query, { id: group.id, asOf }), code);
  });
});

describe('the SQL of the past', () => {
  /** The groups, their moments, the services, the routes, and the service of each route. */
  const levels = 5;

  /** The control plane looks around by itself every second; a slow machine may do so during one answer. */
  const ownWork = 4;

  it('costs one statement for each level, however many groups and entities', async () => {
    const marker = unique('tree');
    for (const number of [1, 2, 3, 4]) {
      const made = (await plane.seed.group({ name: `${marker}-${number}` })).group;
      for (const name of ['a', 'b', 'c']) {
        await plane.seed.route(made, { serviceId: (await plane.seed.service(made, { name })).id });
      }
      await plane.seed.service(made);
    }
    const query = `query ($marker: String!) { runtimeGroups(filter: { name: { startsWith: $marker } }) { nodes {
      gatewayServices(asOf: { revision: 6 }) { nodes { name routes { nodes { service { name } } } } }
    } } }`;
    const read = (): Promise<unknown> => admin.gql(query, { marker });
    expect(JSON.stringify(await read()).match(/"service":/g)).toHaveLength(12);
    await eventually(async () => {
      await plane.settled();
      const before = plane.statementCount();
      await read();
      expect(plane.statementCount() - before).toBeLessThanOrEqual(levels + ownWork);
    });
  });

  it('is taken apart by PostgreSQL, so that conditions reach the tables', async () => {
    const rows = await plane.sql<{ 'QUERY PLAN': string }>(
      `explain select e.id from config_entity_at('${group.id}', 2) e where e.id = '${service.id}'`,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).not.toContain('Function Scan');
    // The id is looked for in the table of now, and in the log.
    expect(plan.match(new RegExp(`id = '${service.id}'`, 'g'))).toHaveLength(2);
  });
});
