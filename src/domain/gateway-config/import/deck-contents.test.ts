import type { Json, JsonObject } from '../../../foundation/kernel/json.js';
import { parseDeclarative } from './parse-declarative.js';

function problemsOf(file: JsonObject): readonly { readonly code: string; readonly message: string }[] {
  return parseDeclarative([{ name: 'kong.json', content: JSON.stringify(file) }]).problems;
}

/** Everything that decK's files can hold at their top, with an example of each. */
const atTop: Readonly<Record<string, Json>> = {
  _format_version: '3.0',
  _transform: true,
  _workspace: 'default',
  _konnect: { control_plane_name: 'default' },
  _comment: 'any',
  _info: {
    select_tags: ['team'],
    defaults: {
      service: { retries: 1 },
      route: { strip_path: false },
      upstream: { slots: 100 },
      target: { weight: 1 },
    },
    default_lookup_tags: {
      consumers: ['a'],
      consumer_groups: ['a'],
      routes: ['a'],
      services: ['a'],
      partials: ['a'],
    },
  },
  _plugin_configs: { limits: { minute: 5 } },
  vaults: [{ prefix: 'env-one', name: 'env', config: { prefix: 'A_' } }],
  certificates: [{ cert: '{vault://env/c}', key: '{vault://env/k}', snis: [{ name: 'a.example.com' }] }],
  ca_certificates: [],
  key_sets: [{ name: 'set' }],
  keys: [{ name: 'key', kid: 'k', pem: { public_key: '{vault://env/p}' } }],
  services: [
    {
      name: 'a',
      url: 'http://a.internal',
      routes: [{ name: 'r', paths: ['/r'], plugins: [{ name: 'cors' }] }],
    },
  ],
  routes: [{ name: 'loose', paths: ['/l'], service: { name: 'a' } }],
  upstreams: [{ name: 'up.internal', targets: [{ target: '10.0.0.1:80' }] }],
  consumer_groups: [
    {
      name: 'gold',
      consumers: [{ username: 'ana', custom_id: '1', tags: ['x'] }],
      plugins: [{ name: 'rate-limiting', config: { minute: 1 } }],
    },
  ],
  consumers: [
    {
      username: 'ana',
      groups: [{ name: 'gold' }],
      acls: [{ group: 'g' }],
      keyauth_credentials: [{ key: 'k' }],
      basicauth_credentials: [{ username: 'u', password: 'p' }],
      hmacauth_credentials: [{ username: 'h', secret: 's' }],
      jwt_secrets: [{ key: 'j', secret: 's', algorithm: 'HS256' }],
      oauth2_credentials: [
        { name: 'o', client_id: 'c', client_secret: 's', redirect_uris: ['https://a.example.com'] },
      ],
      plugins: [{ name: 'request-size-limiting' }],
    },
  ],
  plugins: [
    { name: 'cors', service: 'a' },
    { name: 'rate-limiting', route: 'r', _config: 'limits', instance_name: 'limits', protocols: ['http'] },
    { name: 'rate-limiting', consumer_group: 'gold', service: { name: 'a' }, config: { minute: 1 } },
  ],
};

describe('what decK’s files hold', () => {
  it('is taken, all of it together', () => {
    expect(problemsOf(atTop)).toEqual([]);
  });

  it('makes members of the consumers that a group lists', () => {
    const { entities } = parseDeclarative([
      {
        name: 'kong.json',
        content: JSON.stringify({
          consumer_groups: [{ name: 'gold', consumers: ['ana'] }],
          consumers: [{ username: 'ana' }],
        }),
      },
    ]);
    const ana = entities.find(({ kind }) => kind.name === 'consumer');
    expect(ana?.links).toEqual([
      { field: 'groups', to: entities.find(({ kind }) => kind.name === 'consumer_group') },
    ]);
  });

  it.each([
    ['a member that is in no file', ['bob'], 'MEMBER_NOT_IN_FILES'],
    ['a member with more than what tells who it is', [{ username: 'ana', plugins: [] }], 'FIELD_INVALID'],
    ['members that are no list', 'ana', 'FIELD_INVALID'],
  ])('is refused with %s', (_, consumers, code) => {
    const problems = problemsOf({
      consumer_groups: [{ name: 'gold', consumers }],
      consumers: [{ username: 'ana' }],
    });
    expect(problems.map((problem) => problem.code)).toEqual([code]);
  });

  it.each([
    ...['cloned_plugins', 'custom_entities', 'custom_plugins', 'filter_chains', 'licenses', 'partials'],
    ...['rbac_roles', 'service_packages', 'parameters', 'workspaces', 'oauth2_tokens'],
  ])('is refused by its name, with a reason: %s', (collection) => {
    expectRefused({ [collection]: [{ name: 'some' }] }, collection);
    expect(problemsOf({ [collection]: [] })).toEqual([]);
  });

  const service = { name: 'a', host: 'a.internal' };
  it.each<[string, JsonObject]>([
    ['tls_sans', { services: [{ ...service, tls_sans: { dns: ['a'] } }] }],
    ['filter_chains', { services: [{ ...service, filter_chains: [{ name: 'f' }] }] }],
    ['expression', { routes: [{ paths: ['/a'], expression: 'http.path == "/"' }] }],
    ['priority', { routes: [{ paths: ['/a'], priority: 5 }] }],
    ['ordering', { plugins: [{ name: 'cors', ordering: { before: { access: ['acl'] } } }] }],
    ['partials', { plugins: [{ name: 'cors', partials: [{ id: 'a' }] }] }],
    ['condition', { plugins: [{ name: 'cors', condition: 'true' }] }],
    ['failover', { upstreams: [{ name: 'up', targets: [{ target: 'a:1', failover: true }] }] }],
    ['sticky_sessions_cookie', { upstreams: [{ name: 'up', sticky_sessions_cookie: 'a' }] }],
    [
      'mtls_auth_credentials',
      { consumers: [{ username: 'a', mtls_auth_credentials: [{ subject_name: 'a' }] }] },
    ],
    [
      'skip_hash',
      {
        consumers: [
          { username: 'a', basicauth_credentials: [{ username: 'u', password: 'p', skip_hash: true }] },
        ],
      },
    ],
    ['skip_hash_for_basic_auth', { _info: { skip_hash_for_basic_auth: true } }],
    ['consumer_group_policy_overrides', { _info: { consumer_group_policy_overrides: true } }],
  ])('is refused by its name, with a reason, where it is in an entity: %s', (field, file) => {
    expectRefused(file, field);
  });
});

function expectRefused(file: JsonObject, field: string): void {
  const [problem, ...others] = problemsOf(file);
  expect(others).toEqual([]);
  expect(problem?.code).toBe('NOT_SUPPORTED_YET');
  expect(problem?.message).toMatch(
    new RegExp(`^${field} is known to Kong or decK, but not supported here: .{10,}\\. Take it out`),
  );
}
