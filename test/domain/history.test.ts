import { expectRefused, type Client, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { checkGuarantees } from '../guarantees/check-guarantees.js';
import { finalConfiguration } from '../kit/final.js';
import { configChanges } from '../kit/streams.js';
import { unique, type Entity, type Group } from '../kit/seed.js';

let plane: TestControlPlane;
let admin: Client;
let group: Group;
beforeAll(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
});
beforeEach(async () => {
  ({ group } = await plane.seed.group());
});
afterAll(() => plane.stop());

interface RevisionSeen {
  readonly revision: number;
  readonly summary: string;
  readonly [field: string]: unknown;
}

async function revisions(args = '', selection = 'revision summary', client = admin): Promise<RevisionSeen[]> {
  const query = `query ($id: ID!) { runtimeGroup(id: $id) { revisions${args} { nodes { ${selection} } } } }`;
  const answer = await client.gql<{ runtimeGroup: { revisions: { nodes: RevisionSeen[] } } }>(query, {
    id: group.id,
  });
  return answer.runtimeGroup.revisions.nodes;
}

const summaries = async (args = ''): Promise<string[]> =>
  (await revisions(args)).map(({ summary }) => summary);

describe('the revisions of a group', () => {
  it('say who did what, when, how and why, the newest first', async () => {
    const service = await plane.seed.service(group, { name: 'orders', reason: 'the shop opens' });
    const someone = await plane.seed.token({ role: 'ADMIN', name: 'release pipeline' });
    await someone.mutate('updateGatewayService', { id: service.id, port: 81 });
    const query = `query ($id: ID!) { runtimeGroup(id: $id) { configHash revisions { totalCount nodes {
      revision at actor { id name } command reason restoredRevision summary hash stateHash
      counts { created updated deleted } changes { totalCount nodes { kind collection id operation before after } }
    } } } }`;
    const { runtimeGroup } = await admin.gql<{
      runtimeGroup: { configHash: string; revisions: { nodes: RevisionSeen[] } };
    }>(query, { id: group.id });
    expect(runtimeGroup.revisions).toMatchObject({
      totalCount: 2,
      nodes: [
        {
          ...{ revision: 2, command: 'gateway-config.write', reason: null, restoredRevision: null },
          actor: { id: someone.id, name: 'release pipeline' },
          summary: 'Updated gateway service orders',
          counts: { created: 0, updated: 1, deleted: 0 },
          stateHash: runtimeGroup.configHash,
          changes: {
            totalCount: 1,
            nodes: [
              {
                ...{ kind: 'gateway_service', collection: 'services', id: service.id, operation: 'UPDATED' },
                ...{ before: { port: 80 }, after: { port: 81 } },
              },
            ],
          },
        },
        { revision: 1, reason: 'the shop opens', summary: 'Created gateway service orders' },
      ],
    });
  });

  it('sum up what came together', async () => {
    const routes = ['checkout', 'cart', 'returns'].map((name) => ({ name, paths: [`/${name}`] }));
    const documents = [{ name: 'kong.yaml', content: JSON.stringify({ _format_version: '3.0', routes }) }];
    await admin.mutate('importConfiguration', { runtimeGroupId: group.id, documents });
    expect(await summaries()).toEqual(['Created route checkout and 2 more']);
  });

  it('can be narrowed down by who, what and when', async () => {
    const consumer = { runtimeGroupId: group.id, username: 'ann', reason: 'a new customer' };
    await plane.seed.service(group, { name: 'orders' });
    await admin.mutate('createConsumer', consumer);
    const someone = await plane.seed.token({ role: 'ADMIN', name: unique('someone') });
    await someone.mutate('createConsumer', { runtimeGroupId: group.id, username: 'bob' });
    const [newest] = await revisions('', 'revision at actor { name }');
    const by = (newest?.['actor'] as Entity).name;
    expect(await summaries(`(filter: { kinds: { hasAny: ["gateway_service"] } })`)).toEqual([
      'Created gateway service orders',
    ]);
    expect(await summaries(`(filter: { actor: { eq: "${by}" } })`)).toEqual(['Created consumer bob']);
    expect(await summaries(`(filter: { reason: { contains: "customer" } })`)).toEqual([
      'Created consumer ann',
    ]);
    expect(await summaries(`(filter: { at: { gt: "${String(newest?.['at'])}" } })`)).toHaveLength(1);
    expect(await summaries(`(filter: { at: { lt: "2001-01-01T00:00:00Z" } })`)).toEqual([]);
  });

  it('come page by page', async () => {
    for (const name of ['a', 'b', 'c']) await plane.seed.service(group, { name });
    const query = `query ($id: ID!, $after: String) { runtimeGroup(id: $id) { revisions(first: 2, after: $after) {
      nodes { revision } pageInfo { hasNextPage endCursor }
    } } }`;
    interface Page {
      runtimeGroup: {
        revisions: { nodes: RevisionSeen[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
      };
    }
    const first = (await admin.gql<Page>(query, { id: group.id })).runtimeGroup.revisions;
    expect(first.nodes.map(({ revision }) => revision)).toEqual([3, 2]);
    const rest = await admin.gql<Page>(query, { id: group.id, after: first.pageInfo.endCursor });
    expect(rest.runtimeGroup.revisions).toMatchObject({
      nodes: [{ revision: 1 }],
      pageInfo: { hasNextPage: false },
    });
  });

  it('end at the moment that the group is read at', async () => {
    for (const name of ['a', 'b', 'c']) await plane.seed.service(group, { name });
    const query = `query ($id: ID!) { runtimeGroup(id: $id, asOf: { revision: 2 }) { revisions { nodes { revision } } } }`;
    expect(await admin.gql(query, { id: group.id })).toEqual({
      runtimeGroup: { revisions: { nodes: [{ revision: 2 }, { revision: 1 }] } },
    });
  });

  it('hide secrets, and are hidden from those who do not see the group', async () => {
    const { consumer } = await admin.mutate<{ consumer: Entity }>(
      ...(['createConsumer', { runtimeGroupId: group.id, username: 'ann' }, 'consumer { id }'] as const),
    );
    const credential = { runtimeGroupId: group.id, consumerId: consumer.id, key: 'do not tell anybody' };
    await admin.mutate('createKeyAuthCredential', credential);
    const told = await revisions('', 'revision summary changes { nodes { before after } }');
    expect(told).toHaveLength(2);
    expect(JSON.stringify(told)).not.toMatch(/do not tell/);
    const elsewhere = await plane.seed.viewer((await plane.seed.group()).group);
    const query = 'query ($id: ID!) { runtimeGroup(id: $id) { revisions { nodes { revision } } } }';
    expect(await elsewhere.gql(query, { id: group.id })).toEqual({ runtimeGroup: null });
  });
});

describe('a reason', () => {
  it('is told to those who follow the group', async () => {
    const { query, ...rest } = configChanges(group.id);
    const socket = await plane.live(admin);
    const stream = socket.open({ ...rest, query: query.replace('hash stateHash', 'hash stateHash reason') });
    await stream.nextOf('snapshot');
    await plane.seed.service(group, { reason: 'because' });
    expect(await stream.nextOf('delta')).toMatchObject({ revisions: [{ revision: 1, reason: 'because' }] });
    checkGuarantees([stream.trace()], await finalConfiguration(plane, group.id));
  });

  it.each([
    ['is empty', ' '],
    ['has a line break', 'first\nsecond'],
    ['has more than 500 characters', 'x'.repeat(501)],
  ])('is refused if it %s', async (_, reason) => {
    const input = { runtimeGroupId: group.id, host: 'a.internal', reason };
    const { path } = await expectRefused(admin.attempt('createGatewayService', input), 'REASON_INVALID');
    expect(path).toEqual(['reason']);
    expect(await revisions()).toEqual([]);
  });
});

describe('a restored revision', () => {
  const selection = 'restoredRevision runtimeGroup { revision configHash } changes { operation kind id }';
  const restore = (revision: number, options: Variables = {}): Promise<Variables> =>
    admin.mutate('restoreRevision', { runtimeGroupId: group.id, revision, ...options }, selection);

  async function hashAt(revision: number): Promise<string> {
    const found = (await revisions('', 'revision stateHash')).find((each) => each.revision === revision);
    return String(found?.['stateHash']);
  }

  beforeEach(async () => {
    const service = await plane.seed.service(group, { name: 'orders' });
    await plane.seed.route(group, { name: 'checkout', serviceId: service.id });
    await admin.mutate('deleteGatewayService', { id: service.id, cascade: true });
  });

  it('is a new revision with the state of then, and says so', async () => {
    const before = await hashAt(2);
    expect(await restore(2, { reason: 'it was needed' })).toMatchObject({
      ...{ revision: 4, restoredRevision: 2, runtimeGroup: { revision: 4, configHash: before } },
      changes: [
        { operation: 'CREATED', kind: 'gateway_service' },
        { operation: 'CREATED', kind: 'route' },
      ],
    });
    const [newest] = await revisions('(first: 1)', 'revision command reason restoredRevision summary');
    expect(newest).toEqual({
      ...{ revision: 4, command: 'gateway-config.restore', reason: 'it was needed', restoredRevision: 2 },
      summary: 'Restored revision 2: created gateway service orders and 1 more',
    });
  });

  it('is no revision where there is nothing to change, nor on a dry run', async () => {
    expect(await restore(3)).toMatchObject({ revision: 3, changes: [] });
    expect(await restore(2, { dryRun: true })).toMatchObject({ revision: 3, runtimeGroup: { revision: 3 } });
    expect((await revisions())[0]?.revision).toBe(3);
  });

  it('is refused for what is to come, for a stale expectation, and in another’s place', async () => {
    const attempt = (input: Variables): ReturnType<Client['attempt']> =>
      admin.attempt('restoreRevision', { runtimeGroupId: group.id, ...input });
    await expectRefused(attempt({ revision: 9 }), 'REVISION_IN_FUTURE');
    await expectRefused(attempt({ revision: 1, expectedRevision: 2 }), 'REVISION_STALE');
    // The id of the service that is gone was taken by another group.
    const query =
      'query ($id: ID!) { runtimeGroup(id: $id, asOf: { revision: 2 }) { gatewayServices { nodes { id } } } }';
    const then = await admin.gql<{ runtimeGroup: { gatewayServices: { nodes: Entity[] } } }>(query, {
      id: group.id,
    });
    const id = then.runtimeGroup.gatewayServices.nodes[0]?.id;
    await plane.seed.service((await plane.seed.group()).group, { id });
    await expectRefused(attempt({ revision: 2 }), 'ID_TAKEN');
    expect((await revisions())[0]?.revision).toBe(3);
  });
});
