import type { JsonObject } from '../../../foundation/kernel/json.js';
import { normalise } from '../document.js';
import { plugin } from '../kinds/plugin.js';
import { bundledPlugins, pluginSchema } from './index.js';

/** For each plugin: settings as people write them, what is filled in beside them, and a wrong one with its place. */
const table: readonly [name: string, given: JsonObject, filled: JsonObject, wrong: JsonObject, at: string][] =
  [
    ['acl', { allow: ['gold'] }, { hide_groups_header: false }, { allow: 'gold' }, 'allow'],
    [
      'acme',
      {
        account_email: 'ops@example.com',
        storage: 'redis',
        storage_config: { redis: { host: 'redis.internal' } },
      },
      { cert_type: 'rsa', storage_config: { redis: { port: 6379, extra_options: { scan_count: 10 } } } },
      { rsa_key_size: 1024 },
      'rsa_key_size',
    ],
    [
      'ai-prompt-decorator',
      { prompts: { prepend: [{ content: 'Be brief.' }] } },
      { prompts: { prepend: [{ role: 'system', content: 'Be brief.' }] }, max_request_body_size: 8192 },
      { prompts: { append: [{ role: 'robot', content: 'a' }] } },
      'prompts.append.0.role',
    ],
    [
      'ai-prompt-guard',
      { deny_patterns: ['.*password.*'] },
      { match_all_roles: false, llm_format: 'openai' },
      { deny_patterns: ['a'.repeat(501)] },
      'deny_patterns.0',
    ],
    [
      'ai-prompt-template',
      { templates: [{ name: 'greeting', template: '{"messages":[]}' }] },
      { allow_untemplated_requests: true },
      { templates: [{ name: 'greeting' }] },
      'templates.0.template',
    ],
    [
      'ai-proxy',
      {
        route_type: 'llm/v1/chat',
        model: { provider: 'openai', name: 'gpt-4', options: { max_tokens: 512 } },
      },
      { logging: { log_payloads: false }, response_streaming: 'allow', model_name_header: true },
      { model: { provider: 'openai', options: { temperature: 6 } } },
      'model.options.temperature',
    ],
    [
      'ai-request-transformer',
      { prompt: 'Translate.', llm: { route_type: 'llm/v1/chat', model: { provider: 'cohere' } } },
      { http_timeout: 60000, llm: { logging: { log_statistics: false } } },
      { http_proxy_port: 70000 },
      'http_proxy_port',
    ],
    [
      'ai-response-transformer',
      { prompt: 'Shorten.', llm: { route_type: 'llm/v1/chat', model: { provider: 'openai' } } },
      { parse_llm_response_json_instructions: false, https_verify: true },
      { https_verify: 'yes' },
      'https_verify',
    ],
    [
      'aws-lambda',
      { aws_region: 'eu-central-1', function_name: 'orders' },
      { port: 443, invocation_type: 'RequestResponse', skip_large_bodies: true, empty_arrays_mode: 'legacy' },
      { unhandled_status: 99 },
      'unhandled_status',
    ],
    [
      'azure-functions',
      { appname: 'orders', functionname: 'list' },
      { hostdomain: 'azurewebsites.net', routeprefix: 'api', timeout: 600000 },
      { appname: 7 },
      'appname',
    ],
    [
      'basic-auth',
      {},
      { hide_credentials: false, realm: 'service' },
      { hide_credentials: 'no' },
      'hide_credentials',
    ],
    ['bot-detection', { deny: ['curl/.*'] }, { allow: [] }, { deny: ['('] }, 'deny.0'],
    [
      'correlation-id',
      { header_name: 'X-Request-Id' },
      { generator: 'uuid#counter', echo_downstream: false },
      { generator: 'snowflake' },
      'generator',
    ],
    [
      'cors',
      { origins: ['*', 'https://.*[.]example[.]com'] },
      { credentials: false },
      { origins: ['['] },
      'origins.0',
    ],
    [
      'datadog',
      { host: '{vault://env/datadog-host}' },
      { port: 8125, queue: { max_batch_size: 1 } },
      { metrics: [{ name: 'latency', stat_type: 'timer', tags: ['a:'] }] },
      'metrics.0.tags.0',
    ],
    ['file-log', { path: '/dev/stdout' }, { reopen: false }, { path: '/tmp/*.log' }, 'path'],
    ['grpc-gateway', { proto: '/etc/orders.proto' }, {}, { proto: false }, 'proto'],
    ['grpc-web', {}, { allow_origin_header: '*' }, { pass_stripped_path: 1 }, 'pass_stripped_path'],
    [
      'hmac-auth',
      { enforce_headers: ['date'] },
      { clock_skew: 300, algorithms: ['hmac-sha1', 'hmac-sha256', 'hmac-sha384', 'hmac-sha512'] },
      { clock_skew: 0 },
      'clock_skew',
    ],
    [
      'http-log',
      {
        http_endpoint: 'https://logs.example.com/in',
        headers: { 'X-Token': 'a' },
        queue: { max_batch_size: 50 },
      },
      { method: 'POST', queue: { max_batch_size: 50, max_retry_time: 60, concurrency_limit: 1 } },
      { headers: { Host: 'a' } },
      'headers.Host',
    ],
    ['ip-restriction', { allow: ['10.0.0.0/8'] }, {}, { allow: ['10.0.0.0/33'] }, 'allow.0'],
    [
      'jwt',
      { claims_to_verify: ['exp'] },
      { key_claim_name: 'iss', uri_param_names: ['jwt'], header_names: ['authorization'], cookie_names: [] },
      { claims_to_verify: ['aud'] },
      'claims_to_verify.0',
    ],
    [
      'key-auth',
      { key_names: ['x-key'] },
      { key_in_query: true, run_on_preflight: true },
      { key_names: ['a b'] },
      'key_names.0',
    ],
    [
      'ldap-auth',
      { ldap_host: 'ldap.internal', base_dn: 'dc=example,dc=com', attribute: 'cn' },
      { ldap_port: 389, cache_ttl: 60, header_type: 'ldap' },
      { ldap_port: '389' },
      'ldap_port',
    ],
    ['loggly', { key: 'token' }, { tags: ['kong'], log_level: 'info' }, { log_level: 'loud' }, 'log_level'],
    [
      'oauth2',
      { enable_client_credentials: true },
      { token_expiration: 7200, refresh_token_ttl: 1209600, pkce: 'lax' },
      { pkce: true },
      'pkce',
    ],
    [
      'opentelemetry',
      { traces_endpoint: 'http://collector:4318/v1/traces', resource_attributes: { 'service.name': 'edge' } },
      { queue: { max_batch_size: 200, max_coalescing_delay: 1 }, propagation: { default_format: 'w3c' } },
      { sampling_rate: 1.5 },
      'sampling_rate',
    ],
    ['post-function', { log: ['kong.log("bye")'] }, { access: [] }, { log: 'kong.log("bye")' }, 'log'],
    ['pre-function', { access: ['return'] }, { rewrite: [] }, { access: [1] }, 'access.0'],
    [
      'prometheus',
      { per_consumer: true },
      { latency_metrics: false, ai_metrics: false },
      { per_consumer: 1 },
      'per_consumer',
    ],
    [
      'proxy-cache',
      { strategy: 'memory', response_headers: { age: false } },
      {
        cache_ttl: 300,
        memory: { dictionary_name: 'kong_db_cache' },
        response_headers: { age: false, 'X-Cache-Key': true },
      },
      { response_code: [] },
      'response_code',
    ],
    [
      'rate-limiting',
      { minute: 5 },
      {
        limit_by: 'consumer',
        policy: 'local',
        error_code: 429,
        redis: { port: 6379, database: 0 },
        sync_rate: -1,
      },
      { minute: 'five' },
      'minute',
    ],
    [
      'redirect',
      { location: 'https://example.com' },
      { status_code: 301 },
      { location: '/elsewhere' },
      'location',
    ],
    [
      'request-size-limiting',
      {},
      { allowed_payload_size: 128, size_unit: 'megabytes' },
      { size_unit: 'pages' },
      'size_unit',
    ],
    [
      'request-termination',
      { message: 'Closed.' },
      { status_code: 503 },
      { status_code: 600 },
      'status_code',
    ],
    [
      'request-transformer',
      { add: { headers: ['x-a:1'] }, rename: { headers: ['x-b:x-c'] } },
      { remove: { headers: [] }, add: { headers: ['x-a:1'], querystring: [] } },
      { add: { headers: ['no value'] } },
      'add.headers.0',
    ],
    [
      'response-ratelimiting',
      { limits: { videos: { minute: 10 } } },
      { header_name: 'x-kong-limit', redis: { timeout: 2000 } },
      { limits: { videos: { minute: 0 } } },
      'limits.videos.minute',
    ],
    [
      'response-transformer',
      { add: { json: ['ok:true'], json_types: ['boolean'] } },
      { remove: { json: [] }, add: { headers: [] } },
      { add: { json: ['ok'] } },
      'add.json.0',
    ],
    [
      'session',
      { secret: '{vault://env/session-secret}', cookie_same_site: 'Lax' },
      { storage: 'cookie', rolling_timeout: 3600, logout_methods: ['POST', 'DELETE'] },
      { logout_methods: ['PATCH'] },
      'logout_methods.0',
    ],
    [
      'standard-webhooks',
      { secret_v1: 'a' },
      { tolerance_second: 300 },
      { tolerance_second: -1 },
      'tolerance_second',
    ],
    [
      'statsd',
      { metrics: [{ name: 'request_count', stat_type: 'counter', sample_rate: 0.5 }] },
      { port: 8125, consumer_identifier_default: 'custom_id' },
      { metrics: [{ name: 'request_count', stat_type: 'counter' }] },
      'metrics.0',
    ],
    ['syslog', { facility: 'local3' }, { log_level: 'info' }, { facility: 'local8' }, 'facility'],
    [
      'tcp-log',
      { host: 'logs.internal', port: 5170 },
      { timeout: 10000, tls: false },
      { port: 5170.5 },
      'port',
    ],
    ['udp-log', { host: 'logs.internal', port: 5170 }, { timeout: 10000 }, { host: 'logs:80' }, 'host'],
    [
      'zipkin',
      { http_endpoint: 'http://zipkin:9411/api/v2/spans', sample_ratio: 1 },
      { header_type: 'preserve', propagation: { default_format: 'b3' } },
      { static_tags: [{ name: 'error', value: 'a' }] },
      'static_tags.0.name',
    ],
  ];

it('is tried on every plugin', () => {
  expect(table.map(([name]) => name)).toEqual(bundledPlugins.map(({ name }) => name));
});

it.each(table)('accepts settings of %s, and fills the rest', (name, given, filled) => {
  const { document, problems } = normalise(plugin, { name, config: given });
  expect(problems).toEqual([]);
  expect(document['config']).toMatchObject({ ...given, ...filled });
  expect(document['protocols']).toEqual(pluginSchema(name)?.protocols.default);
  expect(normalise(plugin, document).document).toEqual(document);
});

it.each(table)('says where a setting of %s is wrong', (name, given, ...[, wrong, at]) => {
  const { problems } = normalise(plugin, { name, config: { ...given, ...wrong } });
  expect(problems.map(({ path }) => path.join('.'))).toEqual([`config.${at}`]);
});

it.each(table)('refuses a setting that %s does not have', (name, given) => {
  const [problem] = normalise(plugin, { name, config: { ...given, sandwich: 1 } }).problems;
  expect(problem).toMatchObject({ code: 'UNKNOWN_FIELD', path: ['config', 'sandwich'] });
});
