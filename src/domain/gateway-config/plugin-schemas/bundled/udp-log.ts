import { number, record } from '../../field.js';
import { allProtocols, anyScope, type PluginSchema } from '../plugin-schema.js';
import { customFields, host, port, preset, required } from '../settings.js';

/** What happened is sent to a UDP server. */
export const udpLog: PluginSchema = {
  name: 'udp-log',
  description: 'What happened is sent to a UDP server.',
  priority: 8,
  scopes: anyScope,
  protocols: allProtocols,
  config: record('udp-log', 'Where entries are sent to.', {
    host: required(host, 'The host of the server.'),
    port: required(port, 'The port of the server.'),
    timeout: preset(number(), 10_000, 'The milliseconds after which an entry is given up.'),
    custom_fields_by_lua: customFields,
  }),
  rules: [],
};
