import * as checks from '../checks.js';
import { boolean, integer, list, map, oneOf, oneOfNumbers, record, reference, set, text } from '../field.js';
import type { Kind } from '../kind.js';
import { protocol } from './protocol.js';
import { expandStripPath, routeRules } from './route-rules.js';

const pathHandling = oneOf(
  'PathHandling',
  'How the paths of gateway service, route and request become one.',
  {
    v0: 'The paths are joined with exactly one slash between them.',
    v1: 'The paths are joined as they are; this is deprecated, and only gateways with the traditional router do it.',
  },
);

const endpoint = record(
  'RouteEndpoint',
  'One end of a connection, by address, by port, or by both.',
  {
    ip: {
      type: text(checks.ipOrCidr),
      description: 'The IP address, or a range of them such as 10.0.0.0/8.',
    },
    port: { type: integer(0, 65535), description: 'The port.' },
  },
  (given) =>
    given['ip'] === undefined && given['port'] === undefined ? 'have an ip, a port, or both' : undefined,
);

/** Kong's route, for the router flavours `traditional` and `traditional_compatible`, which is Kong's default. */
export const route: Kind = {
  name: 'route',
  typeName: 'Route',
  collection: 'routes',
  listField: 'routes',
  description: 'A route says which requests go to a gateway service. It matches if all its criteria do.',
  fields: {
    name: { type: text(checks.utf8Name), description: 'The name of the route, unique in its runtime group.' },
    service: {
      type: reference('gateway_service', 'restrict'),
      description: 'The gateway service that matching requests go to; without one, plugins must answer them.',
    },
    protocols: {
      type: set(protocol, 1),
      default: ['http', 'https'],
      description:
        'The protocols that the route accepts, all of one family: HTTP, gRPC, streams, or TLS passthrough.',
    },
    methods: { type: set(text(checks.method)), description: 'The HTTP methods that match.' },
    hosts: {
      type: list(text(checks.routeHost)),
      description:
        'The hosts that match; “*” may stand for the first or the last label, and a port may follow.',
    },
    paths: {
      type: list(text(checks.routerPath)),
      description:
        'The paths that match: prefixes that start with “/”, or regular expressions that start with “~/”.',
    },
    headers: {
      type: map(list(text()), checks.matchedHeader),
      description: 'The headers that match, each with the values of which the request must have one.',
    },
    snis: {
      type: set(text(checks.wildcardHost)),
      description: 'The server names that match, as the client names them in the TLS handshake.',
    },
    sources: { type: set(endpoint), description: 'Where connections come from that match.' },
    destinations: { type: set(endpoint), description: 'Where connections go to that match.' },
    https_redirect_status_code: {
      type: oneOfNumbers(426, 301, 302, 307, 308),
      default: 426,
      description: 'The status of the answer to a request that matches but for its protocol.',
    },
    regex_priority: {
      // Kong sets no bounds; these are the ones of integers in GraphQL.
      type: integer(-(2 ** 31), 2 ** 31 - 1),
      default: 0,
      description:
        'The rank among routes whose regular expressions match the same request; the highest wins.',
    },
    strip_path: {
      type: boolean(),
      default: true,
      description:
        'Whether the prefix that matched is cut from the path before the request goes on; always false for gRPC, also by default.',
    },
    path_handling: {
      type: pathHandling,
      default: 'v0',
      description: 'How the paths of gateway service, route and request become one.',
    },
    preserve_host: {
      type: boolean(),
      default: false,
      description:
        "Whether the API receives the Host header of the client instead of the gateway service's host.",
    },
    request_buffering: {
      type: boolean(),
      default: true,
      description: 'Whether the gateway receives a whole request before it passes it on.',
    },
    response_buffering: {
      type: boolean(),
      default: true,
      description: 'Whether the gateway receives a whole response before it passes it on.',
    },
  },
  unique: [{ fields: ['name'] }],
  rules: routeRules,
  expand: expandStripPath,
};
