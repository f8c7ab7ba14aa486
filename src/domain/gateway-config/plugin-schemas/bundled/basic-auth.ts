import { record, text } from '../../field.js';
import { httpProtocols, noConsumer, type PluginSchema } from '../plugin-schema.js';
import { flag, optional, preset, since } from '../settings.js';

/** Requests show who they are by a name and a password. */
export const basicAuth: PluginSchema = {
  name: 'basic-auth',
  description: 'Requests show who they are by a name and a password.',
  priority: 1100,
  scopes: noConsumer,
  protocols: httpProtocols,
  config: record('basic-auth', 'What happens with credentials.', {
    anonymous: optional(
      text(),
      'The consumer, by id or name, that requests without a valid credential belong to.',
    ),
    hide_credentials: flag(false, 'Whether the credential is removed before the request goes on.'),
    realm: since('3.6', preset(text(), 'service', 'The realm in the WWW-Authenticate header.')),
  }),
  rules: [],
};
