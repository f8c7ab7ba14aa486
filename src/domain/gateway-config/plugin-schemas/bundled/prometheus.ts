import { record } from '../../field.js';
import { allProtocols, anyScope, type PluginSchema } from '../plugin-schema.js';
import { flag, since } from '../settings.js';

/** Metrics are there for Prometheus to read. */
export const prometheus: PluginSchema = {
  name: 'prometheus',
  description: 'Metrics are there for Prometheus to read.',
  priority: 13,
  scopes: anyScope,
  protocols: allProtocols,
  config: record('prometheus', 'What is measured.', {
    per_consumer: flag(false, 'Whether metrics are kept for each consumer.'),
    status_code_metrics: flag(false, 'Whether statuses are counted.'),
    ai_metrics: since('3.8', flag(false, 'Whether requests to language models are counted.')),
    latency_metrics: flag(false, 'Whether latencies are measured.'),
    bandwidth_metrics: flag(false, 'Whether bytes are counted.'),
    upstream_health_metrics: flag(false, 'Whether there is a metric for the health of each target.'),
  }),
  rules: [],
};
