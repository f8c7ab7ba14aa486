import * as checks from '../../checks.js';
import { choice, map, number, record, text } from '../../field.js';
import { propagation, traceFormats } from '../parts/propagation.js';
import { queue } from '../parts/queue.js';
import { anyScope, httpProtocols, type PluginSchema } from '../plugin-schema.js';
import { atLeastOneOf } from '../rules.js';
import {
  anyInteger,
  milliseconds,
  optional,
  preset,
  referenceable,
  secret,
  since,
  url,
} from '../settings.js';

/** Traces and logs are sent to an OpenTelemetry collector. */
export const opentelemetry: PluginSchema = {
  name: 'opentelemetry',
  description: 'Traces and logs are sent to an OpenTelemetry collector.',
  priority: 14,
  scopes: anyScope,
  protocols: httpProtocols,
  config: {
    ...record('opentelemetry', 'What is sent, and where.', {
      traces_endpoint: since('3.8', optional(referenceable(url), 'The URL that traces are sent to.')),
      logs_endpoint: since('3.8', optional(referenceable(url), 'The URL that logs are sent to.')),
      headers: secret(optional(map(referenceable(), checks.headerName), 'Further headers of requests.')),
      resource_attributes: optional(map(text()), 'What is said of the gateway in everything that is sent.'),
      queue: { ...queue, default: { max_batch_size: 200 } },
      batch_span_count: optional(anyInteger, 'Deprecated; queue.max_batch_size takes its place.'),
      batch_flush_delay: optional(anyInteger, 'Deprecated; queue.max_coalescing_delay takes its place.'),
      connect_timeout: preset(milliseconds, 1000, 'The milliseconds after which a connection is given up.'),
      send_timeout: preset(
        milliseconds,
        5000,
        'The milliseconds between two writes after which a request is given up.',
      ),
      read_timeout: preset(
        milliseconds,
        5000,
        'The milliseconds between two reads after which a request is given up.',
      ),
      http_response_header_for_traceid: optional(
        text(),
        'The header in which clients receive the id of the trace.',
      ),
      header_type: preset(
        choice('preserve', 'ignore', ...traceFormats),
        'preserve',
        'Deprecated; propagation takes its place.',
      ),
      sampling_rate: since(
        '3.6',
        optional(number(0, 1), 'The share of requests that are traced, if it is not that of the gateway.'),
      ),
      propagation: propagation('w3c'),
    }),
    former: { endpoint: 'traces_endpoint' },
  },
  rules: [atLeastOneOf('traces_endpoint', 'logs_endpoint')],
};
