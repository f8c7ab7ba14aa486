import { expectRefused, type Answer, type Client, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
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

interface Payload {
  readonly revision: number;
  readonly gatewayService: (Entity & { readonly port: number }) | null;
  readonly changes: readonly Change[];
}

interface Change {
  readonly kind: string;
  readonly collection: string;
  readonly id: string;
  readonly operation: string;
  readonly before: Variables | null;
  readonly after: Variables | null;
}

const selection = 'gatewayService { id name port } changes { kind collection id operation before after }';

const inGroup = (input: Variables): Variables => ({
  runtimeGroupId: group.id,
  url: 'http://a.internal',
  ...input,
});

function write(mutation: 'create' | 'update' | 'delete', input: Variables, client = admin): Promise<Payload> {
  return client.mutate<Payload>(`${mutation}GatewayService`, input, selection);
}

/** The revision of the group, the hash of its configuration, and what is in it. */
async function stateOf({ id }: Group): Promise<{ revision: number; configHash: string; names: string[] }> {
  const query = `query ($id: ID!) { runtimeGroup(id: $id) {
    revision configHash gatewayServices(orderBy: [{ field: NAME }]) { nodes { name } }
  } }`;
  const { runtimeGroup } = await admin.gql<{
    runtimeGroup: { revision: number; configHash: string; gatewayServices: { nodes: Entity[] } };
  }>(query, { id });
  const { gatewayServices, ...state } = runtimeGroup;
  return { ...state, names: gatewayServices.nodes.map(({ name }) => name) };
}

describe('a write', () => {
  it('is one revision, and the next one the next', async () => {
    const { gatewayService, revision } = await write('create', inGroup({ name: 'orders' }));
    expect(revision).toBe(1);
    expect(await write('update', { id: gatewayService?.id, port: 81 })).toMatchObject({ revision: 2 });
    expect(await write('delete', { id: gatewayService?.id })).toMatchObject({ revision: 3 });
    expect(await stateOf(group)).toEqual({ revision: 3, configHash: '0'.repeat(64), names: [] });
  });

  it('says what it changed: before, and after', async () => {
    const { gatewayService } = await write('create', inGroup({ name: 'orders' }));
    const { changes } = await write('update', { id: gatewayService?.id, port: 81 });
    expect(changes).toEqual([
      {
        ...{ kind: 'gateway_service', collection: 'services', id: gatewayService?.id, operation: 'UPDATED' },
        before: expect.objectContaining({ name: 'orders', port: 80 }),
        after: expect.objectContaining({ name: 'orders', port: 81 }),
      },
    ]);
  });

  it('gets a revision of its own, however many write to a group at once', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `service-${index}`);
    const written = await Promise.all(names.map((name) => write('create', inGroup({ name }))));
    const revisions = written.map(({ revision }) => revision).sort((a, b) => a - b);
    expect(revisions).toEqual(names.map((_, index) => index + 1));
    expect((await stateOf(group)).names).toHaveLength(12);
  });

  it('does not move other groups', async () => {
    const other = (await plane.seed.group()).group;
    const before = await stateOf(other);
    await write('create', inGroup({ name: 'orders' }));
    expect(await stateOf(other)).toEqual(before);
  });

  it('leads to the same hash whatever way led to the same configuration', async () => {
    const id = (await write('create', inGroup({ name: 'orders' }))).gatewayService?.id;
    const { configHash } = await stateOf(group);
    const other = await write('create', inGroup({ name: 'invoices' }));
    await write('update', { id, port: 9000 });
    await write('delete', { id: other.gatewayService?.id });
    await write('update', { id, port: 80 });
    expect(await stateOf(group)).toMatchObject({ configHash, revision: 5 });
  });

  it.each(['create', 'update', 'delete'] as const)(
    'to a group that is not there is refused: %s',
    async (verb) => {
      const { id } = await plane.seed.service(group);
      const runtimeGroupId = '01a1fbc6-342c-766e-a0ad-b084a456ef02';
      const input = verb === 'create' ? inGroup({ runtimeGroupId }) : { id, runtimeGroupId };
      const problem = await expectRefused(
        admin.attempt(`${verb}GatewayService`, input),
        'RUNTIME_GROUP_NOT_FOUND',
      );
      expect(problem.path).toEqual(['runtimeGroupId']);
    },
  );

  it.each(['update', 'delete'])(
    'is refused if the entity is in another group than was said: %s',
    async (verb) => {
      const { id } = await plane.seed.service(group);
      const other = (await plane.seed.group()).group;
      const input = { id, runtimeGroupId: other.id };
      const problem = await expectRefused(admin.attempt(`${verb}GatewayService`, input), 'ENTITY_NOT_FOUND');
      expect(problem.path).toEqual(['id']);
    },
  );
});

describe('a write that changes nothing', () => {
  it('answers the entity and the current revision, and is no event', async () => {
    const { gatewayService } = await write('create', inGroup({ name: 'orders', tags: ['a', 'b'] }));
    const id = gatewayService?.id;
    await plane.seed.route(group);
    const again = await write('update', { id, name: 'orders', port: 80, tags: ['a', 'b', 'a'], path: null });
    expect(again).toEqual({ revision: 2, gatewayService, changes: [], userErrors: [] });
    expect(await stateOf(group)).toMatchObject({ revision: 2 });
  });
});

describe('a dry run', () => {
  it('of a creation shows what would be, and makes nothing', async () => {
    const before = await stateOf(group);
    const { gatewayService, revision, changes } = await write(
      'create',
      inGroup({ name: 'orders', dryRun: true }),
    );
    expect({ gatewayService, revision }).toMatchObject({
      gatewayService: { name: 'orders', port: 80 },
      revision: 0,
    });
    expect(changes).toMatchObject([{ operation: 'CREATED', before: null, after: { name: 'orders' } }]);
    expect(await stateOf(group)).toEqual(before);
  });

  it('of a change shows the entity as it would be, and leaves it', async () => {
    const { id } = await plane.seed.service(group, { name: 'orders' });
    const before = await stateOf(group);
    const { gatewayService, revision } = await write('update', { id, port: 9000, dryRun: true });
    expect({ gatewayService, revision }).toEqual({
      gatewayService: { id, name: 'orders', port: 9000 },
      revision: 1,
    });
    expect(await stateOf(group)).toEqual(before);
  });

  it('of a deletion lists all that would go', async () => {
    const { id } = await plane.seed.service(group);
    await plane.seed.route(group, { serviceId: id });
    const before = await stateOf(group);
    const { changes } = await write('delete', { id, cascade: true, dryRun: true });
    expect(changes.map(({ collection, operation }) => [collection, operation])).toEqual([
      ['routes', 'DELETED'],
      ['services', 'DELETED'],
    ]);
    expect(await stateOf(group)).toEqual(before);
  });

  it('is refused where the write would be', async () => {
    const { id } = await plane.seed.service(group);
    await plane.seed.route(group, { serviceId: id });
    await expectRefused(admin.attempt('deleteGatewayService', { id, dryRun: true }), 'STILL_REFERRED_TO');
    await expectRefused(
      admin.attempt('updateGatewayService', { id, port: -1, dryRun: true }),
      'FIELD_INVALID',
    );
  });
});

describe('an expected revision', () => {
  it('lets a write through if the group is there, and refuses it otherwise', async () => {
    await plane.seed.service(group);
    await write('create', inGroup({ name: 'second', expectedRevision: 1 }));
    const { message, path } = await expectRefused(
      admin.attempt('createGatewayService', inGroup({ name: 'third', expectedRevision: 1 })),
      'REVISION_STALE',
    );
    expect({ message, path }).toEqual({
      message: expect.stringContaining('You expected revision 1, but the group is at revision 2.'),
      path: ['expectedRevision'],
    });
    expect((await stateOf(group)).names).not.toContain('third');
  });

  it('lets exactly one of those through who read the same', async () => {
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) =>
        admin.attempt('createGatewayService', inGroup({ name, expectedRevision: 0 })),
      ),
    );
    expect(answers.filter(isRefusedWith('REVISION_STALE'))).toHaveLength(3);
    expect(await stateOf(group)).toMatchObject({ revision: 1, names: [expect.any(String)] });
  });
});

function isRefusedWith(code: string): (answer: Answer) => boolean {
  return (answer) => JSON.stringify(answer).includes(code);
}

describe('an idempotency key', () => {
  it('makes a write happen once, and gives its answer to each repetition', async () => {
    const input = inGroup({ name: 'orders', idempotencyKey: unique('key') });
    const first = await write('create', input);
    await write('create', inGroup({ name: 'other' }));
    expect(await write('create', input)).toEqual(first);
    expect(await stateOf(group)).toMatchObject({ revision: 2, names: ['orders', 'other'] });
  });

  it('does so for repetitions that come at the same time', async () => {
    const input = inGroup({ name: 'orders', idempotencyKey: unique('key') });
    const [first, ...others] = await Promise.all(Array.from({ length: 8 }, () => write('create', input)));
    for (const other of others) expect(other).toEqual(first);
    expect(await stateOf(group)).toMatchObject({ revision: 1, names: ['orders'] });
  });

  it('gives the first answer even if its entity is gone since', async () => {
    const input = inGroup({ name: 'orders', idempotencyKey: unique('key') });
    const first = await write('create', input);
    await write('delete', { id: first.gatewayService?.id });
    expect(await write('create', input)).toEqual(first);
    expect((await stateOf(group)).names).toEqual([]);
  });

  it('gives the first answer of a deletion, too, to whoever may still delete there', async () => {
    const { gatewayService } = await write('create', inGroup({ name: 'orders' }));
    const input = { id: gatewayService?.id, idempotencyKey: unique('key') };
    const first = await write('delete', input);
    expect(await write('delete', input)).toEqual(first);
    await expect(write('delete', { ...input, idempotencyKey: unique('key') })).rejects.toThrow('_NOT_FOUND');
    expect(await stateOf(group)).toMatchObject({ revision: 2, names: [] });
  });

  it('is refused for another input, another write, or another expected revision', async () => {
    const input = inGroup({ name: 'orders', idempotencyKey: unique('key') });
    const { gatewayService } = await write('create', input);
    const others: [string, Variables][] = [
      ['createGatewayService', { ...input, name: 'invoices' }],
      ['createGatewayService', { ...input, expectedRevision: 1 }],
      ['deleteGatewayService', { id: gatewayService?.id, idempotencyKey: input['idempotencyKey'] }],
      ['createRuntimeGroup', { name: unique('group'), idempotencyKey: input['idempotencyKey'] }],
    ];
    for (const [mutation, other] of others) {
      const { path } = await expectRefused(admin.attempt(mutation, other), 'IDEMPOTENCY_KEY_REUSED');
      expect(path).toEqual(['idempotencyKey']);
    }
    expect(await stateOf(group)).toMatchObject({ revision: 1, names: ['orders'] });
  });

  it('is free again after a refusal, and after a dry run', async () => {
    const idempotencyKey = unique('key');
    await expectRefused(
      admin.attempt('createGatewayService', inGroup({ retries: -1, idempotencyKey })),
      'FIELD_INVALID',
    );
    await write('create', inGroup({ name: 'tried', idempotencyKey, dryRun: true }));
    await write('create', inGroup({ name: 'orders', idempotencyKey }));
    expect((await stateOf(group)).names).toEqual(['orders']);
  });

  it('belongs to one organization', async () => {
    const other = await plane.seed.organization();
    const idempotencyKey = unique('key');
    await write('create', inGroup({ name: 'ours', idempotencyKey }));
    const theirs = {
      runtimeGroupId: other.defaultGroup.id,
      url: 'http://b.internal',
      name: 'theirs',
      idempotencyKey,
    };
    expect((await write('create', theirs, other.admin)).gatewayService).toMatchObject({ name: 'theirs' });
  });

  it.each([
    ['empty', ''],
    ['too long', 'x'.repeat(201)],
    ['not to be stored', 'a\u0000'],
  ])('is refused if it is %s', async (_what, idempotencyKey) => {
    await expectRefused(
      admin.attempt('createGatewayService', inGroup({ idempotencyKey })),
      'IDEMPOTENCY_KEY_INVALID',
    );
  });
});
