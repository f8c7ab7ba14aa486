import { expectRefused, type Client, type Variables } from '../kit/client.js';
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

interface Explained {
  readonly outcome: string;
  readonly status: number | null;
  readonly message: string;
  readonly route: Entity | null;
  readonly gatewayService: Entity | null;
  readonly upstreamRequest: { url: string; host: string | null; notes: string[] } | null;
  readonly upstream: Entity | null;
  readonly targets: readonly { target: { target: string }; weight: number; share: number }[];
  readonly plugins: {
    readonly running: readonly { plugin: { id: string } }[];
    readonly passedOver: readonly { plugin: { id: string }; because: string }[];
  };
  readonly otherRoutes: readonly {
    readonly route: Entity;
    readonly failures: readonly { criterion: string; message: string }[];
    readonly beatenBy: string | null;
  }[];
  readonly otherRoutesTotal: number;
}

const query = `query ($id: ID!, $request: GatewayRequestInput!, $first: Int, $asOf: AsOfInput) {
  explainRoute(runtimeGroupId: $id, request: $request, first: $first, asOf: $asOf) {
    outcome status message route { id } gatewayService { id } upstreamRequest { url host notes } upstream { id }
    targets { target { target } weight share }
    plugins { running { plugin { id } } passedOver { plugin { id } because } }
    otherRoutes { route { id } failures { criterion message } beatenBy } otherRoutesTotal
  }
}`;

async function explained(request: Variables, more: Variables = {}, client = admin): Promise<Explained> {
  const variables = { id: group.id, request, ...more };
  return (await client.gql<{ explainRoute: Explained }>(query, variables)).explainRoute;
}

async function created(type: string, input: Variables): Promise<string> {
  const field = type.charAt(0).toLowerCase() + type.slice(1);
  const asked = { runtimeGroupId: group.id, ...input };
  const payload = await admin.mutate<Record<string, { id: string }>>(
    `create${type}`,
    asked,
    `${field} { id }`,
  );
  return payload[field]?.id ?? '';
}

it('tells the route, the gateway service, the targets and the plugins of a request', async () => {
  const upstream = await created('Upstream', { name: 'orders.upstream' });
  await created('Target', { upstreamId: upstream, target: '10.0.0.1:8080', weight: 300 });
  await created('Target', { upstreamId: upstream, target: '10.0.0.2:8080' });
  const service = await plane.seed.service(group, { url: 'http://orders.upstream/v1' });
  const route = await plane.seed.route(group, { serviceId: service.id, paths: ['/orders'] });
  const other = await plane.seed.route(group, { serviceId: service.id });
  const everywhere = await created('Plugin', { name: 'correlation-id' });
  const off = await created('Plugin', { name: 'cors', routeId: route.id, enabled: false });
  const auth = await created('Plugin', { name: 'key-auth', serviceId: service.id });
  await created('Plugin', { name: 'key-auth', routeId: other.id });

  expect(await explained({ host: 'api.example', path: '/orders/7?full=yes' })).toMatchObject({
    outcome: 'FORWARDED',
    status: null,
    route: { id: route.id },
    gatewayService: { id: service.id },
    upstreamRequest: { url: 'http://orders.upstream:80/v1/7?full=yes', host: null, notes: [] },
    upstream: { id: upstream },
    targets: [
      { target: { target: '10.0.0.1:8080' }, weight: 300, share: 0.75 },
      { target: { target: '10.0.0.2:8080' }, weight: 100, share: 0.25 },
    ],
    plugins: {
      running: [{ plugin: { id: everywhere } }, { plugin: { id: auth } }],
      passedOver: [{ plugin: { id: off }, because: 'DISABLED' }],
    },
    otherRoutes: [{ route: { id: other.id }, failures: [{ criterion: 'PATHS' }], beatenBy: null }],
    otherRoutesTotal: 1,
  });
});

it('tells why the other routes do not get it, those that came nearest first', async () => {
  const longer = await plane.seed.route(group, { paths: ['/a/b'] });
  const shorter = await plane.seed.route(group, { paths: ['/a'] });
  const method = await plane.seed.route(group, { paths: ['/a'], methods: ['POST'] });
  const far = await plane.seed.route(group, { paths: ['/z'], methods: ['POST'], hosts: ['other.example'] });
  const { route, otherRoutes } = await explained({ host: 'api.example', path: '/a/b/c' });
  expect(route).toEqual({ id: longer.id });
  expect(otherRoutes).toEqual([
    { route: { id: shorter.id }, failures: [], beatenBy: 'PATH_LENGTH' },
    {
      route: { id: method.id },
      failures: [{ criterion: 'METHODS', message: 'the method is GET, not POST' }],
      beatenBy: null,
    },
    {
      route: { id: far.id },
      failures: [
        { criterion: 'METHODS', message: 'the method is GET, not POST' },
        { criterion: 'HOSTS', message: 'the host is api.example, at port 443, not other.example' },
        { criterion: 'PATHS', message: 'the path /a/b/c is not /z' },
      ],
      beatenBy: null,
    },
  ]);
  expect(await explained({ path: '/a/b/c' }, { first: 1 })).toMatchObject({
    otherRoutes: [{ route: { id: shorter.id } }],
    otherRoutesTotal: 3,
  });
});

it('says so where no route matches', async () => {
  const route = await plane.seed.route(group, { hosts: ['api.example'], paths: ['/orders'] });
  expect(await explained({ host: 'api.example', path: '/order' })).toMatchObject({
    outcome: 'NO_ROUTE',
    status: 404,
    message: 'No route matches, so the gateway answers 404.',
    route: null,
    plugins: { running: [] },
    otherRoutes: [{ route: { id: route.id }, failures: [{ message: 'the path /order is not /orders' }] }],
  });
});

it('tells when the gateway itself answers', async () => {
  const service = await plane.seed.service(group);
  await plane.seed.route(group, {
    serviceId: service.id,
    paths: ['/tls'],
    protocols: ['HTTPS'],
    httpsRedirectStatusCode: 308,
  });
  await plane.seed.route(group, { serviceId: service.id, paths: ['/rpc'], protocols: ['GRPCS'] });
  await plane.seed.route(group, { paths: ['/alone'] });
  const status = async (request: Variables): Promise<unknown> => {
    const { outcome, status: given } = await explained(request);
    return given ?? outcome;
  };
  expect(await status({ protocol: 'HTTP', path: '/tls' })).toBe(308);
  expect(await status({ protocol: 'HTTPS', path: '/tls' })).toBe('FORWARDED');
  expect(await status({ protocol: 'HTTPS', path: '/rpc' })).toBe(415);
  expect(await status({ protocol: 'GRPC', path: '/rpc' })).toBe(200);
  expect(await status({ protocol: 'GRPCS', path: '/rpc' })).toBe('FORWARDED');
  expect(await status({ path: '/alone' })).toBe(503);
});

it('knows that gateways do not have the routes of a gateway service that is off', async () => {
  const service = await plane.seed.service(group, { enabled: false });
  await plane.seed.route(group, { serviceId: service.id, paths: ['/off'] });
  const { outcome, otherRoutes } = await explained({ path: '/off' });
  expect(outcome).toBe('NO_ROUTE');
  expect(otherRoutes[0]?.failures).toEqual([
    {
      criterion: 'GATEWAY_SERVICE',
      message: `gateways do not have it, because its gateway service ${service.name} is off`,
    },
  ]);
});

it('is not held up by expressions that hang other engines', async () => {
  const route = await plane.seed.route(group, { paths: ['~/(a+)+$', '~/(.*)*x'] });
  const { outcome, otherRoutes } = await explained({ path: `/${'a'.repeat(500)}!` });
  expect(outcome).toBe('NO_ROUTE');
  expect(otherRoutes).toMatchObject([{ route: { id: route.id }, failures: [{ criterion: 'PATHS' }] }]);
});

it('finds the route of a connection', async () => {
  const service = await plane.seed.service(group, { protocol: 'TCP', host: 'db.internal', port: 5432 });
  const stream = { serviceId: service.id, protocols: ['TCP', 'TLS'], paths: null };
  const ranged = await plane.seed.route(group, { ...stream, sources: [{ ip: '10.0.0.0/8' }] });
  const exact = await plane.seed.route(group, { ...stream, sources: [{ ip: '10.1.2.3' }] });
  const named = await plane.seed.route(group, { ...stream, snis: ['*.db.example'] });
  await plane.seed.route(group, { paths: ['/'] });
  const found = async (request: Variables): Promise<unknown> =>
    (await explained({ protocol: 'TCP', ...request })).route?.id;
  // A route with server names alone takes all that is no TLS.
  expect(await found({ sourceIp: '10.1.2.3' })).toBe(named.id);
  const tls = { protocol: 'TLS', sni: 'a.other.example' };
  expect(await found({ ...tls, sourceIp: '10.1.2.3' })).toBe(exact.id);
  expect(await found({ ...tls, sourceIp: '10.9.9.9' })).toBe(ranged.id);
  expect(await found({ ...tls, sourceIp: '192.0.2.1' })).toBeUndefined();
  const { upstreamRequest, otherRoutesTotal } = await explained({ protocol: 'TLS', sni: 'a.db.example' });
  expect(upstreamRequest?.url).toBe('tcp://db.internal:5432');
  expect(otherRoutesTotal).toBe(2);
});

it('tells what was done with a request at an earlier revision', async () => {
  const service = await plane.seed.service(group, { url: 'http://then.internal' });
  const route = await plane.seed.route(group, { serviceId: service.id, paths: ['/orders'] });
  await admin.mutate('updateGatewayService', { id: service.id, host: 'now.internal' });
  await admin.mutate('deleteRoute', { id: route.id });
  expect((await explained({ path: '/orders' })).outcome).toBe('NO_ROUTE');
  const then = await explained({ path: '/orders' }, { asOf: { revision: 2 } });
  expect(then.route?.id).toBe(route.id);
  expect(then.upstreamRequest?.url).toContain('then.internal');
});

it('is for those who may read the group, and for requests that can be', async () => {
  const viewer = await plane.seed.viewer(group);
  expect((await explained({}, {}, viewer)).outcome).toBe('NO_ROUTE');
  const { group: other } = await plane.seed.group();
  await expectRefused(viewer.send(query, { id: other.id, request: {} }), 'RUNTIME_GROUP_NOT_FOUND');
  for (const request of [
    { path: 'orders' },
    { path: `/${'a'.repeat(5000)}` },
    { sourceIp: 'nowhere' },
    { headers: Array.from({ length: 101 }, () => ({ name: unique('x'), value: 'y' })) },
  ]) {
    await expectRefused(admin.send(query, { id: group.id, request }), 'REQUEST_INVALID');
  }
});
