import type { QueryRunner } from 'typeorm';
import { RouteKeys1700000000005 } from '../../migrations/5-route-keys.js';
import type { Client, Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { unique, type Entity, type Group } from '../kit/seed.js';

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

interface Warning {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
  readonly entityIds: readonly string[];
}

interface Written {
  readonly route: Entity | null;
  readonly warnings: readonly Warning[];
}

const selection = 'route { id name } warnings { code message path entityIds }';

function newRoute(input: Variables): Promise<Written> {
  const asked = { runtimeGroupId: group.id, name: unique('route'), ...input };
  return admin.mutate<Written>('createRoute', asked, selection);
}

async function codes(input: Variables): Promise<readonly string[]> {
  return (await newRoute({ ...input, dryRun: true })).warnings.map(({ code }) => code);
}

it('a second route for the same requests is made, and warned of, with the one that gets them', async () => {
  const criteria = { hosts: ['b.example', 'a.example'], paths: ['/x'], methods: ['GET'] };
  const first = await newRoute(criteria);
  expect(first.warnings).toEqual([]);
  const second = await newRoute({ ...criteria, hosts: ['a.example', 'b.example'] });
  const [winner, loser] = [second.route, first.route].sort((a, b) =>
    (a?.id ?? '') < (b?.id ?? '') ? 1 : -1,
  );
  expect(second.warnings).toEqual([
    {
      code: 'ROUTE_DUPLICATE',
      message: expect.stringMatching(
        new RegExp(`^Route “${winner?.name}” .* and Route “${loser?.name}” .* match the same requests\\.`),
      ) as string,
      path: [],
      entityIds: [loser?.id, winner?.id],
    },
  ]);
});

it('the gateway gives the requests to the one that the warning says', async () => {
  const criteria = { hosts: ['same.example'], paths: ['/x', '/longer', '~/regex$'] };
  await newRoute(criteria);
  const { warnings } = await newRoute(criteria);
  const query = `query ($id: ID!, $request: GatewayRequestInput!) {
    explainRoute(runtimeGroupId: $id, request: $request) { route { id } otherRoutes { beatenBy } } }`;
  const request = { host: 'same.example', path: '/x' };
  const { explainRoute } = await admin.gql<{ explainRoute: { route: Entity; otherRoutes: object[] } }>(
    query,
    {
      id: group.id,
      request,
    },
  );
  expect(explainRoute.otherRoutes).toEqual([{ beatenBy: 'ID' }]);
  // Each part of a route has an id of its own in the router, so that the two may even share the requests.
  expect(warnings.map(({ code }) => code)).toHaveLength(1);
  expect(warnings[0]?.entityIds).toContain(explainRoute.route.id);
});

it('a route that can never be reached is warned of, whichever of the two is written', async () => {
  const wide = { hosts: ['a.example', 'b.example'], paths: ['~/x'], regexPriority: 5 };
  const narrow = { hosts: ['a.example'], paths: ['~/x'] };
  const first = await newRoute(narrow);
  const second = await newRoute(wide);
  expect(second.warnings).toMatchObject([
    { code: 'ROUTE_SHADOWED', entityIds: [first.route?.id, second.route?.id] },
  ]);
  const again = await admin.mutate<Written>('updateRoute', { id: first.route?.id, tags: ['x'] }, selection);
  expect(again.warnings).toMatchObject([
    { code: 'ROUTE_SHADOWED', entityIds: [first.route?.id, second.route?.id] },
  ]);
  const free = { id: first.route?.id, regexPriority: 6 };
  expect((await admin.mutate<Written>('updateRoute', free, selection)).warnings).toEqual([]);
});

it('routes of the same rank that share requests are warned of', async () => {
  await newRoute({ hosts: ['a.example', 'b.example'], paths: ['/x'] });
  expect(await codes({ hosts: ['b.example', 'c.example'], paths: ['/x'] })).toEqual(['ROUTE_OVERLAP']);
  expect(await codes({ hosts: ['b.example:8000'], paths: ['/y', '/x'] })).toEqual(['ROUTE_OVERLAP']);
  await newRoute({ hosts: ['*.w.example'], methods: ['GET'] });
  expect(await codes({ hosts: ['api.*'], methods: ['GET', 'PUT'] })).toEqual(['ROUTE_OVERLAP']);
  // Gateways look at the protocols only once the route is chosen.
  expect(await codes({ hosts: ['a.example'], paths: ['/x'], protocols: ['HTTPS'] })).toHaveLength(1);
});

it.each<[string, Variables]>([
  ['a longer path', { hosts: ['a.example'], paths: ['/x/y'] }],
  ['another host', { hosts: ['c.example'], paths: ['/x'] }],
  ['more criteria', { hosts: ['a.example'], paths: ['/x'], methods: ['GET'] }],
  ['fewer criteria', { paths: ['/x'] }],
  ['any host', { hosts: ['*.example'], paths: ['/x'] }],
  ['connections', { protocols: ['TCP'], sources: [{ port: 7 }] }],
])('a route for %s is none to warn of', async (_, criteria) => {
  await newRoute({ hosts: ['a.example'], paths: ['/x'] });
  expect(await codes(criteria)).toEqual([]);
});

it('routes for connections are compared by what they are for', async () => {
  const tls = { protocols: ['TLS_PASSTHROUGH'], snis: ['a.example', 'b.example'] };
  await newRoute(tls);
  expect(await codes({ ...tls, snis: ['b.example', 'c.example'] })).toEqual(['ROUTE_OVERLAP']);
  expect(await codes({ ...tls, snis: ['c.example'] })).toEqual([]);
  const tcp = { protocols: ['TCP'], destinations: [{ port: 5432 }] };
  await newRoute(tcp);
  expect(await codes(tcp)).toEqual(['ROUTE_DUPLICATE']);
  expect(await codes({ ...tcp, destinations: [{ port: 5433 }] })).toEqual([]);
});

it('what gateways do not have is not warned of', async () => {
  const off = await plane.seed.service(group, { enabled: false });
  await newRoute({ paths: ['/x'], serviceId: off.id });
  expect(await codes({ paths: ['/x'] })).toEqual([]);
  const { route } = await newRoute({ paths: ['/y'] });
  expect(await codes({ paths: ['/y'], serviceId: off.id })).toEqual([]);
  await admin.mutate('deleteRoute', { id: route?.id });
  expect(await codes({ paths: ['/y'] })).toEqual([]);
});

it('routes of other groups are none of ours', async () => {
  await newRoute({ paths: ['/x'] });
  ({ group } = await plane.seed.group());
  expect(await codes({ paths: ['/x'] })).toEqual([]);
});

it('an import warns of the routes in the file, with their place, and also on a dry run', async () => {
  const { route } = await newRoute({ paths: ['/stored'] });
  const document =
    'routes:\n- name: a\n  paths: [/x]\n- name: b\n  paths: [/x]\n- name: c\n  paths: [/stored]\n';
  for (const dryRun of [true, false]) {
    const documents = [{ name: 'routes.yaml', content: document }];
    const input = { runtimeGroupId: group.id, documents, mode: 'APPLY', dryRun };
    const fields = 'warnings { code message path entityIds }';
    const { warnings } = await admin.mutate<Written>('importConfiguration', input, fields);
    expect(warnings).toMatchObject([
      {
        code: 'ROUTE_DUPLICATE',
        path: ['documents', '0', 'content', 'routes', expect.stringMatching(/^[01]$/)],
      },
      { code: 'ROUTE_DUPLICATE', path: ['documents', '0', 'content', 'routes', '2'] },
    ]);
    expect(warnings[1]?.entityIds).toContain(route?.id);
  }
});

it('finds the one of many routes that has something in common with what is written', async () => {
  const paths = Array.from(
    { length: 300 },
    (_, index) => `- paths: ["/many/${index}"]\n  hosts: [h.example]`,
  );
  const documents = [{ name: 'routes.yaml', content: `routes:\n${paths.join('\n')}\n` }];
  const input = { runtimeGroupId: group.id, documents, mode: 'APPLY' };
  await admin.mutate('importConfiguration', input);
  expect(await codes({ hosts: ['h.example'], paths: ['/many/7'] })).toEqual(['ROUTE_DUPLICATE']);
  expect(await codes({ hosts: ['h.example'], paths: ['/many'] })).toEqual([]);
});

it('the migration finds the same keys for routes that were there before', async () => {
  await newRoute({
    hosts: ['a.example:80', 'a.example', 'b.example'],
    paths: ['/x', '~/y$', `/${'long'.repeat(200)}`],
  });
  await newRoute({ hosts: ['*.example', 'b.example'], paths: ['/x'] });
  await newRoute({ methods: ['GET'] });
  await newRoute({ protocols: ['TLS'], snis: ['a.example', 'b.example'] });
  await newRoute({ protocols: ['TLS'], snis: ['a.example'], sources: [{ port: 7 }] });
  await newRoute({ protocols: ['HTTPS'], snis: ['a.example'] });
  const keys = (): Promise<object[]> => plane.sql('select * from route_key order by 1, 2, 3');
  const kept = await keys();
  expect(kept.length).toBeGreaterThan(12);
  const run = { query: (text: string) => plane.sql(text) } as unknown as QueryRunner;
  await new RouteKeys1700000000005().down(run);
  await new RouteKeys1700000000005().up(run);
  expect(await keys()).toEqual(kept);
});
