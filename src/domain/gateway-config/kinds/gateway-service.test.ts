import type { JsonObject } from '../../../foundation/kernel/json.js';
import { normalise, patch, referencesOf } from '../document.js';
import { gatewayService } from './gateway-service.js';

const valid = { host: 'example.com' };

function verdict(input: JsonObject): string[][] {
  return normalise(gatewayService, input).problems.map(({ code, path }) => [code, ...path]);
}

it('fills every default', () => {
  expect(normalise(gatewayService, valid).document).toEqual({
    protocol: 'http',
    host: 'example.com',
    port: 80,
    retries: 5,
    connect_timeout: 60000,
    write_timeout: 60000,
    read_timeout: 60000,
    enabled: true,
  });
});

it('demands a host', () => {
  expect(verdict({})).toEqual([['FIELD_REQUIRED', 'host']]);
});

describe('fields', () => {
  it.each<[string, JsonObject]>([
    ['a name with every allowed ASCII character', { name: 'Az09.-_~' }],
    ['a name beyond ASCII', { name: 'café☕' }],
    ['no retries', { retries: 0 }],
    ['the most retries', { retries: 32767 }],
    ['port 0', { port: 0 }],
    ['port 65535', { port: 65535 }],
    ['an IPv4 host', { host: '10.0.0.1' }],
    ['an IPv6 host', { host: '::1' }],
    ['a host with an underscore and a final dot', { host: 'my_host.example.' }],
    ['a path with every allowed character', { path: "/aZ0.-_~/%20:@!$&'()*+,;=" }],
    ['the shortest timeouts', { connect_timeout: 1, write_timeout: 1, read_timeout: 1 }],
    ['the longest timeout', { read_timeout: 2147483646 }],
    ['TLS verification with https', { protocol: 'https', tls_verify: true, tls_verify_depth: 64 }],
    [
      'certificates with https',
      { protocol: 'https', client_certificate: { id: 'c' }, ca_certificates: ['a', { id: 'b' }] },
    ],
    ['TLS verification with tls', { protocol: 'tls', tls_verify: false, tls_verify_depth: 0 }],
    ['a disabled service', { enabled: false }],
    ['no path with grpc', { protocol: 'grpc', path: null }],
    ['the protocol tls_passthrough', { protocol: 'tls_passthrough' }],
  ])('accept %s', (_, input) => {
    expect(verdict({ ...valid, ...input })).toEqual([]);
  });

  it.each<[string, string, JsonObject]>([
    ['a name with a space', 'name', { name: 'a b' }],
    ['an empty name', 'name', { name: '' }],
    ['half a character in a name', 'name', { name: 'a\ud800' }],
    ['too many retries', 'retries', { retries: 32768 }],
    ['a negative number of retries', 'retries', { retries: -1 }],
    ['a fraction of a port', 'port', { port: 80.5 }],
    ['a port beyond the range', 'port', { port: 65536 }],
    ['a port as text', 'port', { port: '80' }],
    ['an unknown protocol', 'protocol', { protocol: 'ws' }],
    ['a host with a port', 'host', { host: 'example.com:80' }],
    ['a host label that ends in a dash', 'host', { host: 'a-.example' }],
    ['a host with an empty label', 'host', { host: 'a..example' }],
    ['an incomplete IPv4 host', 'host', { host: '10.0.0' }],
    ['an IPv4 host out of range', 'host', { host: '10.0.0.256' }],
    ['an IPv6 host with too many groups', 'host', { host: '1:2:3:4:5:6:7:8:9' }],
    ['an IPv6 host with a zone', 'host', { host: 'fe80::1%eth0' }],
    ['a path without a slash', 'path', { path: 'orders' }],
    ['a path with an empty segment', 'path', { path: '/a//b' }],
    ['a path with a space', 'path', { path: '/a b' }],
    ['a path with a broken percent code', 'path', { path: '/a%2' }],
    ['a connect timeout of 0', 'connect_timeout', { connect_timeout: 0 }],
    ['a write timeout beyond the range', 'write_timeout', { write_timeout: 2147483647 }],
    ['a read timeout of 0', 'read_timeout', { read_timeout: 0 }],
    [
      'TLS verification that is neither true nor false',
      'tls_verify',
      { protocol: 'https', tls_verify: 'yes' },
    ],
    ['a chain that is too deep', 'tls_verify_depth', { protocol: 'https', tls_verify_depth: 65 }],
    ['enabled that is neither true nor false', 'enabled', { enabled: 1 }],
  ])('refuse %s', (_, field, input) => {
    expect(verdict({ ...valid, ...input })).toEqual([['FIELD_INVALID', field]]);
  });
});

describe('rules', () => {
  it.each(['tcp', 'tls', 'udp', 'grpc', 'grpcs'])('refuse a path with %s', (protocol) => {
    expect(verdict({ ...valid, protocol, path: '/a' })).toEqual([['FIELDS_CONFLICT', 'path']]);
  });

  it.each(['http', 'https', 'tls_passthrough'])('accept a path with %s', (protocol) => {
    expect(verdict({ ...valid, protocol, path: '/a' })).toEqual([]);
  });

  it.each(['http', 'grpc', 'grpcs', 'tcp', 'tls_passthrough', 'udp'])(
    'refuse TLS verification with %s',
    (protocol) => {
      expect(verdict({ ...valid, protocol, tls_verify: true, tls_verify_depth: 1 })).toEqual([
        ['FIELDS_CONFLICT', 'tls_verify'],
        ['FIELDS_CONFLICT', 'tls_verify_depth'],
      ]);
    },
  );
});

describe('url', () => {
  it.each<[string, JsonObject]>([
    ['http://example.com', { protocol: 'http', host: 'example.com', port: 80 }],
    ['http://example.com:', { protocol: 'http', host: 'example.com', port: 80 }],
    ['https://example.com', { protocol: 'https', host: 'example.com', port: 443 }],
    ['https://example.com:8443/a/b', { protocol: 'https', host: 'example.com', port: 8443, path: '/a/b' }],
    ['http://example.com/', { protocol: 'http', host: 'example.com', port: 80, path: '/' }],
    ['HTTPS://example.com', { protocol: 'https', host: 'example.com', port: 443 }],
    ['grpcs://example.com', { protocol: 'grpcs', host: 'example.com', port: 80 }],
    ['tcp://10.0.0.1:9000', { protocol: 'tcp', host: '10.0.0.1', port: 9000 }],
    ['http://[::1]:8080', { protocol: 'http', host: '::1', port: 8080 }],
    ['//example.com', { protocol: 'http', host: 'example.com', port: 80 }],
    ['//example.com:443', { protocol: 'https', host: 'example.com', port: 443 }],
  ])('%s stands for its parts', (url, parts) => {
    const { document, problems } = normalise(gatewayService, { url });
    expect(problems).toEqual([]);
    const { protocol, host, port, path } = document;
    expect({ protocol, host, port, ...(path !== undefined && { path }) }).toEqual(parts);
    expect(document).not.toHaveProperty('url');
  });

  it.each([
    ['http:///path', 'URL_WITHOUT_HOST'],
    ['http://:8080', 'URL_WITHOUT_HOST'],
    ['/path', 'URL_WITHOUT_HOST'],
    ['', 'URL_WITHOUT_HOST'],
    ['example.com/path', 'URL_WITHOUT_HOST'],
    ['ftp://example.com', 'URL_INVALID'],
    ['example.com:80', 'URL_INVALID'],
    ['http://example.com:70000', 'URL_INVALID'],
    ['http://example.com:a', 'URL_INVALID'],
    ['http://user:secret@example.com', 'URL_INVALID'],
    ['http://example.com?a=b', 'URL_INVALID'],
    ['http://example.com/#a', 'URL_INVALID'],
    ['http://exa mple.com', 'FIELD_INVALID'],
    ['http://example.com//a', 'FIELD_INVALID'],
    ['tcp://example.com/path', 'FIELDS_CONFLICT'],
  ])('%p is refused with %s, at the url and nowhere else', (url, code) => {
    expect(verdict({ url })).toEqual([[code, 'url']]);
  });

  it.each(['http://user:secret@a', 'user:secret@a', 'http://user:secret/@a', 'http://user:secret@:80'])(
    'never repeats the password of %s',
    (url) => {
      const { problems } = normalise(gatewayService, { url });
      expect(problems).toHaveLength(1);
      expect(problems[0]?.message).not.toContain('secret');
    },
  );

  it('is refused if it is not text', () => {
    expect(verdict({ url: 80 })).toEqual([['FIELD_INVALID', 'url']]);
  });

  it.each<[JsonObject]>([[{ protocol: 'https' }], [{ host: 'b' }], [{ port: 81 }], [{ path: '/b' }]])(
    'is refused beside %j, which contradicts it',
    (parts) => {
      expect(verdict({ url: 'http://a/a', ...parts })).toEqual([['FIELDS_CONFLICT', 'url']]);
    },
  );

  it('is refused without a path beside a path', () => {
    expect(verdict({ url: 'http://a', path: '/a' })).toEqual([['FIELDS_CONFLICT', 'url']]);
  });

  it('is accepted beside parts that say the same', () => {
    expect(verdict({ url: 'http://a/a', protocol: 'http', host: 'a', port: 80, path: '/a' })).toEqual([]);
  });

  it('does not hide problems elsewhere', () => {
    expect(verdict({ url: 'http:///', retries: -1 })).toEqual([
      ['URL_WITHOUT_HOST', 'url'],
      ['FIELD_INVALID', 'retries'],
    ]);
  });

  it('in a change replaces all its parts and nothing else', () => {
    const { document: current } = normalise(gatewayService, { url: 'https://a:8443/a', retries: 1 });
    const { document, problems } = patch(gatewayService, current, { url: 'http://b' });
    expect(problems).toEqual([]);
    expect(document).toEqual(normalise(gatewayService, { url: 'http://b', retries: 1 }).document);
  });

  it('in a change may be null, which says nothing', () => {
    const { document: current } = normalise(gatewayService, { url: 'https://a:8443/a' });
    expect(patch(gatewayService, current, { url: null })).toEqual({ document: current, problems: [] });
  });
});

describe('certificates', () => {
  const input = { ...valid, client_certificate: 'c', ca_certificates: ['a', { id: 'b' }, 'a'] };

  it('are referred to, each once, and cannot go while they are used', () => {
    const { document } = normalise(gatewayService, { ...input, protocol: 'https' });
    expect(referencesOf(gatewayService, document)).toEqual([
      { field: 'client_certificate', to: 'c' },
      { field: 'ca_certificates', to: 'a' },
      { field: 'ca_certificates', to: 'b' },
    ]);
    expect(gatewayService.fields['client_certificate']?.type).toMatchObject({ onDelete: 'restrict' });
    expect(gatewayService.fields['ca_certificates']?.type).toMatchObject({ of: { onDelete: 'restrict' } });
  });

  it.each(['http', 'grpcs', 'tcp'])('are refused with %s', (protocol) => {
    expect(verdict({ ...input, protocol })).toEqual([
      ['FIELDS_CONFLICT', 'client_certificate'],
      ['FIELDS_CONFLICT', 'ca_certificates'],
    ]);
  });
});
