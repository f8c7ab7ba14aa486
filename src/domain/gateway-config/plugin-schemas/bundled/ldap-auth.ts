import { number, record, text } from '../../field.js';
import { httpProtocols, noConsumer, type PluginSchema } from '../plugin-schema.js';
import { is, mustBeWhere } from '../rules.js';
import { flag, host, optional, port, preset, required, since } from '../settings.js';

/** Requests show who they are by a name and a password of an LDAP directory. */
export const ldapAuth: PluginSchema = {
  name: 'ldap-auth',
  description: 'Requests show who they are by a name and a password of an LDAP directory.',
  priority: 1200,
  scopes: noConsumer,
  protocols: httpProtocols,
  config: record('ldap-auth', 'Where the directory is, and how users are found in it.', {
    ldap_host: required(host, 'The host of the directory.'),
    ldap_port: preset(port, 389, 'The port of the directory.'),
    ldaps: flag(false, 'Whether the connection is encrypted from its beginning.'),
    start_tls: flag(false, 'Whether encryption begins on the connection.'),
    verify_ldap_host: flag(false, 'Whether the certificate of the directory is verified.'),
    base_dn: required(text(), 'The entry under which users are looked for.'),
    attribute: required(text(), 'The attribute that holds the name of a user.'),
    cache_ttl: preset(number(), 60, 'The seconds for which an answer of the directory is kept.'),
    hide_credentials: flag(false, 'Whether the credential is removed before the request goes on.'),
    timeout: preset(number(), 10_000, 'The milliseconds after which a connection is given up.'),
    keepalive: preset(number(), 60_000, 'The milliseconds for which an idle connection is kept.'),
    anonymous: optional(
      text(),
      'The consumer, by id or name, that requests without a valid credential belong to.',
    ),
    header_type: preset(text(), 'ldap', 'The scheme in the Authorization header.'),
    realm: since('3.8', optional(text(), 'The realm in the WWW-Authenticate header.')),
  }),
  rules: [mustBeWhere(is('ldaps', true), 'start_tls', false)],
};
