import { checkGuarantees } from '../guarantees/check-guarantees.js';
import { expectRefused, type Client, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
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

it('a plan tells how many instances it is about, and which are too old for it', async () => {
  const { instance } = await plane.seed.instance(group, { runtimeVersion: '3.4.2' });
  await plane.seed.instance(group, { runtimeVersion: '3.9.1' });
  const redirect = { name: 'redirect', config: { location: 'https://example.com' } };
  const service = await aService({ ...pets(), plugins: [redirect] });
  const asked = 'plan { groups { instances { total incompatible { runtimeInstance { id } reason } } } }';
  const input = publication(service.id, { dryRun: true });
  const { plan } = await admin.mutate<{ plan: object }>('publishServiceVersion', input, asked);
  const reason = 'It runs 3.4.2, which does not have redirect (since 3.9).';
  const incompatible = [{ runtimeInstance: { id: instance.id }, reason }];
  expect(plan).toEqual({ groups: [{ instances: { total: 2, incompatible } }] });
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
