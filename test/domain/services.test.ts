import { expectRefused, type Client, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { unique, type Group } from '../kit/seed.js';

let plane: TestControlPlane;
let admin: Client;
let development: Group;
let production: Group;
beforeAll(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
});
beforeEach(async () => {
  development = (await plane.seed.group()).group;
  production = (await plane.seed.group()).group;
});
afterAll(() => plane.stop());

interface Version {
  readonly id: string;
  readonly number: string;
  readonly stage: string;
  readonly state: string;
  readonly digest: string;
}

interface Lifecycle {
  readonly serviceVersion: Version | null;
  readonly serviceVersions: readonly Version[];
  readonly runtimeConfiguration: { readonly id: string; readonly canary: object | null } | null;
  readonly runtimeConfigurationRestored: boolean | null;
  readonly revision: number;
  readonly plan: {
    readonly token: string | null;
    readonly groups: readonly { readonly revision: number; readonly changes: readonly Change[] }[];
  };
}

interface Change {
  readonly kind: string;
  readonly operation: string;
  readonly after: Readonly<Record<string, unknown>> | null;
}

const selection = `serviceVersion { id number stage state digest } serviceVersions { id number stage state digest }
  runtimeConfiguration { id canary { weight } } runtimeConfigurationRestored revision
  plan { token groups { revision changes { kind operation after } } }`;

function act(mutation: string, input: Variables, client = admin): Promise<Lifecycle> {
  return client.mutate<Lifecycle>(mutation, input, selection);
}

async function aService(releasePolicy: 'ONE_LIVE' | 'SIDE_BY_SIDE', template?: Variables) {
  const input = { name: unique('pets'), releasePolicy, ...(template ? { template } : {}) };
  const { service } = await admin.mutate<{ service: { id: string; name: string } }>(
    'createService',
    input,
    'service { id name }',
  );
  return service;
}

const pets = (path = '/pets'): Variables => ({ routes: [{ name: 'pets', paths: [path] }] });
const at = (url: string): Variables => ({ target: { address: { url } } });

interface Configuration {
  readonly revision: number;
  readonly gatewayServices: { readonly nodes: readonly { id: string; name: string; host: string }[] };
  readonly routes: {
    readonly nodes: readonly { id: string; name: string; paths: string[]; stripPath: boolean }[];
  };
  readonly plugins: { readonly nodes: readonly { name: string; config: Record<string, never> }[] };
  readonly upstreams: {
    readonly nodes: readonly { name: string; targets: { nodes: { target: string; weight: number }[] } }[];
  };
}

async function configurationOf({ id }: Group): Promise<Configuration> {
  const query = `query ($id: ID!) { runtimeGroup(id: $id) { revision
    gatewayServices { nodes { id name host } } routes { nodes { id name paths stripPath } }
    plugins { nodes { name config } } upstreams { nodes { name targets(orderBy: [{ field: TARGET }]) { nodes { target weight } } } } } }`;
  return (await admin.gql<{ runtimeGroup: Configuration }>(query, { id })).runtimeGroup;
}

async function versionsOf(serviceId: string): Promise<(Version & { runtimeGroup: Group })[]> {
  const query = `query ($id: ID!) { service(id: $id) { versions(orderBy: [{ field: RANK }]) { nodes {
    id number stage state digest runtimeGroup { id name } } } } }`;
  const { service } = await admin.gql<{
    service: { versions: { nodes: (Version & { runtimeGroup: Group })[] } };
  }>(query, { id: serviceId });
  return service.versions.nodes;
}

function publish(
  serviceId: string,
  number: string,
  groups: readonly Group[],
  { dryRun = false, ...more }: Variables = {},
): Promise<Lifecycle> {
  const publication = {
    serviceId,
    number,
    runtimeConfiguration: at('http://pets.internal:8080'),
    ...more,
  };
  const runtimeGroupIds = groups.map(({ id }) => id);
  return act('publishServiceVersion', { publications: [publication], runtimeGroupIds, dryRun });
}

describe('a service with one live version', () => {
  it('is reachable as soon as it is published, and not before', async () => {
    const service = await aService('ONE_LIVE', pets());
    expect((await configurationOf(production)).routes.nodes).toEqual([]);
    const { serviceVersion, revision } = await publish(service.id, '1.0.0', [production]);
    expect(serviceVersion).toMatchObject({ number: '1.0.0', stage: 'LIVE', state: 'PUBLISHED' });
    expect(await configurationOf(production)).toMatchObject({
      revision,
      gatewayServices: { nodes: [{ name: service.name, host: 'pets.internal' }] },
      routes: { nodes: [{ name: `${service.name}.pets`, paths: ['/pets'] }] },
    });
  });

  it('makes the version before history, and keeps the ids of its routes', async () => {
    const service = await aService('ONE_LIVE', pets());
    await publish(service.id, '1.9', [production]);
    const before = await configurationOf(production);
    await admin.mutate('updateServiceTemplate', { serviceId: service.id, implementation: pets('/animals') });
    expect(await configurationOf(production)).toEqual(before);
    await publish(service.id, '1.10', [production]);
    const after = await configurationOf(production);
    expect(after.routes.nodes).toEqual([{ ...before.routes.nodes[0], paths: ['/animals'] }]);
    expect((await versionsOf(service.id)).map(({ number, stage }) => [number, stage])).toEqual([
      ['1.9', 'HISTORY'],
      ['1.10', 'LIVE'],
    ]);
  });

  it('is the same in every group under one number', async () => {
    const service = await aService('ONE_LIVE', pets());
    await publish(service.id, '1', [development]);
    const [version] = await versionsOf(service.id);
    const input = {
      serviceVersionId: version?.id,
      runtimeGroupIds: [production.id],
      runtimeConfiguration: at('https://pets.example'),
    };
    await act('promoteServiceVersion', input);
    const digests = (await versionsOf(service.id)).map(({ digest }) => digest);
    expect(digests).toEqual([version?.digest, version?.digest]);
    expect(await configurationOf(production)).toMatchObject({
      gatewayServices: { nodes: [{ host: 'pets.example' }] },
    });
  });

  it('refuses a number for other content', async () => {
    const service = await aService('ONE_LIVE', pets());
    await publish(service.id, '1', [development]);
    await admin.mutate('updateServiceTemplate', { serviceId: service.id, implementation: pets('/other') });
    const input = {
      publications: [{ serviceId: service.id, number: '1', runtimeConfiguration: at('http://a') }],
      runtimeGroupIds: [production.id],
    };
    await expectRefused(admin.attempt('publishServiceVersion', input), 'VERSION_NUMBER_TAKEN');
    expect((await configurationOf(production)).revision).toBe(0);
  });

  it('refuses an empty template, and a first publication that does not say where the API is', async () => {
    const empty = await aService('ONE_LIVE');
    const input = { publications: [{ serviceId: empty.id, number: '1' }], runtimeGroupIds: [production.id] };
    await expectRefused(admin.attempt('publishServiceVersion', input), 'TEMPLATE_EMPTY');
    const service = await aService('ONE_LIVE', pets());
    const unplaced = { ...input, publications: [{ serviceId: service.id, number: '1' }] };
    await expectRefused(admin.attempt('publishServiceVersion', unplaced), 'RUNTIME_CONFIGURATION_NEEDED');
  });

  it('goes back to a version, and keeps what it runs with or restores it', async () => {
    const service = await aService('ONE_LIVE', pets());
    await publish(service.id, '1', [production]);
    await admin.mutate('updateServiceTemplate', { serviceId: service.id, implementation: pets('/animals') });
    await publish(service.id, '2', [production], { runtimeConfiguration: at('http://new.internal') });
    const back = { serviceId: service.id, runtimeGroupId: production.id, number: '1' };
    const kept = await act('rollbackService', back);
    expect(kept).toMatchObject({
      runtimeConfigurationRestored: false,
      serviceVersion: { number: '1', stage: 'LIVE' },
    });
    expect(await configurationOf(production)).toMatchObject({
      gatewayServices: { nodes: [{ host: 'new.internal' }] },
      routes: { nodes: [{ paths: ['/pets'] }] },
    });
    await publish(service.id, '2', [production], { runtimeConfiguration: at('http://newer.internal') });
    const restored = await act('rollbackService', { ...back, restoreRuntimeConfiguration: true });
    expect(restored.runtimeConfigurationRestored).toBe(true);
    expect(await configurationOf(production)).toMatchObject({
      gatewayServices: { nodes: [{ host: 'new.internal' }] },
    });
  });

  it('goes back only to what was live there, unless asked', async () => {
    const service = await aService('ONE_LIVE', pets());
    await publish(service.id, '1', [development]);
    await admin.mutate('updateServiceTemplate', { serviceId: service.id, implementation: pets('/animals') });
    await publish(service.id, '2', [production]);
    const back = { serviceId: service.id, runtimeGroupId: production.id, number: '1' };
    await expectRefused(admin.attempt('rollbackService', back), 'NEVER_LIVE');
    await expectRefused(
      admin.attempt('rollbackService', { ...back, number: '3' }),
      'SERVICE_VERSION_NOT_FOUND',
    );
    expect(await act('rollbackService', { ...back, allowNeverLive: true })).toMatchObject({
      serviceVersion: { number: '1', stage: 'LIVE' },
    });
  });

  it('is published once, of two publications at once', async () => {
    const service = await aService('ONE_LIVE', pets());
    await publish(service.id, '1', [production]);
    const numbers = ['2', '3', '4', '5'];
    const answers = await Promise.all(
      numbers.map((number) =>
        admin.attempt(
          'publishServiceVersion',
          { publications: [{ serviceId: service.id, number }], runtimeGroupIds: [production.id] },
          'revision',
        ),
      ),
    );
    const versions = await versionsOf(service.id);
    expect(versions.filter(({ stage }) => stage === 'LIVE')).toHaveLength(1);
    const refused = answers.flatMap(
      ({ data }) =>
        (data as unknown as { publishServiceVersion: { userErrors: { code: string }[] } })
          .publishServiceVersion.userErrors,
    );
    expect(refused.every(({ code }) => code === 'OVERTAKEN')).toBe(true);
    expect(versions).toHaveLength(1 + numbers.length - refused.length);
  });

  it('can be planned, and the plan holds only as long as nothing of it has changed', async () => {
    const service = await aService('ONE_LIVE', pets());
    const { plan, serviceVersion } = await publish(service.id, '1', [production, development], {
      dryRun: true,
    });
    expect(serviceVersion).toBeNull();
    expect(plan.groups.map(({ changes }) => changes.map(({ kind }) => kind))).toEqual([
      ['gateway_service', 'route'],
      ['gateway_service', 'route'],
    ]);
    expect((await configurationOf(production)).revision).toBe(0);
    await plane.seed.service(production);
    const groups = [production.id, development.id];
    const publication = {
      serviceId: service.id,
      number: '1',
      runtimeConfiguration: at('http://pets.internal:8080'),
    };
    const input = { publications: [publication], runtimeGroupIds: groups, planToken: plan.token };
    await admin.mutate('updateServiceTemplate', { serviceId: service.id, implementation: pets('/other') });
    await expectRefused(admin.attempt('publishServiceVersion', input), 'PLAN_STALE');
    await admin.mutate('updateServiceTemplate', { serviceId: service.id, implementation: pets() });
    expect((await act('publishServiceVersion', input)).serviceVersions).toHaveLength(2);
  });
});

describe('entities of a version', () => {
  it('are not changed directly: the refusal names the owner', async () => {
    const service = await aService('ONE_LIVE', pets());
    await publish(service.id, '1.0', [production]);
    const [route] = (await configurationOf(production)).routes.nodes;
    const change = admin.attempt('updateRoute', { id: route?.id, paths: ['/mine'] });
    const { message } = await expectRefused(change, 'ENTITY_OWNED');
    expect(message).toContain(`version 1.0 of service ${service.name}`);
    await expectRefused(admin.attempt('deleteRoute', { id: route?.id, cascade: true }), 'ENTITY_OWNED');
  });

  it('say whose they are, by one statement for each level; others are nobody’s', async () => {
    const [one, other] = [await aService('ONE_LIVE', pets()), await aService('ONE_LIVE', pets('/other'))];
    const { group } = await plane.seed.group();
    await publish(one.id, '1.0', [group]);
    await publish(other.id, '3.1', [group]);
    const alone = await plane.seed.service(group);
    const query = `query ($id: ID!) { runtimeGroup(id: $id) { gatewayServices(first: 100) { nodes {
      id owner { name serviceVersion { number service { name } } }
    } } } }`;
    const read = () =>
      admin.gql<{ runtimeGroup: { gatewayServices: { nodes: { id: string; owner: unknown }[] } } }>(query, {
        id: group.id,
      });
    const { nodes } = (await read()).runtimeGroup.gatewayServices;
    expect(nodes.find(({ id }) => id === alone.id)?.owner).toBeNull();
    const owners = nodes.filter(({ id }) => id !== alone.id).map(({ owner }) => owner);
    for (const [{ name }, number] of [
      [one, '1.0'],
      [other, '3.1'],
    ] as const)
      expect(owners).toContainEqual({
        name: `version ${number} of service ${name}`,
        serviceVersion: { number, service: { name } },
      });
    // Groups, entities, owners, versions, services; the control plane also looks around by itself every second.
    await eventually(async () => {
      const before = plane.statementCount();
      await read();
      expect(plane.statementCount() - before).toBeLessThanOrEqual(6);
    });
  });

  it('go with it', async () => {
    const service = await aService('SIDE_BY_SIDE');
    const { serviceVersion } = await createVersion(service.id, '1');
    await expectRefused(
      admin.attempt('deleteServiceVersion', { id: serviceVersion?.id }),
      'SERVICE_VERSION_LIVE',
    );
    await act('deleteServiceVersion', { id: serviceVersion?.id, force: true });
    expect(await configurationOf(development)).toMatchObject({
      routes: { nodes: [] },
      gatewayServices: { nodes: [] },
    });
    await admin.mutate('deleteService', { id: service.id });
  });
});

function createVersion(serviceId: string, number: string, more: Variables = {}) {
  const input = {
    serviceId,
    number,
    runtimeGroupId: development.id,
    implementation: pets(`/v${number}`),
    runtimeConfiguration: at('http://pets'),
  };
  return act('createServiceVersion', { ...input, ...more });
}

describe('a service whose versions live side by side', () => {
  it('has many live in one group, each edited by itself', async () => {
    const service = await aService('SIDE_BY_SIDE');
    await createVersion(service.id, '1');
    const { serviceVersion } = await createVersion(service.id, '2');
    await act('updateServiceVersion', { id: serviceVersion?.id, implementation: pets('/second') });
    const { routes } = await configurationOf(development);
    expect(routes.nodes.map(({ paths }) => paths[0]).sort()).toEqual(['/second', '/v1']);
  });

  it('never moves a version to another group', async () => {
    const service = await aService('SIDE_BY_SIDE');
    const { serviceVersion } = await createVersion(service.id, '1');
    const move = admin.attempt('updateServiceVersion', {
      id: serviceVersion?.id,
      runtimeGroupId: production.id,
    });
    await expectRefused(move, 'SERVICE_VERSION_IMMOVABLE');
  });

  it('has no template, and is not published', async () => {
    const service = await aService('SIDE_BY_SIDE');
    const change = admin.attempt('updateServiceTemplate', { serviceId: service.id, implementation: pets() });
    await expectRefused(change, 'RELEASE_POLICY_DIFFERS');
  });
});

describe('what readers are told of a version', () => {
  it('changes as the table says, and the refused steps say why', async () => {
    const service = await aService('SIDE_BY_SIDE');
    const id = (await createVersion(service.id, '1')).serviceVersion?.id;
    const successorId = (await createVersion(service.id, '2')).serviceVersion?.id;
    const sunset = '2027-01-01T00:00:00.000Z';
    await act('deprecateServiceVersion', {
      id,
      date: '2026-12-01T00:00:00Z',
      sunset,
      successorId,
      message: 'Use 2.',
    });
    const { plugins } = await configurationOf(development);
    expect(plugins.nodes).toMatchObject([
      {
        name: 'response-transformer',
        config: { add: { headers: ['Deprecation:@1796083200', 'Sunset:Fri, 01 Jan 2027 00:00:00 GMT'] } },
      },
    ]);
    await act('unpublishServiceVersion', { id });
    expect((await configurationOf(development)).plugins.nodes).toEqual([]);
    await expectRefused(admin.attempt('deprecateServiceVersion', { id }), 'TRANSITION_REFUSED');
    const query =
      'query ($id: ID!) { serviceVersion(id: $id) { allowedTransitions { step allowed to reason } } }';
    const { serviceVersion } = await admin.gql<{ serviceVersion: object }>(query, { id });
    expect(serviceVersion).toEqual({
      allowedTransitions: [
        {
          step: 'DEPRECATE',
          allowed: false,
          to: null,
          reason: 'It is unpublished: nobody new can find it. Publish it again first.',
        },
        { step: 'UNPUBLISH', allowed: false, to: null, reason: 'It is unpublished already.' },
        { step: 'REPUBLISH', allowed: true, to: 'PUBLISHED', reason: null },
      ],
    });
    const foreign = await aService('SIDE_BY_SIDE');
    const other = (await createVersion(foreign.id, '7')).serviceVersion?.id;
    await expectRefused(
      admin.attempt('deprecateServiceVersion', { id: successorId, successorId: other }),
      'SUCCESSOR_INVALID',
    );
  });
});

describe('a canary', () => {
  it('is started, shifted and promoted, and another is refused meanwhile', async () => {
    const service = await aService('ONE_LIVE', pets());
    const { serviceVersion } = await publish(service.id, '1', [production]);
    const of = { serviceVersionId: serviceVersion?.id };
    const target = {
      nodes: [
        { target: 'new-a:80', weight: 1 },
        { target: 'new-b:80', weight: 3 },
      ],
    };
    const conditions = [{ source: 'HEADER', name: 'x-canary', value: 'yes"; os.exit()' }];
    const started = await act('startCanary', { ...of, target, weight: 10, conditions });
    expect(started.runtimeConfiguration?.canary).toEqual({ weight: 10 });
    const { upstreams, plugins } = await configurationOf(production);
    expect(upstreams.nodes).toMatchObject([{ name: `${service.name}.canary` }]);
    expect(String((plugins.nodes[0]?.config as { access?: string[] }).access?.[0])).toContain(
      String.raw`== "yes\"; os.exit()"`,
    );
    await expectRefused(admin.attempt('startCanary', { ...of, target }), 'CANARY_REFUSED');
    await expectRefused(admin.attempt('shiftCanary', { ...of, weight: 101 }), 'CANARY_INVALID');
    await act('shiftCanary', { ...of, weight: 50 });
    await act('promoteCanary', of);
    const after = await configurationOf(production);
    expect(after.plugins.nodes).toEqual([]);
    expect(after.upstreams.nodes).toMatchObject([
      { name: `${service.name}.upstream`, targets: { nodes: [{ weight: 1 }, { weight: 3 }] } },
    ]);
    await expectRefused(admin.attempt('abortCanary', of), 'CANARY_REFUSED');
  });

  it('must be able to send requests somewhere', async () => {
    const service = await aService('ONE_LIVE', pets());
    const { serviceVersion } = await publish(service.id, '1', [production]);
    const target = { nodes: [{ target: 'a:80', weight: 0 }] };
    await expectRefused(
      admin.attempt('startCanary', { serviceVersionId: serviceVersion?.id, target }),
      'WEIGHTS_ZERO',
    );
  });
});

describe('what a service runs with', () => {
  it('changes without a new version', async () => {
    const service = await aService('ONE_LIVE', pets());
    const { runtimeConfiguration } = await publish(service.id, '1', [production]);
    const change = { hosts: ['pets.example.com'], pathPrefix: '/shop', stripPathPrefix: true };
    await act('updateRuntimeConfiguration', { id: runtimeConfiguration?.id, ...change });
    const { routes } = await configurationOf(production);
    expect(routes.nodes).toMatchObject([{ paths: ['/shop/pets'], stripPath: true }]);
    expect((await versionsOf(service.id)).map(({ number }) => number)).toEqual(['1']);
  });
});

describe('secrets of a service', () => {
  const template = (secret: string): Variables => ({
    ...pets(),
    plugins: [{ name: 'session', config: { secret } }],
  });

  async function secretsShown(serviceId: string): Promise<string[]> {
    const query = `query ($id: ID!) { service(id: $id) { template { implementation { plugins { config } } }
      versions { nodes { implementation { plugins { config } } } } } }`;
    interface Shown {
      readonly implementation: { readonly plugins: readonly { config: { secret: string } }[] };
    }
    const { service } = await admin.gql<{
      service: { template: Shown; versions: { nodes: readonly Shown[] } };
    }>(query, { id: serviceId });
    return [service.template, ...service.versions.nodes].flatMap(({ implementation }) =>
      implementation.plugins.map(({ config }) => config.secret),
    );
  }

  it('are stored sealed, shown by their fingerprints, and reach the gateways of every group', async () => {
    const secret = unique('hush');
    const service = await aService('ONE_LIVE', template(secret));
    await publish(service.id, '1', [development, production]);
    const shown = await secretsShown(service.id);
    expect(new Set(shown).size).toBe(1);
    expect(shown[0]).toMatch(/^\*{3}[\w-]{16}$/);
    const [stored] = await plane.sql<{ everything: string }>(
      `select (select string_agg(s::text, '') from service s) || (select string_agg(v::text, '') from service_version v)
         || (select string_agg(e::text, '') from config_entity e) || (select string_agg(e::text, '') from stream_event e)
         || coalesce((select string_agg(k::text, '') from idempotency_key k), '') as everything`,
    );
    expect(stored?.everything).toBeTruthy();
    expect(stored?.everything).not.toContain(secret);
    for (const group of [development, production]) {
      const query =
        'query ($id: ID!) { exportConfiguration(runtimeGroupId: $id, withSecrets: true) { document } }';
      const { exportConfiguration } = await admin.gql<{ exportConfiguration: { document: string } }>(query, {
        id: group.id,
      });
      expect(exportConfiguration.document).toContain(secret);
    }
  });

  it('stay as they are where they are given hidden, and are another content where they change', async () => {
    const service = await aService('ONE_LIVE', template(unique('hush')));
    await publish(service.id, '1', [production]);
    const [hidden] = await secretsShown(service.id);
    await admin.mutate('updateServiceTemplate', {
      serviceId: service.id,
      implementation: { plugins: [{ name: 'session', config: { secret: hidden } }] },
    });
    const again = await publish(service.id, '1', [production]);
    expect(again.plan.groups[0]?.changes).toEqual([]);
    await admin.mutate('updateServiceTemplate', {
      serviceId: service.id,
      implementation: { plugins: [{ name: 'session', config: { secret: unique('hush') } }] },
    });
    const input = {
      publications: [{ serviceId: service.id, number: '1' }],
      runtimeGroupIds: [production.id],
    };
    await expectRefused(admin.attempt('publishServiceVersion', input), 'VERSION_NUMBER_TAKEN');
  });
});
