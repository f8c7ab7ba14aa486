import { newId } from '../../src/foundation/kernel/id.js';
import { expectRefused, problemsOf, type Client, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { unique, type Group } from '../kit/seed.js';
import { readState } from './services-model/observe.js';

let plane: TestControlPlane;
let admin: Client;
let here: Group;
let elsewhere: Group;
/** Its version 1 is history here, and 2 is live; 3 is live elsewhere. */
let pets: string;
/** Two live versions, side by side. */
let carts: string;
const ids: Record<'history' | 'live' | 'elsewhere' | 'first' | 'second', string> = {
  ...{ history: '', live: '', elsewhere: '', first: '', second: '' },
};

const runtimeConfiguration = { target: { address: { url: 'http://api.internal' } } };
const at = (path: string): Variables => ({ routes: [{ name: 'main', paths: [path] }] });

beforeAll(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
  ({ group: here } = await plane.seed.group());
  ({ group: elsewhere } = await plane.seed.group());
  pets = await aService({ template: at('/pets') });
  ids.history = await made('publishServiceVersion', publication(pets, '1'));
  await admin.mutate('updateServiceTemplate', { serviceId: pets, implementation: at('/animals') });
  ids.live = await made('publishServiceVersion', publication(pets, '2'));
  ids.elsewhere = await made('publishServiceVersion', publication(pets, '3', elsewhere));
  carts = await aService({ releasePolicy: 'SIDE_BY_SIDE' });
  [ids.first, ids.second] = [await aVersion('1'), await aVersion('2')];
});
afterAll(() => plane.stop());

async function aService(input: Variables): Promise<string> {
  const given = { name: unique('service'), releasePolicy: 'ONE_LIVE', ...input };
  const asked = 'service { id }';
  return (await admin.mutate<{ service: { id: string } }>('createService', given, asked)).service.id;
}

function aVersion(number: string): Promise<string> {
  const place = { serviceId: carts, runtimeGroupId: here.id, number, runtimeConfiguration };
  return made('createServiceVersion', { ...place, implementation: at(`/carts/${number}`) });
}

async function made(mutation: string, input: Variables): Promise<string> {
  const answer = await admin.mutate<{ serviceVersion: { id: string } }>(
    ...([mutation, input, 'serviceVersion { id }'] as const),
  );
  return answer.serviceVersion.id;
}

function publication(serviceId: string, number: string, { id } = here): Variables {
  return { publications: [{ serviceId, number, runtimeConfiguration }], runtimeGroupIds: [id] };
}

function running(target: Variables): Variables {
  const publications = [{ serviceId: pets, number: '4', runtimeConfiguration: { target } }];
  return { publications, runtimeGroupIds: [here.id] };
}

type Bad = readonly [
  about: string,
  code: string,
  mutation: string,
  input: () => Variables | Promise<Variables>,
];

const cases: readonly Bad[] = [
  [
    'publishing a number that stands for other content',
    ...(['VERSION_NUMBER_TAKEN', 'publishServiceVersion'] as const),
    () => publication(pets, '1', elsewhere),
  ],
  [
    'publishing an empty template',
    ...(['TEMPLATE_EMPTY', 'publishServiceVersion'] as const),
    async () => publication(await aService({}), '1'),
  ],
  [
    'publishing a path that another service has in the group',
    ...(['ROUTES_OVERLAP', 'publishServiceVersion'] as const),
    async () => publication(await aService({ template: at('/animals') }), '1'),
  ],
  [
    'making a version with such a path',
    ...(['ROUTES_OVERLAP', 'createServiceVersion'] as const),
    () => ({
      ...{ serviceId: carts, runtimeGroupId: here.id, number: '3', runtimeConfiguration },
      implementation: at('/animals'),
    }),
  ],
  [
    'giving a live version such a path',
    ...(['ROUTES_OVERLAP', 'updateServiceVersion'] as const),
    () => ({ id: ids.first, implementation: at('/animals') }),
  ],
  [
    'rolling back to a version that was never live there',
    ...(['NEVER_LIVE', 'rollbackService'] as const),
    () => ({ serviceId: pets, runtimeGroupId: here.id, number: '3' }),
  ],
  [
    'rolling back to a version that there is not',
    ...(['SERVICE_VERSION_NOT_FOUND', 'rollbackService'] as const),
    () => ({ serviceId: pets, runtimeGroupId: here.id, number: '9' }),
  ],
  [
    'deleting a version that is live',
    ...(['SERVICE_VERSION_LIVE', 'deleteServiceVersion'] as const),
    () => ({ id: ids.live }),
  ],
  [
    'editing history',
    ...(['SERVICE_VERSION_HISTORY', 'updateServiceVersion'] as const),
    () => ({ id: ids.history, notes: 'It was good.' }),
  ],
  [
    'editing a sealed version',
    ...(['SERVICE_VERSION_SEALED', 'updateServiceVersion'] as const),
    () => ({ id: ids.live, implementation: at('/other') }),
  ],
  [
    'a successor of another service',
    ...(['SUCCESSOR_INVALID', 'deprecateServiceVersion'] as const),
    () => ({ id: ids.first, successorId: ids.live }),
  ],
  [
    'a version as its own successor',
    ...(['SUCCESSOR_INVALID', 'deprecateServiceVersion'] as const),
    () => ({ id: ids.first, successorId: ids.first }),
  ],
  [
    'a successor that is history',
    ...(['SUCCESSOR_INVALID', 'deprecateServiceVersion'] as const),
    () => ({ id: ids.live, successorId: ids.history }),
  ],
  [
    'weights that sum to zero',
    ...(['WEIGHTS_ZERO', 'publishServiceVersion'] as const),
    () => running({ nodes: ['a:80', 'b:80'].map((target) => ({ target, weight: 0 })) }),
  ],
  [
    'discovery by a registry that there is not',
    ...(['SERVICE_REGISTRY_NOT_FOUND', 'publishServiceVersion'] as const),
    () => running({ registry: { registryId: newId(), service: 'pets' } }),
  ],
  ...templates(),
  ...targets(),
  ...names(),
  [
    'publishing into a group that there is not',
    ...(['RUNTIME_GROUP_NOT_FOUND', 'publishServiceVersion'] as const),
    () => publication(pets, '2', { id: newId(), name: 'nowhere' }),
  ],
];

function templates(): Bad[] {
  const [route] = (at('/a') as { routes: Variables[] }).routes;
  const cors = { name: 'cors', config: {} };
  const wrong: readonly [about: string, code: string, implementation: Variables][] = [
    ['two routes of one name', 'ROUTE_NAME_REPEATED', { routes: [route, { ...route, paths: ['/b'] }] }],
    ['a route without a name', 'ROUTE_UNNAMED', { routes: [{ paths: ['/a'] }] }],
    [
      'a plugin that stands twice in one place',
      'PLUGIN_REPEATED',
      { routes: [route], plugins: [cors, cors] },
    ],
  ];
  return wrong.map(([about, code, implementation]) => [
    ...([about, code, 'updateServiceTemplate'] as const),
    () => ({ serviceId: pets, implementation }),
  ]);
}

function targets(): Bad[] {
  const nodes = (...names: string[]): Variables[] => names.map((target) => ({ target, weight: 1 }));
  return [
    [
      'a node twice',
      'NODE_REPEATED',
      'publishServiceVersion',
      () => running({ nodes: nodes('a:80', 'a:80') }),
    ],
    ['no node', 'TARGET_NEEDED', 'publishServiceVersion', () => running({ nodes: [] })],
    [
      'a path prefix that is none',
      ...(['PATH_PREFIX_INVALID', 'publishServiceVersion'] as const),
      () => {
        const publications = [
          {
            serviceId: pets,
            number: '4',
            runtimeConfiguration: { ...runtimeConfiguration, pathPrefix: '~/a.*' },
          },
        ];
        return { publications, runtimeGroupIds: [here.id] };
      },
    ],
    [
      'a runtime configuration that there is not',
      ...(['RUNTIME_CONFIGURATION_NOT_FOUND', 'updateRuntimeConfiguration'] as const),
      () => ({ id: newId(), pathPrefix: '/shop' }),
    ],
  ];
}

function names(): Bad[] {
  const asTemplate = { releasePolicy: 'ONE_LIVE' };
  return [
    [
      'a name that gateways do not take',
      ...(['SERVICE_NAME_INVALID', 'createService'] as const),
      () => ({ ...asTemplate, name: 'pets and more' }),
    ],
    [
      'a name that another service has',
      ...(['SERVICE_NAME_TAKEN', 'createService'] as const),
      async () => {
        const name = unique('taken');
        await aService({ name });
        return { ...asTemplate, name };
      },
    ],
    [
      'a description that is too long',
      ...(['TEXT_INVALID', 'createService'] as const),
      () => ({ ...asTemplate, name: unique('service'), description: 'a'.repeat(10_000) }),
    ],
    ['deleting a service with live versions', 'SERVICE_IN_USE', 'deleteService', () => ({ id: pets })],
    ['deleting a service that there is not', 'SERVICE_NOT_FOUND', 'deleteService', () => ({ id: newId() })],
    [
      'a service twice in one publication',
      ...(['SERVICE_REPEATED', 'publishServiceVersion'] as const),
      () => {
        const one = { serviceId: pets, number: '2', runtimeConfiguration };
        return { publications: [one, one], runtimeGroupIds: [here.id] };
      },
    ],
    [
      'a number that is no name of a file',
      ...(['VERSION_NUMBER_INVALID', 'publishServiceVersion'] as const),
      () => publication(pets, '../2'),
    ],
    [
      'making a version of a number that the group has',
      ...(['SERVICE_VERSION_TAKEN', 'createServiceVersion'] as const),
      () => ({
        ...{ serviceId: carts, runtimeGroupId: here.id, number: '1', runtimeConfiguration },
        implementation: at('/new'),
      }),
    ],
    [
      'a version that ceases before it is deprecated',
      ...(['DEPRECATION_INVALID', 'deprecateServiceVersion'] as const),
      () => ({ id: ids.first, date: '2030-01-02T00:00:00Z', sunset: '2030-01-01T00:00:00Z' }),
    ],
  ];
}

it('a service is asked for by its id or by its name', async () => {
  const answer = await admin.send('query ($id: ID!) { service(id: $id, name: "pets") { id } }', { id: pets });
  expect(JSON.stringify(answer)).toContain('ONE_SERVICE_KEY_NEEDED');
});

/** Asks, and makes sure that no row of any table is different afterwards. */
async function refused(client: Client, code: string, mutation: string, input: Variables): Promise<void> {
  const { text } = await readState(plane.sql, 0);
  const { message } = await expectRefused(client.attempt(mutation, input), code);
  expect(message).toMatch(/^.{20,}[.]$/s);
  expect((await readState(plane.sql, 0)).text).toBe(text);
}

it.each(cases)('%s is refused with %s, and changes nothing', async (_about, code, mutation, input) => {
  await refused(admin, code, mutation, await input());
});

it('discovery without a registry is refused, and changes nothing', async () => {
  const { text } = await readState(plane.sql, 0);
  const input = running({ registry: { service: 'pets' } });
  const [problem] = problemsOf(await admin.attempt('publishServiceVersion', input));
  expect(problem?.message).toContain('registryId');
  expect((await readState(plane.sql, 0)).text).toBe(text);
});

it('deprecating an unpublished version is refused, and changes nothing', async () => {
  await admin.mutate('unpublishServiceVersion', { id: ids.second });
  await refused(admin, 'TRANSITION_REFUSED', 'deprecateServiceVersion', { id: ids.second });
});

describe('publishing into a group that one may not deploy to', () => {
  it('is refused for a token of another group, as if the group were not there', async () => {
    const client = await plane.seed.token({ role: 'ADMIN', runtimeGroupId: elsewhere.id });
    await refused(client, 'RUNTIME_GROUP_NOT_FOUND', 'publishServiceVersion', publication(pets, '2'));
    const both = { ...publication(pets, '2'), runtimeGroupIds: [elsewhere.id, here.id] };
    await refused(client, 'RUNTIME_GROUP_NOT_FOUND', 'publishServiceVersion', both);
  });

  it('is refused for a token that may only read', async () => {
    const { message, ...rest } = await denied(await plane.seed.viewer());
    expect(rest).toEqual({ code: 'ACTION_DENIED' });
    expect(message).toContain('service:deploy');
    expect(await denied(await plane.seed.viewer(here))).toMatchObject({ code: 'ACTION_DENIED' });
  });

  async function denied(client: Client): Promise<{ code: string; message: string }> {
    const { text } = await readState(plane.sql, 0);
    const [problem] = problemsOf(await client.attempt('publishServiceVersion', publication(pets, '2')));
    expect((await readState(plane.sql, 0)).text).toBe(text);
    return { code: problem?.code ?? '', message: problem?.message ?? '' };
  }
});
