import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runAgent } from '../../src/clients/agent/agent.js';
import { fileDriver } from '../../src/clients/agent/drivers/file.js';
import type { Client, Variables } from '../kit/client.js';
import { adminToken, startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { unique, type Group } from '../kit/seed.js';

/** A runtime group with a gateway in it, whose agent keeps its file. */
interface Environment {
  readonly id: string;
  /** The gateway's file, in short. */
  file(): Promise<GatewayFile>;
  stop(): Promise<void>;
}

/** What a gateway would do: the lines say where each route is and which host it leads to. */
interface GatewayFile {
  readonly routes: readonly string[];
  readonly plugins: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** What consumers are let in by. */
  readonly keys: readonly string[];
}

let plane: TestControlPlane;
let admin: Client;
let folder: string;
let development: Environment;
let staging: Environment;
let production: Environment;

beforeAll(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
  folder = await mkdtemp(join(tmpdir(), 'signalbox-stories-'));
});
beforeEach(async () => {
  [development, staging, production] = [await anEnvironment(), await anEnvironment(), await anEnvironment()];
});
afterEach(() => Promise.all([development, staging, production].map((each) => each.stop())));
afterAll(async () => {
  await plane.stop();
  await rm(folder, { recursive: true, force: true });
});

async function anEnvironment(): Promise<Environment> {
  const { group } = await plane.seed.group();
  const out = join(folder, `${group.name}.yml`);
  const leave = new AbortController();
  const running = runAgent({
    ...{ endpoint: `${plane.origin}/graphql`, group: group.name, out, driver: fileDriver },
    ...{ hostname: group.name, stateDirectory: `${out}.state`, signal: leave.signal },
    edition: 'ENTERPRISE',
    operatorToken: () => Promise.resolve(adminToken),
    journal: { say: () => undefined, warn: () => undefined },
  });
  return {
    id: group.id,
    file: async () => inShort(parse(await readFile(out, 'utf8')) as Declarative),
    stop: async () => {
      leave.abort();
      await running;
    },
  };
}

type Entry = Readonly<Record<string, unknown>> & { readonly id: string; readonly name: string };

interface Declarative {
  readonly services?: readonly (Entry & { readonly host: string })[];
  readonly routes?: readonly (Entry & { readonly paths: readonly string[]; readonly service: unknown })[];
  readonly plugins?: readonly (Entry & { readonly config: Readonly<Record<string, unknown>> })[];
  readonly keyauth_credentials?: readonly { readonly key: string }[];
}

function inShort({ services = [], routes = [], plugins = [], ...file }: Declarative): GatewayFile {
  const hosts = new Map(services.map(({ id, host }) => [id, host]));
  const hostOf = (service: unknown): string =>
    hosts.get(typeof service === 'string' ? service : (service as Entry).id) ?? '';
  return {
    routes: routes.map(({ paths, service }) => `${paths.join()} to ${hostOf(service)}`).sort(),
    plugins: Object.fromEntries(plugins.map(({ name, config }) => [name, config])),
    keys: (file.keyauth_credentials ?? []).map(({ key }) => key),
  };
}

/** Waits until the gateway of an environment has these routes, and its agent has said so. */
async function runs(environment: Environment, ...routes: readonly string[]): Promise<GatewayFile> {
  return eventually(async () => {
    const query = `query ($id: ID!) { runtimeGroup(id: $id) {
      revision instances { nodes { syncStatus appliedRevision } } } }`;
    const { runtimeGroup } = await admin.gql<{
      runtimeGroup: { revision: number; instances: { nodes: readonly object[] } };
    }>(query, { id: environment.id });
    const { revision, instances } = runtimeGroup;
    expect(instances.nodes).toEqual([{ syncStatus: 'IN_SYNC', appliedRevision: revision }]);
    const file = await environment.file();
    expect(file.routes).toEqual(routes);
    return file;
  }, 20_000);
}

const at = (host: string): Variables => ({ target: { address: { url: `http://${host}` } } });
const doing = (...paths: readonly string[]): Variables => ({ routes: [{ name: 'main', paths }] });

interface Written {
  readonly serviceVersion: { readonly id: string };
  readonly runtimeConfigurationRestored: boolean | null;
}

/** Does it; answers the id of the version that it is about. */
async function act(mutation: string, input: Variables): Promise<string> {
  return (await admin.mutate<Written>(mutation, input, 'serviceVersion { id }')).serviceVersion.id;
}

async function aService(releasePolicy: string, template?: Variables): Promise<string> {
  const input = { name: unique('shop'), releasePolicy, template };
  return (await admin.mutate<{ service: { id: string } }>('createService', input, 'service { id }')).service
    .id;
}

function publish(serviceId: string, number: string, to: Pick<Group, 'id'>, host?: string): Promise<string> {
  const publication = { serviceId, number, ...(host ? { runtimeConfiguration: at(host) } : {}) };
  return act('publishServiceVersion', { publications: [publication], runtimeGroupIds: [to.id] });
}

it('version 1 serves production while version 2 goes from development by staging to it', async () => {
  const service = await aService('ONE_LIVE', doing('/one'));
  await publish(service, '1', production, 'production.internal');
  await runs(production, '/one to production.internal');
  await admin.mutate('updateServiceTemplate', { serviceId: service, implementation: doing('/two') });
  const second = await publish(service, '2', development, 'development.internal');
  await runs(development, '/two to development.internal');
  await runs(production, '/one to production.internal');
  const there = await act('promoteServiceVersion', {
    ...{ serviceVersionId: second, runtimeGroupIds: [staging.id] },
    runtimeConfiguration: at('staging.internal'),
  });
  await runs(staging, '/two to staging.internal');
  await runs(production, '/one to production.internal');
  await act('promoteServiceVersion', { serviceVersionId: there, runtimeGroupIds: [production.id] });
  await runs(production, '/two to production.internal');
});

it('a canary takes 10, 50, and 100 percent, and then the place of what was there', async () => {
  const service = await aService('ONE_LIVE', doing('/shop'));
  const serviceVersionId = await publish(service, '1', production, 'old.internal');
  await act('startCanary', { serviceVersionId, ...at('new.internal'), weight: 10 });
  await goesToCanary('math.random() * 100 >= 10');
  await act('shiftCanary', { serviceVersionId, weight: 50 });
  await goesToCanary('math.random() * 100 >= 50');
  await act('shiftCanary', { serviceVersionId, weight: 100 });
  await goesToCanary('kong.service.set_upstream');
  await act('promoteCanary', { serviceVersionId });
  expect((await runs(production, '/shop to new.internal')).plugins).toEqual({});
});

/** Waits until the gateway of production decides by this which requests the canary gets. */
async function goesToCanary(code: string): Promise<void> {
  await eventually(async () => {
    const { plugins } = await runs(production, '/shop to old.internal');
    expect(String(plugins['pre-function']?.['access'])).toContain(code);
  });
}

it('an emergency rollback brings the version before back, with the address that is in use now', async () => {
  const service = await aService('ONE_LIVE', doing('/good'));
  await publish(service, '1', production, 'first.internal');
  await admin.mutate('updateServiceTemplate', { serviceId: service, implementation: doing('/broken') });
  await publish(service, '2', production, 'second.internal');
  await runs(production, '/broken to second.internal');
  const back = { serviceId: service, runtimeGroupId: production.id, number: '1' };
  const { runtimeConfigurationRestored } = await admin.mutate<Written>(
    ...(['rollbackService', back, 'runtimeConfigurationRestored'] as const),
  );
  expect(runtimeConfigurationRestored).toBe(false);
  await runs(production, '/good to second.internal');
});

describe('versions side by side', () => {
  let first: string;
  let second: string;
  beforeEach(async () => {
    const serviceId = await aService('SIDE_BY_SIDE');
    const version = (number: string): Promise<string> =>
      act('createServiceVersion', {
        ...{ serviceId, number, runtimeGroupId: production.id, implementation: doing(`/v${number}`) },
        runtimeConfiguration: at('shop.internal'),
      });
    [first, second] = [await version('1'), await version('2')];
    await runs(production, '/v1 to shop.internal', '/v2 to shop.internal');
  });

  it('one is deprecated, names the other, and says so in every response', async () => {
    const dates = { date: '2026-12-01T00:00:00Z', sunset: '2027-06-01T00:00:00Z' };
    await act('deprecateServiceVersion', { id: first, successorId: second, ...dates });
    const headers = ['Deprecation:@1796083200', 'Sunset:Tue, 01 Jun 2027 00:00:00 GMT'];
    await eventually(async () => {
      const { plugins } = await runs(production, '/v1 to shop.internal', '/v2 to shop.internal');
      expect(plugins['response-transformer']).toMatchObject({ add: { headers } });
    });
    const query = 'query ($id: ID!) { serviceVersion(id: $id) { deprecation { successor { number } } } }';
    expect(await admin.gql(query, { id: first })).toEqual({
      serviceVersion: { deprecation: { successor: { number: '2' } } },
    });
  });

  it('one is unpublished, and those who use it still reach it', async () => {
    const { revision } = await admin.mutate('unpublishServiceVersion', { id: first });
    await runs(production, '/v1 to shop.internal', '/v2 to shop.internal');
    const asked = `query ($id: ID!, $group: ID!) {
      serviceVersion(id: $id) { state stage } runtimeGroup(id: $group) { revision } }`;
    expect(await admin.gql(asked, { id: first, group: production.id })).toEqual({
      serviceVersion: { state: 'UNPUBLISHED', stage: 'LIVE' },
      runtimeGroup: { revision },
    });
  });

  it('one is unpublished and published again, and the same key of a consumer works all the time', async () => {
    const runtimeGroupId = production.id;
    const { consumer } = await admin.mutate<{ consumer: { id: string } }>(
      ...(['createConsumer', { runtimeGroupId, username: 'ann' }, 'consumer { id }'] as const),
    );
    const key = unique('key');
    await admin.mutate('createKeyAuthCredential', { runtimeGroupId, consumerId: consumer.id, key });
    await admin.mutate('createPlugin', { runtimeGroupId, name: 'key-auth', config: {} });
    const letsIn = async (): Promise<void> => {
      const { keys, plugins } = await runs(production, '/v1 to shop.internal', '/v2 to shop.internal');
      expect({ keys, guards: Object.keys(plugins) }).toEqual({ keys: [key], guards: ['key-auth'] });
    };
    await letsIn();
    await admin.mutate('unpublishServiceVersion', { id: first });
    await letsIn();
    await admin.mutate('republishServiceVersion', { id: first });
    await letsIn();
    const asked = 'query ($id: ID!) { serviceVersion(id: $id) { state stage } }';
    expect(await admin.gql(asked, { id: first })).toEqual({
      serviceVersion: { state: 'PUBLISHED', stage: 'LIVE' },
    });
  });
});
