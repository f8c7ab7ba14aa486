import { expectRefused, type Client, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { unique, type Entity, type Group } from '../kit/seed.js';
import { kindCases, seedGiven } from './kinds.js';

let plane: TestControlPlane;
let admin: Client;
beforeAll(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
});
afterAll(() => plane.stop());

interface Page {
  readonly totalCount: number;
  readonly nodes: readonly Entity[];
  readonly edges: readonly { readonly cursor: string; readonly node: Entity }[];
  readonly pageInfo: PageInfo;
}

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

const page = `totalCount nodes { id } edges { cursor node { id } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;

const idsOf = ({ nodes }: Page): string[] => nodes.map(({ id }) => id);

/** The values of an enumeration, or the fields of an input type, as clients find them. */
async function introspect(type: string): Promise<{ name: string; type: string }[]> {
  const query = `query ($type: String!) { __type(name: $type) {
    enumValues { name } inputFields { name type { name } }
  } }`;
  const { __type } = await admin.gql<{
    __type: { enumValues?: { name: string }[]; inputFields?: { name: string; type: { name: string } }[] };
  }>(query, { type });
  const { enumValues, inputFields } = __type;
  return (enumValues ?? inputFields ?? []).map((member) => ({
    name: member.name,
    type: 'type' in member ? (member.type as { name: string }).name : '',
  }));
}

/** A condition of each sort, which nothing that the tests make fulfils. */
const impossible: Readonly<Record<string, Variables>> = {
  StringFilter: {
    eq: 'no such text',
    in: ['no such text'],
    contains: 'o such',
    startsWith: 'NO',
    ne: 'other',
  },
  IntegerFilter: { eq: -5, in: [-5], lt: -4, lte: -5, gt: -6, gte: -5, ne: 7 },
  NumberFilter: { eq: -5.5, in: [-5.5], lt: -4, lte: -5.5, gt: -6, gte: -5.5, ne: 7 },
  BooleanFilter: { eq: true, ne: true },
  TimestampFilter: { lt: '2000-01-01T00:00:00Z', gt: '1999-01-01T00:00:00Z', ne: '1999-06-01T00:00:00Z' },
  IdFilter: { eq: '01a1fbc6-342c-766e-a0ad-b084a456ef02', in: ['01a1fbc6-342c-766e-a0ad-b084a456ef02'] },
  TagsFilter: { hasAll: ['no such tag'], hasAny: ['no such tag'] },
  LabelsFilter: { hasAll: [{ key: 'no-such-label' }], hasAny: [{ key: 'no-such-label', value: 'x' }] },
};

interface ListCase {
  readonly typeName: string;
  /** Makes seven, and gives what selects their list, with the arguments in the place of `ARGS`. */
  seed(): Promise<{ readonly select: string; readonly unwrap: (data: never) => Page }>;
}

const entityLists: readonly ListCase[] = kindCases.map(({ typeName, list, full, minimal }) => ({
  typeName,
  seed: async () => {
    const { group } = await plane.seed.group();
    const given = await seedGiven(plane.seed, group);
    const field = typeName.charAt(0).toLowerCase() + typeName.slice(1);
    const there = typeName === 'GatewayService' || field in given ? 1 : 0;
    for (let made = there; made < 7; made += 1) {
      const input = made % 2 === 0 ? full(given) : minimal(given);
      await admin.mutate(`create${typeName}`, { runtimeGroupId: group.id, ...input });
    }
    return {
      select: `runtimeGroup(id: "${group.id}") { list: ${list}(ARGS) { ${page} } }`,
      unwrap: (data: { runtimeGroup: { list: Page } }) => data.runtimeGroup.list,
    };
  },
}));

const otherLists: readonly ListCase[] = [
  {
    typeName: 'AccessToken',
    seed: async () => {
      const { group } = await plane.seed.group();
      for (let made = 0; made < 7; made += 1) {
        await plane.seed.token({ role: 'VIEWER', runtimeGroupId: group.id });
      }
      const mine = `{ runtimeGroupId: { eq: "${group.id}" } }`;
      return {
        select: `list: accessTokens(ARGS) { ${page} }`.replace('ARGS', `ARGS WHERE ${mine}`),
        unwrap: (data: { list: Page }) => data.list,
      };
    },
  },
  {
    typeName: 'RuntimeGroup',
    seed: async () => {
      const marker = unique('listed').replace('listed-', '');
      const labels = [{ key: 'listed', value: marker }];
      for (let made = 0; made < 7; made += 1) await plane.seed.group({ labels });
      const mine = `{ labels: { hasAll: [{ key: "listed", value: "${marker}" }] } }`;
      return {
        select: `list: runtimeGroups(ARGS) { ${page} }`.replace('ARGS', `ARGS WHERE ${mine}`),
        unwrap: (data: { list: Page }) => data.list,
      };
    },
  },
  {
    typeName: 'RuntimeInstance',
    seed: async () => {
      const { group } = await plane.seed.group();
      for (let made = 0; made < 7; made += 1) await plane.seed.instance(group);
      return {
        select: `runtimeGroup(id: "${group.id}") { list: instances(ARGS) { ${page} } }`,
        unwrap: (data: { runtimeGroup: { list: Page } }) => data.runtimeGroup.list,
      };
    },
  },
];

describe.each([...entityLists, ...otherLists])('the list of $typeName', ({ typeName, seed }) => {
  let read: (args: Variables) => Promise<Page>;
  beforeAll(async () => {
    const { select, unwrap } = await seed();
    const [list, always] = select.split(' WHERE ') as [string, string | undefined];
    const [condition, rest = ''] = always === undefined ? [undefined, ''] : splitAt(always, ') {');
    const conditions = condition === undefined ? '[$filter]' : `[${condition}, $filter]`;
    const args = 'first: $first, last: $last, after: $after, before: $before, orderBy: $orderBy';
    const query = `query ($first: Int, $last: Int, $after: String, $before: String, $orderBy: [${typeName}Order!], $filter: ${typeName}Filter! = {}) {
      ${list.replace('ARGS', `${args}, filter: { and: ${conditions} }`)}${rest}
    }`;
    read = async (variables) => unwrap(await admin.gql<never>(query, variables));
  });

  it('is whole, and counted', async () => {
    const all = await read({});
    expect(all).toMatchObject({ totalCount: 7, pageInfo: { hasNextPage: false, hasPreviousPage: false } });
    expect(new Set(idsOf(all)).size).toBe(7);
    expect(all.edges.map(({ node }) => node.id)).toEqual(idsOf(all));
  });

  it('is the same in pages, in every order, forwards and backwards', async () => {
    const fields = await introspect(`${typeName}OrderField`);
    expect(fields.length).toBeGreaterThan(0);
    for (const { name: field } of fields) {
      for (const direction of ['ASC', 'DESC']) {
        const orderBy = [{ field, direction }];
        const all = idsOf(await read({ orderBy }));
        expect(await inPages({ [direction === 'ASC' ? 'first' : 'last']: 3, orderBy })).toEqual(all);
      }
    }
  });

  const inPages = async (args: Variables): Promise<string[]> => {
    const isForward = 'first' in args;
    const found: string[][] = [];
    let here: PageInfo | undefined;
    do {
      const cursor = isForward ? { after: here?.endCursor } : { before: here?.startCursor };
      const next = await read({ ...args, ...cursor });
      found.push(idsOf(next));
      here = next.pageInfo;
    } while (isForward ? here.hasNextPage : here.hasPreviousPage);
    return (isForward ? found : found.toReversed()).flat();
  };

  it('can be filtered by every field that its filter has', async () => {
    const fields = await introspect(`${typeName}Filter`);
    for (const { name, type } of fields.filter((field) => !['and', 'or', 'not'].includes(field.name))) {
      const condition = impossible[type] ?? { in: [] };
      expect({ name, found: (await read({ filter: { [name]: condition } })).totalCount }).toEqual({
        name,
        found: 0,
      });
      const without = { not: { [name]: condition } };
      expect({ name, found: (await read({ filter: without })).totalCount }).toEqual({ name, found: 7 });
    }
  });

  it('is empty and complete at once, if nothing is meant', async () => {
    expect(await read({ filter: { or: [] } })).toEqual({
      ...{ totalCount: 0, nodes: [], edges: [] },
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  it('refuses a cursor that is none, or of another order', async () => {
    const { pageInfo } = await read({ first: 1 });
    const [order] = await introspect(`${typeName}OrderField`);
    const orderBy = [{ field: order?.name }];
    await expect(read({ first: 1, after: 'no cursor' })).rejects.toThrow('CURSOR_INVALID');
    await expect(read({ first: 1, after: pageInfo.endCursor, orderBy })).rejects.toThrow('CURSOR_INVALID');
    await expect(read({ first: 201 })).rejects.toThrow('PAGE_TOO_LARGE');
    await expect(read({ first: -1 })).rejects.toThrow('PAGE_INVALID');
    await expect(read({ first: 1, last: 1 })).rejects.toThrow('PAGE_INVALID');
  });
});

function splitAt(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return [text.slice(0, at), text.slice(at)];
}

describe('a filter of entities', () => {
  let group: Group;
  let services: Entity[];
  beforeAll(async () => {
    ({ group } = await plane.seed.group());
    services = [
      await plane.seed.service(group, {
        name: 'orders',
        host: 'a.internal',
        protocol: 'HTTPS',
        port: 443,
        tags: ['eu', 'gold'],
      }),
      await plane.seed.service(group, {
        name: 'Orders_old',
        host: 'b.internal',
        port: 8080,
        path: '/v1',
        tags: ['eu'],
      }),
      await plane.seed.service(group, { name: 'invoices', host: 'c.internal', protocol: 'GRPC', port: 9000 }),
    ];
    await plane.seed.route(group, { serviceId: services[0]?.id });
  });

  it.each<[string, Variables, string[]]>([
    ['an enumeration', { protocol: { in: ['HTTPS', 'GRPC'] } }, ['invoices', 'orders']],
    [
      'the beginning of a text, in whatever case',
      { name: { startsWith: 'ORDERS' } },
      ['Orders_old', 'orders'],
    ],
    ['a part of a text, taken literally', { name: { contains: 's_o' } }, ['Orders_old']],
    ['a wildcard, which is none', { name: { contains: '%' } }, []],
    ['a range of numbers', { port: { gt: 443, lt: 9000 } }, ['Orders_old']],
    ['what is not there', { path: { isNull: true } }, ['invoices', 'orders']],
    ['all of some tags', { tags: { hasAll: ['eu', 'gold'] } }, ['orders']],
    ['any of some tags', { tags: { hasAny: ['gold', 'eu'] } }, ['Orders_old', 'orders']],
    ['two fields', { tags: { hasAll: ['eu'] }, protocol: { eq: 'HTTP' } }, ['Orders_old']],
    ['either of two', { or: [{ port: { eq: 443 } }, { port: { eq: 9000 } }] }, ['invoices', 'orders']],
    ['the opposite', { not: { tags: { hasAny: ['eu'] } } }, ['invoices']],
    ['null, which asks nothing', { name: null, port: { eq: null } }, ['invoices', 'orders', 'Orders_old']],
  ])('means %s', async (_what, filter, names) => {
    const query = `query ($id: ID!, $filter: GatewayServiceFilter) {
      runtimeGroup(id: $id) { gatewayServices(filter: $filter) { nodes { name } } }
    }`;
    const { runtimeGroup } = await admin.gql<{ runtimeGroup: { gatewayServices: Page } }>(query, {
      id: group.id,
      filter,
    });
    expect(runtimeGroup.gatewayServices.nodes.map(({ name }) => name).sort()).toEqual(names.toSorted());
  });

  it('means what an entity refers to', async () => {
    const query = `query ($id: ID!, $service: ID!) {
      runtimeGroup(id: $id) { routes(filter: { serviceId: { eq: $service } }) { totalCount } }
    }`;
    const count = async (service: Entity | undefined) =>
      admin.gql(query, { id: group.id, service: service?.id });
    expect(await count(services[0])).toEqual({ runtimeGroup: { routes: { totalCount: 1 } } });
    expect(await count(services[1])).toEqual({ runtimeGroup: { routes: { totalCount: 0 } } });
  });

  it('refuses to compare with an id that is none', async () => {
    const answer = admin.send('{ runtimeGroups(filter: { id: { eq: "nope" } }) { totalCount } }');
    expect((await expectRefused(answer, 'FILTER_INVALID')).path).toEqual(['filter', 'id', 'eq']);
  });
});
