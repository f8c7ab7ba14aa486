import type { JsonObject } from '../../../foundation/kernel/json.js';
import { kinds } from '../kinds/index.js';
import { bundledPlugins } from '../plugin-schemas/index.js';
import { differencesOf } from './difference.js';
import { entityRules } from './entity-rules.js';
import { fieldRules } from './field-rules.js';
import type { Impact } from './judgement.js';

const id = '01890a5d-ac96-774b-bcce-b302099a8057';

function impactOf(kind: string, before: JsonObject | null, after: JsonObject | null): Impact | undefined {
  return differencesOf([{ kind, id, before, after }])[0]?.impact;
}

const route = { name: 'checkout', paths: ['/a', '/b'], protocols: ['http'], tags: ['x'] };
const limit = { name: 'rate-limiting', enabled: true, config: { minute: 10 } };
const allow = { name: 'ip-restriction', enabled: true, config: { allow: ['10.0.0.1', '10.0.0.2'] } };

describe('for callers, it is', () => {
  it.each<[Impact, string, string, JsonObject | null, JsonObject | null]>([
    ['BREAKING', 'that a path of a route is gone', 'route', route, { ...route, paths: ['/a'] }],
    ['SAFE', 'that a route has one more path', 'route', route, { ...route, paths: ['/a', '/b', '/c'] }],
    ['BREAKING', 'that a route matches one host only', 'route', route, { ...route, hosts: ['a.com'] }],
    ['RISKY', 'that a route matches any host', 'route', { ...route, hosts: ['a.com'] }, route],
    ['SAFE', 'that tags differ', 'route', route, { ...route, tags: [] }],
    [
      'RISKY',
      'that a route goes to another service',
      'route',
      { ...route, service: 'a' },
      { ...route, service: 'b' },
    ],
    ['SAFE', 'a new route', 'route', null, route],
    ['BREAKING', 'that a route is gone', 'route', route, null],
    ['RISKY', 'a shorter timeout', 'gateway_service', { read_timeout: 2 }, { read_timeout: 1 }],
    ['BREAKING', 'a new plugin that asks for keys', 'plugin', null, { name: 'key-auth', enabled: true }],
    ['BREAKING', 'a new plugin that lets in a list', 'plugin', null, allow],
    ['RISKY', 'a new limit', 'plugin', null, limit],
    ['SAFE', 'a new log', 'plugin', null, { name: 'file-log', enabled: true }],
    ['SAFE', 'a new plugin that is switched off', 'plugin', null, { name: 'key-auth', enabled: false }],
    [
      'BREAKING',
      'that it is switched on',
      'plugin',
      { name: 'key-auth', enabled: false },
      { name: 'key-auth', enabled: true },
    ],
    [
      'RISKY',
      'that it is switched off',
      'plugin',
      { name: 'key-auth', enabled: true },
      { name: 'key-auth', enabled: false },
    ],
    ['SAFE', 'a higher limit', 'plugin', limit, { ...limit, config: { minute: 20 } }],
    ['RISKY', 'a lower limit', 'plugin', limit, { ...limit, config: { minute: 5 } }],
    [
      'BREAKING',
      'an address that is let in no more',
      'plugin',
      allow,
      { ...allow, config: { allow: ['10.0.0.1'] } },
    ],
    [
      'SAFE',
      'an address that is let in now',
      'plugin',
      allow,
      { ...allow, config: { allow: ['10.0.0.1', '10.0.0.2', '10.0.0.3'] } },
    ],
    [
      'BREAKING',
      'that a key differs',
      'keyauth_credential',
      { key: 'a', consumer: 'c' },
      { key: 'b', consumer: 'c' },
    ],
    ['SAFE', 'a new key', 'keyauth_credential', null, { key: 'a', consumer: 'c' }],
    ['BREAKING', 'that a consumer is gone', 'consumer', { username: 'ann' }, null],
    ['RISKY', 'whatever no rule knows', 'upstream', { slots: 10 }, { slots: 20 }],
  ])('%s: %s', (impact, _, ...sides) => {
    expect(impactOf(...sides)).toBe(impact);
  });

  it('as bad as the worst of all that differs', () => {
    const [difference] = differencesOf([
      { kind: 'route', id, before: route, after: { ...route, tags: [], paths: ['/a', '/c'] } },
    ]);
    expect(difference?.fields.map(({ impact }) => impact)).toEqual(['BREAKING', 'SAFE', 'SAFE']);
    expect(difference).toMatchObject({ impact: 'BREAKING', operation: 'UPDATED' });
    expect(difference?.reason).toBe(difference?.fields[0]?.reason);
  });
});

describe('the rules', () => {
  const rules = [...entityRules, ...fieldRules];

  it('speak of kinds and plugins that there are', () => {
    const known = new Set([...kinds.map(({ name }) => name), ...bundledPlugins.map(({ name }) => name)]);
    const named = rules.flatMap(({ kinds: some = [], plugins = [] }) => [...some, ...plugins]);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it('speak of fields that there are', () => {
    const unknown = fieldRules.flatMap(({ kinds: some, paths = [] }) => {
      const fields = kinds
        .filter(({ name }) => some?.includes(name))
        .flatMap((kind) => Object.keys(kind.fields));
      return some ? paths.filter((path) => !fields.includes(path)) : [];
    });
    expect(unknown).toEqual([]);
  });

  it('each give their reason as a sentence', () => {
    expect(rules.filter(({ reason }) => !/^[A-Z].*\.$/.test(reason))).toEqual([]);
  });
});
