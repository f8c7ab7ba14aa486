import type { JsonObject } from '../../../foundation/kernel/json.js';
import { normalise, patch, referencesOf } from '../document.js';
import { upstream } from './upstream.js';

const valid = { name: 'orders.internal' };

function verdict(input: JsonObject): string[][] {
  return normalise(upstream, { ...valid, ...input }).problems.map(({ code, path }) => [code, ...path]);
}

it('fills every default, health checks included', () => {
  expect(normalise(upstream, valid).document).toEqual({
    name: 'orders.internal',
    algorithm: 'round-robin',
    hash_on: 'none',
    hash_fallback: 'none',
    hash_on_cookie_path: '/',
    slots: 10000,
    healthchecks: {
      threshold: 0,
      active: {
        type: 'http',
        timeout: 1,
        concurrency: 10,
        http_path: '/',
        https_verify_certificate: true,
        healthy: { interval: 0, http_statuses: [200, 302], successes: 0 },
        unhealthy: {
          interval: 0,
          http_statuses: [429, 404, 500, 501, 502, 503, 504, 505],
          tcp_failures: 0,
          timeouts: 0,
          http_failures: 0,
        },
      },
      passive: {
        type: 'http',
        healthy: {
          http_statuses: [
            200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 306, 307, 308,
          ],
          successes: 0,
        },
        unhealthy: { http_statuses: [429, 500, 503], tcp_failures: 0, timeouts: 0, http_failures: 0 },
      },
    },
    use_srv_name: false,
  });
});

it('fills the defaults around what is given of the health checks', () => {
  const { document } = normalise(upstream, {
    ...valid,
    healthchecks: { active: { healthy: { interval: 5 } } },
  });
  const whole = normalise(upstream, valid).document['healthchecks'] as JsonObject;
  const active = whole['active'] as JsonObject;
  const healthy = { ...(active['healthy'] as JsonObject), interval: 5 };
  expect(document['healthchecks']).toEqual({ ...whole, active: { ...active, healthy } });
});

it('demands a name', () => {
  expect(verdict({ name: null })).toEqual([['FIELD_REQUIRED', 'name']]);
});

it.each<[string, JsonObject]>([
  ['the fewest slots', { slots: 10 }],
  ['the most slots', { slots: 65536 }],
  ['a host header with a port', { host_header: 'example.com:8080' }],
  ['names from SRV records', { use_srv_name: true }],
  ['a name with an underscore', { name: 'orders_v1' }],
  ['a cookie name of odd characters', { hash_on: 'cookie', hash_on_cookie: "a!#$%&'*+-.^_`|~0" }],
])('accepts %s', (_, input) => {
  expect(verdict(input)).toEqual([]);
});

it.each<[string, string, JsonObject]>([
  ['an IP address for a name', 'name', { name: '10.0.0.1' }],
  ['an IPv6 address for a name', 'name', { name: '::1' }],
  ['a name with a port', 'name', { name: 'orders:80' }],
  ['a name with a space', 'name', { name: 'a b' }],
  ['too few slots', 'slots', { slots: 9 }],
  ['too many slots', 'slots', { slots: 65537 }],
  ['an unknown algorithm', 'algorithm', { algorithm: 'random' }],
  ['an unknown hash input', 'hash_on', { hash_on: 'body' }],
  ['an unknown fallback', 'hash_fallback', { hash_fallback: 'body' }],
  ['a bad header name', 'hash_on_header', { hash_on_header: 'a b' }],
  ['a bad fallback header name', 'hash_fallback_header', { hash_fallback_header: 'a:b' }],
  ['a cookie name with a semicolon', 'hash_on_cookie', { hash_on_cookie: 'a;b' }],
  ['a cookie path without a slash', 'hash_on_cookie_path', { hash_on_cookie_path: 'a' }],
  ['an empty query argument', 'hash_on_query_arg', { hash_on_query_arg: '' }],
  ['an empty fallback argument', 'hash_fallback_query_arg', { hash_fallback_query_arg: '' }],
  ['an empty capture', 'hash_on_uri_capture', { hash_on_uri_capture: '' }],
  ['an empty fallback capture', 'hash_fallback_uri_capture', { hash_fallback_uri_capture: '' }],
  ['a bad host header', 'host_header', { host_header: 'a b' }],
  ['use_srv_name as text', 'use_srv_name', { use_srv_name: 'yes' }],
])('refuses %s', (_, field, input) => {
  expect(verdict(input)).toEqual([['FIELD_INVALID', field]]);
});

describe('health checks', () => {
  it.each<[string, JsonObject]>([
    ...['tcp', 'http', 'https', 'grpc', 'grpcs'].map((type): [string, JsonObject] => [
      `the type ${type}`,
      { active: { type }, passive: { type } },
    ]),
    ['fractions of seconds', { active: { timeout: 0.5, healthy: { interval: 0.1 } } }],
    ['the greatest numbers', { threshold: 100, active: { timeout: 65535, unhealthy: { timeouts: 255 } } }],
    ['a fractional threshold', { threshold: 33.3 }],
    ['statuses of their own', { passive: { healthy: { http_statuses: [100, 999] } } }],
    ['no statuses at all', { active: { healthy: { http_statuses: [] } } }],
    ['headers and a server name', { active: { headers: { 'x-probe': ['1'] }, https_sni: 'a.example' } }],
  ])('accept %s', (_, healthchecks) => {
    expect(verdict({ healthchecks })).toEqual([]);
  });

  it.each<[string, string, JsonObject]>([
    ['an unknown type', 'active.type', { active: { type: 'icmp' } }],
    ['an unknown passive type', 'passive.type', { passive: { type: 'icmp' } }],
    ['a threshold beyond 100', 'threshold', { threshold: 101 }],
    ['a negative timeout', 'active.timeout', { active: { timeout: -1 } }],
    ['no concurrency', 'active.concurrency', { active: { concurrency: 0 } }],
    ['a path without a slash', 'active.http_path', { active: { http_path: 'a' } }],
    ['an IP address for a server name', 'active.https_sni', { active: { https_sni: '10.0.0.1' } }],
    [
      'verification as text',
      'active.https_verify_certificate',
      { active: { https_verify_certificate: 'no' } },
    ],
    ['a bad header', 'active.headers.a b', { active: { headers: { 'a b': ['1'] } } }],
    ['an interval too long', 'active.healthy.interval', { active: { healthy: { interval: 65536 } } }],
    ['too many successes', 'active.healthy.successes', { active: { healthy: { successes: 256 } } }],
    ['too many failures', 'active.unhealthy.tcp_failures', { active: { unhealthy: { tcp_failures: 256 } } }],
    ['too many timeouts', 'passive.unhealthy.timeouts', { passive: { unhealthy: { timeouts: 256 } } }],
    ['half a failure', 'passive.unhealthy.http_failures', { passive: { unhealthy: { http_failures: 0.5 } } }],
    [
      'a status below 100',
      'active.healthy.http_statuses.1',
      { active: { healthy: { http_statuses: [200, 99] } } },
    ],
    [
      'a status above 999',
      'passive.healthy.http_statuses.0',
      { passive: { healthy: { http_statuses: [1000] } } },
    ],
    ['a record that is a list', 'active', { active: [] }],
  ])('refuse %s', (_, path, healthchecks) => {
    expect(verdict({ healthchecks })).toEqual([['FIELD_INVALID', 'healthchecks', ...path.split('.')]]);
  });
});

describe('hash inputs', () => {
  const companion: [string, string, string][] = [
    ['header', 'hash_on_header', 'hash_fallback_header'],
    ['cookie', 'hash_on_cookie', 'hash_on_cookie'],
    ['query_arg', 'hash_on_query_arg', 'hash_fallback_query_arg'],
    ['uri_capture', 'hash_on_uri_capture', 'hash_fallback_uri_capture'],
  ];

  it.each(companion)('%s needs %s, and as a fallback %s', (input, field, fallbackField) => {
    expect(verdict({ hash_on: input })).toEqual([['FIELD_REQUIRED', field]]);
    expect(verdict({ hash_on: input, [field]: 'a' })).toEqual([]);
    expect(verdict({ hash_on: 'ip', hash_fallback: input })).toEqual([['FIELD_REQUIRED', fallbackField]]);
    expect(verdict({ hash_on: 'ip', hash_fallback: input, [fallbackField]: 'a' })).toEqual([]);
  });

  it.each(['consumer', 'ip', 'path'])('%s needs nothing more, and is no fallback for itself', (input) => {
    expect(verdict({ hash_on: input })).toEqual([]);
    expect(verdict({ hash_on: input, hash_fallback: input })).toEqual([['FIELDS_CONFLICT', 'hash_fallback']]);
    const other = input === 'ip' ? 'path' : 'ip';
    expect(verdict({ hash_on: input, hash_fallback: other })).toEqual([]);
  });

  it('none has no fallback', () => {
    expect(verdict({ hash_on: 'none', hash_fallback: 'ip' })).toEqual([['FIELDS_CONFLICT', 'hash_fallback']]);
    expect(verdict({ hash_on: 'none', hash_fallback: 'none' })).toEqual([]);
  });

  it('a cookie has no fallback', () => {
    const cookie = { hash_on: 'cookie', hash_on_cookie: 'a' };
    expect(verdict({ ...cookie, hash_fallback: 'ip' })).toEqual([['FIELDS_CONFLICT', 'hash_fallback']]);
    expect(verdict({ ...cookie, hash_fallback: 'none' })).toEqual([]);
  });

  it.each(companion.filter(([input]) => input !== 'cookie'))(
    '%s may be its own fallback under another name',
    (input, field, fallbackField) => {
      const both = { hash_on: input, hash_fallback: input, [field]: 'a' };
      expect(verdict({ ...both, [fallbackField]: 'b' })).toEqual([]);
      expect(verdict({ ...both, [fallbackField]: 'a' })).toEqual([['FIELDS_CONFLICT', fallbackField]]);
    },
  );
});

describe('the algorithm', () => {
  const header = { hash_on: 'header', hash_on_header: 'x' };
  const algorithmAfter = (start: JsonObject, changes: JsonObject): unknown => {
    const { document: current } = normalise(upstream, { ...valid, ...start });
    const { document, problems } = patch(upstream, current, changes);
    return problems.length > 0 ? problems : [document['algorithm'], document['hash_on']];
  };

  it.each<[JsonObject, string]>([
    [{}, 'round-robin'],
    [{ hash_on: 'none' }, 'round-robin'],
    [{ hash_on: 'ip' }, 'consistent-hashing'],
    [{ hash_on: 'ip', algorithm: 'round-robin' }, 'consistent-hashing'],
    [{ algorithm: 'latency' }, 'latency'],
    [{ algorithm: 'least-connections', hash_on: 'none' }, 'least-connections'],
    [{ algorithm: 'consistent-hashing' }, 'consistent-hashing'],
  ])('of %j is %s', (input, algorithm) => {
    const { document, problems } = normalise(upstream, { ...valid, ...input });
    expect(problems).toEqual([]);
    expect(document['algorithm']).toBe(algorithm);
  });

  it.each(['least-connections', 'latency'])('%s is refused beside a hash input', (algorithm) => {
    expect(verdict({ algorithm, hash_on: 'ip' })).toEqual([['FIELDS_CONFLICT', 'algorithm']]);
  });

  it('follows a hash input that comes or goes', () => {
    expect(algorithmAfter({ algorithm: 'latency' }, header)).toEqual(['consistent-hashing', 'header']);
    expect(algorithmAfter(header, { hash_on: 'none' })).toEqual(['round-robin', 'none']);
    expect(algorithmAfter(header, { hash_on: null })).toEqual(['round-robin', 'none']);
  });

  it('takes the hash inputs away when it hashes nothing', () => {
    const hashed = { ...header, hash_fallback: 'ip' };
    expect(algorithmAfter(hashed, { algorithm: 'latency' })).toEqual(['latency', 'none']);
    expect(algorithmAfter(hashed, { algorithm: 'round-robin' })).toEqual(['round-robin', 'none']);
  });

  it('stays as it is when something else changes', () => {
    expect(algorithmAfter(header, { slots: 100 })).toEqual(['consistent-hashing', 'header']);
    expect(algorithmAfter({ algorithm: 'latency' }, { slots: 100 })).toEqual(['latency', 'none']);
  });
});

it('refers to its client certificate, which cannot go while it is used', () => {
  const { document, problems } = normalise(upstream, { name: 'a', client_certificate: { id: 'c' } });
  expect(problems).toEqual([]);
  expect(referencesOf(upstream, document)).toEqual([{ field: 'client_certificate', to: 'c' }]);
  expect(upstream.fields['client_certificate']?.type).toMatchObject({ onDelete: 'restrict' });
});
