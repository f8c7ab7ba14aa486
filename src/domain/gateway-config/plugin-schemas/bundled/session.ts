import { choice, number, record, set, text } from '../../field.js';
import { allProtocols, noConsumer, type PluginSchema } from '../plugin-schema.js';
import { flag, optional, preset, required, secret, since, referenceable } from '../settings.js';

const property = choice(
  ...['id', 'audience', 'subject', 'timeout', 'idling-timeout', 'rolling-timeout', 'absolute-timeout'],
);

/** Who has shown who they are once is known by a cookie after that. */
export const session: PluginSchema = {
  name: 'session',
  description: 'Who has shown who they are once is known by a cookie after that.',
  priority: 1900,
  scopes: noConsumer,
  protocols: allProtocols,
  config: {
    ...record('session', 'Where sessions are, and how long they last.', {
      secret: secret(
        required(
          referenceable(),
          'The secret from which the keys of cookies are made, the same on all gateways.',
        ),
      ),
      storage: preset(
        choice('cookie', 'kong'),
        'cookie',
        'Whether the cookie holds the session, or only its id.',
      ),
      audience: preset(text(), 'default', 'The application that a session is for.'),
      idling_timeout: preset(number(), 900, 'The seconds without a request after which a session ends.'),
      rolling_timeout: preset(number(), 3600, 'The seconds after which a session must be renewed.'),
      absolute_timeout: preset(number(), 86_400, 'The seconds after which a session ends in any case.'),
      stale_ttl: preset(number(), 10, 'The seconds for which a cookie is good after it was renewed.'),
      cookie_name: preset(text(), 'session', 'The name of the cookie.'),
      cookie_path: preset(text(), '/', 'The path of the cookie.'),
      cookie_domain: optional(text(), 'The domain of the cookie.'),
      cookie_same_site: preset(
        choice('Strict', 'Lax', 'None', 'Default'),
        'Strict',
        'Whether requests from other sites carry the cookie.',
      ),
      cookie_http_only: flag(true, 'Whether scripts must not see the cookie.'),
      cookie_secure: flag(true, 'Whether only encrypted requests carry the cookie.'),
      remember: flag(false, 'Whether a session outlives the browser.'),
      remember_cookie_name: preset(text(), 'remember', 'The name of the cookie that outlives the browser.'),
      remember_rolling_timeout: preset(
        number(),
        604_800,
        'The seconds after which such a session must be renewed.',
      ),
      remember_absolute_timeout: preset(
        number(),
        2_592_000,
        'The seconds after which such a session ends in any case.',
      ),
      response_headers: optional(
        set(property),
        'The properties of the session that clients receive as headers.',
      ),
      request_headers: optional(
        set(property),
        'The properties of the session that upstreams receive as headers.',
      ),
      read_body_for_logout: since('3.5', flag(false, 'Whether the body of a request may end the session.')),
      logout_methods: preset(
        set(choice('GET', 'POST', 'DELETE')),
        ['POST', 'DELETE'],
        'The methods of requests that may end the session.',
      ),
      logout_query_arg: preset(text(), 'session_logout', 'The parameter of the query that ends the session.'),
      logout_post_arg: preset(text(), 'session_logout', 'The field of the body that ends the session.'),
    }),
    former: {
      cookie_lifetime: 'rolling_timeout',
      cookie_idletime: 'idling_timeout',
      cookie_renew: null,
      cookie_discard: 'stale_ttl',
      cookie_samesite: 'cookie_same_site',
      cookie_httponly: 'cookie_http_only',
      cookie_persistent: 'remember',
    },
  },
  rules: [],
};
