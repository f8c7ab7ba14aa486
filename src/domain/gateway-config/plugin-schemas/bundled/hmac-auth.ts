import { choice, list, record, text } from '../../field.js';
import { httpProtocols, noConsumer, type PluginSchema } from '../plugin-schema.js';
import { flag, optional, positive, preset, since, texts } from '../settings.js';

const algorithms = ['hmac-sha1', 'hmac-sha256', 'hmac-sha384', 'hmac-sha512'];

/** Requests show who they are by a signature. */
export const hmacAuth: PluginSchema = {
  name: 'hmac-auth',
  description: 'Requests show who they are by a signature.',
  priority: 1030,
  scopes: noConsumer,
  protocols: httpProtocols,
  config: record('hmac-auth', 'How signatures are verified.', {
    hide_credentials: flag(false, 'Whether the credential is removed before the request goes on.'),
    clock_skew: preset(positive, 300, 'The seconds by which the clocks of client and gateway may differ.'),
    anonymous: optional(
      text(),
      'The consumer, by id or name, that requests without a valid credential belong to.',
    ),
    validate_request_body: flag(false, 'Whether the digest of the body is verified.'),
    enforce_headers: preset(texts, [], 'The headers that a client must sign.'),
    algorithms: preset(list(choice(...algorithms)), algorithms, 'The algorithms that clients may sign with.'),
    realm: since('3.8', optional(text(), 'The realm in the WWW-Authenticate header.')),
  }),
  rules: [],
};
