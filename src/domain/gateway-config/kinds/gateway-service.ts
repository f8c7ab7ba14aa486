import * as checks from '../checks.js';
import { fieldsConflict } from '../document.refusals.js';
import { boolean, integer, reference, set, text } from '../field.js';
import type { Kind, Rule } from '../kind.js';
import { textAt } from '../reading.js';
import { expandUrl, urlParts } from './gateway-service-url.js';
import { protocol } from './protocol.js';
import { present, rule } from './rule.js';

const milliseconds = integer(1, 2 ** 31 - 2);
const tlsFields = ['client_certificate', 'tls_verify', 'tls_verify_depth', 'ca_certificates'];
const withoutPath = ['tcp', 'tls', 'udp', 'grpc', 'grpcs'];

/** Kong's service. It is called a gateway service, because a service alone is one of the catalogue. */
export const gatewayService: Kind = {
  name: 'gateway_service',
  typeName: 'GatewayService',
  collection: 'services',
  listField: 'gateway_services',
  description:
    'A gateway service is an API behind the gateway: where it is, and how the gateway talks to it.',
  fields: {
    name: {
      type: text(checks.utf8Name),
      description: 'The name of the gateway service, unique in its runtime group.',
    },
    protocol: {
      type: protocol,
      default: 'http',
      description: 'The protocol that the gateway speaks to the API.',
    },
    host: {
      type: text(checks.host),
      required: true,
      description:
        'The hostname or IP address of the API, or the name of an upstream, which then balances the load.',
    },
    port: { type: integer(0, 65535), default: 80, description: 'The port of the API.' },
    path: {
      type: text(checks.path),
      description: 'The path that the gateway puts before that of each request.',
    },
    retries: {
      type: integer(0, 32767),
      default: 5,
      description:
        'The number of times that the gateway tries again after a request failed to reach the API.',
    },
    connect_timeout: {
      type: milliseconds,
      default: 60000,
      description: 'The time in milliseconds within which a connection to the API must be made.',
    },
    write_timeout: {
      type: milliseconds,
      default: 60000,
      description: 'The time in milliseconds that may pass between two writes of a request to the API.',
    },
    read_timeout: {
      type: milliseconds,
      default: 60000,
      description: 'The time in milliseconds that may pass between two reads of a response from the API.',
    },
    client_certificate: {
      type: reference('certificate', 'restrict'),
      description: 'The certificate that the gateway shows to the API.',
    },
    tls_verify: {
      type: boolean(),
      description:
        "Whether the gateway verifies the certificate of the API; if absent, the gateway's own setting decides.",
    },
    tls_verify_depth: {
      type: integer(0, 64),
      description: 'The greatest number of certificates in the chain that the gateway accepts from the API.',
    },
    ca_certificates: {
      type: set(reference('ca_certificate', 'restrict')),
      description:
        "The authorities whose certificates the gateway accepts from the API; if absent, the gateway's own setting decides.",
    },
    enabled: {
      type: boolean(),
      default: true,
      description: 'Whether gateways receive the gateway service, its routes, and the plugins of both.',
    },
  },
  unique: [{ fields: ['name'] }],
  rules: [pathOnlyWithHttp(), tlsOnlyWithTls()],
  shorthands: {
    url: {
      description: 'The protocol, host, port and path in one text, such as https://example.com:8443/orders.',
      replaces: urlParts,
    },
  },
  expand: expandUrl,
};

function pathOnlyWithHttp(): Rule {
  return rule(['protocol', 'path'], (document) => {
    const given = textAt(document, 'protocol');
    if (document['path'] === undefined || !withoutPath.includes(given)) return [];
    const instead = 'Leave the path out, or choose http or https.';
    return [fieldsConflict.problem({ field: 'path', with: `protocol ${given}`, instead }, ['path'])];
  });
}

function tlsOnlyWithTls(): Rule {
  return rule(['protocol', ...tlsFields], (document) => {
    const given = textAt(document, 'protocol');
    if (['https', 'tls'].includes(given)) return [];
    const instead = 'Leave it out, or choose https or tls.';
    return present(document, tlsFields).map((field) =>
      fieldsConflict.problem({ field, with: `protocol ${given}`, instead }, [field]),
    );
  });
}
