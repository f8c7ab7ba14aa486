import { expectRefused, problemsOf, type Client, type Problem, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { unique, type Entity, type Group } from '../kit/seed.js';

let plane: TestControlPlane;
let admin: Client;
let group: Group;
beforeAll(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
});
afterAll(() => plane.stop());
beforeEach(async () => {
  ({ group } = await plane.seed.group());
});

const schema = {
  type: 'object',
  required: ['issuer'],
  additionalProperties: false,
  properties: {
    issuer: { type: 'string', pattern: '^https://' },
    retries: { type: 'integer', minimum: 0, default: 3 },
    cache: { type: 'object', default: {}, properties: { ttl: { type: 'number', default: 60 } } },
    login: { type: 'object', properties: { user: { type: 'string' }, password: secretText(4) } },
    scopes: { type: 'array', items: { enum: ['read', 'write'] } },
  },
} as const;

function secretText(minLength: number): Variables {
  return { type: 'string', writeOnly: true, minLength };
}

const issuer = 'https://login.example';

async function register(name: string, given: Variables = schema, more: Variables = {}): Promise<string> {
  const input = { runtimeGroupId: group.id, name, schema: given, ...more };
  const made = await admin.mutate<{ pluginSchema: Entity }>(
    'createPluginSchema',
    input,
    'pluginSchema { id }',
  );
  return made.pluginSchema.id;
}

interface Plugin {
  readonly id: string;
  readonly config: Readonly<Record<string, unknown>>;
}

async function newPlugin(input: Variables): Promise<Plugin> {
  const asked = { runtimeGroupId: group.id, ...input };
  return (await admin.mutate<{ plugin: Plugin }>('createPlugin', asked, 'plugin { id config }')).plugin;
}

async function change(id: string, input: Variables): Promise<Plugin> {
  return (await admin.mutate<{ plugin: Plugin }>('updatePlugin', { id, ...input }, 'plugin { id config }'))
    .plugin;
}

async function plugins(): Promise<readonly Plugin[]> {
  const query = 'query ($id: ID!) { runtimeGroup(id: $id) { plugins { edges { node { id config } } } } }';
  const { runtimeGroup } = await admin.gql<{
    runtimeGroup: { plugins: { edges: readonly { node: Plugin }[] } };
  }>(query, { id: group.id });
  return runtimeGroup.plugins.edges.map(({ node }) => node);
}

async function problems(mutation: string, input: Variables): Promise<readonly Problem[]> {
  return problemsOf(await admin.attempt(mutation, input));
}

async function misfits(config: Variables, name: string): Promise<readonly string[]> {
  const found = await problems('createPlugin', { runtimeGroupId: group.id, name, config });
  return found.map(({ code, path }) => [code, ...path].join(' '));
}

describe('a plugin that does not come with the gateway', () => {
  it('is refused until the group registers a schema for it', async () => {
    const name = unique('oidc');
    const input = { runtimeGroupId: group.id, name, config: { issuer } };
    const refused = await expectRefused(admin.attempt('createPlugin', input), 'PLUGIN_UNKNOWN');
    expect(refused).toMatchObject({ path: ['name'] });
    await register(name);
    expect((await newPlugin({ name, config: { issuer } })).config).toEqual({
      ...{ issuer, retries: 3, cache: { ttl: 60 } },
    });
    const { group: other } = await plane.seed.group();
    await expectRefused(
      admin.attempt('createPlugin', { ...input, runtimeGroupId: other.id }),
      'PLUGIN_UNKNOWN',
    );
  });

  it('is asked about by the name that was probably meant', async () => {
    await register('my-company-auth');
    const input = { runtimeGroupId: group.id, name: 'my-compani-auth' };
    const { message } = await expectRefused(admin.attempt('createPlugin', input), 'PLUGIN_UNKNOWN');
    expect(message).toContain('Did you mean my-company-auth?');
  });

  it('has its problems told, each at its place in the settings', async () => {
    const name = unique('oidc');
    await register(name);
    const config = {
      ...{ issuer: 'ftp://a', retries: -1, cache: { ttl: 'long' }, scopes: ['read', 'own'], sandwich: 1 },
      login: { password: 'abc' },
    };
    expect([...(await misfits(config, name))].sort()).toEqual([
      'FIELD_INVALID config cache ttl',
      'FIELD_INVALID config issuer',
      'FIELD_INVALID config login password',
      'FIELD_INVALID config retries',
      'FIELD_INVALID config scopes 1',
      'UNKNOWN_FIELD config sandwich',
    ]);
    expect(await misfits({}, name)).toEqual(['FIELD_REQUIRED config issuer']);
    const [problem] = await problems('createPlugin', { runtimeGroupId: group.id, name, config });
    expect(problem?.message).not.toContain('abc');
    expect(await plugins()).toEqual([]);
  });

  it('is changed setting by setting no more than other settings without known fields', async () => {
    const name = unique('oidc');
    await register(name);
    const { id } = await newPlugin({ name, config: { issuer, retries: 5 } });
    expect((await change(id, { config: { issuer: 'https://b' } })).config).toMatchObject({ retries: 3 });
    await expectRefused(admin.attempt('updatePlugin', { id, config: {} }), 'FIELD_REQUIRED');
  });
});

describe('a secret in registered settings', () => {
  const login = { user: 'a', password: 'hunter2' };

  async function withSecret(): Promise<{ name: string; schemaId: string; plugin: Plugin }> {
    const name = unique('oidc');
    const schemaId = await register(name);
    return { name, schemaId, plugin: await newPlugin({ name, config: { issuer, login } }) };
  }

  async function atRest(id: string): Promise<string> {
    const [row] = await plane.sql<{ body: string }>('select body::text from config_entity where id = $1', [
      id,
    ]);
    return row?.body ?? '';
  }

  function sealedIn(body: string): string {
    return /sealed:v1[^"]*/.exec(body)?.[0] ?? '';
  }

  it('is never shown, and sealed at rest', async () => {
    const { plugin } = await withSecret();
    expect(plugin.config['login']).toEqual({
      user: 'a',
      password: expect.stringMatching(/^\*{3}.{16}$/) as string,
    });
    expect(await exported('FLAT')).not.toContain('hunter2');
    expect(await exported('FLAT', true)).toContain('hunter2');
    expect(await atRest(plugin.id)).toContain('sealed:v1:');
    expect(await atRest(plugin.id)).not.toContain('hunter2');
  });

  it('stays where it comes back hidden, and is refused where there is none', async () => {
    const { name, plugin } = await withSecret();
    const before = await atRest(plugin.id);
    await change(plugin.id, { config: { ...plugin.config, retries: 9 } });
    expect(sealedIn(await atRest(plugin.id))).toBe(sealedIn(before));
    const input = { runtimeGroupId: group.id, name, config: plugin.config, instanceName: unique('other') };
    const { id: runtimeGroupId } = (await plane.seed.group()).group;
    await admin.mutate('createPluginSchema', { runtimeGroupId, name, schema }, 'pluginSchema { id }');
    const refused = await expectRefused(
      admin.attempt('createPlugin', { ...input, runtimeGroupId }),
      'FIELD_INVALID',
    );
    expect(refused).toMatchObject({ path: ['config', 'login', 'password'] });
  });

  it('cannot be moved from its place, and nothing may look like it', async () => {
    const { name, plugin } = await withSecret();
    const sealed = sealedIn(await atRest(plugin.id));
    expect(await misfits({ issuer, login: { user: sealed } }, name)).toEqual([
      'FIELD_INVALID config login user',
    ]);
  });

  it('is told by no change of the schema: it stays sealed, and is not looked at', async () => {
    const { schemaId, plugin } = await withSecret();
    const open = { type: 'object', properties: { login: { properties: { password: { pattern: '^x' } } } } };
    await admin.mutate('updatePluginSchema', { id: schemaId, schema: open }, 'pluginSchema { id }');
    expect(JSON.stringify(await plugins())).not.toContain('hunter2');
    expect(await atRest(plugin.id)).not.toContain('hunter2');
    await change(plugin.id, { config: { login: { password: 'xyz' } } });
    expect((await plugins())[0]?.config).toEqual({ login: { password: 'xyz' } });
  });

  it('is sealed from the moment on that the schema calls it one', async () => {
    const name = unique('oidc');
    const schemaId = await register(name, { properties: { key: { type: 'string' } } });
    const { id } = await newPlugin({ name, config: { key: 'hunter2' } });
    const secret = { properties: { key: { type: 'string', writeOnly: true } } };
    await admin.mutate('updatePluginSchema', { id: schemaId, schema: secret }, 'pluginSchema { id }');
    expect(JSON.stringify(await plugins())).not.toContain('hunter2');
    expect(await atRest(id)).toContain('sealed:v1:');
  });
});

describe('a change of a schema', () => {
  it('gives the plugins new defaults, in the same revision', async () => {
    const name = unique('oidc');
    const schemaId = await register(name, { properties: { a: { type: 'integer' } } });
    const { id } = await newPlugin({ name, config: { a: 1 } });
    const wider = { properties: { a: { type: 'integer' }, b: { default: [1] } } };
    const { changes } = await admin.mutate<{ changes: readonly { id: string }[] }>(
      ...(['updatePluginSchema', { id: schemaId, schema: wider }, 'changes { id }'] as const),
    );
    expect(changes.map((each) => each.id).sort()).toEqual([schemaId, id].sort());
    expect((await plugins())[0]?.config).toEqual({ a: 1, b: [1] });
  });

  it('is refused if plugins would not fit, and says which', async () => {
    const name = unique('oidc');
    const schemaId = await register(name, { properties: { a: { type: 'integer' } } });
    const { id } = await newPlugin({ name, config: { a: 1 } });
    const attempt = admin.attempt('updatePluginSchema', {
      id: schemaId,
      schema: { properties: { a: { type: 'string' } } },
    });
    const refused = await expectRefused(attempt, 'PLUGIN_SCHEMA_UNFIT');
    expect(refused).toMatchObject({ path: ['schema'] });
    expect(refused.message).toContain(`Plugin ${id}: config.a must be of the type string, not 1`);
  });

  it.each([
    ['deletePluginSchema', {}],
    ['updatePluginSchema', { name: 'another' }],
  ])('that takes it away by %s is refused while there are plugins', async (mutation, input) => {
    const name = unique('oidc');
    const schemaId = await register(name);
    const { id } = await newPlugin({ name, config: { issuer } });
    const refused = await expectRefused(
      admin.attempt(mutation, { id: schemaId, ...input }),
      'PLUGIN_SCHEMA_NEEDED',
    );
    expect(refused.message).toContain(id);
    await admin.mutate('deletePlugin', { id }, 'revision');
    await admin.mutate(mutation, { id: schemaId, ...input }, 'revision');
    await expectRefused(admin.attempt('createPlugin', { runtimeGroupId: group.id, name }), 'PLUGIN_UNKNOWN');
  });
});

describe('a schema', () => {
  it.each([
    ['has a keyword that is not known', { unevaluated: 1 }, 'schema unevaluated'],
    ['refers to elsewhere', { $ref: 'https://a.example/s' }, 'schema $ref'],
    [
      'refers to what is no schema',
      { properties: { a: { $ref: '#/properties' } } },
      'schema properties a $ref',
    ],
    ['has a type that there is not', { properties: { a: { type: 'text' } } }, 'schema properties a type'],
    [
      'has a regular expression that looks around',
      { properties: { a: { pattern: '(?=a)' } } },
      'schema properties a pattern',
    ],
    [
      'has a default that does not fit',
      { properties: { a: { type: 'integer', default: 'b' } } },
      'schema properties a default',
    ],
    [
      'has secrets in a list',
      { properties: { a: { items: secretText(1) } } },
      'schema properties a items writeOnly',
    ],
    ['is too long', { title: 'a'.repeat(70_000) }, 'schema'],
    ['leads back to itself', { default: {}, $ref: '#' }, 'schema'],
  ])('is refused if it %s', async (_, given, path) => {
    const found = await problems('createPluginSchema', {
      runtimeGroupId: group.id,
      name: unique('a'),
      schema: given,
    });
    expect(found.map((each) => [each.code, each.path.join(' ')])).toEqual([['PLUGIN_SCHEMA_INVALID', path]]);
  });

  it('is refused if it is for a plugin that comes with the gateway', async () => {
    const found = await problems('createPluginSchema', {
      runtimeGroupId: group.id,
      name: 'cors',
      schema: {},
    });
    expect(found).toMatchObject([{ code: 'PLUGIN_SCHEMA_BUNDLED', path: ['name'] }]);
  });

  it('cannot hold up the control plane', async () => {
    const name = unique('slow');
    const properties = Object.fromEntries(['a', 'b'].map((each) => [each, { pattern: '^(a|a)*(a|a)*b$' }]));
    const branches = { anyOf: [{ $ref: '#/$defs/again' }, { $ref: '#/$defs/again' }] };
    await register(name, {
      properties: { ...properties, c: { $ref: '#/$defs/again' } },
      $defs: { again: branches },
    });
    expect(await misfits({ a: 'a'.repeat(20_000) }, name)).toEqual(['FIELD_INVALID config a']);
    expect(await misfits({ a: 'a'.repeat(900_000) }, name)).toEqual(['PLUGIN_SCHEMA_TOO_COSTLY']);
    expect(await misfits({ c: 1 }, name)).toEqual(['PLUGIN_SCHEMA_TOO_COSTLY']);
    expect((await newPlugin({ name, config: { a: 'aab' } })).config).toEqual({ a: 'aab' });
  });
});

describe('files', () => {
  const file = (name: string, config: Variables): string =>
    JSON.stringify({
      _format_version: '3.0',
      plugins: [{ name, config }],
      _plugin_schemas: [{ name, schema }],
    });

  async function bringIn(content: string, options: Variables = {}, into = group): Promise<Variables> {
    const input = { runtimeGroupId: into.id, documents: [{ name: 'a.json', content }], ...options };
    const selection = 'summary { created updated deleted unchanged }';
    return (await admin.mutate<{ summary: Variables }>('importConfiguration', input, selection)).summary;
  }

  it('bring schemas and plugins at once, and again change nothing', async () => {
    const name = unique('oidc');
    const content = file(name, { issuer, login: { password: 'hunter2' } });
    expect(await bringIn(content)).toMatchObject({ created: 2 });
    expect(await bringIn(content)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  });

  it('are refused with places in the file', async () => {
    const name = unique('oidc');
    const documents = [{ name: 'a.json', content: file(name, { issuer: 1 }) }];
    const found = await problems('importConfiguration', { runtimeGroupId: group.id, documents });
    expect(found).toMatchObject([{ code: 'FIELD_INVALID' }]);
    expect(found[0]?.path.join('.')).toContain('plugins.0.config.issuer');
  });

  it('go out and into another group as the same bytes; those of gateways are without schemas', async () => {
    const name = unique('oidc');
    await bringIn(file(name, { issuer }));
    const text = await exported('NESTED');
    expect(text).toContain('_plugin_schemas:');
    const { group: other } = await plane.seed.group();
    await bringIn(text, { mode: 'SYNC' }, other);
    expect(await exported('NESTED', false, other)).toBe(text);
    expect(await bringIn(text, { mode: 'SYNC' })).toMatchObject({ created: 0, updated: 0, deleted: 0 });
    expect(await exported('FLAT')).not.toContain('plugin_schemas');
    expect(await exported('FLAT')).toContain(name);
  });

  it('without schemas leave them alone; those with some are about all of them', async () => {
    const [kept, gone] = [unique('kept'), unique('gone')];
    await register(kept);
    await register(gone);
    expect(await bringIn('_format_version: "3.0"\n', { mode: 'SYNC' })).toMatchObject({ deleted: 0 });
    expect(await bringIn(file(kept, { issuer }), { mode: 'SYNC' })).toMatchObject({ created: 1, deleted: 1 });
  });
});

it('comes back with its plugins when an earlier revision is restored', async () => {
  const name = unique('oidc');
  const schemaId = await register(name);
  const { id } = await newPlugin({ name, config: { issuer, login: { password: 'hunter2' } } });
  const before = await exported('NESTED', true);
  const { revision } = await admin.mutate<{ revision: number }>('deletePlugin', { id }, 'revision');
  await admin.mutate('deletePluginSchema', { id: schemaId }, 'revision');
  const back = { runtimeGroupId: group.id, revision: revision - 1 };
  await admin.mutate('restoreRevision', back, 'revision');
  expect(await exported('NESTED', true)).toBe(before);
  expect(JSON.stringify(await plugins())).not.toContain('hunter2');
});

it('says by its priority when the plugins run', async () => {
  const [early, late] = [unique('early'), unique('late')];
  await register(early, {}, { priority: 5000 });
  await register(late, {}, { priority: -5 });
  for (const name of [late, 'key-auth', early]) await newPlugin({ name });
  const route = await plane.seed.route(group, { serviceId: (await plane.seed.service(group)).id });
  const query = 'query ($id: ID!) { effectivePlugins(routeId: $id) { running { plugin { name } } } }';
  const { effectivePlugins } = await admin.gql<{
    effectivePlugins: { running: readonly { plugin: { name: string } }[] };
  }>(query, { id: route.id });
  expect(effectivePlugins.running.map(({ plugin }) => plugin.name)).toEqual([early, 'key-auth', late]);
});

async function exported(form: string, withSecrets = false, of = group): Promise<string> {
  const query =
    'query ($id: ID!, $form: ConfigurationForm!, $withSecrets: Boolean!) { exportConfiguration(runtimeGroupId: $id, form: $form, withSecrets: $withSecrets) { document } }';
  const { exportConfiguration } = await admin.gql<{ exportConfiguration: { document: string } }>(
    ...([query, { id: of.id, form, withSecrets }] as const),
  );
  return exportConfiguration.document;
}
