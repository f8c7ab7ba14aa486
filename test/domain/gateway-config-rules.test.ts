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

interface Change {
  readonly kind: string;
  readonly id: string;
  readonly operation: string;
}

interface Payload {
  readonly revision: number;
  readonly changes: readonly Change[];
}

const url = 'gatewayService { id protocol host port path }';

const inGroup = (input: Variables): Variables => ({ runtimeGroupId: group.id, ...input });

async function groupNow(): Promise<{ revision: number; configHash: string }> {
  const query = 'query ($id: ID!) { runtimeGroup(id: $id) { revision configHash } }';
  return (
    await admin.gql<{ runtimeGroup: { revision: number; configHash: string } }>(query, { id: group.id })
  ).runtimeGroup;
}

/** Refused with this code, at this place in the input; and the configuration is what it was. */
async function refusal(
  mutation: string,
  input: Variables,
  code: string,
  path?: readonly string[],
): Promise<string> {
  const before = await groupNow();
  const problem = await expectRefused(admin.attempt(mutation, input), code);
  if (path) expect(problem.path).toEqual(path);
  expect(await groupNow()).toEqual(before);
  return problem.message;
}

describe('the url of a gateway service', () => {
  it.each([
    [
      'https://orders.internal:8443/v1',
      { protocol: 'HTTPS', host: 'orders.internal', port: 8443, path: '/v1' },
    ],
    ['http://orders.internal', { protocol: 'HTTP', host: 'orders.internal', port: 80, path: null }],
    ['https://10.0.0.1', { protocol: 'HTTPS', host: '10.0.0.1', port: 443, path: null }],
    ['grpc://orders.internal:9000', { protocol: 'GRPC', host: 'orders.internal', port: 9000, path: null }],
  ])('stands for its parts: %s', async (given, parts) => {
    const made = await admin.mutate('createGatewayService', inGroup({ url: given }), url);
    expect(made['gatewayService']).toMatchObject(parts);
  });

  it('replaces all of them in a change', async () => {
    const { id } = await plane.seed.service(group, { url: 'https://old.internal:8443/v1' });
    const changed = await admin.mutate('updateGatewayService', { id, url: 'http://new.internal' }, url);
    expect(changed['gatewayService']).toMatchObject({
      protocol: 'HTTP',
      host: 'new.internal',
      port: 80,
      path: null,
    });
  });

  it.each([
    ['http://', 'URL_WITHOUT_HOST'],
    ['https:///path', 'URL_WITHOUT_HOST'],
    ['http://:8080', 'URL_WITHOUT_HOST'],
    ['ftp://files.internal', 'URL_INVALID'],
    ['http://api.internal:70000', 'URL_INVALID'],
    ['http://api.internal?x=1', 'URL_INVALID'],
    ['http://ada:secret@api.internal', 'URL_INVALID'],
    ['http://not a host/', 'FIELD_INVALID'],
  ])('is refused if it is none for a gateway: %s', async (given, code) => {
    const message = await refusal('createGatewayService', inGroup({ url: given }), code, ['url']);
    expect(message).not.toContain('secret');
  });

  it('must not contradict a part that stands beside it', async () => {
    const input = inGroup({ url: 'http://api.internal:8080', port: 9090 });
    const message = await refusal('createGatewayService', input, 'FIELDS_CONFLICT', ['url']);
    expect(message).toContain('9090');
  });
});

describe('a field', () => {
  it.each<[string, Variables, string, readonly string[]]>([
    ['a port beyond 65535', { host: 'a.internal', port: 70000 }, 'FIELD_INVALID', ['port']],
    ['no host', { port: 80 }, 'FIELD_REQUIRED', ['host']],
    ['a host with a space', { host: 'a b' }, 'FIELD_INVALID', ['host']],
    ['a timeout of zero', { host: 'a.internal', connectTimeout: 0 }, 'FIELD_INVALID', ['connectTimeout']],
    ['a path for TCP', { host: 'a.internal', protocol: 'TCP', path: '/x' }, 'FIELDS_CONFLICT', ['path']],
    ['an empty name', { host: 'a.internal', name: '' }, 'FIELD_INVALID', ['name']],
    ['a tag with a comma', { host: 'a.internal', tags: ['a,b'] }, 'FIELD_INVALID', ['tags', '0']],
  ])('of a gateway service is refused with its place: %s', async (_what, input, code, path) => {
    await refusal('createGatewayService', inGroup(input), code, path);
  });

  it.each<[string, Variables, string, readonly string[]]>([
    ['nothing to match', {}, 'ROUTE_WITHOUT_MATCH', []],
    ['an empty list to match', { paths: [] }, 'ROUTE_WITHOUT_MATCH', []],
    ['a path without a slash', { paths: ['x'] }, 'FIELD_INVALID', ['paths', '0']],
    ['a regular expression that does not compile', { paths: ['~/('] }, 'FIELD_INVALID', ['paths', '0']],
    [
      'protocols of two families',
      { paths: ['/x'], protocols: ['HTTP', 'GRPC'] },
      'FIELDS_CONFLICT',
      ['protocols'],
    ],
    [
      'paths for TCP',
      { paths: ['/x'], protocols: ['TCP'], sources: [{ port: 1 }] },
      'FIELDS_CONFLICT',
      ['paths'],
    ],
    [
      'an end without address and port',
      { protocols: ['TCP'], sources: [{}] },
      'FIELD_INVALID',
      ['sources', '0'],
    ],
  ])('of a route is refused with its place: %s', async (_what, input, code, path) => {
    await refusal('createRoute', inGroup(input), code, path);
  });

  it('says what was received, and what it must be', async () => {
    const message = await refusal(
      'createGatewayService',
      inGroup({ host: 'a.internal', port: 70000 }),
      'FIELD_INVALID',
    );
    expect(message).toBe('port must be between 0 and 65535, not 70000.');
  });

  it('tells all that is wrong at once', async () => {
    const answer = await admin.attempt(
      'createGatewayService',
      inGroup({ port: -1, retries: 99999, tags: ['/'] }),
    );
    const { userErrors } = answer.data?.['createGatewayService'] as unknown as {
      userErrors: { path: string[] }[];
    };
    expect(userErrors.map(({ path }) => path.join('.')).sort()).toEqual([
      'host',
      'port',
      'retries',
      'tags.0',
    ]);
  });

  it('goes back to its default if it is set to null, and stays if it is absent', async () => {
    const { id } = await plane.seed.service(group, {
      host: 'a.internal',
      port: 8080,
      retries: 1,
      path: '/x',
    });
    const selection = 'gatewayService { port retries path }';
    const payload = await admin.mutate('updateGatewayService', { id, port: null, path: null }, selection);
    expect(payload['gatewayService']).toEqual({ port: 80, retries: 1, path: null });
  });

  it('with parts is changed part by part', async () => {
    const healthchecks = { threshold: 10, active: { timeout: 3, healthy: { interval: 5 } } };
    const selection =
      'upstream { id healthchecks { threshold active { timeout healthy { interval successes } } } }';
    const input = inGroup({ name: unique('pool.internal'), healthchecks });
    const made = await admin.mutate<{ upstream: Entity }>('createUpstream', input, selection);
    const change = { id: made.upstream.id, healthchecks: { active: { healthy: { successes: 2 } } } };
    const changed = await admin.mutate('updateUpstream', change, selection);
    expect(changed['upstream']).toMatchObject({
      healthchecks: { threshold: 10, active: { timeout: 3, healthy: { interval: 5, successes: 2 } } },
    });
  });

  it('brings along what it implies: a hash input, consistent hashing; gRPC, no stripping', async () => {
    const name = unique('pool.internal');
    const upstream = await admin.mutate(
      'createUpstream',
      inGroup({ name, hashOn: 'IP' }),
      'upstream { algorithm }',
    );
    expect(upstream['upstream']).toEqual({ algorithm: 'CONSISTENT_HASHING' });
    const input = inGroup({ protocols: ['GRPC'], paths: ['/x'] });
    const route = await admin.mutate('createRoute', input, 'route { stripPath }');
    expect(route['route']).toEqual({ stripPath: false });
  });
});

describe('a reference', () => {
  it('leads to what it names, from both ends', async () => {
    const service = await plane.seed.service(group);
    const route = await plane.seed.route(group, { serviceId: service.id });
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) {
      ... on GatewayService { routes { nodes { id } } } ... on Route { service { id } }
    } }`;
    expect(await admin.gql(query, { ids: [service.id, route.id] })).toEqual({
      nodes: [{ routes: { nodes: [{ id: route.id }] } }, { service: { id: service.id } }],
    });
  });

  it('can be set anew, and taken away', async () => {
    const [first, second] = [await plane.seed.service(group), await plane.seed.service(group)];
    const { id } = await plane.seed.route(group, { serviceId: first.id });
    const selection = 'route { service { id } }';
    const moved = await admin.mutate('updateRoute', { id, serviceId: second.id }, selection);
    expect(moved['route']).toEqual({ service: { id: second.id } });
    const freed = await admin.mutate('updateRoute', { id, serviceId: null }, selection);
    expect(freed['route']).toEqual({ service: null });
    await admin.mutate('deleteGatewayService', { id: second.id });
  });

  it.each(['01a1fbc6-342c-766e-a0ad-b084a456ef02', 'not-an-id'])(
    'to nothing is refused: %s',
    async (serviceId) => {
      const message = await refusal(
        'createRoute',
        inGroup({ paths: ['/x'], serviceId }),
        'REFERENCE_NOT_FOUND',
        ['serviceId'],
      );
      expect(message).toContain(`the GatewayService ${serviceId}, which is not in this runtime group`);
    },
  );

  it('to something of another kind is refused', async () => {
    const route = await plane.seed.route(group);
    await refusal('createRoute', inGroup({ paths: ['/x'], serviceId: route.id }), 'REFERENCE_NOT_FOUND', [
      'serviceId',
    ]);
  });

  it('never crosses from one group to another', async () => {
    const elsewhere = (await plane.seed.group()).group;
    const service = await plane.seed.service(elsewhere);
    const route = await plane.seed.route(elsewhere);
    await refusal('createRoute', inGroup({ paths: ['/x'], serviceId: service.id }), 'REFERENCE_NOT_FOUND', [
      'serviceId',
    ]);
    await refusal('createPlugin', inGroup({ name: 'cors', routeId: route.id }), 'REFERENCE_NOT_FOUND', [
      'routeId',
    ]);
    const own = await plane.seed.route(group);
    await refusal('updateRoute', { id: own.id, serviceId: service.id }, 'REFERENCE_NOT_FOUND', ['serviceId']);
  });

  it('of a plugin must be one that can ever run', async () => {
    const route = await plane.seed.route(group, { protocols: ['HTTPS'] });
    const input = inGroup({ name: 'cors', routeId: route.id, protocols: ['GRPC'] });
    const message = await refusal('createPlugin', input, 'PLUGIN_OUT_OF_REACH', ['protocols']);
    expect(message).toBe(
      'The plugin would never run: it is for grpc, and its route is for https. Let them share one.',
    );
  });
});

describe('a plugin whose routes change', () => {
  const newPlugin = async (input: Variables): Promise<string> =>
    (
      await admin.mutate<{ plugin: Entity }>(
        'createPlugin',
        inGroup({ name: 'cors', ...input }),
        'plugin { id }',
      )
    ).plugin.id;

  it('must still share a protocol with its route', async () => {
    const route = await plane.seed.route(group, { protocols: ['HTTP', 'HTTPS'] });
    const id = await newPlugin({ routeId: route.id, protocols: ['HTTP'] });
    const input = { id: route.id, protocols: ['HTTPS'] };
    expect(await refusal('updateRoute', input, 'PLUGIN_OUT_OF_REACH', ['protocols'])).toBe(
      `Plugin ${id}: The plugin would never run: it is for http, and its route is for https. Let them share one.`,
    );
    await admin.mutate('updatePlugin', { id, protocols: ['HTTPS'] });
    await admin.mutate('updateRoute', input);
  });

  it('must still share one with a route of its gateway service', async () => {
    const service = await plane.seed.service(group);
    const other = await plane.seed.service(group);
    const route = await plane.seed.route(group, { serviceId: service.id, protocols: ['HTTP'] });
    const grpc = { serviceId: service.id, protocols: ['GRPC'], stripPath: false };
    const second = await plane.seed.route(group, grpc);
    await refusal(
      'createPlugin',
      inGroup({ name: 'cors', serviceId: service.id, protocols: ['HTTPS'] }),
      'PLUGIN_OUT_OF_REACH',
      ['protocols'],
    );
    const id = await newPlugin({ serviceId: service.id, protocols: ['HTTP'] });
    const message = await refusal(
      'updateRoute',
      { id: route.id, protocols: ['HTTPS'] },
      'PLUGIN_OUT_OF_REACH',
      ['protocols'],
    );
    expect(message).toContain(`Plugin ${id}: `);
    expect(message).toMatch(/the routes of its gateway service are for (https, grpc|grpc, https)\./);
    await refusal('updateRoute', { id: route.id, serviceId: other.id }, 'PLUGIN_OUT_OF_REACH');
    await admin.mutate('updateRoute', { id: second.id, paths: ['/elsewhere'] });
  });

  it('may wait on a gateway service that has no route yet', async () => {
    const service = await plane.seed.service(group);
    const id = await newPlugin({ serviceId: service.id, protocols: ['GRPC'] });
    await plane.seed.route(group, { serviceId: service.id });
    await refusal('updatePlugin', { id, protocols: ['GRPCS'] }, 'PLUGIN_OUT_OF_REACH');
  });
});

describe('deleting what something refers to', () => {
  it('is refused, with the referrers named', async () => {
    const service = await plane.seed.service(group);
    const routes = [
      await plane.seed.route(group, { serviceId: service.id }),
      await plane.seed.route(group, { serviceId: service.id }),
    ];
    const message = await refusal('deleteGatewayService', { id: service.id }, 'STILL_REFERRED_TO', []);
    expect(message).toContain(`GatewayService “${service.name}” (${service.id}) is still referred to by`);
    for (const { name, id } of routes) expect(message).toContain(`Route “${name}” (${id})`);
    expect(message).toContain('cascade: true');
  });

  it('takes all of it along with cascade, in one revision, referrers first', async () => {
    const service = await plane.seed.service(group);
    const route = await plane.seed.route(group, { serviceId: service.id });
    const plugin = await admin.mutate<{ plugin: Entity }>(
      ...(['createPlugin', inGroup({ name: 'cors', routeId: route.id }), 'plugin { id }'] as const),
    );
    const { revision } = await groupNow();
    const selection = 'changes { kind id operation }';
    const input = { id: service.id, cascade: true };
    const payload = await admin.mutate<Payload>('deleteGatewayService', input, selection);
    expect(payload.revision).toBe(revision + 1);
    expect(payload.changes).toEqual([
      { kind: 'plugin', id: plugin.plugin.id, operation: 'DELETED' },
      { kind: 'route', id: route.id, operation: 'DELETED' },
      { kind: 'gateway_service', id: service.id, operation: 'DELETED' },
    ]);
    expect(await groupNow()).toEqual({ revision: revision + 1, configHash: '0'.repeat(64) });
  });

  it('always takes along what is nothing without it: plugins of its scope, targets of an upstream', async () => {
    const service = await plane.seed.service(group);
    await admin.mutate('createPlugin', inGroup({ name: 'cors', serviceId: service.id }));
    const { upstream } = await admin.mutate<{ upstream: Entity }>(
      ...(['createUpstream', inGroup({ name: unique('pool.internal') }), 'upstream { id }'] as const),
    );
    await admin.mutate('createTarget', inGroup({ upstreamId: upstream.id, target: 'a.internal' }));
    const selection = 'changes { kind id operation }';
    const first = await admin.mutate<Payload>('deleteGatewayService', { id: service.id }, selection);
    expect(first.changes.map(({ kind }) => kind)).toEqual(['plugin', 'gateway_service']);
    const second = await admin.mutate<Payload>('deleteUpstream', { id: upstream.id }, selection);
    expect(second.changes.map(({ kind }) => kind)).toEqual(['target', 'upstream']);
  });
});

describe('what must be unique in a group', () => {
  it.each<[string, string, Variables]>([
    ['the name of a gateway service', 'createGatewayService', { name: 'orders', host: 'a.internal' }],
    ['the name of a route', 'createRoute', { name: 'orders', paths: ['/a'] }],
    ['the name of an upstream', 'createUpstream', { name: 'orders.internal' }],
    ['the username of a consumer', 'createConsumer', { username: 'ada' }],
    ['the custom id of a consumer', 'createConsumer', { customId: '7' }],
    ['the scope of a plugin', 'createPlugin', { name: 'cors' }],
    ['the instance name of a plugin', 'createPlugin', { name: 'cors', instanceName: 'x' }],
  ])('is refused a second time, and free in another group: %s', async (_what, mutation, input) => {
    await admin.mutate(mutation, inGroup(input));
    await refusal(mutation, inGroup(input), 'KEY_TAKEN');
    const other = (await plane.seed.group()).group;
    await admin.mutate(mutation, { ...input, runtimeGroupId: other.id });
  });

  it('names the holder, and the field', async () => {
    const holder = await plane.seed.service(group, { name: 'orders' });
    const input = inGroup({ name: 'orders', host: 'b.internal' });
    const message = await refusal('createGatewayService', input, 'KEY_TAKEN', ['name']);
    expect(message).toBe(
      `There is already a GatewayService with name "orders" in this runtime group (${holder.id}).`,
    );
  });

  it('is the same target in whatever form it is written', async () => {
    const { upstream } = await admin.mutate<{ upstream: Entity }>(
      ...(['createUpstream', inGroup({ name: unique('pool.internal') }), 'upstream { id }'] as const),
    );
    const of = (target: string): Variables => inGroup({ upstreamId: upstream.id, target });
    const made = await admin.mutate('createTarget', of('10.0.0.1'), 'target { target }');
    expect(made['target']).toEqual({ target: '10.0.0.1:8000' });
    await refusal('createTarget', of('10.0.0.1:8000'), 'KEY_TAKEN');
    await admin.mutate('createTarget', of('10.0.0.1:8001'));
  });

  it('is free again after a renaming or a deletion', async () => {
    const { id } = await plane.seed.service(group, { name: 'orders' });
    await admin.mutate('updateGatewayService', { id, name: 'invoices' });
    const second = await plane.seed.service(group, { name: 'orders' });
    await refusal('updateGatewayService', { id, name: 'orders' }, 'KEY_TAKEN', ['name']);
    await admin.mutate('deleteGatewayService', { id: second.id });
    await admin.mutate('updateGatewayService', { id, name: 'orders' });
  });

  it('is held even by names too long for an index', async () => {
    const username = 'x'.repeat(5000);
    await admin.mutate('createConsumer', inGroup({ username }));
    await refusal('createConsumer', inGroup({ username }), 'KEY_TAKEN', ['username']);
    await admin.mutate('createConsumer', inGroup({ username: `${username}y` }));
  });
});
