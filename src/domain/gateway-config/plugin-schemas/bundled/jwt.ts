import { choice, number, record, set, text } from '../../field.js';
import { type ConfigRule, httpProtocols, noConsumer, type PluginSchema } from '../plugin-schema.js';
import { invalid, settingAt } from '../rules.js';
import { flag, optional, preset, since } from '../settings.js';

/** A limit on the time that is left is one on the claim that says it. */
const expiring: ConfigRule = (config) => {
  const isLimited = settingAt(config, 'maximum_expiration') !== 0;
  const claims = (config['claims_to_verify'] ?? []) as readonly string[];
  if (!isLimited || claims.includes('exp')) return [];
  return [invalid('claims_to_verify', 'contain exp where config.maximum_expiration is given', claims)];
};

/** Requests show who they are by a signed token. */
export const jwt: PluginSchema = {
  name: 'jwt',
  description: 'Requests show who they are by a signed token.',
  priority: 1450,
  scopes: noConsumer,
  protocols: httpProtocols,
  config: record('jwt', 'Where tokens are looked for, and how they are verified.', {
    uri_param_names: preset(set(text()), ['jwt'], 'The parameters of the query that may carry the token.'),
    cookie_names: preset(set(text()), [], 'The cookies that may carry the token.'),
    key_claim_name: preset(text(), 'iss', 'The claim that names the key.'),
    secret_is_base64: flag(false, 'Whether secrets are stored in Base64.'),
    claims_to_verify: optional(set(choice('exp', 'nbf')), 'The claims about time that are verified.'),
    anonymous: optional(
      text(),
      'The consumer, by id or name, that requests without a valid credential belong to.',
    ),
    run_on_preflight: flag(true, 'Whether preflight requests need a token, too.'),
    maximum_expiration: preset(
      number(0, 31_536_000),
      0,
      'The most seconds that a token may have left; 0 is any number.',
    ),
    header_names: preset(set(text()), ['authorization'], 'The headers that may carry the token.'),
    realm: since('3.8', optional(text(), 'The realm in the WWW-Authenticate header.')),
  }),
  rules: [expiring],
};
