import { effectivePlugins, type PluginEntity, type PluginsOfRequests } from './effective-plugins.js';

const route = { id: 'r', protocols: ['http', 'https'] };
const consumerGroups = [
  { id: 'g', name: 'silver' },
  { id: 'h', name: 'gold' },
];

/** Scopes, as one letter for each thing that a plugin is limited to. */
const letters = { c: { consumer: 'c' }, g: { consumer_group: 'g' }, r: { route: 'r' }, s: { service: 's' } };

function scoped(scope: string, more: object = {}): PluginEntity {
  const limits = [...scope].map((letter) => letters[letter as keyof typeof letters]);
  const document = Object.assign(
    { name: 'rate-limiting', protocols: ['http'], enabled: true },
    ...limits,
    more,
  );
  return { id: scope, document };
}

function effective(
  plugins: readonly PluginEntity[],
  more: Partial<PluginsOfRequests<PluginEntity>> = {},
): { running: string[]; passedOver: string[] } {
  const requests = { plugins, route, service: 's', consumer: 'c', consumerGroups, ...more };
  const { running, passedOver } = effectivePlugins(requests);
  return {
    running: running.map(({ plugin }) => plugin.id),
    passedOver: passedOver.map(({ plugin, because, inFavourOf }) =>
      [plugin.id, because, ...(inFavourOf ? [inFavourOf.id] : [])].join(' '),
    ),
  };
}

const twelve = ['crs', 'grs', 'cr', 'cs', 'gr', 'gs', 'rs', 'c', 'g', 'r', 's', ''];

describe('of plugins of one name', () => {
  it.each(twelve.map((scope, index) => [scope, twelve.slice(index)] as const))(
    'the one for “%s” runs rather than any of %j',
    (scope, others) => {
      const plugins = [...others].reverse().map((each) => scoped(each));
      const { running, passedOver } = effective(plugins);
      expect(running).toEqual([scope]);
      expect(passedOver).toHaveLength(others.length - 1);
      for (const each of passedOver) expect(each).toMatch(new RegExp(` less_specific ${scope}$`));
    },
  );

  it.each([
    ['crs', ['cr', 'cs', 'rs', 'c', 'r', 's', '']],
    ['cr', ['cs', 'rs', 'c', 'r', 's', '']],
    ['cs', ['rs', 'c', 'r', 's', '']],
    ['rs', ['c', 'r', 's', '']],
    ['c', ['r', 's', '']],
    ['r', ['s', '']],
    ['s', ['']],
  ])('without consumer groups, “%s” comes before %j', (scope, others) => {
    const plugins = [...others.map((each) => scoped(each)), scoped(scope)];
    expect(effective(plugins, { consumerGroups: [] }).running).toEqual([scope]);
  });

  it('the one for the group whose name comes first runs', () => {
    const gold = { ...scoped('', { consumer_group: 'h' }), id: 'gold' };
    expect(effective([scoped('g'), gold])).toEqual({
      running: ['gold'],
      passedOver: ['g less_specific gold'],
    });
  });

  it('a less specific one runs while the others are off', () => {
    expect(effective([scoped('cr', { enabled: false }), scoped('s')])).toEqual({
      running: ['s'],
      passedOver: ['cr disabled'],
    });
  });
});

it.each<[string, PluginEntity, Partial<PluginsOfRequests<PluginEntity>>, string]>([
  ['of another route', scoped('', { route: 'x' }), {}, 'other_route'],
  ['of another service', scoped('', { service: 'x' }), {}, 'other_service'],
  ['of a service where there is none', scoped('s'), { service: undefined }, 'other_service'],
  ['of another consumer', scoped('r', { consumer: 'x' }), {}, 'other_consumer'],
  ['of a consumer where nobody is known', scoped('c'), { consumer: undefined }, 'other_consumer'],
  ['of a group that the consumer is not in', scoped('g'), { consumerGroups: [] }, 'other_consumer_group'],
  ['that is off', scoped('', { enabled: false }), {}, 'disabled'],
  ['for streams', scoped('', { protocols: ['tcp', 'tls'] }), {}, 'protocols'],
])('a plugin %s does not run', (_, plugin, more, because) => {
  expect(effective([plugin], more)).toEqual({ running: [], passedOver: [`${plugin.id} ${because}`] });
});

it('a plugin for streams runs on a route for streams', () => {
  const stream = { id: 'r', protocols: ['tls'] };
  expect(effective([scoped('', { protocols: ['tcp'] })], { route: stream }).running).toEqual(['']);
});

it('a gateway does not tell protocols of requests apart', () => {
  expect(effective([scoped('', { protocols: ['grpc'] })]).running).toEqual(['']);
});

it('plugins run by their priorities, whatever they are limited to', () => {
  const names = ['post-function', 'rate-limiting', 'key-auth', 'prometheus', 'pre-function', 'cors', 'acl'];
  const plugins = names.map((name, index) => ({
    ...scoped(index % 2 === 0 ? 'r' : '', { name }),
    id: name,
  }));
  const { running } = effectivePlugins({ plugins, route });
  const order = ['pre-function', 'cors', 'key-auth', 'acl', 'rate-limiting', 'prometheus', 'post-function'];
  expect(running.map(({ plugin }) => plugin.id)).toEqual(order);
  expect(running.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(running[1]?.scope).toEqual([]);
  expect(running[2]?.scope).toEqual(['route']);
});

it('a plugin without a schema has the priority that gateways give to one that says none', () => {
  const plugins = ['post-function', 'mine', 'request-termination'].map((name) => ({
    ...scoped('', { name }),
    id: name,
  }));
  expect(effective(plugins).running).toEqual(['request-termination', 'mine', 'post-function']);
});
