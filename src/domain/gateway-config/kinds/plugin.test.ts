import type { JsonObject } from '../../../foundation/kernel/json.js';
import { keysOf, normalise, patch, referencesOf } from '../document.js';
import { plugin } from './plugin.js';

const valid = { name: 'correlation-id' };

function verdict(input: JsonObject): string[][] {
  return normalise(plugin, input).problems.map(({ code, path }) => [code, ...path]);
}

it('fills every default', () => {
  expect(normalise(plugin, valid).document).toEqual({
    name: 'correlation-id',
    config: { header_name: 'Kong-Request-ID', generator: 'uuid#counter', echo_downstream: false },
    protocols: ['grpc', 'grpcs', 'http', 'https'],
    enabled: true,
  });
});

it('demands a name', () => {
  expect(verdict({ instance_name: 'mine' })).toEqual([['FIELD_REQUIRED', 'name']]);
});

it.each<[string, JsonObject]>([
  ['an instance name beyond ASCII', { instance_name: 'prüfer' }],
  ['any scope', { service: 'a', route: { id: 'b' }, consumer: 'c' }],
  ['no scope, said with null', { service: null, route: null, consumer: null }],
  ['settings that its sort has', { config: { generator: 'uuid', header_name: null } }],
  ['stream protocols', { name: 'prometheus', protocols: ['tcp', 'http'] }],
  ['being off', { enabled: false }],
])('accepts %s', (_, input) => {
  expect(verdict({ ...valid, ...input })).toEqual([]);
});

it.each<[string, string[], JsonObject]>([
  ['a name with a space', ['name'], { name: 'correlation id' }],
  ['a name beyond ASCII', ['name'], { name: 'prüfer' }],
  ['stream protocols for what is about requests', ['protocols', '0'], { protocols: ['tcp'] }],
  ['an instance name with a slash', ['instance_name'], { instance_name: 'a/b' }],
  ['settings that are a list', ['config'], { config: [] }],
  ['settings that are text', ['config'], { config: 'a' }],
  ['an unknown protocol', ['protocols', '0'], { protocols: ['ftp'] }],
  ['an empty set of protocols', ['protocols'], { protocols: [] }],
  ['an empty reference', ['consumer'], { consumer: '' }],
  ['enabled as text', ['enabled'], { enabled: 'no' }],
])('refuses %s', (_, path, input) => {
  expect(verdict({ ...valid, ...input })).toEqual([['FIELD_INVALID', ...path]]);
});

it.each(['constructor', '__proto__', 'my-own-plugin'])(
  'leaves the settings of %s to the runtime group',
  (name) => {
    const config = { anything: [null, { at: 'all' }] };
    expect(normalise(plugin, { name, config })).toMatchObject({ document: { name, config }, problems: [] });
    expect(verdict({ name, config: [] })).toEqual([['FIELD_INVALID', 'config']]);
  },
);

it.each([
  ['key-auth', {}, ['consumer']],
  ['acme', { account_email: 'a@b', storage: 'kong' }, ['service', 'route', 'consumer']],
  ['rate-limiting', { minute: 1 }, []],
])('limits %s to what it can be limited to', (name, config, forbidden) => {
  const scoped = { name, config, service: 's', route: 'r', consumer: 'c' };
  const { problems } = normalise(plugin, scoped);
  const expected = forbidden.map((scope) => ['PLUGIN_NOT_FOR_SCOPE', scope]);
  expect(problems.map(({ code, path }) => [code, ...path])).toEqual(expected);
});

describe('a change', () => {
  const settings = { minute: 5, redis: { host: 'a' } };
  const { document } = normalise(plugin, { name: 'rate-limiting', config: settings });
  const changed = (changes: JsonObject): JsonObject => {
    const result = patch(plugin, document, changes);
    expect(result.problems).toEqual([]);
    return result.document;
  };

  it('touches only the settings that it names', () => {
    const config = { hour: 100, redis: { port: 6380 } };
    const expected = { minute: 5, hour: 100, redis: { host: 'a', port: 6380 } };
    expect(changed({ config })['config']).toMatchObject(expected);
  });

  it('takes a setting back to its default with null', () => {
    expect(changed({ config: { minute: null, day: 1 } })['config']).not.toHaveProperty('minute');
  });

  it('may use a former name', () => {
    expect(changed({ config: { redis_port: 1 } })['config']).toMatchObject({ redis: { host: 'a', port: 1 } });
  });

  it('to another sort begins with its defaults', () => {
    const { document: fresh } = normalise(plugin, { name: 'key-auth' });
    expect(changed({ name: 'key-auth' })).toEqual(fresh);
  });
});

it('reads ten thousand plugins in well under a second', () => {
  const sorts: readonly JsonObject[] = [
    { name: 'rate-limiting', config: { minute: 5 } },
    { name: 'key-auth' },
    { name: 'http-log', config: { http_endpoint: 'http://a' } },
    { name: 'opentelemetry', config: { endpoint: 'http://a' } },
    { name: 'request-transformer', config: { add: { headers: ['a:b'] } } },
  ];
  const inputs = Array.from({ length: 10_000 }, (_, index) => sorts[index % sorts.length] as JsonObject);
  const read = (): number => inputs.flatMap((input) => normalise(plugin, input).problems).length;
  expect(read()).toBe(0);
  const before = process.cpuUsage();
  read();
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(400);
});

it('refers to its scopes, and goes with them', () => {
  const { document } = normalise(plugin, { ...valid, service: 's', consumer: { id: 'c' } });
  expect(referencesOf(plugin, document)).toEqual([
    { field: 'service', to: 's' },
    { field: 'consumer', to: 'c' },
  ]);
  for (const field of ['service', 'route', 'consumer', 'consumer_group']) {
    expect(plugin.fields[field]?.type).toMatchObject({ is: 'reference', onDelete: 'cascade' });
  }
});

describe('uniqueness', () => {
  const keys = (input: JsonObject): readonly (string | null)[] =>
    keysOf(plugin, normalise(plugin, { ...valid, ...input }).document);

  it('is that of the sort in a scope, the scope of everything included', () => {
    expect(keys({})[0]).toBe(keys({ config: { generator: 'uuid' }, instance_name: 'x' })[0]);
    expect(keys({ route: 'a' })[0]).toBe(keys({ route: { id: 'a' } })[0]);
  });

  it('tells scopes of different kinds apart', () => {
    const single = ['route', 'service', 'consumer', 'consumer_group'].map((scope) => ({ [scope]: 'a' }));
    const scopes = [{}, ...single, { route: 'a', service: 'a' }, { route: 'a', consumer_group: 'a' }];
    expect(new Set(scopes.map((scope) => keys(scope)[0])).size).toBe(scopes.length);
  });

  it('has the same text as before there were consumer groups, where there is none', () => {
    const separated = ['correlation-id', 'a', '', ''].join('\u001f');
    expect(keys({ route: 'a' })[0]).toBe(separated);
  });

  it('is that of the instance name, too, if there is one', () => {
    expect(keys({})[1]).toBeNull();
    expect(keys({ instance_name: 'x', route: 'a' })[1]).toBe(keys({ instance_name: 'x' })[1]);
  });
});

describe('the protocols of its route', () => {
  const check = (protocols: string[], ofRoute: string[] | undefined): string[] => {
    const input = { name: 'prometheus', protocols, ...(ofRoute && { route: 'r' }) };
    const { document } = normalise(plugin, input);
    const route = ofRoute && { protocols: ofRoute };
    const problems = plugin.rulesWithReferences?.check(document, {
      referred: (field) => (field === 'route' ? route : undefined),
      beside: [],
    });
    return (problems ?? []).map(({ code, path }) => [code, ...path].join(' '));
  };

  it.each([
    [['http'], ['http', 'https']],
    [['tcp', 'grpc'], ['grpc']],
    [['http'], undefined],
  ])('accept a plugin for %j on a route for %j', (protocols, ofRoute) => {
    expect(check(protocols, ofRoute)).toEqual([]);
  });

  it.each([
    [['http'], ['https']],
    [
      ['grpc', 'grpcs'],
      ['http', 'https'],
    ],
  ])('refuse a plugin for %j on a route for %j', (protocols, ofRoute) => {
    expect(check(protocols, ofRoute)).toEqual(['PLUGIN_OUT_OF_REACH protocols']);
  });
});
