import type { Client, Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { unique, type Group } from '../kit/seed.js';

let plane: TestControlPlane;
let admin: Client;
let group: Group;
let service: string;
let configuration: string;
beforeAll(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
});
beforeEach(async () => {
  ({ group } = await plane.seed.group());
  const template = { routes: [{ name: 'pets', paths: ['/pets'] }] };
  const input = { name: unique('pets'), releasePolicy: 'ONE_LIVE', template };
  const made = await admin.mutate<{ service: { id: string } }>('createService', input, 'service { id }');
  service = made.service.id;
  const publication = { serviceId: service, number: '1', runtimeConfiguration: { target: at('one') } };
  const published = await admin.mutate<{ runtimeConfiguration: { id: string } }>(
    'publishServiceVersion',
    { publications: [publication], runtimeGroupIds: [group.id], reason: 'the shop opens' },
    'runtimeConfiguration { id }',
  );
  configuration = published.runtimeConfiguration.id;
});
afterAll(() => plane.stop());

const at = (host: string): Variables => ({ address: { url: `http://${host}.internal` } });

const update = (by: Client, input: Variables) =>
  by.mutate<{ revision: number }>('updateRuntimeConfiguration', { id: configuration, ...input });

const facts = '{ hosts target { address { host } } canary { weight } }';

async function history(by: Client = admin, page = ''): Promise<object | undefined> {
  const query = `query ($id: ID!) { node(id: $id) { ... on RuntimeConfiguration { history${page} {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { change actor command reason configRevision before ${facts} after ${facts} } } } } }`;
  const { node } = await by.gql<{ node: { history: object } | null }>(query, { id: configuration });
  return node?.history;
}

const ran = (host: string, more: object = {}): object => ({
  ...{ hosts: [], target: { address: { host: `${host}.internal` } }, canary: null },
  ...more,
});

it('what a service runs with tells every change: by whom, why, what it was, and what came of it', async () => {
  const ada = await plane.seed.token({ role: 'ADMIN', name: unique('ada') });
  const { revision } = await update(ada, { target: at('two'), reason: 'a new datacenter' });
  await update(admin, { hosts: ['pets.example'] });
  // A change to what it is already is none.
  await update(admin, { hosts: ['pets.example'] });
  const told = await history();
  expect(told).toMatchObject({
    totalCount: 3,
    nodes: [
      {
        ...{ change: 'updated', actor: 'first administrator', reason: null },
        ...{ before: ran('two'), after: ran('two', { hosts: ['pets.example'] }) },
      },
      {
        ...{
          change: 'updated',
          command: 'services.update-runtime-configuration',
          reason: 'a new datacenter',
        },
        ...{ configRevision: revision, before: ran('one'), after: ran('two') },
      },
      {
        ...{ change: 'created', command: 'services.publish', reason: 'the shop opens', configRevision: 1 },
        ...{ before: null, after: ran('one') },
      },
    ],
  });
});

it('a canary is part of it, and is gone when it ends', async () => {
  const query = 'query ($id: ID!) { service(id: $id) { versions { nodes { id } } } }';
  const seen = await admin.gql<{ service: { versions: { nodes: { id: string }[] } } }>(query, {
    id: service,
  });
  const serviceVersionId = seen.service.versions.nodes[0]?.id;
  await admin.mutate('startCanary', { serviceVersionId, target: at('next'), weight: 10 });
  await admin.mutate('promoteCanary', { serviceVersionId });
  expect(await history(admin, '(first: 2)')).toMatchObject({
    pageInfo: { hasNextPage: true },
    nodes: [
      { change: 'canary_promoted', before: ran('one', { canary: { weight: 10 } }), after: ran('next') },
      { change: 'canary_started', before: ran('one'), after: ran('one', { canary: { weight: 10 } }) },
    ],
  });
});

it('is read in pages, and by nobody who may not see the group', async () => {
  await update(admin, { target: at('two') });
  const first = (await history(admin, '(first: 1)')) as { pageInfo: { endCursor: string } };
  expect(first).toMatchObject({ totalCount: 2, nodes: [{ change: 'updated' }] });
  const rest = await history(admin, `(first: 5, after: "${first.pageInfo.endCursor}")`);
  expect(rest).toMatchObject({ nodes: [{ change: 'created' }], pageInfo: { hasNextPage: false } });
  expect(await history(await plane.seed.viewer(group))).toMatchObject({ totalCount: 2 });
  const { group: other } = await plane.seed.group();
  expect(await history(await plane.seed.viewer(other))).toBeUndefined();
});
