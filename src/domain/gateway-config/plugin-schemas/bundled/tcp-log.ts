import { number, record, text } from '../../field.js';
import { allProtocols, anyScope, type PluginSchema } from '../plugin-schema.js';
import { customFields, flag, host, optional, port, preset, required } from '../settings.js';

/** What happened is sent to a TCP server. */
export const tcpLog: PluginSchema = {
  name: 'tcp-log',
  description: 'What happened is sent to a TCP server.',
  priority: 7,
  scopes: anyScope,
  protocols: allProtocols,
  config: record('tcp-log', 'Where entries are sent to.', {
    host: required(host, 'The host of the server.'),
    port: required(port, 'The port of the server.'),
    timeout: preset(number(), 10_000, 'The milliseconds after which a connection is given up.'),
    keepalive: preset(number(), 60_000, 'The milliseconds for which an idle connection is kept.'),
    tls: flag(false, 'Whether the connection is encrypted.'),
    tls_sni: optional(text(), 'The server name that the connection asks for, if it is encrypted.'),
    custom_fields_by_lua: customFields,
  }),
  rules: [],
};
