import { expectRefused, type Client } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { unique, type Entity, type Group } from '../kit/seed.js';
import { seedGiven } from './kinds.js';

let plane: TestControlPlane;
let admin: Client;
beforeAll(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
});
afterAll(() => plane.stop());

describe('node and nodes', () => {
  it('find anything by its id, in the order of the ids, and say null for what is not there', async () => {
    const { group } = await plane.seed.group();
    const { instance } = await plane.seed.instance(group);
    const given = await seedGiven(plane.seed, group);
    const { organization } = await admin.gql<{ organization: Entity }>('{ organization { id } }');
    const token = await plane.seed.token({ role: 'VIEWER' });
    const there: [string, string][] = [
      ['Route', given.route.id],
      ['RuntimeGroup', group.id],
      ['GatewayService', given.service.id],
      ['RuntimeInstance', instance.id],
      ['Organization', organization.id],
      ['AccessToken', token.id],
      ['Upstream', given.upstream.id],
      ['Consumer', given.consumer.id],
      ['RuntimeGroup', group.id.toUpperCase()],
    ];
    const ids = ['nope', ...there.map(([, id]) => id), '01a1fbc6-342c-766e-a0ad-b084a456ef02'];
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';
    const { nodes } = await admin.gql<{ nodes: ({ __typename: string; id: string } | null)[] }>(query, {
      ids,
    });
    expect(nodes).toEqual([
      null,
      ...there.map(([__typename, id]) => ({ __typename, id: id.toLowerCase() })),
      null,
    ]);
  });

  it('find the same thing twice if it is asked for twice', async () => {
    const { group } = await plane.seed.group();
    const query = 'query ($id: ID!) { nodes(ids: [$id, $id]) { id } node(id: $id) { id } }';
    const node = { id: group.id };
    expect(await admin.gql(query, { id: group.id })).toEqual({ nodes: [node, node], node });
  });

  it('take at most 200 ids', async () => {
    const ids = Array.from({ length: 201 }, () => 'x');
    await expectRefused(
      admin.send('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids }),
      'TOO_MANY_IDS',
    );
  });
});

describe('a query over several levels', () => {
  /** Eleven levels, each of which is a list, a count, or what something refers to. What `totalCount` counts comes with its list. */
  const tree = `query ($marker: String!, $size: Int!) {
    runtimeGroups(first: $size, filter: { name: { startsWith: $marker } }) { totalCount nodes {
      name revision activeInstanceCount
      instances(first: 2) { totalCount nodes { hostname runtimeGroup { name } } }
      gatewayServices(first: $size) { totalCount nodes {
        name runtimeGroup { name }
        plugins(first: 2) { nodes { name } }
        routes(first: 2) { totalCount nodes { name service { name } plugins(first: 2) { nodes { name route { name } } } } }
      } }
    } }
  }`;
  const levels = 11;

  /** The control plane looks around by itself every second; a slow machine may do so during one answer. */
  const ownWork = 4;

  /** As many groups as services in each, with two routes each, and a plugin on every service and route. */
  async function plant(size: number): Promise<string> {
    const marker = unique('tree');
    const document = JSON.stringify({ _format_version: '3.0', services: upTo(size).map(serviceEntry) });
    for (const number of upTo(size)) {
      const { group } = await plane.seed.group({ name: `${marker}-${number}` });
      await admin.mutate('importConfiguration', {
        runtimeGroupId: group.id,
        documents: [{ name: 'kong.yaml', content: document }],
      });
      await plane.seed.instance(group);
    }
    return marker;
  }

  it.each([2, 20])('costs one statement for each level, with lists of %i', async (size) => {
    const marker = await plant(size);
    const read = (): Promise<Grown> => admin.gql<Grown>(tree, { marker, size });
    const { runtimeGroups } = await read();
    expect(runtimeGroups.nodes).toHaveLength(size);
    expect(JSON.stringify(runtimeGroups).match(/"name":"cors"/g)?.length).toBe(size * size * 3);
    await eventually(async () => {
      await plane.settled();
      const before = plane.statementCount();
      await read();
      expect(plane.statementCount() - before).toBeLessThanOrEqual(levels + ownWork);
    });
  });
});

interface Grown {
  readonly runtimeGroups: { readonly nodes: readonly Group[] };
}

function serviceEntry(number: number): object {
  const plugins = [{ name: 'cors' }];
  const routes = [1, 2].map((each) => ({
    name: `route-${number}-${each}`,
    paths: [`/${number}/${each}`],
    plugins,
  }));
  return { name: `service-${number}`, url: 'http://api.internal', routes, plugins };
}

function upTo(size: number): number[] {
  return Array.from({ length: size }, (_, index) => index + 1);
}
