import * as checks from '../checks.js';
import { boolean, integer, oneOf, reference, text, type FieldType } from '../field.js';
import type { Kind } from '../kind.js';
import { healthchecks } from './healthchecks.js';
import { completeAlgorithm, expandAlgorithm, hashRules } from './upstream-hashing.js';

const algorithm = oneOf('BalancingAlgorithm', 'How a target is chosen for a request.', {
  'round-robin': 'Targets take turns, by their weights.',
  'consistent-hashing': 'Requests with the same hash input go to the same target.',
  'least-connections': 'The target with the fewest connections for its weight is chosen.',
  latency: 'Of two targets, the one that answers faster is chosen.',
});

const hashInput = oneOf(
  'HashInput',
  'What of a request is hashed, so that equal requests go to one target.',
  {
    none: 'Nothing is hashed.',
    consumer: 'The id of the authenticated consumer is hashed.',
    ip: 'The IP address of the client is hashed.',
    header: 'The value of a header is hashed.',
    cookie: 'The value of a cookie is hashed; the gateway sets the cookie if the client has none.',
    path: 'The path of the request is hashed.',
    query_arg: 'The value of a query argument is hashed.',
    uri_capture: "What a named group of the route's path captured is hashed.",
  },
);

const parameter: FieldType = text();

/** Kong's upstream. */
export const upstream: Kind = {
  name: 'upstream',
  typeName: 'Upstream',
  collection: 'upstreams',
  listField: 'upstreams',
  description: 'An upstream spreads requests over targets. A gateway service whose host is its name uses it.',
  fields: {
    name: {
      type: text(checks.hostname),
      required: true,
      description: 'The hostname that stands for the upstream, unique in its runtime group.',
    },
    algorithm: {
      type: algorithm,
      default: 'round-robin',
      description:
        'How a target is chosen for a request; with a hash input, it is consistent-hashing by itself.',
    },
    hash_on: { type: hashInput, default: 'none', description: 'What of a request is hashed.' },
    hash_fallback: {
      type: hashInput,
      default: 'none',
      description: 'What is hashed of a request that lacks the first input.',
    },
    hash_on_header: { type: text(checks.headerName), description: 'The header whose value is hashed.' },
    hash_fallback_header: {
      type: text(checks.headerName),
      description: 'The header whose value is hashed instead.',
    },
    hash_on_cookie: { type: text(checks.cookieName), description: 'The cookie whose value is hashed.' },
    hash_on_cookie_path: {
      type: text(checks.path),
      default: '/',
      description: 'The path of the cookie that the gateway sets.',
    },
    hash_on_query_arg: { type: parameter, description: 'The query argument whose value is hashed.' },
    hash_fallback_query_arg: {
      type: parameter,
      description: 'The query argument whose value is hashed instead.',
    },
    hash_on_uri_capture: {
      type: parameter,
      description: "The named group of the route's path that is hashed.",
    },
    hash_fallback_uri_capture: {
      type: parameter,
      description: "The named group of the route's path that is hashed instead.",
    },
    slots: {
      type: integer(10, 65536),
      default: 10000,
      description: 'The number of places on the ring that consistent hashing spreads over the targets.',
    },
    healthchecks: {
      type: healthchecks,
      default: {},
      description: 'How targets are found to be healthy or not.',
    },
    host_header: {
      type: text(checks.hostWithOptionalPort),
      description: 'The Host header of the requests that targets receive.',
    },
    client_certificate: {
      type: reference('certificate', 'restrict'),
      description: 'The certificate that the gateway shows to targets.',
    },
    use_srv_name: {
      type: boolean(),
      default: false,
      description: 'Whether targets receive the name from the SRV record as Host header.',
    },
  },
  unique: [{ fields: ['name'] }],
  rules: hashRules,
  expand: expandAlgorithm,
  complete: completeAlgorithm,
};
