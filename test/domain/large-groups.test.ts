import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';

let plane: TestControlPlane;

beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

const writes = 50;

describe('a write to a large group', () => {
  it('reads no more of it than it needs, even with statistics from when all groups were small', async () => {
    await groupOf(500);
    await plane.sql('alter table config_entity set (autovacuum_enabled = false)');
    await plane.sql('alter table route_key set (autovacuum_enabled = false)');
    await plane.sql('analyze');
    const large = await groupOf(2_000);
    const routes = await routesOf(large);
    const before = await readSoFar(0);
    for (let write = 0; write < writes; write += 1) {
      await plane.admin.mutate('updateRoute', { id: routes[write], paths: [`/new-${write}`] });
    }
    const after = await readSoFar(before.updated + writes);
    expect((after.read - before.read) / writes).toBeLessThan(300);
  });
});

/** A group with this many routes. */
async function groupOf(routes: number): Promise<string> {
  const { group, admin } = await plane.seed.group();
  const lines = Array.from({ length: routes }, (_, index) => `- name: r-${index}\n  paths: [/r-${index}]\n`);
  const documents = [{ name: 'routes.yaml', content: `_format_version: "3.0"\nroutes:\n${lines.join('')}` }];
  await admin.mutate('importConfiguration', { runtimeGroupId: group.id, documents });
  return group.id;
}

async function routesOf(id: string): Promise<string[]> {
  const query = 'query ($id: ID!) { runtimeGroup(id: $id) { routes(first: 100) { nodes { id } } } }';
  const { runtimeGroup } = await plane.admin.gql<{
    readonly runtimeGroup: { readonly routes: { readonly nodes: readonly { readonly id: string }[] } };
  }>(query, { id });
  return runtimeGroup.routes.nodes.map((route) => route.id);
}

/** PostgreSQL counts what an idle connection did within ten seconds. */
const countedWithinMs = 25_000;

/** How many rows of entities have been read so far, once PostgreSQL has counted this many updates of them. */
function readSoFar(updates: number): Promise<{ readonly read: number; readonly updated: number }> {
  return eventually(async () => {
    const [row] = await plane.sql<{ read: number; updated: number }>(
      `select (seq_tup_read + idx_tup_fetch)::int as read, n_tup_upd::int as updated
       from pg_stat_user_tables where relname = 'config_entity'`,
    );
    if (!row || row.updated < updates) throw new Error('PostgreSQL has not counted it all yet.');
    return row;
  }, countedWithinMs);
}
