import { checkGuarantees } from '../guarantees/check-guarantees.js';
import { expectRefused, type Client } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { finalChanges } from '../kit/final.js';
import type { LiveStream } from '../kit/live-client.js';
import { unique, type Seed } from '../kit/seed.js';
import { changes } from '../kit/streams.js';
import type { Delta } from '../kit/trace.js';

let plane: TestControlPlane;
let seed: Seed & { readonly organizationId: string };
let admin: Client;
beforeAll(async () => {
  plane = await startControlPlane();
});
beforeEach(async () => {
  seed = await plane.seed.organization();
  ({ admin } = seed);
});
afterAll(() => plane.stop());

interface Told {
  readonly number: number;
  readonly cursor: string;
  readonly stream: string;
  readonly revision: number;
  readonly summary: string;
  readonly reason: string | null;
  readonly command: string;
  readonly entries: readonly {
    readonly type: string;
    readonly subjectId: string;
    readonly fields: readonly { readonly path: string; readonly before: unknown; readonly after: unknown }[];
  }[];
}

async function follow(
  variables: object = {},
  after: string | null = null,
  client = admin,
): Promise<LiveStream> {
  return (await plane.live(client)).open(changes({ ...variables }), after);
}

function toldIn({ revisions }: Delta): readonly Told[] {
  return revisions.map(({ told }) => told as Told);
}

/** The next changes, however many messages they come in. */
async function take(stream: LiveStream, count: number): Promise<readonly Told[]> {
  const told: Told[] = [];
  while (told.length < count) told.push(...toldIn(await stream.nextOf('delta')));
  expect(told).toHaveLength(count);
  return told;
}

/** Waits until everything that is committed has its number. */
function numbered(): Promise<unknown> {
  const text = `select from stream_numbering n left join stream_head h using (topic, scope_id)
    where h.revision is distinct from n.revision and n.organization_id = $1`;
  return eventually(async () => (await plane.sql(text, [seed.organizationId])).length === 0);
}

interface Page {
  readonly nodes: readonly { readonly number: number; readonly cursor: string; readonly summary: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

async function page(variables: object, client = admin): Promise<Page> {
  const query = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: ChangesFilter, $orderBy: OrderDirection! = ASC) {
    changes(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
      nodes { number cursor summary } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`;
  return (await client.gql<{ changes: Page }>(query, { ...variables })).changes;
}

describe('the changes of an organization', () => {
  it('tell of everything that is written, whatever log it goes to: what, by whom, why, and where it differs', async () => {
    const stream = await follow();
    expect(await stream.next()).toMatchObject({ is: 'bookmark' });
    const { group } = await seed.group({ labels: [{ key: 'env', value: 'prod' }] });
    const service = await seed.service(group, { name: 'orders', port: 80 });
    await admin.mutate('updateGatewayService', { id: service.id, port: 81, reason: 'moved' });
    const viewer = await seed.token({ role: 'VIEWER' });
    await admin.mutate('revokeAccessToken', { id: viewer.id });
    const { instance } = await seed.instance(group, { hostname: 'gw-1' });
    await admin.mutate('createService', { name: 'pets', releasePolicy: 'ONE_LIVE' });
    const told = await take(stream, 8);
    const types = told.map(({ entries }) => entries.map(({ type }) => type).join());
    expect(types.toSorted()).toEqual([
      ...[
        'access-token.created',
        'access-token.revoked',
        'gateway_service.created',
        'gateway_service.updated',
      ],
      ...['runtime-group.created', 'runtime-instance.created,access-token.created'],
      ...['runtime-instance.status-changed', 'service.created'],
    ]);
    expect(told.find(({ reason }) => reason === 'moved')).toMatchObject({
      stream: 'CONFIG',
      revision: 2,
      command: 'gateway-config.write',
      actor: { name: 'administrator' },
      summary: `Gateway service orders updated in group ${group.name}`,
      entries: [
        {
          ...{ kind: 'gateway_service', subjectId: service.id, subjectName: 'orders', operation: 'UPDATED' },
          ...{ runtimeGroupId: group.id, labels: [{ key: 'env', value: 'prod' }] },
          fields: [{ path: 'port', before: 80, after: 81 }],
        },
      ],
    });
    expect(told.map(({ entries }) => entries[0]?.subjectId)).toContain(instance.id);
    await numbered();
    checkGuarantees([stream.trace()], await finalChanges(plane, seed.organizationId));
  });
});
