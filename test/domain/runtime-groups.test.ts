import { expectRefused, type Client } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { unique, type Group } from '../kit/seed.js';
import { runtimeConfig } from '../kit/streams.js';

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

interface GroupNode extends Group {
  readonly description: string;
  readonly isDefault: boolean;
  readonly version: number;
  readonly revision: number;
  readonly labels: readonly Label[];
}

interface Label {
  readonly key: string;
  readonly value: string;
}

const fields = 'id name description isDefault version revision labels { key value }';

async function groupOf(client: Client, id: string): Promise<GroupNode | null> {
  const query = `query ($id: ID!) { runtimeGroup(id: $id) { ${fields} } }`;
  return (await client.gql<{ runtimeGroup: GroupNode | null }>(query, { id })).runtimeGroup;
}

async function namesSeenBy(client: Client): Promise<string[]> {
  const query = '{ runtimeGroups(orderBy: [{ field: NAME }]) { nodes { name } } }';
  const { runtimeGroups } = await client.gql<{ runtimeGroups: { nodes: Group[] } }>(query);
  return runtimeGroups.nodes.map(({ name }) => name);
}

async function update(client: Client, input: object): Promise<GroupNode> {
  const selection = `runtimeGroup { ${fields} }`;
  return (await client.mutate<{ runtimeGroup: GroupNode }>('updateRuntimeGroup', { ...input }, selection))
    .runtimeGroup;
}

describe('the default group', () => {
  it('is there from the beginning, and the organization names it', async () => {
    const { admin, defaultGroup } = await plane.seed.organization();
    const query = '{ organization { defaultRuntimeGroup { id isDefault } } }';
    const { organization } = await admin.gql<{ organization: { defaultRuntimeGroup: GroupNode } }>(query);
    expect(organization.defaultRuntimeGroup).toEqual({ id: defaultGroup.id, isDefault: true });
    expect(await namesSeenBy(admin)).toEqual(['default']);
  });

  it('can be renamed, and stays the default group', async () => {
    const { admin, defaultGroup } = await plane.seed.organization();
    const renamed = await update(admin, { id: defaultGroup.id, name: 'main' });
    expect(renamed).toMatchObject({ name: 'main', isDefault: true, version: 2 });
  });

  it.each([{}, { force: true }, { dryRun: true }])('is never deleted: %j', async (options) => {
    const { admin, defaultGroup } = await plane.seed.organization();
    const answer = admin.attempt('deleteRuntimeGroup', { id: defaultGroup.id, ...options });
    const { message } = await expectRefused(answer, 'DEFAULT_RUNTIME_GROUP_KEPT');
    expect(message).toBe('“default” is the default runtime group. It can be renamed, but never deleted.');
    expect(await namesSeenBy(admin)).toEqual(['default']);
  });

  it('keeps its status whatever the other groups do', async () => {
    const { admin, seed, defaultGroup } = await anOrganization();
    const { group } = await seed.group();
    await admin.mutate('deleteRuntimeGroup', { id: group.id });
    expect(await groupOf(admin, defaultGroup.id)).toMatchObject({ isDefault: true });
    const other = await seed.group();
    expect(await groupOf(admin, other.group.id)).toMatchObject({ isDefault: false });
  });
});

async function anOrganization(plan?: 'FREE' | 'ENTERPRISE' | 'UNLIMITED') {
  const seed = await plane.seed.organization(plan);
  return { admin: seed.admin, seed, organizationId: seed.organizationId, defaultGroup: seed.defaultGroup };
}

describe('the name of a group', () => {
  it('is trimmed, and taken as it is otherwise', async () => {
    const name = unique('Größe 10 – “öst”');
    const { runtimeGroup } = await plane.admin.mutate<{ runtimeGroup: Group }>(
      ...(['createRuntimeGroup', { name: `  ${name} ` }, 'runtimeGroup { id name }'] as const),
    );
    expect(runtimeGroup.name).toBe(name);
  });

  it.each(['', '   ', 'x'.repeat(101), 'a\nb', 'a\u0000b', 'a\ud800'])(
    'is refused if nobody could use it: %j',
    async (name) => {
      const before = await namesSeenBy(plane.admin);
      const problem = await expectRefused(
        plane.admin.attempt('createRuntimeGroup', { name }),
        'RUNTIME_GROUP_NAME_INVALID',
      );
      expect(problem.path).toEqual(['name']);
      expect(await namesSeenBy(plane.admin)).toEqual(before);
    },
  );

  it('finds nothing if no group could have it', async () => {
    const query = 'query ($name: String) { runtimeGroup(name: $name) { id } }';
    expect(await plane.admin.gql(query, { name: 'a\u0000b' })).toEqual({ runtimeGroup: null });
  });

  it('is refused if another group of the organization has it', async () => {
    const { group, admin } = await plane.seed.group();
    const { message } = await expectRefused(
      admin.attempt('createRuntimeGroup', { name: group.name }),
      'RUNTIME_GROUP_NAME_TAKEN',
    );
    expect(message).toContain(`“${group.name}”`);
    const other = await plane.seed.group();
    await expectRefused(
      admin.attempt('updateRuntimeGroup', { id: other.group.id, name: group.name }),
      'RUNTIME_GROUP_NAME_TAKEN',
    );
    expect(await groupOf(admin, other.group.id)).toMatchObject({ name: other.group.name, version: 1 });
  });

  it('may be the same in another organization', async () => {
    const { group } = await plane.seed.group();
    const other = await plane.seed.organization();
    await other.admin.mutate('createRuntimeGroup', { name: group.name });
    expect(await namesSeenBy(other.admin)).toContain(group.name);
  });

  it('is given once, however many ask for it at once', async () => {
    const { admin } = await plane.seed.organization();
    const attempts = Array.from({ length: 6 }, () => admin.attempt('createRuntimeGroup', { name: 'wanted' }));
    const answers = await Promise.all(
      attempts.map((each) => each.then((answer) => answer.data?.['createRuntimeGroup'])),
    );
    const refused = answers.filter((answer) => JSON.stringify(answer).includes('RUNTIME_GROUP_NAME_TAKEN'));
    expect(refused).toHaveLength(5);
    expect(await namesSeenBy(admin)).toEqual(['default', 'wanted']);
  });

  it('finds the group, as the id does', async () => {
    const { group, admin } = await plane.seed.group();
    const query = 'query ($name: String) { runtimeGroup(name: $name) { id } }';
    expect(await admin.gql(query, { name: group.name })).toEqual({ runtimeGroup: { id: group.id } });
    expect(await admin.gql(query, { name: unique('nobody') })).toEqual({ runtimeGroup: null });
  });

  it('is given alone: with the id too, or with neither, it is not clear which is meant', async () => {
    const { group, admin } = await plane.seed.group();
    await expectRefused(admin.send('{ runtimeGroup { id } }'), 'ONE_KEY_NEEDED');
    const both = 'query ($id: ID, $name: String) { runtimeGroup(id: $id, name: $name) { id } }';
    await expectRefused(admin.send(both, { ...group }), 'ONE_KEY_NEEDED');
  });
});

describe('the plan of an organization', () => {
  it('allows the default group alone, if it is FREE', async () => {
    const { admin } = await anOrganization('FREE');
    const { message } = await expectRefused(
      admin.attempt('createRuntimeGroup', { name: 'one' }),
      'RUNTIME_GROUP_QUOTA_REACHED',
    );
    expect(message).toContain('FREE allows 0 custom runtime groups beside the default one, and 0 are in use');
  });

  it('allows two custom groups, if it is ENTERPRISE, even if more are asked for at once', async () => {
    const { admin } = await anOrganization('ENTERPRISE');
    const names = ['one', 'two', 'three', 'four', 'five'];
    await Promise.all(names.map((name) => admin.attempt('createRuntimeGroup', { name })));
    expect(await namesSeenBy(admin)).toHaveLength(3);
    const { message } = await expectRefused(
      admin.attempt('createRuntimeGroup', { name: 'six' }),
      'RUNTIME_GROUP_QUOTA_REACHED',
    );
    expect(message).toContain(
      'ENTERPRISE allows 2 custom runtime groups beside the default one, and 2 are in use',
    );
  });

  it('has room again after a group was deleted, or the plan was changed', async () => {
    const { admin, seed, organizationId } = await anOrganization('ENTERPRISE');
    const { group } = await seed.group();
    await seed.group();
    await expectRefused(admin.attempt('createRuntimeGroup', { name: 'x' }), 'RUNTIME_GROUP_QUOTA_REACHED');
    await admin.mutate('deleteRuntimeGroup', { id: group.id });
    await seed.group();
    await plane.sql('update organization set plan = $2 where id = $1', [organizationId, 'UNLIMITED']);
    await seed.group();
    expect(await admin.gql('{ organization { plan } }')).toEqual({ organization: { plan: 'UNLIMITED' } });
  });
});

describe('labels', () => {
  const labels = [
    { key: 'zone', value: 'eu-1' },
    { key: 'app', value: 'Shop_2.0' },
  ];

  it('are shown by key, and replaced as a whole', async () => {
    const { group, admin } = await plane.seed.group({ labels });
    expect((await groupOf(admin, group.id))?.labels).toEqual([labels[1], labels[0]]);
    const { labels: after } = await update(admin, { id: group.id, labels: [{ key: 'tier', value: '1' }] });
    expect(after).toEqual([{ key: 'tier', value: '1' }]);
  });

  it('stay when only something else changes', async () => {
    const { group, admin } = await plane.seed.group({ labels });
    const { labels: after, description } = await update(admin, { id: group.id, description: 'new' });
    expect({ after, description }).toEqual({ after: [labels[1], labels[0]], description: 'new' });
  });

  it('are no change if they are the same in another order', async () => {
    const { group, admin } = await plane.seed.group({ labels });
    expect(await update(admin, { id: group.id, labels: labels.toReversed() })).toMatchObject({ version: 1 });
  });

  it.each([
    { key: '', value: 'x' },
    { key: 'a b', value: 'x' },
    { key: '-a', value: 'x' },
    { key: 'a', value: '' },
    { key: 'x'.repeat(64), value: 'x' },
  ])('are refused if they are none: %j', async (label) => {
    const { group, admin } = await plane.seed.group();
    const { path } = await expectRefused(
      admin.attempt('updateRuntimeGroup', { id: group.id, labels: [label] }),
      'LABEL_INVALID',
    );
    expect(path).toEqual(['labels']);
  });

  it('are refused if a key comes twice, whatever its values are', async () => {
    const { group, admin } = await plane.seed.group();
    const labels = [
      { key: 'zone', value: 'a' },
      { key: 'tier', value: 'a' },
      { key: 'zone', value: 'b' },
    ];
    for (const refused of [
      admin.attempt('createRuntimeGroup', { name: unique('g'), labels }),
      admin.attempt('updateRuntimeGroup', { id: group.id, labels }),
    ]) {
      expect(await expectRefused(refused, 'LABEL_INVALID')).toEqual({
        ...{ code: 'LABEL_INVALID', path: ['labels'] },
        message: 'The label “zone” is given more than once: a key has one value.',
      });
    }
  });

  it('are at most fifty', async () => {
    const many = Array.from({ length: 51 }, (_, index) => ({ key: `key-${index}`, value: 'x' }));
    await expectRefused(
      plane.admin.attempt('createRuntimeGroup', { name: unique('g'), labels: many }),
      'LABEL_INVALID',
    );
  });

  it('find groups, by key and value or by key alone', async () => {
    const { admin, seed } = await anOrganization();
    const { group } = await seed.group({ labels });
    await seed.group({ labels: [{ key: 'zone', value: 'us-1' }] });
    const query = `query ($match: [LabelMatch!]) {
      runtimeGroups(filter: { labels: { hasAll: $match } }) { totalCount nodes { id } }
    }`;
    const found = (match: object[]) => admin.gql<{ runtimeGroups: { totalCount: number } }>(query, { match });
    expect(await found(labels)).toEqual({ runtimeGroups: { totalCount: 1, nodes: [{ id: group.id }] } });
    expect((await found([{ key: 'zone' }])).runtimeGroups.totalCount).toBe(2);
  });
});

describe('a write of a group', () => {
  it('is refused if the group has changed since it was read', async () => {
    const { group, admin } = await plane.seed.group();
    await update(admin, { id: group.id, description: 'first' });
    const { message, path } = await expectRefused(
      admin.attempt('updateRuntimeGroup', { id: group.id, description: 'second', expectedVersion: 1 }),
      'VERSION_STALE',
    );
    expect({ message, path }).toEqual({
      message: expect.stringContaining('version 1, but it is at version 2'),
      path: ['expectedVersion'],
    });
    await update(admin, { id: group.id, description: 'second', expectedVersion: 2 });
  });

  it('happens once for one key, and answers the same again', async () => {
    const { admin } = await plane.seed.organization();
    const input = { name: 'once', idempotencyKey: unique('key') };
    const create = () => admin.mutate('createRuntimeGroup', input, 'runtimeGroup { id }');
    const [first, ...others] = await Promise.all([create(), create(), create(), create()]);
    for (const other of others) expect(other).toEqual(first);
    expect(await namesSeenBy(admin)).toEqual(['default', 'once']);
    await expectRefused(
      admin.attempt('createRuntimeGroup', { ...input, name: 'another' }),
      'IDEMPOTENCY_KEY_REUSED',
    );
  });

  it('is no event if it changes nothing', async () => {
    const { admin, seed } = await anOrganization();
    const { group } = await seed.group();
    const again = { id: group.id, name: group.name, description: '', labels: [] };
    const { revision } = await admin.mutate('updateRuntimeGroup', again);
    expect(await admin.mutate('updateRuntimeGroup', again)).toMatchObject({ revision });
    expect(await groupOf(admin, group.id)).toMatchObject({ version: 1 });
  });

  it.each([
    ['x'.repeat(2049), 'RUNTIME_GROUP_DESCRIPTION_TOO_LONG'],
    ['a\u0000b', 'RUNTIME_GROUP_DESCRIPTION_INVALID'],
    ['half a character: \ud800', 'RUNTIME_GROUP_DESCRIPTION_INVALID'],
  ])('is refused for a description that is none', async (description, code) => {
    const answer = plane.admin.attempt('createRuntimeGroup', { name: unique('group'), description });
    expect((await expectRefused(answer, code)).path).toEqual(['description']);
  });

  it.each(['updateRuntimeGroup', 'deleteRuntimeGroup'])(
    'is refused for a group that is not there: %s',
    async (name) => {
      for (const id of ['01a1fbc6-342c-766e-a0ad-b084a456ef02', 'no id at all']) {
        const { message, path } = await expectRefused(
          plane.admin.attempt(name, { id }),
          'RUNTIME_GROUP_NOT_FOUND',
        );
        expect({ message, path }).toEqual({
          message: `There is no runtime group with the id ${id}.`,
          path: ['id'],
        });
      }
    },
  );
});

describe('deleting a group', () => {
  const selection = 'deletedInstances deletedEntities runtimeGroup { id name }';

  it('takes its configuration, its instances and its tokens with it', async () => {
    const { group, admin } = await plane.seed.group();
    const service = await plane.seed.service(group);
    const { instance, client } = await plane.seed.instance(group);
    const viewer = await plane.seed.viewer(group);
    const payload = await admin.mutate('deleteRuntimeGroup', { id: group.id }, selection);
    expect(payload).toMatchObject({
      deletedInstances: 1,
      deletedEntities: 1,
      runtimeGroup: { name: group.name },
    });
    const gone = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const ids = [group.id, service.id, instance.id];
    expect(await admin.gql(gone, { ids })).toEqual({ nodes: [null, null, null] });
    for (const token of [client, viewer]) {
      await eventually(() => expectRefused(token.send('{ organization { id } }'), 'TOKEN_UNKNOWN'));
    }
  });

  it('is refused while instances are connected, unless it is forced', async () => {
    const { group, admin } = await plane.seed.group();
    const { client } = await plane.seed.instance(group);
    const stream = (await plane.live(client)).open(runtimeConfig());
    await stream.nextOf('snapshot');
    const { message } = await expectRefused(
      admin.attempt('deleteRuntimeGroup', { id: group.id }),
      'RUNTIME_GROUP_IN_USE',
    );
    expect(message).toContain(`“${group.name}” has 1 connected instances`);
    await admin.mutate('deleteRuntimeGroup', { id: group.id, force: true });
    expect(await stream.ended()).toMatchObject({ by: 'refusal' });
    expect(await groupOf(admin, group.id)).toBeNull();
  });

  it('says what would go, and lets it stay, on a dry run', async () => {
    const { group, admin } = await plane.seed.group();
    await plane.seed.route(group, { serviceId: (await plane.seed.service(group)).id });
    const { client } = await plane.seed.instance(group);
    await plane.seed.instance(group);
    await (await plane.live(client)).open(runtimeConfig()).nextOf('snapshot');
    const payload = await admin.mutate('deleteRuntimeGroup', { id: group.id, dryRun: true }, selection);
    expect(payload).toMatchObject({
      deletedInstances: 2,
      deletedEntities: 2,
      runtimeGroup: { id: group.id },
    });
    expect(await groupOf(admin, group.id)).toMatchObject({ revision: 2, version: 1 });
  });
});

describe('a list of groups', () => {
  it('is filtered, ordered and read page by page', async () => {
    const { admin } = await plane.seed.organization();
    for (const name of ['a-1', 'b-1', 'a-2', 'b-2', 'a-3'])
      await admin.mutate('createRuntimeGroup', { name });
    const query = `query ($after: String) {
      runtimeGroups(first: 2, after: $after, filter: { name: { startsWith: "A-" } }, orderBy: [{ field: NAME, direction: DESC }]) {
        totalCount nodes { name } pageInfo { hasNextPage endCursor }
      }
    }`;
    interface Page {
      totalCount: number;
      nodes: Group[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    }
    const { runtimeGroups: first } = await admin.gql<{ runtimeGroups: Page }>(query);
    expect(first).toMatchObject({
      totalCount: 3,
      nodes: [{ name: 'a-3' }, { name: 'a-2' }],
      pageInfo: { hasNextPage: true },
    });
    const { runtimeGroups: second } = await admin.gql<{ runtimeGroups: Page }>(query, {
      after: first.pageInfo.endCursor,
    });
    expect(second).toMatchObject({ nodes: [{ name: 'a-1' }], pageInfo: { hasNextPage: false } });
  });
});
