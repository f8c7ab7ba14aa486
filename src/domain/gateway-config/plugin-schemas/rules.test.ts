import type { JsonObject } from '../../../foundation/kernel/json.js';
import { normalise } from '../document.js';
import { plugin } from '../kinds/plugin.js';

function verdict(name: string, config: JsonObject): string[] {
  return normalise(plugin, { name, config }).problems.map(({ code, path }) => [code, ...path].join(' '));
}

const chat = { route_type: 'llm/v1/chat' };
const model = (provider: string, options?: JsonObject): JsonObject => ({
  ...chat,
  model: { provider, ...(options && { options }) },
});
const limits = { limits: { a: { minute: 1 } } };

it.each<[string, JsonObject, string[]]>([
  ['rate-limiting', {}, ['ONE_FIELD_REQUIRED config']],
  ['rate-limiting', { second: 10, hour: 5 }, ['FIELD_INVALID config hour']],
  ['rate-limiting', { second: 10, minute: 10, year: 11 }, []],
  ['rate-limiting', { second: 0.5 }, []],
  ['rate-limiting', { second: -1 }, ['FIELD_INVALID config second']],
  ['rate-limiting', { minute: 1, policy: 'cluster' }, ['FIELD_INVALID config policy']],
  ['rate-limiting', { minute: 1, policy: 'redis' }, ['FIELD_REQUIRED config redis host']],
  ['rate-limiting', { minute: 1, policy: 'redis', redis: { host: 'r' }, sync_rate: 0.1 }, []],
  ['rate-limiting', { minute: 1, policy: 'redis', redis_host: 'r' }, []],
  [
    'rate-limiting',
    { minute: 1, policy: 'redis', redis: { host: 'r' }, sync_rate: 0.01 },
    ['FIELD_INVALID config sync_rate'],
  ],
  ['rate-limiting', { minute: 1, sync_rate: 1 }, ['FIELD_INVALID config sync_rate']],
  ['rate-limiting', { minute: 1, limit_by: 'header' }, ['FIELD_REQUIRED config header_name']],
  ['rate-limiting', { minute: 1, limit_by: 'path', path: '/a' }, []],
  ['rate-limiting', { minute: 1, redis: { hots: 'r' } }, ['UNKNOWN_FIELD config redis hots']],
  ['response-ratelimiting', { limits: {} }, ['FIELD_REQUIRED config limits']],
  ['response-ratelimiting', {}, ['FIELD_REQUIRED config limits']],
  ['response-ratelimiting', { limits: { a: {} } }, ['FIELD_INVALID config limits a']],
  [
    'response-ratelimiting',
    { limits: { 'a b': { hour: 2, day: 1 } } },
    ['FIELD_INVALID config limits a b day'],
  ],
  ['response-ratelimiting', { ...limits, policy: 'redis' }, ['FIELD_REQUIRED config redis host']],
  ['acl', {}, ['ONE_FIELD_REQUIRED config']],
  ['acl', { allow: [] }, ['ONE_FIELD_REQUIRED config']],
  ['acl', { allow: ['a'], deny: ['b'] }, ['FIELDS_CONFLICT config deny']],
  ['ip-restriction', {}, ['ONE_FIELD_REQUIRED config']],
  ['ip-restriction', { allow: ['::1'], deny: ['10.0.0.1'] }, []],
  ['jwt', { maximum_expiration: 60 }, ['FIELD_INVALID config claims_to_verify']],
  ['jwt', { maximum_expiration: 60, claims_to_verify: ['exp'] }, []],
  [
    'ldap-auth',
    { ldap_host: 'l', base_dn: 'd', attribute: 'a', ldaps: true, start_tls: true },
    ['FIELD_INVALID config start_tls'],
  ],
  [
    'ldap-auth',
    {},
    ['FIELD_REQUIRED config ldap_host', 'FIELD_REQUIRED config base_dn', 'FIELD_REQUIRED config attribute'],
  ],
  ['oauth2', {}, ['ONE_FIELD_REQUIRED config']],
  ['oauth2', { enable_implicit_grant: true, mandatory_scope: true }, ['FIELD_REQUIRED config scopes']],
  ['session', {}, ['FIELD_REQUIRED config secret']],
  ['aws-lambda', { aws_key: 'k' }, ['FIELD_REQUIRED config aws_secret']],
  ['aws-lambda', { proxy_url: 'https://proxy' }, ['FIELD_INVALID config proxy_url']],
  ['aws-lambda', { proxy_url: 'http://proxy:3128' }, []],
  ['request-termination', { message: 'm', body: 'b' }, ['FIELDS_CONFLICT config body']],
  ['request-termination', { content_type: 'text/plain' }, ['FIELD_REQUIRED config body']],
  ['request-termination', { echo: true, body: 'b' }, ['FIELDS_CONFLICT config body']],
  ['http-log', {}, ['FIELD_REQUIRED config http_endpoint']],
  ['http-log', { http_endpoint: '{vault://env/log-url}' }, []],
  [
    'http-log',
    { http_endpoint: 'http://u:p@h', headers: { authorization: 'b' } },
    ['FIELDS_CONFLICT config headers'],
  ],
  [
    'zipkin',
    {
      static_tags: [
        { name: 'a', value: '1' },
        { name: 'a', value: '2' },
      ],
    },
    ['FIELD_INVALID config static_tags 1 name'],
  ],
  ['opentelemetry', {}, ['ONE_FIELD_REQUIRED config']],
  ['opentelemetry', { endpoint: 'http://collector:4318' }, []],
  ['pre-function', { access: [] }, ['ONE_FIELD_REQUIRED config']],
  ['acme', { account_email: 'a@b' }, ['FIELD_INVALID config storage']],
  ['acme', { account_email: 'a@b', storage: 'redis' }, ['FIELD_REQUIRED config storage_config redis host']],
  [
    'acme',
    { account_email: 'a@b', storage: 'kong', api_uri: 'https://acme-v02.api.letsencrypt.org' },
    ['FIELD_INVALID config tos_accepted'],
  ],
  ['ai-proxy', {}, ['FIELD_REQUIRED config route_type', 'FIELD_REQUIRED config model provider']],
  ['ai-proxy', model('openai'), []],
  ['ai-proxy', model('mistral'), ['FIELD_REQUIRED config model options mistral_format']],
  ['ai-proxy', model('azure', { azure_instance: 'i', azure_deployment_id: 'd' }), []],
  ['ai-proxy', model('bedrock'), ['FIELD_REQUIRED config auth']],
  [
    'ai-proxy',
    { ...model('bedrock'), auth: { allow_override: true } },
    ['FIELD_INVALID config auth allow_override'],
  ],
  [
    'ai-proxy',
    { ...model('openai'), auth: { header_name: 'a' } },
    ['FIELD_REQUIRED config auth header_value'],
  ],
  ['ai-proxy', { ...model('openai'), llm_format: 'gemini' }, ['FIELD_INVALID config model provider']],
  [
    'ai-proxy',
    {
      ...model('anthropic', { anthropic_version: '1' }),
      route_type: 'llm/v1/completions',
      logging: { log_statistics: true },
    },
    ['FIELD_INVALID config logging log_statistics'],
  ],
  [
    'ai-prompt-guard',
    { deny_patterns: ['a'], match_all_roles: true, allow_all_conversation_history: true },
    ['FIELD_INVALID config allow_all_conversation_history'],
  ],
  ['ai-prompt-decorator', { prompts: {} }, ['ONE_FIELD_REQUIRED config']],
  [
    'ai-prompt-decorator',
    { prompts: { append: Array.from({ length: 16 }, () => ({ content: 'a' })) } },
    ['FIELD_INVALID config prompts append'],
  ],
  [
    'ai-request-transformer',
    { prompt: 'p', llm: { ...model('openai'), route_type: 'preserve' } },
    ['FIELD_INVALID config llm route_type'],
  ],
  [
    'ai-request-transformer',
    { prompt: 'p', llm: model('openai'), https_proxy_host: 'p' },
    ['FIELD_REQUIRED config https_proxy_port'],
  ],
])('%s with %j has the problems %j', (name, config, expected) => {
  expect(verdict(name, config)).toEqual(expected);
});

it('says in words what must be done', () => {
  const say = (name: string, config: JsonObject): string | undefined =>
    normalise(plugin, { name, config }).problems[0]?.message;
  expect(say('rate-limiting', { minute: 1, policy: 'redis' })).toBe(
    'config.redis.host is required when config.policy is redis.',
  );
  expect(say('rate-limiting', { second: 10, hour: 5 })).toBe(
    'config.hour must be at least 10, the limit for a second, not 5.',
  );
  expect(say('rate-limiting', { second: 0 })).toBe('config.second must be greater than 0, not 0.');
  expect(say('rate-limiting', { minut: 1, hour: 1 })).toBe(
    'rate-limiting has no field config.minut. Did you mean minute?',
  );
  expect(say('acl', {})).toBe('Give at least one of config.allow, config.deny.');
});

it('never repeats a secret', () => {
  const config = { account_email: 'planted', storage: 'kong' };
  const [problem] = normalise(plugin, { name: 'acme', config }).problems;
  expect(problem?.path).toEqual(['config', 'account_email']);
  expect(problem?.message).not.toContain('planted');
});

describe('former names', () => {
  const configOf = (name: string, config: JsonObject): JsonObject =>
    normalise(plugin, { name, config }).document['config'] as JsonObject;

  it('mean what is called otherwise now', () => {
    expect(configOf('rate-limiting', { minute: 1, redis_host: 'a', redis_timeout: 1 })).toEqual(
      configOf('rate-limiting', { minute: 1, redis: { host: 'a', timeout: 1 } }),
    );
    const redis = { host: 'a', auth: 'p', namespace: 'n' };
    expect(
      configOf('acme', { account_email: 'a@b', storage: 'redis', storage_config: { redis } }),
    ).toMatchObject({ storage_config: { redis: { password: 'p', extra_options: { namespace: 'n' } } } });
    expect(configOf('session', { secret: 's', cookie_lifetime: 5, cookie_renew: 600 })).toEqual(
      configOf('session', { secret: 's', rolling_timeout: 5 }),
    );
  });

  it('give way to the names of today', () => {
    const given = { minute: 1, redis_host: 'old', redis_port: 1, redis: { host: 'new' } };
    expect(configOf('rate-limiting', given)['redis']).toMatchObject({ host: 'new', port: 1 });
    expect(configOf('rate-limiting', { minute: 1, redis_host: null })).toEqual(
      configOf('rate-limiting', { minute: 1 }),
    );
  });
});
