import { type Check, choice, list, number, record, text } from '../../field.js';
import { formerQueue, queue } from '../parts/queue.js';
import { sampled } from '../parts/metric.js';
import { allProtocols, anyScope, type PluginSchema } from '../plugin-schema.js';
import { flag, host, optional, port, positive, preset, required } from '../settings.js';

const consumerName = choice('consumer_id', 'custom_id', 'username');
const serviceName = choice('service_id', 'service_name', 'service_host', 'service_name_or_host');
const workspaceName = choice('workspace_id', 'workspace_name');

/** The metrics, each with the type that it has unless another is given. */
const types = {
  request_count: 'counter',
  latency: 'timer',
  request_size: 'counter',
  status_count: 'counter',
  response_size: 'counter',
  unique_users: 'set',
  request_per_user: 'counter',
  upstream_latency: 'timer',
  kong_latency: 'timer',
  status_count_per_user: 'counter',
  status_count_per_workspace: 'counter',
  status_count_per_user_per_route: 'counter',
  shdict_usage: 'gauge',
} as const;

const metrics = Object.entries(types).map(([name, stat_type]) => ({
  name,
  stat_type,
  ...(stat_type === 'counter' || stat_type === 'gauge' ? { sample_rate: 1 } : {}),
}));

const metric = record(
  'metric',
  'A metric.',
  {
    name: required(choice(...Object.keys(types)), 'What is measured.'),
    stat_type: required(
      choice('counter', 'gauge', 'histogram', 'meter', 'set', 'timer'),
      'How it is measured.',
    ),
    sample_rate: optional(positive, 'The share of requests that is measured.'),
    consumer_identifier: optional(consumerName, 'What consumers are called.'),
    service_identifier: optional(serviceName, 'What services are called.'),
    workspace_identifier: optional(workspaceName, 'What workspaces are called.'),
  },
  sampled,
);

const statusRange: Check<string> = (value) =>
  /^\d+-\d+$/.test(value) ? undefined : 'be a range of statuses, as 200-299';

/** Metrics are sent to a StatsD server. */
export const statsd: PluginSchema = {
  name: 'statsd',
  description: 'Metrics are sent to a StatsD server.',
  priority: 11,
  scopes: anyScope,
  protocols: allProtocols,
  config: record('statsd', 'What is sent, and where.', {
    host: preset(host, 'localhost', 'The host of the server.'),
    port: preset(port, 8125, 'The port of the server.'),
    prefix: preset(text(), 'kong', 'What the names of metrics begin with.'),
    metrics: preset(list(metric), metrics, 'The metrics that are sent.'),
    allow_status_codes: optional(
      list(text(statusRange)),
      'The ranges of statuses that are counted, as 200-299.',
    ),
    udp_packet_size: preset(
      number(0, 65_507),
      0,
      'The most bytes that are sent at once; with 0, each metric is sent alone.',
    ),
    use_tcp: flag(false, 'Whether metrics are sent over TCP.'),
    hostname_in_prefix: flag(false, 'Whether the prefix contains the name of the gateway.'),
    consumer_identifier_default: preset(consumerName, 'custom_id', 'What consumers are called.'),
    service_identifier_default: preset(serviceName, 'service_name_or_host', 'What services are called.'),
    workspace_identifier_default: preset(workspaceName, 'workspace_id', 'What workspaces are called.'),
    ...formerQueue,
    tag_style: optional(
      choice('dogstatsd', 'influxdb', 'librato', 'signalfx'),
      'The format of tags; without one, there are none.',
    ),
    queue,
  }),
  rules: [],
};
