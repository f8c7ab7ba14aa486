import { readFileSync } from 'node:fs';
import { expectRefused, problemsOf, type Client, type Problem } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

interface Imported {
  readonly revision: number;
  readonly summary: { created: number; updated: number; deleted: number; unchanged: number };
  readonly changes: readonly { readonly kind: string; readonly id: string; readonly operation: string }[];
}

const selection = 'summary { created updated deleted unchanged } changes { kind id operation }';

function example(name: string): string {
  return readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');
}

function bringIn(client: Client, runtimeGroupId: string, document: string, options = {}): Promise<Imported> {
  const input = { runtimeGroupId, documents: [{ name: 'kong.yaml', content: document }], ...options };
  return client.mutate<Imported>('importConfiguration', input, selection);
}

async function refusal(
  client: Client,
  runtimeGroupId: string,
  document: string,
): Promise<readonly Problem[]> {
  const input = { runtimeGroupId, documents: [{ name: 'kong.yaml', content: document }] };
  return problemsOf(await client.attempt('importConfiguration', input));
}

async function revisionOf(client: Client, id: string): Promise<number> {
  const query = 'query ($id: ID!) { runtimeGroup(id: $id) { revision } }';
  return (await client.gql<{ runtimeGroup: { revision: number } }>(query, { id })).runtimeGroup.revision;
}

describe('importing a file', () => {
  it('makes one revision of it, and no other when it is imported again', async () => {
    const { group, admin } = await plane.seed.group();
    const document = example('petstore-platform.yaml');
    const first = await bringIn(admin, group.id, document);
    expect(first.revision).toBe(1);
    expect(first.summary).toEqual({ created: first.changes.length, updated: 0, deleted: 0, unchanged: 0 });
    const again = await bringIn(admin, group.id, document);
    expect(again).toMatchObject({ revision: 1, changes: [] });
    expect(again.summary).toEqual({ created: 0, updated: 0, deleted: 0, unchanged: first.changes.length });
  });

  it('gives each group entities of its own', async () => {
    const [one, other] = [await plane.seed.group(), await plane.seed.group()];
    const document = example('petstore-platform.yaml');
    const first = await bringIn(one.admin, one.group.id, document);
    const second = await bringIn(other.admin, other.group.id, document);
    const ids = new Set(first.changes.map(({ id }) => id));
    expect(second.changes.filter(({ id }) => ids.has(id))).toEqual([]);
  });

  it('changes what differs, and nothing else', async () => {
    const { group, admin } = await plane.seed.group();
    await bringIn(admin, group.id, 'services:\n- {name: a, host: a}\n- {name: b, host: b}\n');
    const changed = await bringIn(
      admin,
      group.id,
      'services:\n- {name: a, host: new}\n- {name: c, host: c}\n',
    );
    expect(changed.summary).toEqual({ created: 1, updated: 1, deleted: 0, unchanged: 0 });
    expect(changed.revision).toBe(2);
  });

  it('says what it would do on a dry run', async () => {
    const { group, admin } = await plane.seed.group();
    const would = await bringIn(admin, group.id, 'consumers:\n- username: ana\n', { dryRun: true });
    expect(would).toMatchObject({ revision: 0, summary: { created: 1 } });
    expect(await revisionOf(admin, group.id)).toBe(0);
  });

  it('of what an export gave changes nothing', async () => {
    const { group, admin } = await plane.seed.group();
    await bringIn(admin, group.id, example('petstore-platform.yaml'));
    const query = 'query ($id: ID!) { exportConfiguration(runtimeGroupId: $id) { document } }';
    const { exportConfiguration } = await admin.gql<{ exportConfiguration: { document: string } }>(query, {
      id: group.id,
    });
    expect(await bringIn(admin, group.id, exportConfiguration.document)).toMatchObject({
      revision: 1,
      changes: [],
    });
  });
});

describe('an import that swaps what must be unique', () => {
  it('is one revision: two entities exchange their names', async () => {
    const { group, admin } = await plane.seed.group();
    const [a, b] = [
      await plane.seed.service(group, { name: 'a' }),
      await plane.seed.service(group, { name: 'b' }),
    ];
    const swapped = [
      { id: a.id, name: 'b', host: 'a.internal' },
      { id: b.id, name: 'a', host: 'b.internal' },
    ];
    const { revision, summary } = await bringIn(admin, group.id, JSON.stringify({ services: swapped }));
    expect({ revision, summary }).toMatchObject({ revision: 3, summary: { created: 0, updated: 2 } });
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on GatewayService { name host } } }';
    expect(await admin.gql(query, { ids: [a.id, b.id] })).toEqual({ nodes: swapped });
  });
});

describe('importing a wrong file', () => {
  it.each([
    ['is no YAML', 'services:\n- name: a: b\n', 'DOCUMENT_UNREADABLE'],
    ['has an unknown key', 'servces: []\n', 'UNKNOWN_FIELD'],
    ['has a field that its kind has not', 'services:\n- {host: a, prot: 80}\n', 'UNKNOWN_FIELD'],
    ['has a name twice', 'consumers:\n- username: ana\n- username: ana\n', 'DUPLICATE_IN_FILE'],
    ['refers to nothing', 'routes:\n- {paths: [/r], service: none}\n', 'REFERENCE_UNRESOLVED'],
    ['has a wrong value', 'services:\n- {host: a, port: 70000}\n', 'FIELD_INVALID'],
  ])('changes nothing if the file %s', async (_what, document, code) => {
    const { group, admin } = await plane.seed.group();
    const [problem] = await refusal(admin, group.id, `${document}upstreams:\n- name: fine.internal\n`);
    expect(problem).toMatchObject({ code, message: expect.stringMatching(/^kong\.yaml:\d+:\d+: /) });
    expect(await revisionOf(admin, group.id)).toBe(0);
  });

  it('changes nothing, and says everything that is wrong, with its place', async () => {
    const { group, admin } = await plane.seed.group();
    const problems = await refusal(admin, group.id, example('broken.yaml'));
    expect(problems.length).toBeGreaterThan(8);
    for (const { message, path } of problems) {
      expect(message).toMatch(/^kong\.yaml:\d+:\d+: \w+\[\d+\]/);
      expect(path.slice(0, 3)).toEqual(['documents', '0', 'content']);
    }
    expect(await revisionOf(admin, group.id)).toBe(0);
  });

  it('says where a reference leads nowhere', async () => {
    const { group, admin } = await plane.seed.group();
    const problems = await refusal(admin, group.id, 'routes:\n- {name: r, paths: [/r], service: none}\n');
    expect(problems).toEqual([
      {
        code: 'REFERENCE_UNRESOLVED',
        message:
          'kong.yaml:2:26: routes[0].service (route “r”): service refers to the GatewayService “none”, which is neither in the files nor in the runtime group.',
        path: ['documents', '0', 'content', 'routes', '0', 'service'],
      },
    ]);
  });

  it('says where it breaks a rule that takes the group to tell', async () => {
    const { group, admin } = await plane.seed.group();
    await bringIn(admin, group.id, 'services:\n- {name: a, host: a}\nroutes:\n- {name: r, paths: [/r]}\n');
    const document = [
      'services:',
      '- {id: 0196f2a0-4444-7000-8000-000000000001, name: a, host: b}',
      'plugins:',
      '- name: prometheus',
      '  route: r',
      '  protocols: [tcp]',
    ];
    const problems = await refusal(admin, group.id, document.join('\n'));
    expect(problems.map(({ code, path }) => [code, ...path])).toEqual([
      ['KEY_TAKEN', 'documents', '0', 'content', 'services', '0', 'name'],
      ['PLUGIN_OUT_OF_REACH', 'documents', '0', 'content', 'plugins', '0', 'protocols'],
    ]);
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^kong\.yaml:2:46: services\[0\]\.name \(gateway service “a”\): There is already/,
      ),
      expect.stringMatching(
        /^kong\.yaml:6:3: plugins\[0\]\.protocols \(plugin “prometheus”\): The plugin would never run/,
      ),
    ]);
  });

  it('tells those who may not import nothing about it', async () => {
    const { group } = await plane.seed.group();
    const viewer = await plane.seed.viewer();
    const input = { runtimeGroupId: group.id, documents: [{ name: 'kong.yaml', content: 'not: [a file' }] };
    await expectRefused(viewer.attempt('importConfiguration', input), 'ACTION_DENIED');
  });
});
