import type { JsonObject } from '../../../foundation/kernel/json.js';
import type { RouterRoute } from './candidate.js';
import type { GatewayRequest } from './request.js';
import { routeRequest } from './route-request.js';

/** A route with the id that it is known by here. */
function route(id: string, document: JsonObject): RouterRoute {
  return { id, document: { protocols: ['http', 'https'], ...document } };
}

function request(more: Partial<GatewayRequest>): GatewayRequest {
  return { protocol: 'http', method: 'GET', host: 'api.example', path: '/', headers: [], ...more };
}

const header = (name: string, value: string): Partial<GatewayRequest> => ({ headers: [{ name, value }] });
const streams = { protocols: ['tcp', 'tls'] };
const tcp = { protocol: 'tcp', sourceIp: '10.1.2.3', sourcePort: 40000 } as const;

describe('a route matches', () => {
  it.each<[string, JsonObject, Partial<GatewayRequest>, boolean]>([
    ['its method', { methods: ['POST', 'GET'] }, {}, true],
    ['no other method', { methods: ['POST'] }, {}, false],
    ['its host', { hosts: ['api.example'] }, {}, true],
    ['its host at whatever port', { hosts: ['api.example'] }, { host: 'api.example:8000' }, true],
    ['no longer host', { hosts: ['example'] }, {}, false],
    ['any first label', { hosts: ['*.example'] }, {}, true],
    ['several first labels', { hosts: ['*.example'] }, { host: 'a.b.example' }, true],
    ['no absence of a label', { hosts: ['*.example'] }, { host: 'example' }, false],
    ['any last label', { hosts: ['api.*'] }, {}, true],
    ['its port', { hosts: ['api.example:8000'] }, { host: 'api.example:8000' }, true],
    ['no other port', { hosts: ['api.example:8000'] }, { host: 'api.example:8001' }, false],
    ['the usual port', { hosts: ['api.example:80'] }, {}, true],
    ['the usual port of TLS', { hosts: ['*.example:443'] }, { protocol: 'https' }, true],
    ['the port of the gateway', { hosts: ['api.example:8000'] }, { destinationPort: 8000 }, true],
    ['its prefix', { paths: ['/orders'] }, { path: '/orders/7' }, true],
    ['its prefix within a word', { paths: ['/orders'] }, { path: '/ordersandmore' }, true],
    ['no shorter path', { paths: ['/orders/'] }, { path: '/orders' }, false],
    ['the path without its query', { paths: ['~/orders$'] }, { path: '/orders?x=/y' }, true],
    ['the normal form of the path', { paths: ['/a/b'] }, { path: '/a/./x/../%62' }, true],
    ['the start of the path by an expression', { paths: [String.raw`~/o\d+`] }, { path: '/o12/x' }, true],
    ['nothing within the path by an expression', { paths: ['~/b'] }, { path: '/a/b' }, false],
    ['any of its paths', { paths: ['/a', '~/b$', '/ccc'] }, { path: '/b' }, true],
    ['by no expression that gateways refuse', { paths: ['~/(?=b)b'] }, { path: '/b' }, false],
    ['a header in either case', { headers: { 'X-Kind': ['Big'] } }, header('x-kind', 'bIG'), true],
    ['a header with “_” for “-”', { headers: { x_kind: ['big'] } }, header('X-Kind', 'big'), true],
    ['one of several values', { headers: { x: ['a', 'b'] } }, header('x', 'b'), true],
    ['no other value', { headers: { x: ['a'] } }, header('x', 'ab'), false],
    ['no absent header', { headers: { x: ['a'] } }, {}, false],
    ['a header by an expression', { headers: { x: ['~*^v[12]$'] } }, header('x', 'V2'), true],
    ['no header by another expression', { headers: { x: ['~*^v[12]$'] } }, header('x', 'v3'), false],
    ['only all headers', { headers: { x: ['a'], y: ['b'] } }, header('x', 'a'), false],
    ['its server name', { snis: ['api.example'] }, { protocol: 'https', sni: 'api.example' }, true],
    [
      'its server name with a dot',
      { snis: ['api.example.'] },
      { protocol: 'https', sni: 'api.example' },
      true,
    ],
    ['no other server name', { snis: ['api.example'] }, { protocol: 'https', sni: 'a.example' }, false],
    ['no absent server name', { snis: ['api.example'] }, { protocol: 'https' }, false],
    ['without TLS, whatever server name', { snis: ['api.example'] }, {}, true],
    ['no streams', { paths: ['/'] }, tcp, false],
    ['no requests', { ...streams, sources: [{ port: 1 }] }, {}, false],
    ['its source', { ...streams, sources: [{ ip: '10.1.2.3' }] }, tcp, true],
    ['its range of sources', { ...streams, sources: [{ ip: '10.1.0.0/16' }] }, tcp, true],
    ['no source outside', { ...streams, sources: [{ ip: '10.2.0.0/16' }] }, tcp, false],
    ['no source from another port', { ...streams, sources: [{ ip: '10.1.2.3', port: 1 }] }, tcp, false],
    ['its source port', { ...streams, sources: [{ port: 40000 }, { port: 1 }] }, tcp, true],
    [
      'its range of IPv6',
      { ...streams, destinations: [{ ip: '2001:db8::/32' }] },
      { ...tcp, destinationIp: '2001:db8::7' },
      true,
    ],
    ['no unknown address', { ...streams, destinations: [{ ip: '10.0.0.1' }] }, tcp, false],
  ])('%s', (_, document, given, answer) => {
    const { winner } = routeRequest([route('r', document)], request(given));
    expect(winner?.route.id === 'r').toBe(answer);
  });
});

describe('of routes that match', () => {
  const one = { hosts: ['api.example'], paths: ['/a'], methods: ['GET'] };
  it.each<[string, JsonObject, JsonObject, Partial<GatewayRequest>]>([
    ['criteria', { methods: ['GET'], hosts: ['api.example'] }, { paths: ['/a/long/path'] }, {}],
    ['criteria', { hosts: ['*.example'], methods: ['GET'] }, { hosts: ['api.example'] }, {}],
    ['plain_hosts', one, { ...one, hosts: ['*.example'], paths: ['/a/long'] }, {}],
    ['plain_hosts', one, { ...one, hosts: ['api.example', '*.x'], paths: ['~/a'] }, {}],
    ['headers', { headers: { x: ['a'], y: ['b'] } }, { headers: { x: ['a'] } }, {}],
    [
      'headers',
      { headers: { x: ['a'], y: ['b'] }, paths: ['/'] },
      { headers: { x: ['a'] }, paths: ['~/a'] },
      {},
    ],
    ['regex', { paths: ['~/a'] }, { paths: ['/a/long'] }, {}],
    ['regex_priority', { paths: ['~/a'], regex_priority: 5 }, { paths: ['~/a/long'], regex_priority: 4 }, {}],
    ['regex_priority', { paths: ['~/a'], regex_priority: -1 }, { paths: ['~/a'], regex_priority: -2 }, {}],
    ['path_length', { paths: ['/a/long'] }, { paths: ['/a'], regex_priority: 9 }, {}],
    ['path_length', { paths: ['/', '/a/long'] }, { paths: ['/a/lon', '/z'] }, {}],
    [
      'server_name',
      { ...streams, snis: ['x.example'] },
      { ...streams, sources: [{ ip: '10.1.2.3', port: 40000 }] },
      { ...tcp, protocol: 'tls', sni: 'x.example' },
    ],
    [
      'source',
      { ...streams, sources: [{ ip: '10.1.2.3' }] },
      { ...streams, sources: [{ ip: '10.0.0.0/8', port: 40000 }] },
      tcp,
    ],
    [
      'source',
      { ...streams, sources: [{ port: 40000 }] },
      { ...streams, sources: [{ ip: '10.0.0.0/8' }] },
      tcp,
    ],
    [
      'destination',
      { ...streams, destinations: [{ ip: '10.0.0.1' }] },
      { ...streams, destinations: [{ port: 5432 }] },
      { ...tcp, destinationIp: '10.0.0.1', destinationPort: 5432 },
    ],
    [
      'server_name',
      { ...streams, sources: [{ ip: '10.0.0.0/8' }], destinations: [{ port: 5432 }] },
      { ...streams, sources: [{ ip: '10.1.2.3', port: 40000 }] },
      { ...tcp, destinationPort: 5432 },
    ],
  ])('%s decides', (rule, better, worse, given) => {
    const asked = request({
      path: '/a/long/path',
      headers: [
        { name: 'x', value: 'a' },
        { name: 'y', value: 'b' },
      ],
      ...given,
    });
    // Whichever of the ids is greater, and whichever comes first.
    for (const [first, second] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const routes = [route(first, better), route(second, worse)];
      for (const given of [routes, [...routes].reverse()]) {
        const { winner, others } = routeRequest(given, asked);
        expect(winner?.route.id).toBe(first);
        expect(others).toMatchObject([{ route: { id: second }, failures: [], beatenBy: rule }]);
      }
    }
  });

  it('the one with the greater id gets it, if they are alike', () => {
    const routes = ['b', 'c', 'a'].map((id) => route(id, { paths: ['/'] }));
    const { winner, others } = routeRequest(routes, request({}));
    expect([winner?.route.id, ...others.map((each) => each.route.id)]).toEqual(['c', 'b', 'a']);
    expect(others.map(({ beatenBy }) => beatenBy)).toEqual(['id', 'id']);
  });

  it('each length of path is a route of its own', () => {
    const both = route('both', { paths: ['/a', '/a/long/path'] });
    const between = route('between', { paths: ['/a/long'] });
    const winner = (path: string): unknown => {
      const { winner } = routeRequest([both, between], request({ path }));
      return [winner?.route.id, winner?.matchedPath];
    };
    expect(winner('/a/long/path/x')).toEqual(['both', '/a/long/path']);
    expect(winner('/a/long/x')).toEqual(['between', '/a/long']);
    expect(winner('/a/x')).toEqual(['both', '/a']);
  });
});

it('tells what an expression matched', () => {
  const { winner } = routeRequest([route('r', { paths: [String.raw`~/v\d+`] })], request({ path: '/v12/x' }));
  expect(winner?.matchedPath).toBe('/v12');
});

it('gives up on expressions before they take long', () => {
  const hostile = Array.from({ length: 2000 }, (_, index) =>
    route(`r${index}`, { paths: [`~/${'(a?){90}'.repeat(20)}x`] }),
  );
  const { winner, others } = routeRequest(hostile, request({ path: `/${'a'.repeat(4000)}` }));
  expect(winner).toBeUndefined();
  expect(others.at(-1)?.failures[0]?.message).toContain('was not tried');
});
