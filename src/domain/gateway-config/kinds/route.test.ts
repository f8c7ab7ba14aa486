import type { JsonObject } from '../../../foundation/kernel/json.js';
import { normalise, patch } from '../document.js';
import { route } from './route.js';

const valid = { paths: ['/orders'] };

function verdict(input: JsonObject): string[][] {
  return normalise(route, input).problems.map(({ code, path }) => [code, ...path]);
}

it('fills every default', () => {
  expect(normalise(route, valid).document).toEqual({
    protocols: ['http', 'https'],
    paths: ['/orders'],
    https_redirect_status_code: 426,
    regex_priority: 0,
    strip_path: true,
    path_handling: 'v0',
    preserve_host: false,
    request_buffering: true,
    response_buffering: true,
  });
});

describe('fields', () => {
  it.each<[string, JsonObject]>([
    ['a name beyond ASCII', { name: 'früh' }],
    ['a gateway service by id', { service: 'some-id' }],
    ['a gateway service as Kong writes it', { service: { id: 'some-id' } }],
    ['methods of its own', { methods: ['GET', 'PURGE'] }],
    ['a plain host', { hosts: ['example.com'] }],
    ['a host with a port', { hosts: ['example.com:8080'] }],
    ['a wildcard for the first label', { hosts: ['*.example.com', '*.example.com:80'] }],
    ['a wildcard for the last label', { hosts: ['example.*'] }],
    ['an IP address as a host', { hosts: ['10.0.0.1', '[::1]:80'] }],
    ['the root', { paths: ['/'] }],
    ['a prefix with percent codes that it needs', { paths: ['/a%20b/%2F'] }],
    ['headers with several values', { headers: { 'x-version': ['1', '2'], X_Other: ['a b'] } }],
    ['a wildcard server name', { snis: ['*.example.com', 'example.*', 'a.example'] }],
    ...[426, 301, 302, 307, 308].map((status): [string, JsonObject] => [
      `status ${status}`,
      { https_redirect_status_code: status },
    ]),
    ['a negative priority', { regex_priority: -1 }],
    ['the old path handling', { path_handling: 'v1' }],
    ['every switch the other way', { strip_path: false, preserve_host: true, request_buffering: false }],
    ['unbuffered responses', { response_buffering: false }],
  ])('accept %s', (_, input) => {
    expect(verdict({ ...valid, ...input })).toEqual([]);
  });

  it.each<[string, string[], JsonObject]>([
    ['a name with a slash', ['name'], { name: 'a/b' }],
    ['a gateway service that is a number', ['service'], { service: 1 }],
    ['a gateway service without id', ['service'], { service: { name: 'a' } }],
    ['an empty set of protocols', ['protocols'], { protocols: [] }],
    ['an unknown protocol', ['protocols', '1'], { protocols: ['http', 'ws'] }],
    ['a method in lower case', ['methods', '0'], { methods: ['get'] }],
    ['methods that are no list', ['methods'], { methods: 'GET' }],
    ['two wildcards in a host', ['hosts', '0'], { hosts: ['*.example.*'] }],
    ['a wildcard inside a host', ['hosts', '0'], { hosts: ['a.*.example'] }],
    ['a wildcard for a part of a label', ['hosts', '0'], { hosts: ['*a.example'] }],
    ['a host with a space', ['hosts', '1'], { hosts: ['a', 'a b'] }],
    ['a host with a port beyond the range', ['hosts', '0'], { hosts: ['a:65536'] }],
    ['a path without a slash', ['paths', '0'], { paths: ['a'] }],
    ['a regular expression without a slash', ['paths', '0'], { paths: ['~a'] }],
    ['an empty segment', ['paths', '0'], { paths: ['/a//b'] }],
    ['an empty segment in a regular expression', ['paths', '0'], { paths: ['~/a//b'] }],
    ['dot segments', ['paths', '0'], { paths: ['/a/../b'] }],
    ['a percent code that is not needed', ['paths', '0'], { paths: ['/%61'] }],
    ['a percent code in lower case', ['paths', '0'], { paths: ['/a%2fb'] }],
    ['a broken percent code', ['paths', '0'], { paths: ['/a%2'] }],
    ['a space in a prefix', ['paths', '0'], { paths: ['/a b'] }],
    ['a path beyond all bounds', ['paths', '0'], { paths: [`/${'a'.repeat(4096)}`] }],
    ['the header host', ['headers', 'Host'], { headers: { Host: ['a'] } }],
    ['a header name with a space', ['headers', 'a b'], { headers: { 'a b': ['a'] } }],
    ['a header with one value outside a list', ['headers', 'a'], { headers: { a: 'a' } }],
    ['an empty header value', ['headers', 'a', '0'], { headers: { a: [''] } }],
    ['a server name that is an IP address', ['snis', '0'], { snis: ['10.0.0.1'] }],
    ['a server name with a port', ['snis', '0'], { snis: ['example.com:443'] }],
    ['a wildcard inside a server name', ['snis', '0'], { snis: ['a.*.example'] }],
    ['two wildcards in a server name', ['snis', '0'], { snis: ['*.example.*'] }],
    ['another status', ['https_redirect_status_code'], { https_redirect_status_code: 303 }],
    ['a fraction of a priority', ['regex_priority'], { regex_priority: 0.5 }],
    ['another path handling', ['path_handling'], { path_handling: 'v2' }],
    ['strip_path as text', ['strip_path'], { strip_path: 'true' }],
    ['preserve_host as a number', ['preserve_host'], { preserve_host: 0 }],
    ['request_buffering as text', ['request_buffering'], { request_buffering: 'on' }],
    ['response_buffering as text', ['response_buffering'], { response_buffering: 'on' }],
  ])('refuse %s', (_, path, input) => {
    expect(verdict({ ...valid, ...input })).toEqual([['FIELD_INVALID', ...path]]);
  });

  it.each<[string, JsonObject]>([
    ['an address', { ip: '10.0.0.1' }],
    ['a range', { ip: '10.0.0.0/8' }],
    ['an IPv6 range', { ip: '2001:db8::/32' }],
    ['a port', { port: 80 }],
    ['an address and a port', { ip: '::1', port: 80 }],
  ])('accept %s as source and destination', (_, endpoint) => {
    expect(verdict({ protocols: ['tcp'], sources: [endpoint] })).toEqual([]);
    expect(verdict({ protocols: ['tcp'], destinations: [endpoint] })).toEqual([]);
  });

  it.each<[string, string, string[], JsonObject]>([
    ['nothing', 'FIELD_INVALID', [], {}],
    ['a name', 'FIELD_INVALID', ['ip'], { ip: 'example.com' }],
    ['a range that is too long', 'FIELD_INVALID', ['ip'], { ip: '10.0.0.0/33' }],
    ['an IPv6 range that is too long', 'FIELD_INVALID', ['ip'], { ip: '::/129' }],
    ['a port beyond the range', 'FIELD_INVALID', ['port'], { port: 65536 }],
    ['an unknown field', 'UNKNOWN_FIELD', ['host'], { host: 'a' }],
  ])('refuse %s as source and destination', (_, code, path, endpoint) => {
    for (const field of ['sources', 'destinations']) {
      expect(verdict({ protocols: ['tcp'], [field]: [endpoint] })).toEqual([[code, field, '0', ...path]]);
    }
  });
});

describe('protocols', () => {
  it.each([
    [['http']],
    [['https', 'http']],
    [['grpc', 'grpcs']],
    [['tcp', 'tls', 'udp']],
    [['tls_passthrough']],
  ])('%j go together', (protocols) => {
    expect(verdict({ protocols }).filter(([code]) => code === 'FIELDS_CONFLICT')).toEqual([]);
  });

  it.each([[['http', 'grpc']], [['https', 'tls']], [['tls', 'tls_passthrough']], [['grpcs', 'udp', 'http']]])(
    '%j do not go together, and nothing else is said about such a route',
    (protocols) => {
      expect(verdict({ protocols })).toEqual([['FIELDS_CONFLICT', 'protocols']]);
    },
  );
});

describe('what a route must match on', () => {
  const match: Record<string, JsonObject> = {
    methods: { methods: ['GET'] },
    hosts: { hosts: ['a'] },
    headers: { headers: { a: ['b'] } },
    paths: { paths: ['/'] },
    snis: { snis: ['a'] },
    sources: { sources: [{ port: 1 }] },
    destinations: { destinations: [{ port: 1 }] },
  };
  const web = ['methods', 'hosts', 'headers', 'paths'];
  const allowed: [string, string[]][] = [
    ['http', web],
    ['https', [...web, 'snis']],
    ['grpc', ['hosts', 'headers', 'paths']],
    ['grpcs', ['hosts', 'headers', 'paths', 'snis']],
    ['tcp', ['sources', 'destinations']],
    ['udp', ['sources', 'destinations']],
    ['tls', ['sources', 'destinations', 'snis']],
    ['tls_passthrough', ['snis']],
  ];

  it.each(allowed.flatMap(([protocol, fields]) => fields.map((field) => [protocol, field])))(
    '%s is content with %s',
    (protocol = '', field = '') => {
      expect(verdict({ protocols: [protocol], ...match[field] })).toEqual([]);
    },
  );

  it.each(allowed)('%s demands one of %j', (protocol, fields) => {
    const { problems } = normalise(route, { protocols: [protocol] });
    expect(problems.map(({ code }) => code)).toEqual(['ROUTE_WITHOUT_MATCH']);
    for (const field of fields) expect(problems[0]?.message).toContain(field);
  });

  const forbidden: [string, string[]][] = [
    ['http', ['sources', 'destinations', 'snis']],
    ['https', ['sources', 'destinations']],
    ['grpc', ['methods', 'sources', 'destinations', 'snis']],
    ['grpcs', ['methods', 'sources', 'destinations']],
    ['tcp', [...web, 'snis']],
    ['udp', [...web, 'snis']],
    ['tls', web],
    ['tls_passthrough', web],
  ];

  it.each(forbidden.flatMap(([protocol, fields]) => fields.map((field) => [protocol, field])))(
    '%s refuses %s',
    (protocol = '', field = '') => {
      const first = allowed.find(([name]) => name === protocol)?.[1][0] ?? '';
      const input = { protocols: [protocol], ...match[first], ...match[field] };
      expect(verdict(input)).toEqual([['FIELDS_CONFLICT', field]]);
    },
  );

  it('an empty list or map says as little as none', () => {
    expect(verdict({ methods: [], hosts: [], headers: {}, paths: [] })).toEqual([['ROUTE_WITHOUT_MATCH']]);
  });

  it('server names are for all protocols of a route if one of them has a handshake', () => {
    expect(verdict({ protocols: ['http', 'https'], snis: ['a'] })).toEqual([]);
    expect(verdict({ protocols: ['tcp', 'tls'], snis: ['a'] })).toEqual([]);
  });

  it('is not asked for while a criterion is wrong by itself', () => {
    expect(verdict({ paths: ['a'] })).toEqual([['FIELD_INVALID', 'paths', '0']]);
  });
});

describe('strip_path of a gRPC route', () => {
  it.each([[['grpc']], [['grpcs']], [['grpc', 'grpcs']]])('is false by default: %j', (protocols) => {
    expect(normalise(route, { protocols, ...valid }).document).toMatchObject({ strip_path: false });
  });

  it('may be false, and may not be true', () => {
    expect(verdict({ ...valid, protocols: ['grpc'], strip_path: false })).toEqual([]);
    const refused = verdict({ ...valid, protocols: ['grpcs'], strip_path: true });
    expect(refused).toEqual([['FIELDS_CONFLICT', 'strip_path']]);
  });

  it('becomes false when a route becomes one for gRPC', () => {
    const { document: current } = normalise(route, valid);
    const { document, problems } = patch(route, current, { protocols: ['grpc'] });
    expect(problems).toEqual([]);
    expect(document['strip_path']).toBe(false);
  });

  it('goes back to false when its default is asked for', () => {
    const { document: current } = normalise(route, { ...valid, protocols: ['grpc'] });
    expect(patch(route, current, { strip_path: null })).toEqual({ document: current, problems: [] });
  });
});
