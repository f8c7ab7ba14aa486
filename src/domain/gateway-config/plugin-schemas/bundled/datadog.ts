import { type Check, choice, list, number, record, text } from '../../field.js';
import { formerQueue, queue } from '../parts/queue.js';
import { sampled } from '../parts/metric.js';
import { allProtocols, anyScope, type PluginSchema } from '../plugin-schema.js';
import { host, optional, port, preset, referenceable, required } from '../settings.js';

const consumerName = choice('consumer_id', 'custom_id', 'username');
const statTypes = ['counter', 'gauge', 'histogram', 'meter', 'set', 'timer', 'distribution'];
const timed = ['latency', 'request_size', 'response_size', 'upstream_latency', 'kong_latency'];

const metrics = [
  { name: 'request_count', stat_type: 'counter', sample_rate: 1 },
  ...timed.map((name) => ({ name, stat_type: 'timer' })),
].map((each) => ({ ...each, tags: ['app:kong'], consumer_identifier: 'custom_id' }));

const tagCheck: Check<string> = (value) =>
  value.endsWith(':') ? 'end with something other than “:”' : undefined;

const metric = record(
  'metric',
  'A metric.',
  {
    name: required(choice('request_count', ...timed), 'What is measured.'),
    stat_type: required(choice(...statTypes), 'How it is measured.'),
    tags: optional(list(text(tagCheck)), 'Further tags, each as name:value.'),
    sample_rate: optional(number(0, 1), 'The share of requests that is measured.'),
    consumer_identifier: optional(consumerName, 'What consumers are called.'),
  },
  sampled,
);

/** Metrics are sent to the agent of Datadog. */
export const datadog: PluginSchema = {
  name: 'datadog',
  description: 'Metrics are sent to the agent of Datadog.',
  priority: 10,
  scopes: anyScope,
  protocols: allProtocols,
  config: record('datadog', 'What is sent, and where.', {
    host: preset(referenceable(host), 'localhost', 'The host of the agent.'),
    port: preset(port, 8125, 'The port of the agent.'),
    prefix: preset(text(), 'kong', 'What the names of metrics begin with.'),
    service_name_tag: preset(text(), 'name', 'The tag that names the service.'),
    status_tag: preset(text(), 'status', 'The tag that holds the status.'),
    consumer_tag: preset(text(), 'consumer', 'The tag that names the consumer.'),
    ...formerQueue,
    queue,
    metrics: preset(list(metric), metrics, 'The metrics that are sent.'),
  }),
  rules: [],
};
