/** Who wants to know the caller, and turns others away. */
export const identifying = ['key-auth', 'basic-auth', 'hmac-auth', 'jwt', 'oauth2', 'ldap-auth', 'session'];
/** What turns requests away by what they are, or where they come from. */
export const refusing = [
  'acl',
  'ip-restriction',
  'bot-detection',
  'request-termination',
  'standard-webhooks',
  'redirect',
  'ai-prompt-guard',
];
export const limiting = ['rate-limiting', 'response-ratelimiting', 'request-size-limiting'];
/** What only looks on. */
export const observing = [
  'file-log',
  'http-log',
  'loggly',
  'syslog',
  'tcp-log',
  'udp-log',
  'statsd',
  'datadog',
  'prometheus',
  'zipkin',
  'opentelemetry',
  'correlation-id',
];

/** What consumers come with. */
export const credentials = [
  'keyauth_credential',
  'basicauth_credential',
  'hmacauth_credential',
  'jwt_secret',
  'oauth2_credential',
];
