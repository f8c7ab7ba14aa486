import { integer, record } from '../../field.js';
import { anyScope, httpProtocols, type PluginSchema } from '../plugin-schema.js';
import { flag, preset, required, url } from '../settings.js';

/** The gateway sends clients to another place. */
export const redirect: PluginSchema = {
  name: 'redirect',
  description: 'The gateway sends clients to another place.',
  since: '3.9',
  priority: 779,
  scopes: anyScope,
  protocols: httpProtocols,
  config: record('redirect', 'Where clients are sent to.', {
    status_code: preset(integer(100, 599), 301, 'The status of the response.'),
    location: required(url, 'The URL that clients are sent to.'),
    keep_incoming_path: flag(false, 'Whether the path and the query of the request are kept.'),
  }),
  rules: [],
};
