import { choice, list, number, oneOfNumbers, record, text } from '../../field.js';
import type { JsonObject } from '../../../../foundation/kernel/json.js';
import { propagation, traceFormats } from '../parts/propagation.js';
import { queue } from '../parts/queue.js';
import { textAt } from '../../reading.js';
import { allProtocols, anyScope, type ConfigRule, type PluginSchema } from '../plugin-schema.js';
import { invalid } from '../rules.js';
import { flag, milliseconds, optional, preset, required, url } from '../settings.js';

const itsOwn = new Set([
  ...['error', 'http.method', 'http.path', 'http.status_code', 'kong.balancer.state', 'kong.balancer.try'],
  ...[
    'kong.consumer',
    'kong.credential',
    'kong.node.id',
    'kong.route',
    'kong.service',
    'lc',
    'peer.hostname',
  ],
]);

const staticTag = record('static_tag', 'A tag of all traces.', {
  name: required(
    text((value) => (itsOwn.has(value) ? 'be a name that the gateway does not use' : undefined)),
    'The name of the tag.',
  ),
  value: required(text(), 'The value of the tag.'),
});

const distinctTags: ConfigRule = (config) => {
  const names = ((config['static_tags'] ?? []) as readonly JsonObject[]).map((tag) => textAt(tag, 'name'));
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [invalid(['static_tags', String(index), 'name'], 'be there once', name)],
  );
};

/** Traces are sent to Zipkin. */
export const zipkin: PluginSchema = {
  name: 'zipkin',
  description: 'Traces are sent to Zipkin.',
  priority: 100_000,
  scopes: anyScope,
  protocols: allProtocols,
  config: record('zipkin', 'What is traced, and where it is sent.', {
    local_service_name: preset(text(), 'kong', 'What the gateway is called in traces.'),
    http_endpoint: optional(url, 'The URL that traces are sent to; without one, they are only passed on.'),
    sample_ratio: preset(number(0, 1), 0.001, 'The share of requests without a trace that are traced.'),
    default_service_name: optional(text(), 'What services without a name are called in traces.'),
    include_credential: flag(true, 'Whether traces hold the id of the credential.'),
    traceid_byte_count: preset(oneOfNumbers(8, 16), 16, 'The bytes of ids of traces.'),
    header_type: preset(
      choice('preserve', 'ignore', ...traceFormats),
      'preserve',
      'Deprecated; propagation takes its place.',
    ),
    default_header_type: preset(
      choice(...traceFormats),
      'b3',
      'Deprecated; propagation.default_format takes its place.',
    ),
    tags_header: preset(text(), 'Zipkin-Tags', 'The header that holds further tags.'),
    static_tags: optional(list(staticTag), 'Further tags of all traces.'),
    http_span_name: preset(
      choice('method', 'method_path'),
      'method',
      'Whether spans are named by the method alone.',
    ),
    connect_timeout: preset(milliseconds, 2000, 'The milliseconds after which a connection is given up.'),
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
    phase_duration_flavor: preset(
      choice('annotations', 'tags'),
      'annotations',
      'How the durations of phases are told.',
    ),
    queue,
    propagation: propagation('b3'),
  }),
  rules: [distinctTags],
};
