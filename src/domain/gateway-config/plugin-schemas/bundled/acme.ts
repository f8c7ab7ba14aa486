import * as checks from '../../checks.js';
import { choice, list, number, oneOfNumbers, record, text } from '../../field.js';
import { storageConfig } from '../parts/acme-storage.js';
import { type ConfigRule, httpProtocols, type PluginSchema } from '../plugin-schema.js';
import { invalid, is, mustBeWhere, requiredWhere } from '../rules.js';
import { flag, group, optional, preset, required, secret, url, referenceable } from '../settings.js';

const letsEncrypt = ['https://acme-v02.api.letsencrypt.org', 'https://acme-staging-v02.api.letsencrypt.org'];

const accountKey = record('account_key', 'The key of the account, among the keys of the gateway.', {
  key_id: required(text(), 'The id of the key.'),
  key_set: optional(text(), 'The name of its key set.'),
});

/** Gateways that a control plane configures share nothing but what is outside of them. */
const sharedStorage: ConfigRule = (config) =>
  config['storage'] === 'shm'
    ? [invalid('storage', 'be a storage that all gateways share: kong, redis, consul, or vault', 'shm')]
    : [];

/** Certificates come from Let’s Encrypt, or from another ACME service. */
export const acme: PluginSchema = {
  name: 'acme',
  description: 'Certificates come from Let’s Encrypt, or from another ACME service.',
  priority: 1705,
  scopes: [],
  protocols: httpProtocols,
  config: record('acme', 'Which certificates there are, and where they are kept.', {
    account_email: secret(
      required(
        referenceable(text((value) => (value.includes('@') ? undefined : 'be an e-mail address'))),
        'The e-mail address of the account.',
      ),
    ),
    account_key: optional(accountKey, accountKey.description),
    api_uri: preset(url, 'https://acme-v02.api.letsencrypt.org/directory', 'The URL of the service.'),
    tos_accepted: flag(false, 'Whether the terms of the service are accepted.'),
    eab_kid: secret(optional(referenceable(), 'The id of the key by which an existing account is known.')),
    eab_hmac_key: secret(optional(referenceable(), 'The key by which an existing account is known.')),
    cert_type: preset(choice('rsa', 'ecc'), 'rsa', 'The type of certificates.'),
    rsa_key_size: preset(oneOfNumbers(2048, 3072, 4096), 4096, 'The bits of RSA keys.'),
    renew_threshold_days: preset(number(), 14, 'The days before its end on which a certificate is renewed.'),
    domains: optional(list(text(checks.routeHost)), 'The domains that certificates are made for.'),
    allow_any_domain: flag(false, 'Whether certificates are made for any domain that is asked for.'),
    fail_backoff_minutes: preset(number(), 5, 'The minutes before a domain that failed is tried again.'),
    storage: preset(
      choice('kong', 'shm', 'redis', 'consul', 'vault'),
      'shm',
      'Where keys and certificates are kept.',
    ),
    storage_config: group(storageConfig),
    preferred_chain: optional(
      text(),
      'The name of the authority that the chain of a certificate should end with.',
    ),
    enable_ipv4_common_name: flag(true, 'Whether an IP address may be the name in a certificate.'),
  }),
  rules: [
    requiredWhere(is('storage', 'redis'), 'storage_config.redis.host', 'storage_config.redis.port'),
    mustBeWhere(is('api_uri', ...letsEncrypt), 'tos_accepted', true),
    sharedStorage,
  ],
};
