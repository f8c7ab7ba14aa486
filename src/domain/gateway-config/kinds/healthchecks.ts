import * as checks from '../checks.js';
import {
  boolean,
  integer,
  list,
  map,
  number,
  oneOf,
  record,
  text,
  type Field,
  type FieldType,
  type RecordType,
} from '../field.js';

const checkType = oneOf('HealthcheckType', 'What a health check looks at.', {
  tcp: 'A target is healthy if a connection to it can be made.',
  http: 'A target is healthy if its HTTP responses are.',
  https: 'A target is healthy if its HTTP responses over TLS are.',
  grpc: 'A target is healthy if its gRPC health service says so.',
  grpcs: 'A target is healthy if its gRPC health service over TLS says so.',
});

const seconds = number(0, 65535);

function statuses(meaning: string, codes: readonly number[]): Field {
  return {
    type: list(integer(100, 999)),
    default: codes,
    description: `The HTTP statuses that count as ${meaning}.`,
  };
}

function count(what: string): Field {
  const description = `The number of ${what} after which the state of a target changes; with 0, they do not count.`;
  return { type: integer(0, 255), default: 0, description };
}

function interval(which: string): Field {
  const description = `The seconds between two probes of ${which} targets; with 0, they are not probed.`;
  return { type: seconds, default: 0, description };
}

const failures = {
  tcp_failures: count('failed connections'),
  timeouts: count('timeouts'),
  http_failures: count('unhealthy responses'),
};

function whole(type: RecordType): Field {
  return { type, default: {}, description: type.description };
}

function typeOfCheck(description: string): Field {
  return { type: checkType, default: 'http', description };
}

const activeHealthy = record('ActiveHealthy', 'When probes make a target healthy.', {
  interval: interval('healthy'),
  http_statuses: statuses('healthy', [200, 302]),
  successes: count('successful probes'),
});

const activeUnhealthy = record('ActiveUnhealthy', 'When probes make a target unhealthy.', {
  interval: interval('unhealthy'),
  http_statuses: statuses('unhealthy', [429, 404, 500, 501, 502, 503, 504, 505]),
  ...failures,
});

const active = record('ActiveHealthchecks', 'The health checks that probe targets.', {
  type: typeOfCheck('What the probes look at.'),
  timeout: { type: seconds, default: 1, description: 'The seconds within which a probe must be answered.' },
  concurrency: {
    // Kong allows one more, which is beyond integers in GraphQL.
    type: integer(1, 2 ** 31 - 1),
    default: 10,
    description: 'The number of targets that are probed at once.',
  },
  http_path: { type: text(checks.path), default: '/', description: 'The path that probes ask for.' },
  https_sni: { type: text(checks.hostname), description: 'The server name that probes over TLS ask for.' },
  https_verify_certificate: {
    type: boolean(),
    default: true,
    description: 'Whether probes over TLS verify the certificate of the target.',
  },
  headers: {
    type: map(list(text()), checks.headerName),
    description: 'The headers that probes carry, each with its values.',
  },
  healthy: whole(activeHealthy),
  unhealthy: whole(activeUnhealthy),
});

const succeeding = [200, 201, 202, 203, 204, 205, 206, 207, 208, 226];
const redirecting = [300, 301, 302, 303, 304, 305, 306, 307, 308];

const passiveHealthy = record('PassiveHealthy', 'When traffic makes a target healthy.', {
  http_statuses: statuses('healthy', [...succeeding, ...redirecting]),
  successes: count('healthy responses'),
});

const passiveUnhealthy = record('PassiveUnhealthy', 'When traffic makes a target unhealthy.', {
  http_statuses: statuses('unhealthy', [429, 500, 503]),
  ...failures,
});

const passive = record('PassiveHealthchecks', 'The health checks that watch the traffic.', {
  type: typeOfCheck('What is watched in the traffic.'),
  healthy: whole(passiveHealthy),
  unhealthy: whole(passiveUnhealthy),
});

/** How an upstream finds out which of its targets are healthy. */
export const healthchecks: FieldType = record('Healthchecks', 'How targets are found to be healthy or not.', {
  threshold: {
    type: number(0, 100),
    default: 0,
    description: 'The share of the weight, in percent, that must be healthy for the upstream to be so.',
  },
  active: whole(active),
  passive: whole(passive),
});
