import { number, record, set, text } from '../../field.js';
import { severities } from '../parts/severity.js';
import { allProtocols, anyScope, type PluginSchema } from '../plugin-schema.js';
import { customFields, host, port, preset, required, secret, referenceable } from '../settings.js';

/** What happened is sent to Loggly. */
export const loggly: PluginSchema = {
  name: 'loggly',
  description: 'What happened is sent to Loggly.',
  priority: 6,
  scopes: anyScope,
  protocols: allProtocols,
  config: record('loggly', 'What is sent.', {
    host: preset(host, 'logs-01.loggly.com', 'The host that entries are sent to.'),
    port: preset(port, 514, 'The port that entries are sent to.'),
    key: secret(required(referenceable(), 'The token of the customer.')),
    tags: preset(set(text()), ['kong'], 'The tags of entries.'),
    ...severities,
    timeout: preset(number(), 10_000, 'The milliseconds after which an entry is given up.'),
    custom_fields_by_lua: customFields,
  }),
  rules: [],
};
