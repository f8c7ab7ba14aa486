import { choice, number, record, text } from '../../field.js';
import { oneFieldRequired } from '../../document.refusals.js';
import { type ConfigRule, httpProtocols, noConsumer, type PluginSchema } from '../plugin-schema.js';
import { is, requiredWhere, settingAt } from '../rules.js';
import { flag, optional, preset, since, texts, secret } from '../settings.js';

const flows = [
  'enable_authorization_code',
  'enable_implicit_grant',
  'enable_client_credentials',
  'enable_password_grant',
];

/** A server without a flow gives no token to anybody. */
const someFlow: ConfigRule = (config) =>
  flows.some((flow) => settingAt(config, flow) === true)
    ? []
    : [oneFieldRequired.problem({ fields: flows.map((flow) => `config.${flow}: true`) })];

/** The gateway is an OAuth 2.0 server: it gives tokens, and asks for them. */
export const oauth2: PluginSchema = {
  name: 'oauth2',
  description: 'The gateway is an OAuth 2.0 server: it gives tokens, and asks for them.',
  priority: 1400,
  scopes: noConsumer,
  protocols: httpProtocols,
  config: record('oauth2', 'Which flows there are, and how long tokens last.', {
    scopes: optional(texts, 'The scopes that a client may ask for.'),
    mandatory_scope: flag(false, 'Whether a client must ask for a scope.'),
    provision_key: secret(
      optional(
        text(),
        'The key by which the application that users log in to is known; each gateway makes its own without.',
      ),
    ),
    token_expiration: preset(number(), 7200, 'The seconds that a token is good for; 0 is without end.'),
    enable_authorization_code: flag(false, 'Whether the authorization code flow may be used.'),
    enable_implicit_grant: flag(false, 'Whether the implicit flow may be used.'),
    enable_client_credentials: flag(false, 'Whether the client credentials flow may be used.'),
    enable_password_grant: flag(false, 'Whether the password flow may be used.'),
    hide_credentials: flag(false, 'Whether the credential is removed before the request goes on.'),
    accept_http_if_already_terminated: flag(
      false,
      'Whether a proxy before the gateway may have ended the encryption.',
    ),
    anonymous: optional(
      text(),
      'The consumer, by id or name, that requests without a valid credential belong to.',
    ),
    global_credentials: flag(false, 'Whether tokens of other such plugins are good here, too.'),
    auth_header_name: preset(text(), 'authorization', 'The header that carries the token.'),
    refresh_token_ttl: preset(
      number(0, 100_000_000),
      1_209_600,
      'The seconds that a refresh token is good for; 0 is without end.',
    ),
    reuse_refresh_token: flag(false, 'Whether a refresh token stays the same when it is used.'),
    pkce: preset(
      choice('none', 'lax', 'strict'),
      'lax',
      'Whether public clients must prove that a code is theirs.',
    ),
    realm: since('3.8', optional(text(), 'The realm in the WWW-Authenticate header.')),
  }),
  rules: [someFlow, requiredWhere(is('mandatory_scope', true), 'scopes')],
};
