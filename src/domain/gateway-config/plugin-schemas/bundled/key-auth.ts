import { list, record, text } from '../../field.js';
import { httpProtocols, noConsumer, type PluginSchema } from '../plugin-schema.js';
import { flag, headerName, optional, preset, since } from '../settings.js';

/** Requests show who they are by a key. */
export const keyAuth: PluginSchema = {
  name: 'key-auth',
  description: 'Requests show who they are by a key.',
  priority: 1250,
  scopes: noConsumer,
  protocols: httpProtocols,
  config: record('key-auth', 'Where keys are looked for.', {
    key_names: preset(
      list(headerName),
      ['apikey'],
      'The names of headers, parameters and fields that may carry the key.',
    ),
    hide_credentials: flag(false, 'Whether the credential is removed before the request goes on.'),
    anonymous: optional(
      text(),
      'The consumer, by id or name, that requests without a valid credential belong to.',
    ),
    key_in_header: flag(true, 'Whether the key may be in a header.'),
    key_in_query: flag(true, 'Whether the key may be in the query.'),
    key_in_body: flag(false, 'Whether the key may be in the body.'),
    run_on_preflight: flag(true, 'Whether preflight requests need a key, too.'),
    realm: since('3.7', optional(text(), 'The realm in the WWW-Authenticate header.')),
  }),
  rules: [],
};
