import { openClient } from '../../src/clients/sdk/client.js';
import { RuntimeConfigDocument } from '../../src/clients/sdk/generated.js';
import { newId } from '../../src/foundation/kernel/id.js';
import { expectRefused, type Client, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { LiveClient } from '../kit/live-client.js';
import { unique, type Group } from '../kit/seed.js';
import { configChanges, syncStatus } from '../kit/streams.js';
import { seedGiven } from './kinds.js';

let plane: TestControlPlane;
let admin: Client;
beforeAll(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
});
afterAll(() => plane.stop());

const anything = '{ organization { id } }';

/** A token that was good until a second ago. */
async function anExpiredToken(): Promise<Client> {
  const token = await plane.seed.token({ role: 'ADMIN', expiresAt: '2999-01-01T00:00:00Z' });
  await plane.sql(`update access_token set expires_at = now() - interval '1 second' where id = $1`, [
    token.id,
  ]);
  return token;
}

async function aRevokedToken(): Promise<Client> {
  const token = await plane.seed.token({ role: 'ADMIN' });
  await admin.mutate('revokeAccessToken', { id: token.id });
  return token;
}

const strangers: [string, string, () => Promise<Client> | Client][] = [
  ['without a token', 'TOKEN_MISSING', () => plane.as(null)],
  ['with a token that nobody made', 'TOKEN_UNKNOWN', () => plane.as('sbx_no-such-token')],
  ['with a token that expired', 'TOKEN_EXPIRED', anExpiredToken],
  ['with a token that was revoked', 'TOKEN_REVOKED', aRevokedToken],
];

describe.each(strangers)('whoever comes %s', (_who, code, stranger) => {
  it('is refused over HTTP, before anything is read', async () => {
    const client = await stranger();
    for (const query of [anything, 'this is not GraphQL', '{ __schema { queryType { name } } }']) {
      const answer = await client.send(query);
      await expectRefused(answer, code);
      expect(answer).toMatchObject({
        status: 401,
        errors: [{ extensions: { code: 'UNAUTHENTICATED', reason: code } }],
      });
    }
  });

  it('is refused over WebSocket, before an operation is sent', async () => {
    const refused = LiveClient.connect(await stranger());
    await expect(refused).rejects.toMatchObject({ code: 4403, reason: `Forbidden: ${code}` });
  });

  it('is told by the client of the SDK what it was refused for', async () => {
    const { token } = await stranger();
    // It always presents something.
    const due = token === null ? 'TOKEN_UNKNOWN' : code;
    const client = openClient({ endpoint: `${plane.origin}/graphql`, token: token ?? 'none' });
    const refused = client.stream(RuntimeConfigDocument, {})[Symbol.asyncIterator]().next();
    await expect(refused).rejects.toMatchObject({ code: due, category: 'FORBIDDEN', retryable: false });
  });
});

it.each(['Basic YWRhOnNlY3JldA==', 'Bearer', 'Bearer ', 'sbx_the-token-of-the-administrator-in-tests'])(
  'takes nothing for a token but “Bearer <token>”: %s',
  async (authorization) => {
    const headers = { 'content-type': 'application/json', authorization };
    const body = JSON.stringify({ query: anything });
    const response = await fetch(`${plane.origin}/graphql`, { method: 'POST', headers, body });
    expect(response.status).toBe(401);
    expect(await response.text()).toContain('TOKEN_MISSING');
  },
);

describe('a token', () => {
  it('is shown once, and kept only as a hash', async () => {
    const input = { name: unique('ci'), role: 'VIEWER', idempotencyKey: unique('key') };
    const create = () =>
      admin.mutate('createAccessToken', input, 'secret accessToken { id name role state expiresAt }');
    const first = await create();
    expect(first).toMatchObject({
      accessToken: { name: input.name, role: 'VIEWER', state: 'GOOD', expiresAt: null },
    });
    expect(await create()).toEqual({ ...first, secret: null });
    const rows = await plane.sql<{ row: string }>('select t::text as row from access_token t');
    expect(rows.filter(({ row }) => row.includes(String(first['secret'])))).toEqual([]);
  });

  it.each<[string, Variables, string, string]>([
    ['no name', { name: '  ' }, 'TOKEN_NAME_INVALID', 'name'],
    ['a name that cannot be stored', { name: 'a\u0000' }, 'TOKEN_NAME_INVALID', 'name'],
    ['a name without end', { name: 'x'.repeat(101) }, 'TOKEN_NAME_INVALID', 'name'],
    ['an end before its beginning', { expiresAt: '2020-01-01T00:00:00Z' }, 'TOKEN_EXPIRY_PAST', 'expiresAt'],
    ['a group that is not there', { runtimeGroupId: newId() }, 'TOKEN_GROUP_UNKNOWN', 'runtimeGroupId'],
    ['a group that is none', { runtimeGroupId: 'nope' }, 'TOKEN_GROUP_UNKNOWN', 'runtimeGroupId'],
  ])('is not made with %s', async (_what, input, code, field) => {
    const attempt = admin.attempt('createAccessToken', { name: 'x', role: 'ADMIN', ...input });
    expect((await expectRefused(attempt, code)).path).toEqual([field]);
  });

  it('is not made for a group of another organization', async () => {
    const { defaultGroup } = await plane.seed.organization();
    const input = { name: 'x', role: 'ADMIN', runtimeGroupId: defaultGroup.id };
    await expectRefused(admin.attempt('createAccessToken', input), 'TOKEN_GROUP_UNKNOWN');
  });

  it('lets nobody in within two seconds after it was revoked', async () => {
    const token = await plane.seed.token({ role: 'ADMIN' });
    await token.gql(anything);
    const revoked = await admin.mutate('revokeAccessToken', { id: token.id }, 'accessToken { state }');
    expect(revoked).toMatchObject({ accessToken: { state: 'REVOKED' } });
    const began = performance.now();
    await eventually(() => expectRefused(token.send(anything), 'TOKEN_REVOKED'));
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(await admin.mutate('revokeAccessToken', { id: token.id })).toMatchObject({
      revision: revoked.revision,
    });
  });

  it('that is not there cannot be revoked, nor can one of another organization', async () => {
    const other = await plane.seed.organization();
    const theirs = await other.token({ role: 'VIEWER' });
    for (const id of ['nope', newId(), theirs.id]) {
      await expectRefused(admin.attempt('revokeAccessToken', { id }), 'TOKEN_NOT_FOUND');
    }
    await theirs.gql(anything);
  });
});

describe('a viewer', () => {
  it('reads and follows everything', async () => {
    const viewer = await plane.seed.viewer();
    const { group } = await plane.seed.group();
    await plane.seed.service(group);
    const query = `query ($id: ID!) {
      runtimeGroup(id: $id) { name gatewayServices { totalCount } instances { totalCount } }
      exportConfiguration(runtimeGroupId: $id) { revision }
    }`;
    expect(await viewer.gql(query, { id: group.id })).toEqual({
      runtimeGroup: { name: group.name, gatewayServices: { totalCount: 1 }, instances: { totalCount: 0 } },
      exportConfiguration: { revision: 1 },
    });
    const socket = await plane.live(viewer);
    expect(await socket.open(configChanges(group.id)).next()).toMatchObject({ is: 'snapshot', revision: 1 });
    expect(await socket.open(syncStatus(group.id)).next()).toMatchObject({ is: 'snapshot', items: [] });
  });

  it('does not learn of tokens, not even by their ids', async () => {
    const viewer = await plane.seed.viewer();
    const token = await plane.seed.token({ role: 'VIEWER' });
    await expectRefused(viewer.send('{ accessTokens { nodes { id } } }'), 'ACTION_DENIED');
    const query = 'query ($id: ID!) { node(id: $id) { id } }';
    expect(await viewer.gql(query, { id: token.id })).toEqual({ node: null });
    expect(await admin.gql(query, { id: token.id })).toEqual({ node: { id: token.id } });
  });

  it('is told what is not allowed, to whom, and what to do', async () => {
    const viewer = await plane.seed.viewer();
    const answer = await viewer.attempt('createRuntimeGroup', { name: unique('group') });
    const { message } = await expectRefused(answer, 'ACTION_DENIED');
    expect(message).toBe(
      'This token has the role VIEWER, which may not do “group:create”. Ask an administrator for a token that may.',
    );
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

/** Everything that can be asked about something: of each, an answer that shows nothing. */
async function seesNothingOf(client: Client, group: Group, ids: readonly string[]): Promise<void> {
  const query = `query ($id: ID!, $name: String!, $ids: [ID!]!, $representations: [_Any!]!) {
    byId: runtimeGroup(id: $id) { id }
    byName: runtimeGroup(name: $name) { id }
    node(id: $id) { id }
    nodes(ids: $ids) { id }
    _entities(representations: $representations) { __typename }
    runtimeGroups(filter: { id: { eq: $id } }) { totalCount }
    runtimeInstances(filter: { runtimeGroupId: { eq: $id } }) { totalCount }
  }`;
  const types = ['RuntimeGroup', 'GatewayService', 'Route', 'Upstream', 'Consumer', 'RuntimeInstance'];
  const representations = [
    { __typename: 'RuntimeGroup', name: group.name },
    ...types.flatMap((__typename) => ids.map((id) => ({ __typename, id }))),
  ];
  expect(await client.gql(query, { id: group.id, name: group.name, ids, representations })).toEqual({
    ...{ byId: null, byName: null, node: null, nodes: ids.map(() => null) },
    _entities: representations.map(() => null),
    ...{ runtimeGroups: { totalCount: 0 }, runtimeInstances: { totalCount: 0 } },
  });
  const exported = 'query ($id: ID!) { exportConfiguration(runtimeGroupId: $id) { revision } }';
  await expectRefused(client.send(exported, { id: group.id }), 'RUNTIME_GROUP_NOT_FOUND');
  const socket = await plane.live(client);
  for (const stream of [configChanges(group.id), syncStatus(group.id)]) {
    expect(JSON.stringify(await socket.open(stream).ended())).toContain('RUNTIME_GROUP_NOT_FOUND');
  }
}

/** Everything that can be written to something: all refused as if it were not there, and nothing changed. */
async function changesNothingOf(client: Client, group: Group, given: Given): Promise<void> {
  const before = await stateOf(group);
  const { service, instance } = given;
  const attempts: [string, Variables, string][] = [
    ['updateRuntimeGroup', { id: group.id, name: unique('stolen') }, 'RUNTIME_GROUP_NOT_FOUND'],
    ['deleteRuntimeGroup', { id: group.id, force: true }, 'RUNTIME_GROUP_NOT_FOUND'],
    ['createRoute', { runtimeGroupId: group.id, paths: ['/x'] }, 'RUNTIME_GROUP_NOT_FOUND'],
    [
      'importConfiguration',
      { runtimeGroupId: group.id, documents: [{ name: 'kong.yaml', content: '{}' }] },
      'RUNTIME_GROUP_NOT_FOUND',
    ],
    ['updateGatewayService', { id: service, port: 1 }, 'ENTITY_NOT_FOUND'],
    ['deleteGatewayService', { id: service, cascade: true }, 'ENTITY_NOT_FOUND'],
    ['createRuntimeInstance', { runtimeGroupId: group.id, hostname: 'x' }, 'RUNTIME_GROUP_NOT_FOUND'],
    ['updateRuntimeInstance', { id: instance, hostname: 'x' }, 'RUNTIME_INSTANCE_NOT_FOUND'],
    ['deleteRuntimeInstance', { id: instance }, 'RUNTIME_INSTANCE_NOT_FOUND'],
  ];
  for (const [mutation, input, code] of attempts) {
    const { message } = await expectRefused(client.attempt(mutation, input), code);
    if (mutation.endsWith('GatewayService')) expect(message).not.toContain(group.id);
  }
  expect(await stateOf(group)).toEqual(before);
}

interface Given {
  readonly service: string;
  readonly instance: string;
}

async function stateOf({ id }: Group): Promise<unknown> {
  return plane.sql(
    `select g.*, h.revision, (select count(*) from runtime_instance where runtime_group_id = g.id) as instances
     from runtime_group g join stream_head h on h.scope_id = g.id and h.topic = 'config' where g.id = $1`,
    [id],
  );
}

/** A group with one of everything. */
async function aFullGroup(seed = plane.seed) {
  const { group } = await seed.group();
  const given = await seedGiven(seed, group);
  const { instance } = await seed.instance(group);
  const ids = [group.id, ...Object.values(given).map(({ id }) => id as string), instance.id];
  return { group, ids, given: { service: given.service.id, instance: instance.id } };
}

describe('a token of one group', () => {
  it('sees this group, and of all others nothing', async () => {
    const own = await aFullGroup();
    const other = await aFullGroup();
    for (const role of ['ADMIN', 'VIEWER']) {
      const client = await plane.seed.token({ role, runtimeGroupId: own.group.id });
      const query = '{ runtimeGroups { totalCount nodes { id } } runtimeInstances { totalCount } }';
      expect(await client.gql(query)).toEqual({
        runtimeGroups: { totalCount: 1, nodes: [{ id: own.group.id }] },
        runtimeInstances: { totalCount: 1 },
      });
      const nodes = await client.gql<{ nodes: unknown[] }>(
        ...(['query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: own.ids }] as const),
      );
      expect(nodes.nodes).toEqual(own.ids.map((id) => ({ id })));
      await seesNothingOf(client, other.group, other.ids);
    }
  });

  it('writes to this group, and to no other', async () => {
    const own = await aFullGroup();
    const other = await aFullGroup();
    const client = await plane.seed.token({ role: 'ADMIN', runtimeGroupId: own.group.id });
    await client.mutate('createRoute', { runtimeGroupId: own.group.id, paths: ['/own'] });
    await client.mutate('updateRuntimeGroup', { id: own.group.id, description: 'own' });
    await changesNothingOf(client, other.group, other.given);
  });

  it('does not reach beyond it: no groups, and no tokens', async () => {
    const { group } = await plane.seed.group();
    const client = await plane.seed.token({ role: 'ADMIN', runtimeGroupId: group.id });
    const others = await plane.seed.token({ role: 'VIEWER' });
    await expectRefused(
      client.attempt('createRuntimeGroup', { name: unique('group') }),
      'OUTSIDE_TOKEN_SCOPE',
    );
    const forItself = { name: 'x', role: 'ADMIN', runtimeGroupId: group.id };
    await expectRefused(client.attempt('createAccessToken', forItself), 'OUTSIDE_TOKEN_SCOPE');
    await expectRefused(client.attempt('revokeAccessToken', { id: others.id }), 'OUTSIDE_TOKEN_SCOPE');
    expect(await client.gql('{ accessTokens { nodes { id } } }')).toEqual({
      accessTokens: { nodes: [{ id: client.id }] },
    });
    const query = 'query ($id: ID!) { node(id: $id) { id } }';
    expect(await client.gql(query, { id: others.id })).toEqual({ node: null });
  });

  it('sees the default group only if it is that', async () => {
    const { group } = await plane.seed.group();
    const query = '{ organization { defaultRuntimeGroup { name } } }';
    expect(await (await plane.seed.viewer(group)).gql(query)).toEqual({
      organization: { defaultRuntimeGroup: null },
    });
    expect(await admin.gql(query)).toEqual({ organization: { defaultRuntimeGroup: { name: 'default' } } });
  });
});

describe('the token of an instance', () => {
  it('sees its group, and of all others nothing', async () => {
    const own = await plane.seed.group();
    const other = await aFullGroup();
    const { client } = await plane.seed.instance(own.group);
    const query = '{ runtimeGroups { nodes { id } } }';
    expect(await client.gql(query)).toEqual({ runtimeGroups: { nodes: [{ id: own.group.id }] } });
    await seesNothingOf(client, other.group, other.ids);
  });
});

describe('two organizations', () => {
  it('see nothing of each other, and change nothing', async () => {
    const ours = await aFullGroup();
    const other = await plane.seed.organization();
    const theirs = await aFullGroup(other);
    await seesNothingOf(other.admin, ours.group, ours.ids);
    await changesNothingOf(other.admin, ours.group, ours.given);
    await seesNothingOf(admin, theirs.group, theirs.ids);
    await changesNothingOf(admin, theirs.group, theirs.given);
  });

  it('are each the only one that there is, for their tokens', async () => {
    const other = await plane.seed.organization();
    const query = `query ($representations: [_Any!]!) {
      organization { id } _entities(representations: $representations) { ... on Organization { id } }
      runtimeGroups { totalCount }
    }`;
    const own = await admin.gql<{ organization: { id: string } }>('{ organization { id } }');
    for (const __typename of ['Nothing', 'Label', undefined]) {
      const unknown = { representations: [{ __typename, id: other.organizationId }] };
      await expectRefused(other.admin.send(query, unknown), 'ENTITY_TYPE_UNKNOWN');
    }
    const ids = [other.organizationId, own.organization.id];
    const representations = ids.map((id) => ({ __typename: 'Organization', id }));
    expect(await other.admin.gql(query, { representations })).toEqual({
      ...{ organization: { id: other.organizationId }, runtimeGroups: { totalCount: 1 } },
      _entities: [{ id: other.organizationId }, null],
    });
    expect(await other.admin.gql('{ accessTokens { nodes { name } totalCount } }')).toEqual({
      accessTokens: { nodes: [{ name: 'administrator' }], totalCount: 1 },
    });
  });

  it('do not share an id that one of them has given', async () => {
    const ours = await aFullGroup();
    const other = await plane.seed.organization();
    const input = { id: ours.given.service, runtimeGroupId: other.defaultGroup.id, host: 'a.internal' };
    await expectRefused(other.admin.attempt('createGatewayService', input), 'ID_TAKEN');
  });
});
