import { checkGuarantees } from '../guarantees/check-guarantees.js';
import { expectRefused, type Client, type Variables } from '../kit/client.js';
import { startConsul, type TestConsul } from '../kit/consul.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { finalConfiguration } from '../kit/final.js';
import { unique, type Group } from '../kit/seed.js';
import { configChanges } from '../kit/streams.js';

let plane: TestControlPlane;
let admin: Client;
let consul: TestConsul;
let group: Group;
beforeAll(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
});
beforeEach(async () => {
  consul = await startConsul();
  group = (await plane.seed.group()).group;
});
afterEach(() => consul.stop());
afterAll(() => plane.stop());

interface Registry {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly hasToken: boolean;
  readonly address: string;
  readonly health: {
    readonly status: string;
    readonly message: string | null;
    readonly lastSuccessAt: string | null;
  };
}

const registryFields =
  'id name type address datacenter hasToken version health { status message since lastSuccessAt }';

async function aRegistry(input: Variables = {}, of: Group = group): Promise<Registry> {
  const given = { runtimeGroupId: of.id, name: unique('consul'), address: consul.address, ...input };
  const { serviceRegistry } = await admin.mutate<{ serviceRegistry: Registry }>(
    ...(['createServiceRegistry', given, `serviceRegistry { ${registryFields} }`] as const),
  );
  return serviceRegistry;
}

async function healthOf({ id }: { readonly id: string }): Promise<Registry['health']> {
  const query = `query ($id: ID!) { serviceRegistry(id: $id) { ${registryFields} } }`;
  return (await admin.gql<{ serviceRegistry: Registry }>(query, { id })).serviceRegistry.health;
}

async function aService(releasePolicy = 'ONE_LIVE'): Promise<{ id: string; name: string }> {
  const template = { routes: [{ name: 'pets', paths: [`/${unique('pets')}`] }] };
  const input = {
    name: unique('pets'),
    releasePolicy,
    ...(releasePolicy === 'ONE_LIVE' ? { template } : {}),
  };
  const { service } = await admin.mutate<{ service: { id: string; name: string } }>(
    ...(['createService', input, 'service { id name }'] as const),
  );
  return service;
}

function foundBy({ id }: Registry, lookup: Variables = {}): Variables {
  return { target: { registry: { registryId: id, service: 'pets', ...lookup } } };
}

function publishing(serviceId: string, runtimeConfiguration: Variables | null, number = '1'): Variables {
  const publications = [{ serviceId, number, ...(runtimeConfiguration ? { runtimeConfiguration } : {}) }];
  return { publications, runtimeGroupIds: [group.id] };
}

interface Published {
  readonly serviceVersion: { readonly id: string };
  readonly revision: number;
  readonly runtimeConfiguration: { readonly id: string };
}

function publish(serviceId: string, settings: Variables | null, number?: string): Promise<Published> {
  const selected = 'serviceVersion { id } runtimeConfiguration { id } revision';
  return admin.mutate<Published>('publishServiceVersion', publishing(serviceId, settings, number), selected);
}

interface Configuration {
  readonly revision: number;
  readonly upstreams: {
    readonly nodes: readonly { name: string; targets: { nodes: { target: string; weight: number }[] } }[];
  };
  readonly gatewayServices: { readonly nodes: readonly { name: string; host: string }[] };
}

async function configuration(): Promise<Configuration> {
  const query = `query ($id: ID!) { runtimeGroup(id: $id) { revision gatewayServices { nodes { name host } }
    upstreams { nodes { name targets { nodes { target weight } } } } } }`;
  return (await admin.gql<{ runtimeGroup: Configuration }>(query, { id: group.id })).runtimeGroup;
}

/** The targets of all upstreams of the group, in one order, by upstream. */
async function targets(): Promise<Record<string, string[]>> {
  const { upstreams } = await configuration();
  return Object.fromEntries(
    upstreams.nodes.map((upstream) => [
      upstream.name,
      upstream.targets.nodes.map(({ target }) => target).sort((a, b) => (a < b ? -1 : 1)),
    ]),
  );
}

const one = { address: '10.0.0.1', port: 8080 };
const two = { address: '10.0.0.2', port: 8080 };
const three = { address: '10.0.0.3', port: 8080 };

describe('a target by DNS', () => {
  it('of one address stays a name, which the gateway looks up', async () => {
    const service = await aService();
    await publish(service.id, { target: { address: { url: 'http://pets.internal:8080' } } });
    expect(await configuration()).toMatchObject({
      gatewayServices: { nodes: [{ host: 'pets.internal' }] },
      upstreams: { nodes: [] },
    });
  });

  it('of a node, also of an SRV record, stays a name too', async () => {
    const service = await aService();
    await publish(service.id, {
      target: { nodes: [{ target: '_pets._tcp.internal:80' }, { target: 'a.internal:81' }] },
    });
    expect(await targets()).toEqual({
      [`${service.name}.upstream`]: ['_pets._tcp.internal:80', 'a.internal:81'],
    });
  });
});

describe('a service registry', () => {
  it('is listed by its group, without its token, which it is asked with', async () => {
    const { id, name } = await aRegistry({ token: 'a-token-of-consul', datacenter: 'dc-7' });
    const query = `query ($id: ID!) { runtimeGroup(id: $id) { serviceRegistries { nodes { ${registryFields} } } } }`;
    const answer = await admin.send(query, { id: group.id });
    const listed = {
      runtimeGroup: {
        serviceRegistries: { nodes: [{ id, name, hasToken: true, type: 'CONSUL', datacenter: 'dc-7' }] },
      },
    };
    expect(answer.data).toMatchObject(listed);
    expect(JSON.stringify(answer)).not.toContain('a-token-of-consul');
    await eventually(async () => (await healthOf({ id })).status === 'HEALTHY');
    expect(consul.asked.at(-1)).toMatchObject({ path: '/v1/status/leader', token: 'a-token-of-consul' });
    expect(consul.asked.at(-1)?.query.get('dc')).toBe('dc-7');
    const logged = await plane.sql<{ after: object }>(
      `select after from stream_event where subject_id = $1`,
      [id],
    );
    expect(logged).toHaveLength(1);
    expect(JSON.stringify(logged)).not.toContain('a-token-of-consul');
  });

  it('has a name that is unique in its group, and only there', async () => {
    const { name } = await aRegistry();
    const taken = { runtimeGroupId: group.id, name, address: consul.address };
    await expectRefused(admin.attempt('createServiceRegistry', taken), 'SERVICE_REGISTRY_NAME_TAKEN');
    const { group: other } = await plane.seed.group();
    expect((await aRegistry({ name }, other)).name).toBe(name);
  });

  it.each([
    ['REGISTRY_ADDRESS_FORBIDDEN', 'address', 'http://169.254.169.254/latest'],
    ['REGISTRY_ADDRESS_FORBIDDEN', 'address', 'http://[fe80::1]:8500'],
    ['REGISTRY_ADDRESS_FORBIDDEN', 'address', 'http://[::ffff:169.254.169.254]'],
    ['REGISTRY_ADDRESS_INVALID', 'address', 'http://user:secret@consul.internal'],
    ['REGISTRY_ADDRESS_INVALID', 'address', 'http://consul.internal?dc=1'],
    ['REGISTRY_ADDRESS_INVALID', 'address', 'file:///etc/passwd'],
    ['REGISTRY_ADDRESS_INVALID', 'address', 'consul.internal:8500'],
    ['SERVICE_REGISTRY_NAME_INVALID', 'name', ' '],
    ['REGISTRY_DATACENTER_INVALID', 'datacenter', 'a/b'],
    ['REGISTRY_TOKEN_INVALID', 'token', 'two words'],
  ])('is refused with %s for its %s %s', async (code, field, value) => {
    const given = {
      runtimeGroupId: group.id,
      name: unique('consul'),
      address: consul.address,
      [field]: value,
    };
    expect(await expectRefused(admin.attempt('createServiceRegistry', given), code)).toMatchObject({
      path: [field],
    });
    const { id } = await aRegistry();
    expect(
      await expectRefused(admin.attempt('updateServiceRegistry', { id, [field]: value }), code),
    ).toMatchObject({ path: [field] });
  });

  it('does not send its token to a new address unless it is given again', async () => {
    const { id } = await aRegistry({ token: 'a-token-of-consul' });
    const moved = { id, address: 'http://consul.internal:8500' };
    await expectRefused(admin.attempt('updateServiceRegistry', moved), 'REGISTRY_TOKEN_NEEDED');
    const { serviceRegistry } = await admin.mutate<{ serviceRegistry: Registry }>(
      'updateServiceRegistry',
      { ...moved, token: '' },
      `serviceRegistry { ${registryFields} }`,
    );
    expect(serviceRegistry).toMatchObject({ ...moved, hasToken: false, version: 2 });
  });

  it('is unreachable with the reason, and healthy again, without anybody saying so', async () => {
    const registry = await aRegistry();
    await eventually(async () => (await healthOf(registry)).status === 'HEALTHY');
    await publish((await aService()).id, foundBy(registry, { allowEmpty: true }));
    await eventually(() => consul.waiting() === 1);
    consul.failWith(500);
    const { lastSuccessAt, message } = await eventually(async () => {
      const health = await healthOf(registry);
      return health.status === 'UNREACHABLE' && health;
    });
    expect(message).toBe(`The service registry “${registry.name}” answers 500.`);
    expect(lastSuccessAt).not.toBeNull();
    consul.failWith(null);
    await eventually(async () => (await healthOf(registry)).status === 'HEALTHY');
    await consul.goAway();
    await eventually(
      async () => (await healthOf(registry)).message?.includes('could not be reached') === true,
    );
  });

  it('is not deleted while something is found by it, and names what', async () => {
    consul.register('pets', [one]);
    const registry = await aRegistry();
    const service = await aService();
    const { runtimeConfiguration } = await publish(service.id, foundBy(registry));
    const refused = await expectRefused(
      admin.attempt('deleteServiceRegistry', { id: registry.id }),
      'SERVICE_REGISTRY_IN_USE',
    );
    expect(refused.message).toContain(`service ${service.name}`);
    const elsewhere = { id: runtimeConfiguration.id, target: { address: { url: 'http://pets.internal' } } };
    await admin.mutate('updateRuntimeConfiguration', elsewhere);
    await admin.mutate('deleteServiceRegistry', { id: registry.id });
    await expectRefused(
      admin.attempt('deleteServiceRegistry', { id: registry.id }),
      'SERVICE_REGISTRY_NOT_FOUND',
    );
  });
});

describe('a target by a service registry', () => {
  it('has its nodes in the first revision, with their weights', async () => {
    consul.register('pets', [one, { ...two, weight: 3 }, { ...three, passing: false }]);
    const registry = await aRegistry();
    const service = await aService();
    const { revision } = await publish(service.id, foundBy(registry));
    expect(await configuration()).toMatchObject({
      revision,
      gatewayServices: { nodes: [{ host: `${service.name}.upstream` }] },
    });
    const { upstreams } = await configuration();
    expect(upstreams.nodes[0]?.targets.nodes).toEqual(
      expect.arrayContaining([
        { target: '10.0.0.1:8080', weight: 1 },
        { target: '10.0.0.2:8080', weight: 3 },
      ]),
    );
    expect(await targets()).toEqual({ [`${service.name}.upstream`]: ['10.0.0.1:8080', '10.0.0.2:8080'] });
  });

  it('follows the registry, in a revision for each change, and none without', async () => {
    consul.register('pets', [one]);
    const registry = await aRegistry();
    const service = await aService();
    const { revision } = await publish(service.id, foundBy(registry));
    const stream = (await plane.live(admin)).open(configChanges(group.id));
    await stream.nextOf('snapshot');
    await eventually(() => consul.waiting() === 1);
    consul.register('other', [one]);
    await eventually(() => consul.asked.filter(({ query }) => query.has('index')).length >= 2);
    await eventually(() => consul.waiting() === 1);
    expect((await configuration()).revision).toBe(revision);
    consul.register('pets', [two, three]);
    await eventually(async () => (await configuration()).revision === revision + 1);
    expect(await targets()).toEqual({ [`${service.name}.upstream`]: ['10.0.0.2:8080', '10.0.0.3:8080'] });
    const [told] = await plane.sql<{ actor_name: string; command: string }>(
      `select actor_name, command from stream_revision where topic = 'config' and scope_id = $1 and revision = $2`,
      [group.id, revision + 1],
    );
    expect(told).toEqual({ actor_name: 'signalbox', command: 'services.apply-found-nodes' });
    const { changes } = await stream.nextOf('delta');
    expect(changes.map(({ kind }) => kind)).toEqual(['target', 'target', 'target']);
    checkGuarantees([stream.trace()], await finalConfiguration(plane, group.id));
  });

  it('of several live versions changes for all of them in one revision, and is asked for once', async () => {
    consul.register('pets', [one]);
    const registry = await aRegistry();
    const service = await aService('SIDE_BY_SIDE');
    for (const number of ['1', '2']) {
      await admin.mutate('createServiceVersion', {
        ...{ serviceId: service.id, runtimeGroupId: group.id, number },
        implementation: { routes: [{ name: 'pets', paths: [`/v${number}`] }] },
        runtimeConfiguration: foundBy(registry),
      });
    }
    const { revision } = await configuration();
    await eventually(() => consul.waiting() === 1);
    consul.register('pets', [two]);
    await eventually(async () => (await configuration()).revision === revision + 1);
    expect(Object.values(await targets())).toEqual([['10.0.0.2:8080'], ['10.0.0.2:8080']]);
    expect(consul.waiting()).toBeLessThanOrEqual(1);
  });

  it('of a canary follows the registry as well', async () => {
    consul.register('pets', [one]);
    const registry = await aRegistry();
    const service = await aService();
    const { serviceVersion } = await publish(service.id, {
      target: { address: { url: 'http://pets.internal' } },
    });
    const { target } = foundBy(registry) as { target: object };
    await admin.mutate('startCanary', { serviceVersionId: serviceVersion.id, target, weight: 10 });
    expect(await targets()).toEqual({ [`${service.name}.canary`]: ['10.0.0.1:8080'] });
    consul.register('pets', [two]);
    await eventually(async () => (await targets())[`${service.name}.canary`]?.[0] === '10.0.0.2:8080');
  });

  it('asks for what it is told to: a tag, and nodes that do not pass', async () => {
    consul.register('pets', [{ ...one, tags: ['blue'] }, { ...two, tags: ['blue'], passing: false }, three]);
    const registry = await aRegistry();
    const service = await aService();
    await publish(service.id, foundBy(registry, { tag: 'blue', passingOnly: false }));
    expect(Object.values(await targets())).toEqual([['10.0.0.1:8080', '10.0.0.2:8080']]);
  });

  it('says what was found', async () => {
    consul.register('pets', [one]);
    const registry = await aRegistry();
    const { runtimeConfiguration } = await publish((await aService()).id, foundBy(registry));
    const query = `query ($id: ID!) { node(id: $id) { ... on RuntimeConfiguration { target { address { host } nodes { target }
      registry { service tag passingOnly allowEmpty foundAt registry { id } nodes { target weight } } } } } }`;
    const { node } = await admin.gql<{ node: object }>(query, { id: runtimeConfiguration.id });
    expect(node).toEqual({
      target: {
        ...{ address: null, nodes: [] },
        registry: {
          ...{ service: 'pets', tag: null, passingOnly: true, allowEmpty: false },
          ...{ registry: { id: registry.id }, foundAt: expect.any(String) as string },
          nodes: [{ target: '10.0.0.1:8080', weight: 1 }],
        },
      },
    });
  });

  it('keeps its nodes while the registry fails or is away, also for a new publication, and goes on afterwards', async () => {
    consul.register('pets', [one]);
    const registry = await aRegistry();
    const service = await aService();
    await publish(service.id, foundBy(registry));
    const before = await targets();
    await eventually(() => consul.waiting() === 1);
    await consul.goAway();
    await eventually(async () => (await healthOf(registry)).status === 'UNREACHABLE');
    await publish(service.id, foundBy(registry), '2');
    expect(await targets()).toEqual(before);
    consul.register('pets', [two]);
    await consul.comeBack();
    await eventually(async () => Object.values(await targets())[0]?.[0] === '10.0.0.2:8080', 30_000);
    await eventually(async () => (await healthOf(registry)).status === 'HEALTHY');
  });

  it('keeps its nodes when the registry knows none any more, unless that is allowed', async () => {
    consul.register('pets', [one]);
    const registry = await aRegistry();
    const [keeping, emptied] = [await aService(), await aService()];
    await publish(keeping.id, foundBy(registry));
    await publish(emptied.id, foundBy(registry, { allowEmpty: true }));
    await eventually(() => consul.waiting() === 2);
    consul.register('pets', [{ ...one, passing: false }]);
    await eventually(async () => (await targets())[`${emptied.name}.upstream`]?.length === 0);
    await eventually(() => consul.waiting() === 2);
    expect((await targets())[`${keeping.name}.upstream`]).toEqual(['10.0.0.1:8080']);
  });

  it('follows a registry that was set up anew, whose indexes begin again', async () => {
    consul.register('pets', [one]);
    const registry = await aRegistry();
    const service = await aService();
    await publish(service.id, foundBy(registry));
    await eventually(() => consul.waiting() === 1);
    consul.startAnew();
    await eventually(() => consul.waiting() === 1);
    consul.register('pets', [two]);
    await eventually(async () => Object.values(await targets())[0]?.[0] === '10.0.0.2:8080');
  });

  it('leaves nodes out to which no requests could be sent', async () => {
    consul.register('pets', [
      one,
      { ...two, port: 0 },
      { address: 'not a host', port: 80 },
      { address: '2001:db8::1', port: 80 },
    ]);
    await publish((await aService()).id, foundBy(await aRegistry()));
    expect(Object.values(await targets())).toEqual([
      ['10.0.0.1:8080', '[2001:0db8:0000:0000:0000:0000:0000:0001]:80'],
    ]);
  });

  it('comes back with a rollback that restores it, and is followed again; without its registry, it cannot', async () => {
    consul.register('pets', [one]);
    const registry = await aRegistry();
    const service = await aService();
    await publish(service.id, foundBy(registry));
    await publish(service.id, { target: { nodes: [{ target: 'a.internal:80' }] } }, '2');
    await eventually(() => consul.waiting() === 0);
    consul.register('pets', [two]);
    const back = {
      serviceId: service.id,
      runtimeGroupId: group.id,
      number: '1',
      restoreRuntimeConfiguration: true,
    };
    await admin.mutate('rollbackService', back);
    await eventually(async () => Object.values(await targets())[0]?.[0] === '10.0.0.2:8080');
    await publish(service.id, { target: { nodes: [{ target: 'a.internal:80' }] } }, '3');
    await admin.mutate('deleteServiceRegistry', { id: registry.id });
    await expectRefused(admin.attempt('rollbackService', back), 'SERVICE_REGISTRY_NOT_FOUND');
    expect(Object.values(await targets())).toEqual([['a.internal:80']]);
  });

  it('is given up for nodes', async () => {
    consul.register('pets', [one]);
    const { runtimeConfiguration } = await publish((await aService()).id, foundBy(await aRegistry()));
    await eventually(() => consul.waiting() === 1);
    const input = { id: runtimeConfiguration.id, target: { nodes: [{ target: 'a.internal:80' }] } };
    await admin.mutate('updateRuntimeConfiguration', input);
    expect(Object.values(await targets())).toEqual([['a.internal:80']]);
    await eventually(() => consul.waiting() === 0);
  });
});

describe('a publication is refused, and changes nothing,', () => {
  afterEach(async () => {
    expect((await configuration()).revision).toBe(0);
  });

  async function refused(lookup: Variables, code: string): Promise<readonly string[]> {
    const service = await aService();
    const target = { registry: { service: 'pets', ...lookup } };
    const answer = admin.attempt('publishServiceVersion', publishing(service.id, { target }));
    return (await expectRefused(answer, code)).path;
  }

  const place = ['publications', '0', 'runtimeConfiguration', 'target', 'registry'];

  it('by a registry that is not there', async () => {
    const { id } = group;
    expect(await refused({ registryId: id }, 'SERVICE_REGISTRY_NOT_FOUND')).toEqual([...place, 'registryId']);
    expect(await refused({ registryId: 'x' }, 'DISCOVERY_INVALID')).toEqual([...place, 'registryId']);
  });

  it('by a registry of another group, or organization', async () => {
    consul.register('pets', [one]);
    const { group: other } = await plane.seed.group();
    const { id } = await aRegistry({}, other);
    await refused({ registryId: id }, 'SERVICE_REGISTRY_ELSEWHERE');
    const stranger = await plane.seed.organization();
    const made = await stranger.admin.mutate<{ serviceRegistry: Registry }>(
      'createServiceRegistry',
      { runtimeGroupId: stranger.defaultGroup.id, name: 'consul', address: consul.address },
      'serviceRegistry { id }',
    );
    await refused({ registryId: made.serviceRegistry.id }, 'SERVICE_REGISTRY_NOT_FOUND');
  });

  it('by a registry that knows no node', async () => {
    expect(await refused({ registryId: (await aRegistry()).id }, 'DISCOVERY_EMPTY')).toEqual(place);
  });

  it('by a registry that fails, or hangs, or is none', async () => {
    const { id: registryId } = await aRegistry();
    consul.failWith(403);
    await refused({ registryId }, 'SERVICE_REGISTRY_UNREACHABLE');
    consul.failWith(null);
    consul.hang(true);
    expect(await refused({ registryId }, 'SERVICE_REGISTRY_UNREACHABLE')).toEqual(place);
    const { id: none } = await aRegistry({ address: `${plane.origin}/graphql` });
    await refused({ registryId: none }, 'SERVICE_REGISTRY_UNREACHABLE');
  });

  it('with both nodes and a registry', async () => {
    const registry = await aRegistry();
    const service = await aService();
    const target = { ...(foundBy(registry)['target'] as object), nodes: [{ target: 'a:80' }] };
    await expectRefused(
      admin.attempt('publishServiceVersion', publishing(service.id, { target })),
      'TARGET_AMBIGUOUS',
    );
  });

  it('for a service without a name', async () => {
    expect(await refused({ registryId: (await aRegistry()).id, service: '' }, 'DISCOVERY_INVALID')).toEqual([
      ...place,
      'service',
    ]);
  });
});

it('a dry run looks up, and keeps nothing', async () => {
  consul.register('pets', [one]);
  const registry = await aRegistry();
  const input = { ...publishing((await aService()).id, foundBy(registry)), dryRun: true };
  const { plan } = await admin.mutate<{ plan: { groups: { changes: { kind: string }[] }[] } }>(
    ...(['publishServiceVersion', input, 'plan { groups { changes { kind } } }'] as const),
  );
  expect(plan.groups[0]?.changes.map(({ kind }) => kind)).toContain('target');
  expect((await configuration()).revision).toBe(0);
  expect(await plane.sql('select from registry_lookup where registry_id = $1', [registry.id])).toEqual([]);
});
