import { expectRefused, type Client, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { unique, type Entity, type Group } from '../kit/seed.js';

let plane: TestControlPlane;
let admin: Client;
let group: Group;
let service: Entity;
let route: Entity;
let consumer: Entity;
beforeAll(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
});
afterAll(() => plane.stop());
beforeEach(async () => {
  ({ group } = await plane.seed.group());
  service = await plane.seed.service(group);
  route = await plane.seed.route(group, { serviceId: service.id });
  consumer = await newConsumer();
});

async function newConsumer(): Promise<Entity> {
  const input = { runtimeGroupId: group.id, username: unique('ada') };
  return (await admin.mutate<{ consumer: Entity }>('createConsumer', input, 'consumer { id }')).consumer;
}

async function newPlugin(input: Variables): Promise<string> {
  const asked = { runtimeGroupId: group.id, ...input };
  return (await admin.mutate<{ plugin: Entity }>('createPlugin', asked, 'plugin { id }')).plugin.id;
}

interface Effective {
  readonly running: readonly { plugin: { id: string; name: string }; position: number; scope: string[] }[];
  readonly passedOver: readonly { plugin: Entity; because: string; inFavourOf: Entity | null }[];
}

const query = `query ($routeId: ID!, $consumerId: ID) {
  effectivePlugins(routeId: $routeId, consumerId: $consumerId) {
    running { plugin { id name } position scope } passedOver { plugin { id } because inFavourOf { id } }
  }
}`;

async function effective(variables: Variables, client = admin): Promise<Effective> {
  const given = { routeId: route.id, ...variables };
  return (await client.gql<{ effectivePlugins: Effective }>(query, given)).effectivePlugins;
}

const limit = (minute: number): Variables => ({ name: 'rate-limiting', config: { minute } });

it('tells which plugins run, in their order, and why the others do not', async () => {
  const other = await newConsumer();
  const everywhere = await newPlugin(limit(1));
  const ofRoute = await newPlugin({ ...limit(2), routeId: route.id });
  const ofConsumer = await newPlugin({ ...limit(3), consumerId: consumer.id });
  const ofOther = await newPlugin({ ...limit(4), consumerId: other.id, serviceId: service.id });
  const off = await newPlugin({ name: 'correlation-id', enabled: false });
  const streams = await newPlugin({ name: 'prometheus', protocols: ['TCP'] });
  const auth = await newPlugin({ name: 'key-auth', serviceId: service.id });
  await newPlugin({ ...limit(5), routeId: (await plane.seed.route(group)).id });

  const { running, passedOver } = await effective({ consumerId: consumer.id });
  expect(running).toEqual([
    { plugin: { id: auth, name: 'key-auth' }, position: 1, scope: ['SERVICE'] },
    { plugin: { id: ofConsumer, name: 'rate-limiting' }, position: 2, scope: ['CONSUMER'] },
  ]);
  const reasons = Object.fromEntries(
    passedOver.map(({ plugin, because, inFavourOf }) => [plugin.id, [because, inFavourOf?.id ?? null]]),
  );
  expect(reasons).toEqual({
    [everywhere]: ['LESS_SPECIFIC', ofConsumer],
    [ofRoute]: ['LESS_SPECIFIC', ofConsumer],
    [ofOther]: ['OTHER_CONSUMER', null],
    [off]: ['DISABLED', null],
    [streams]: ['PROTOCOLS', null],
  });
  expect((await effective({})).running.map(({ plugin }) => plugin.id)).toEqual([auth, ofRoute]);
});

it('takes two statements', async () => {
  await newPlugin({ ...limit(1), routeId: route.id });
  await newPlugin(limit(1));
  const taken: number[] = [];
  for (let asked = 0; asked < 5; asked += 1) {
    await plane.settled();
    const before = plane.statementCount();
    await effective({ consumerId: consumer.id });
    taken.push(plane.statementCount() - before);
  }
  // The control plane has work of its own, now and then.
  expect(Math.min(...taken)).toBeLessThanOrEqual(2);
});

it('refuses what is not there, for everybody who may not see it', async () => {
  const { group: elsewhere } = await plane.seed.group();
  const viewer = await plane.seed.viewer(elsewhere);
  await expectRefused(viewer.send(query, { routeId: route.id }), 'ENTITY_NOT_FOUND');
  await expectRefused(admin.send(query, { routeId: service.id }), 'ENTITY_NOT_FOUND');
  await expectRefused(admin.send(query, { routeId: 'nope' }), 'ENTITY_NOT_FOUND');
  const stranger = { routeId: (await plane.seed.route(elsewhere)).id, consumerId: consumer.id };
  await expectRefused(admin.send(query, stranger), 'ENTITY_NOT_FOUND');
  expect((await effective({}, await plane.seed.viewer(group))).running).toEqual([]);
});

describe('settings over GraphQL', () => {
  const refused = async (input: Variables, code: string, path: string[]): Promise<void> => {
    const attempt = admin.attempt('createPlugin', { runtimeGroupId: group.id, ...input });
    expect(await expectRefused(attempt, code)).toMatchObject({ path });
  };

  it('are wrong at a place of the input', async () => {
    await refused({ name: 'rate-limiting', config: { minute: 'five' } }, 'FIELD_INVALID', [
      'config',
      'minute',
    ]);
    const redis = { name: 'rate-limiting', config: { minute: 1, limit_by: 'header' } };
    await refused(redis, 'FIELD_REQUIRED', ['config', 'header_name']);
    await refused({ name: 'rate-limit' }, 'PLUGIN_UNKNOWN', ['name']);
    await refused({ name: 'jwt', consumerId: consumer.id }, 'PLUGIN_NOT_FOR_SCOPE', ['consumerId']);
  });

  it('are changed one by one', async () => {
    const id = await newPlugin({ name: 'rate-limiting', config: { minute: 5, hour: 50 } });
    const selection = 'plugin { config }';
    const { plugin } = await admin.mutate<{ plugin: { config: object } }>(
      ...(['updatePlugin', { id, config: { minute: null, day: 500 } }, selection] as const),
    );
    expect(plugin.config).toMatchObject({ hour: 50, day: 500, policy: 'local' });
    expect(plugin.config).not.toHaveProperty('minute');
  });
});

it('takes the groups of the consumer into account, the one whose name comes first before the others', async () => {
  const newGroup = async (name: string): Promise<string> => {
    const input = { runtimeGroupId: group.id, name };
    const made = await admin.mutate<{ consumerGroup: Entity }>(
      ...(['createConsumerGroup', input, 'consumerGroup { id }'] as const),
    );
    return made.consumerGroup.id;
  };
  const [silver, gold, other] = [await newGroup('silver'), await newGroup('gold'), await newGroup('bronze')];
  await admin.mutate('updateConsumer', { id: consumer.id, groupIds: [silver, gold] });
  const everywhere = await newPlugin({ ...limit(1), serviceId: service.id });
  const ofSilver = await newPlugin({ ...limit(2), consumerGroupId: silver });
  const ofGold = await newPlugin({ ...limit(3), consumerGroupId: gold });
  await newPlugin({ ...limit(4), consumerGroupId: other });
  const ofOther = await newPlugin({ ...limit(5), consumerGroupId: other, routeId: route.id });

  const { running, passedOver } = await effective({ consumerId: consumer.id });
  expect(running).toMatchObject([{ plugin: { id: ofGold }, scope: ['CONSUMER_GROUP'] }]);
  expect(new Map(passedOver.map(({ plugin, because }) => [plugin.id, because]))).toEqual(
    new Map([
      [everywhere, 'LESS_SPECIFIC'],
      [ofSilver, 'LESS_SPECIFIC'],
      [ofOther, 'OTHER_CONSUMER_GROUP'],
    ]),
  );
  expect((await effective({})).running).toMatchObject([{ plugin: { id: everywhere } }]);
});
