import { readFileSync } from 'node:fs';
import { newId } from '../../src/foundation/kernel/id.js';
import { problemsOf, type Client, type Problem, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { unique, type Group } from '../kit/seed.js';

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

interface Imported {
  readonly revision: number;
  readonly summary: { created: number; updated: number; deleted: number; unchanged: number };
  readonly changes: readonly {
    readonly collection: string;
    readonly id: string;
    readonly operation: string;
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
  }[];
  readonly referred: readonly { readonly id: string; readonly name: string | null }[];
  readonly warnings: readonly { code: string; message: string }[];
}

const selection =
  'summary { created updated deleted unchanged } changes { collection id operation before after } referred { id name } warnings { code message }';

type Documents = Readonly<Record<string, string>>;

/** A group to import into, as its administrator. */
interface Into {
  readonly group: Group;
  readonly admin: Client;
}

function inputOf({ group }: Into, documents: Documents, options: Variables): Variables {
  const given = Object.entries(documents).map(([name, content]) => ({ name, content }));
  return { runtimeGroupId: group.id, documents: given, ...options };
}

function bringIn(into: Into, documents: Documents, options: Variables = {}): Promise<Imported> {
  return into.admin.mutate<Imported>('importConfiguration', inputOf(into, documents, options), selection);
}

function sync(into: Into, documents: Documents, options: Variables = {}): Promise<Imported> {
  return bringIn(into, documents, { mode: 'SYNC', ...options });
}

async function refusal(
  into: Into,
  documents: Documents,
  options: Variables = {},
): Promise<readonly Problem[]> {
  return problemsOf(await into.admin.attempt('importConfiguration', inputOf(into, documents, options)));
}

async function exported({ group, admin }: Into, options: Variables = {}): Promise<string> {
  const query =
    'query ($id: ID!, $form: ConfigurationForm!, $tags: [String!]) { exportConfiguration(runtimeGroupId: $id, form: $form, selectTags: $tags) { document } }';
  const variables = { id: group.id, form: 'NESTED', ...options };
  return (await admin.gql<{ exportConfiguration: { document: string } }>(query, variables))
    .exportConfiguration.document;
}

function told({ changes }: Imported): readonly string[] {
  return changes
    .map(({ collection, operation, before, after }) => {
      const { name, username } = (after ?? before ?? {}) as { name?: string; username?: string };
      return `${operation} ${collection} ${name ?? username ?? ''}`;
    })
    .sort();
}

function example(name: string): string {
  return readFileSync(new URL(`../../examples/teams/${name}.yaml`, import.meta.url), 'utf8').replace(
    '${{ env "DECK_MOBILE_APP_KEY" }}',
    unique('key'),
  );
}

describe('a synchronization', () => {
  it('deletes what is in none of the files, in the same revision as it adds and changes', async () => {
    const into = await plane.seed.group();
    await bringIn(into, { 'a.yaml': 'services: [{ name: a, host: a, routes: [{ name: r, paths: [/r] }] }]' });
    const done = await sync(into, { 'b.yaml': 'services: [{ name: b, host: b }]' });
    expect(told(done)).toEqual(['CREATED services b', 'DELETED routes r', 'DELETED services a']);
    expect(done).toMatchObject({
      revision: 2,
      summary: { created: 1, updated: 0, deleted: 2, unchanged: 0 },
    });
    expect(await sync(into, { 'b.yaml': 'services: [{ name: b, host: b }]' })).toMatchObject({
      revision: 2,
      changes: [],
    });
  });

  it('moves the name of what it deletes to what it makes', async () => {
    const into = await plane.seed.group();
    await bringIn(into, { 'a.yaml': 'consumers: [{ username: ana }]' });
    const id = newId();
    const done = await sync(into, { 'b.yaml': `consumers: [{ id: ${id}, username: ana }]` });
    expect(told(done)).toEqual(['CREATED consumers ana', 'DELETED consumers ana']);
  });

  it('refuses to leave what is in the files without what it refers to, with all else that is wrong', async () => {
    const into = await plane.seed.group();
    await bringIn(into, { 'a.yaml': 'services: [{ name: a, host: a }]' });
    const problems = await refusal(
      into,
      { 'b.yaml': 'routes:\n- { paths: [/r], service: a }\n- { paths: [wrong], service: none }\n' },
      { mode: 'SYNC' },
    );
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      [
        'REFERENCE_UNRESOLVED',
        'b.yaml:2:18: routes[0].service (route): service refers to the GatewayService “a”, which is in the runtime group, but in none of the files, so that the synchronization would delete it.',
      ],
      ['FIELD_INVALID', expect.stringMatching(/^b\.yaml:3:13: routes\[1\]\.paths\[0\]/)],
      ['REFERENCE_UNRESOLVED', expect.stringMatching(/^b\.yaml:3:21: routes\[1\]\.service/)],
    ]);
  });

  it('of no file at all is refused, rather than deleting everything', async () => {
    const into = await plane.seed.group();
    const problems = await refusal(into, {}, { mode: 'SYNC' });
    expect(problems).toEqual([expect.objectContaining({ code: 'FIELD_INVALID', path: ['documents'] })]);
  });

  it('changes nothing on a dry run', async () => {
    const into = await plane.seed.group();
    await bringIn(into, { 'a.yaml': 'services: [{ name: a, host: a }]' });
    const before = await exported(into);
    expect(told(await sync(into, { 'b.yaml': '{}' }, { dryRun: true }))).toEqual(['DELETED services a']);
    expect(await exported(into)).toBe(before);
  });
});

describe('several files', () => {
  it('are one: what one names, another may refer to, and it is one revision', async () => {
    const into = await plane.seed.group();
    const files = {
      'routes.yaml': 'routes: [{ name: r, paths: [/r], service: a }]',
      'services.json': '{"services": [{"name": "a", "host": "a"}]}',
    };
    expect(await bringIn(into, files)).toMatchObject({ revision: 1, summary: { created: 2 } });
  });

  it('are refused with each problem in its file, and what stands in two of them with both places', async () => {
    const into = await plane.seed.group();
    const problems = await refusal(into, {
      'a.yaml': 'services:\n- name: one\n  host: a\n',
      'team/b.yaml': 'services:\n- name: two\n  port: x\n  host: b\n- name: one\n  host: b\n',
    });
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^team\/b\.yaml:3:3: services\[0\]\.port /),
      'team/b.yaml:5:3: services[1].name (gateway service “one”): There is already a GatewayService with name “one” in a.yaml: services[0], line 2. Leave out one of them.',
    ]);
    expect(problems[0]?.path).toEqual(['documents', '1', 'content', 'services', '0', 'port']);
  });

  it('share what they say in their headers, and may not contradict each other in it', async () => {
    const into = await plane.seed.group();
    const limits = (minute: number): string =>
      `_plugin_configs: { limits: { minute: ${minute}, policy: local } }\n`;
    const plugin = 'plugins: [{ name: rate-limiting, _config: limits }]\n';
    expect(await bringIn(into, { 'a.yaml': limits(5), 'b.yaml': plugin })).toMatchObject({ revision: 1 });
    const [problem] = await refusal(into, { 'a.yaml': limits(5), 'b.yaml': limits(6) + plugin });
    expect(problem).toMatchObject({
      code: 'SETTINGS_DIFFER',
      message: expect.stringMatching(/^b\.yaml:1:20: _plugin_configs\.limits: .+ in a\.yaml\./),
    });
  });
});

describe('files with select tags', () => {
  const teams = ['platform', 'orders', 'shipping'] as const;

  it('belong to teams that synchronize in turn, and never touch what is another’s', async () => {
    const into = await plane.seed.group();
    const files = Object.fromEntries(teams.map((team) => [team, example(team)]));
    for (const team of teams) await sync(into, { [`${team}.yaml`]: files[team] ?? '' });
    const all = await exported(into);
    for (const team of [...teams, ...teams].reverse()) {
      expect(await sync(into, { [`${team}.yaml`]: files[team] ?? '' })).toMatchObject({ changes: [] });
    }
    const gone = await sync(into, { 'shipping.yaml': '_info: { select_tags: [team-shipping] }' });
    expect(gone.summary).toEqual({ created: 0, updated: 0, deleted: 5, unchanged: 0 });
    expect(gone.changes.every(({ before }) => (before?.['tags'] as string[]).includes('team-shipping'))).toBe(
      true,
    );
    await sync(into, { 'shipping.yaml': files['shipping'] ?? '' });
    expect(await exported(into)).toBe(all);
  });

  it('may be asked for, instead of standing in a file, and must be the same if they do both', async () => {
    const into = await plane.seed.group();
    await bringIn(into, { 'others.yaml': 'services: [{ name: others, host: a }]' });
    const file = { 'a.yaml': 'services: [{ name: a, host: a }]' };
    const done = await sync(into, file, { selectTags: ['team-a'] });
    expect(told(done)).toEqual(['CREATED services a']);
    expect(done.changes[0]?.after).toMatchObject({ tags: ['team-a'] });
    const [problem] = await refusal(
      into,
      { 'a.yaml': '_info: { select_tags: [team-b] }' },
      { selectTags: ['team-a'] },
    );
    expect(problem).toMatchObject({ code: 'SELECT_TAGS_DIFFER' });
    const [wrong] = await refusal(into, file, { selectTags: ['a/b'] });
    expect(wrong).toMatchObject({ code: 'FIELD_INVALID', path: ['selectTags', '0'] });
  });

  it('are one set of tags for all files: those with different ones are not read together', async () => {
    const into = await plane.seed.group();
    const problems = await refusal(into, {
      'a.yaml': '_info: { select_tags: [a] }',
      'b.yaml': '_info: { select_tags: [b] }',
    });
    expect(problems).toEqual([expect.objectContaining({ code: 'SETTINGS_DIFFER' })]);
    const done = await bringIn(into, {
      'a.yaml': '_info: { select_tags: [a] }',
      'b.yaml': 'consumers: [{ username: ana }]',
    });
    expect(done.changes[0]?.after).toMatchObject({ tags: ['a'] });
  });

  it('never change what is without them, nor delete what others need', async () => {
    const into = await plane.seed.group();
    await bringIn(into, { 'a.yaml': '_info: { select_tags: [a] }\nservices: [{ name: shared, host: a }]' });
    const taken = await refusal(into, {
      'b.yaml': '_info: { select_tags: [b] }\nservices: [{ name: shared, host: b }]',
    });
    expect(taken).toEqual([expect.objectContaining({ code: 'OUTSIDE_SELECT_TAGS' })]);
    expect(taken[0]?.message).toMatch(/^b\.yaml:2:12: services\[0\] \(gateway service “shared”\): /);
    await bringIn(into, {
      'b.yaml': '_info: { select_tags: [b] }\nplugins: [{ name: cors, service: shared }]',
    });
    const [needed] = await refusal(into, { 'a.yaml': '_info: { select_tags: [a] }' }, { mode: 'SYNC' });
    expect(needed).toMatchObject({
      code: 'NEEDED_BY_OTHERS',
      message: expect.stringContaining('the gateway service “shared” is in none of the files'),
      path: ['documents'],
    });
    expect(needed?.message).toContain('the plugin “cors”');
  });

  it('keep entities without names apart, too', async () => {
    const into = await plane.seed.group();
    const file = (team: string): Documents => ({
      'kong.yaml': `_info: { select_tags: [${team}] }\nroutes: [{ paths: [/same] }, { paths: [/same] }]`,
    });
    await sync(into, file('a'));
    expect((await sync(into, file('b'))).summary).toEqual({
      created: 2,
      updated: 0,
      deleted: 0,
      unchanged: 0,
    });
    await sync(into, { 'kong.yaml': '_info: { select_tags: [a] }' });
    expect(await sync(into, file('b'))).toMatchObject({ changes: [] });
  });

  it('find what others own by the lookup tags, and do not delete it where they own nothing themselves', async () => {
    const into = await plane.seed.group();
    await bringIn(into, { 'o.yaml': 'consumers: [{ username: ana, tags: [shared] }, { username: bob }]' });
    const file = (who: string): Documents => ({
      'a.yaml': `_info: { select_tags: [a], default_lookup_tags: { consumers: [shared] } }\nplugins: [{ name: cors, consumer: ${who} }]`,
    });
    const [problem] = await refusal(into, {
      'a.yaml': file('bob')['a.yaml']!.replace('cors', 'rate-limiting, config: { minute: 1 }'),
    });
    expect(problem).toMatchObject({
      code: 'REFERENCE_UNRESOLVED',
      message: expect.stringContaining('without the tags in _info.default_lookup_tags'),
    });
    const unscoped = '_info: { default_lookup_tags: { consumers: [shared] } }\nplugins: []';
    expect(told(await sync(into, { 'a.yaml': unscoped }))).toEqual(['DELETED consumers bob']);
  });
});

describe('an export without ids', () => {
  it('is, once imported into an empty group, exported with the same bytes', async () => {
    const [one, other] = [await plane.seed.group(), await plane.seed.group()];
    await bringIn(one, { 'all.yaml': everything });
    const text = await exported(one);
    expect(text).not.toMatch(/\bid: /);
    await sync(other, { 'copy.yaml': text });
    expect(await exported(other)).toBe(text);
    expect(await sync(other, { 'copy.yaml': text })).toMatchObject({ revision: 1, changes: [] });
    expect(await sync(one, { 'copy.yaml': text })).toMatchObject({ revision: 1, changes: [] });
  });

  it('changes nothing in its own group, wherever the entities came from, with the secrets hidden', async () => {
    const into = await plane.seed.group();
    const { group, admin } = into;
    const runtimeGroupId = group.id;
    const { gatewayService } = await admin.mutate<{ gatewayService: { id: string } }>(
      ...([
        'createGatewayService',
        { runtimeGroupId, host: 'nameless.internal' },
        'gatewayService { id }',
      ] as const),
    );
    for (const paths of [['/a'], ['/b']])
      await admin.mutate(
        'createRoute',
        { runtimeGroupId, paths, serviceId: gatewayService.id },
        'route { id }',
      );
    await bringIn(into, {
      'c.yaml':
        'consumers:\n- username: ana\n  keyauth_credentials: [{ key: one }, { key: two }, {}]\n  jwt_secrets: [{}]\n  basicauth_credentials: [{ username: ana, password: secret }]\n',
    });
    const text = await exported(into);
    expect(text).toMatch(/key: "\*{3}[\w-]{16}"/);
    const again = await sync(into, { 'own.yaml': text });
    expect(again.changes).toEqual([]);
  });

  it('of some tags has what has them, and refers to the rest by name', async () => {
    const into = await plane.seed.group();
    await bringIn(into, {
      'a.yaml': 'services: [{ name: a, host: a, routes: [{ name: r, paths: [/r], tags: [mine] }] }]',
    });
    const text = await exported(into, { tags: ['mine'] });
    expect(text).toContain('_info:\n  select_tags:\n    - mine\nroutes:\n  - name: r\n');
    expect(text).toContain('    service: a\n');
    expect(text).not.toContain('services:');
    expect(await sync(into, { 'mine.yaml': text })).toMatchObject({ changes: [] });
  });
});

describe('a file with ids', () => {
  it('gives ids of their own, always the same, to entities whose ids another group has, and says so', async () => {
    const [one, other] = [await plane.seed.group(), await plane.seed.group()];
    await bringIn(one, { 'all.yaml': everything });
    const flat = await exported(one, { form: 'FLAT' });
    const done = await bringIn(other, { 'flat.yaml': flat });
    // Two of the routes match the same path.
    expect(done.warnings.map(({ code }) => code)).toEqual(['ID_REPLACED', 'ROUTE_DUPLICATE']);
    expect(done.warnings[0]?.message).toMatch(
      /^flat\.yaml:4:5: vaults\[0\]: this id and \d+ more are in use in another runtime group/,
    );
    expect(await exported(other)).toBe(await exported(one));
    expect(await sync(other, { 'flat.yaml': flat })).toMatchObject({ revision: 1, changes: [] });
  });
});

/** Every kind, in each of the ways that it can be written, with secrets in vaults. */
const everything = `
_format_version: '3.0'
vaults: [{ prefix: env-one, name: env, config: { prefix: SECRET_ } }]
certificates:
- cert: '{vault://env-one/cert}'
  key: '{vault://env-one/key}'
  snis: [{ name: api.example.com }, { name: '*.example.org' }]
- cert: '{vault://env-one/client-cert}'
  key: '{vault://env-one/client-key}'
  services: [{ name: tls, url: 'https://tls.internal', tls_verify: true }]
key_sets: [{ name: set }]
keys: [{ name: k1, kid: one, set: set, pem: { public_key: '{vault://env-one/public}' } }]
upstreams:
- name: pool.internal
  targets: [{ target: 10.0.0.1 }, { target: 10.0.0.2:9000, weight: 5 }]
consumer_groups:
- name: gold
  plugins: [{ name: rate-limiting, config: { minute: 10, policy: local } }]
consumers:
- username: ana
  groups: [{ name: gold }]
  keyauth_credentials: [{ key: '{vault://env-one/ana}' }]
  acls: [{ group: staff }, { group: admins }]
  plugins: [{ name: ip-restriction, config: { allow: [10.0.0.0/8] } }]
- custom_id: nameless-app
  acls: [{ group: apps }]
services:
- name: orders
  host: pool.internal
  tags: [b, a]
  routes:
  - name: list
    paths: [/orders]
    plugins: [{ name: cors, instance_name: list-cors }, { name: key-auth }]
  - paths: [/nameless]
    plugins: [{ name: rate-limiting, consumer: ana, config: { minute: 1, policy: local } }]
  - { paths: [/twice], strip_path: false }
  - { paths: [/twice], strip_path: true }
  plugins: [{ name: cors }]
routes: [{ name: loose, hosts: [loose.example.com] }]
plugins:
- { name: request-size-limiting, service: orders, consumer: ana }
- { name: prometheus }
`;
