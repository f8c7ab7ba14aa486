import { checkGuarantees } from '../guarantees/check-guarantees.js';
import { expectRefused, type Client, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { finalVersions } from '../kit/final.js';
import { unique, type Group } from '../kit/seed.js';
import { serviceVersions } from '../kit/streams.js';

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

const pets = (path = '/pets'): Variables => ({ routes: [{ name: 'pets', paths: [path] }] });

async function aService(template: Variables): Promise<{ readonly id: string; readonly name: string }> {
  const input = { name: unique('pets'), releasePolicy: 'ONE_LIVE', template };
  const asked = 'service { id name }';
  return (await admin.mutate<{ service: { id: string; name: string } }>('createService', input, asked))
    .service;
}

function publication(serviceId: string, more: Variables = {}): Variables {
  const runtimeConfiguration = { target: { address: { url: 'http://pets.internal' } } };
  const publications = [{ serviceId, number: '1', runtimeConfiguration }];
  return { publications, runtimeGroupIds: [group.id], ...more };
}

describe('the instances of a plan', () => {
  const asked =
    'plan { groups { instances { total versionUnknown incompatible { runtimeVersion count hostnames reason } } } }';
  const redirect = { name: 'redirect', config: { location: 'https://example.com' } };

  it('are all of the group, by the version that they run, with the reason why some are too old', async () => {
    for (const hostname of ['b', 'a'])
      await plane.seed.instance(group, { hostname, runtimeVersion: '3.4.2' });
    await plane.seed.instance(group, { runtimeVersion: '3.6.1', hostname: 'c' });
    await plane.seed.instance(group, { runtimeVersion: '3.9.1' });
    await plane.seed.instance(group);
    const basicAuth = { name: 'basic-auth', config: { realm: 'shop' } };
    const service = await aService({ ...pets(), plugins: [redirect, basicAuth] });
    const input = publication(service.id, { dryRun: true });
    const { plan } = await admin.mutate<{ plan: object }>('publishServiceVersion', input, asked);
    const incompatible = [
      {
        ...{ runtimeVersion: '3.4.2', count: 2, hostnames: ['a', 'b'] },
        reason:
          'Version 3.4.2 of the gateway does not have config.realm of basic-auth (since 3.6), redirect (since 3.9).',
      },
      {
        ...{ runtimeVersion: '3.6.1', count: 1, hostnames: ['c'] },
        reason: 'Version 3.6.1 of the gateway does not have redirect (since 3.9).',
      },
    ];
    expect(plan).toEqual({ groups: [{ instances: { total: 5, versionUnknown: 1, incompatible } }] });
  });

  it('are named only in part, and counted as a whole, where there are many', async () => {
    const hostnames = Array.from({ length: 12 }, (_, index) => `host-${10 + index}`);
    for (const hostname of hostnames) await plane.seed.instance(group, { hostname, runtimeVersion: '3.8' });
    const service = await aService({ ...pets(), plugins: [redirect] });
    const input = publication(service.id, { dryRun: true });
    const { plan } = await admin.mutate<{ plan: object }>('publishServiceVersion', input, asked);
    const incompatible = [{ runtimeVersion: '3.8', count: 12, hostnames: hostnames.slice(0, 10) }];
    expect(plan).toMatchObject({ groups: [{ instances: { total: 12, incompatible } }] });
  });

  it('cost one statement, however many groups the plan is for', async () => {
    const service = await aService({ ...pets(), plugins: [redirect] });
    const { group: second } = await plane.seed.group();
    const { group: third } = await plane.seed.group();
    const input = publication(service.id, { dryRun: true });
    const runtimeGroupIds = [group.id, second.id, third.id];
    const cost = async (selection: string): Promise<number> => {
      const before = plane.statementCount();
      await admin.mutate('publishServiceVersion', { ...input, runtimeGroupIds }, selection);
      return plane.statementCount() - before;
    };
    // The control plane also looks around by itself every second, which may fall into an answer.
    await eventually(async () => {
      const without = await cost('plan { groups { revision } }');
      expect((await cost(asked)) - without).toBe(1);
    });
  });
});

it('routes that get in the way of those of others are refused, unless it is meant so', async () => {
  await plane.seed.route(group, { paths: ['/pets'] });
  const service = await aService(pets());
  const input = publication(service.id);
  await expectRefused(admin.attempt('publishServiceVersion', input), 'ROUTES_OVERLAP');
  const asked = 'serviceVersion { stage } plan { groups { warnings { code } } }';
  expect(await admin.mutate('publishServiceVersion', { ...input, allowOverlaps: true }, asked)).toMatchObject(
    {
      ...{ serviceVersion: { stage: 'LIVE' }, userErrors: [] },
      plan: { groups: [{ warnings: [{ code: 'ROUTE_DUPLICATE' }] }] },
    },
  );
});

it('a template says what it would change of a version, and of what is live in a group', async () => {
  const service = await aService(pets());
  const asked = 'serviceVersion { id }';
  const { serviceVersion } = await admin.mutate<{ serviceVersion: { id: string } }>(
    ...(['publishServiceVersion', publication(service.id), asked] as const),
  );
  const query = `query ($id: ID!, $version: ID, $group: ID) { service(id: $id) { template {
    differences(serviceVersionId: $version, runtimeGroupId: $group) { kind name operation impact fields { path before after } } } } }`;
  const differences = async (variables: Variables): Promise<unknown> =>
    (await admin.gql<{ service: { template: { differences: unknown } } }>(query, variables)).service.template
      .differences;
  const inGroup = { id: service.id, group: group.id };
  expect(await differences(inGroup)).toEqual([]);
  await admin.mutate('updateServiceTemplate', { serviceId: service.id, implementation: pets('/animals') });
  const expected = [
    {
      ...{ kind: 'route', name: `${service.name}.pets`, operation: 'UPDATED', impact: 'BREAKING' },
      fields: [
        { path: 'paths', before: '/pets', after: null },
        { path: 'paths', before: null, after: '/animals' },
      ],
    },
  ];
  expect(await differences(inGroup)).toEqual(expected);
  expect(await differences({ id: service.id, version: serviceVersion.id })).toEqual(expected);
  await expectRefused(admin.send(query, { id: service.id }), 'ONE_OF_VERSION_AND_GROUP');
  const { group: other } = await plane.seed.group();
  await expectRefused(admin.send(query, { ...inGroup, group: other.id }), 'SERVICE_VERSION_NOT_FOUND');
});

it('a synchronization with files leaves the entities of versions alone', async () => {
  await plane.seed.route(group, { paths: ['/by-hand'] });
  const service = await aService(pets());
  await admin.mutate('publishServiceVersion', publication(service.id), 'serviceVersion { id }');
  const documents = [{ name: 'kong.yaml', content: 'consumers:\n- username: ada\n' }];
  const input = { runtimeGroupId: group.id, documents, mode: 'SYNC' };
  const asked = 'summary { created updated deleted }';
  expect(await admin.mutate('importConfiguration', input, asked)).toMatchObject({
    summary: { created: 1, updated: 0, deleted: 1 },
  });
  const query = 'query ($id: ID!) { runtimeGroup(id: $id) { routes { nodes { name } } } }';
  const { runtimeGroup } = await admin.gql<{ runtimeGroup: { routes: { nodes: object[] } } }>(query, {
    id: group.id,
  });
  expect(runtimeGroup.routes.nodes).toEqual([{ name: `${service.name}.pets` }]);
});

it('the stream of versions tells who did it, why, and which revision of the group came of it', async () => {
  const service = await aService(pets());
  const stream = serviceVersions(service.id);
  const told = 'transition actor reason configRevision ';
  const query = stream.query.replace('serviceVersionId before', `${told} serviceVersionId before`);
  const live = await plane.live(admin);
  const watcher = live.open({ ...stream, query });
  await watcher.next();
  const input = publication(service.id, { reason: 'the shop opens' });
  const { revision } = await admin.mutate<{ revision: number }>('publishServiceVersion', input, 'revision');
  const { transitions } = (await watcher.next()) as unknown as { readonly transitions: readonly object[] };
  expect(transitions).toMatchObject([
    {
      transition: 'published',
      actor: 'first administrator',
      reason: 'the shop opens',
      configRevision: revision,
    },
  ]);
  live.close();
  checkGuarantees([watcher.trace()], await finalVersions(plane, service.id));
});
