import { checkGuarantees } from '../guarantees/check-guarantees.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { finalConfiguration } from '../kit/final.js';
import type { Group } from '../kit/seed.js';
import { configChanges } from '../kit/streams.js';

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

const fields = ['service', 'route', 'consumer', 'consumer_group', 'upstream'];

/** Services with routes and plugins, some of which refer to each other; with another mark, all of them are others. */
function file(services: number, mark: string): string {
  const each = Array.from({ length: services }, (_, index) => ({
    ...{ name: `s${index}`, host: `${mark}.example`, tags: [`${mark}\\"`] },
    routes: [{ name: `r${index}`, paths: [`/${index}`], plugins: [{ name: 'key-auth' }] }],
    plugins: [{ name: 'correlation-id', config: { header_name: mark } }],
  }));
  return JSON.stringify({ _format_version: '3.0', services: each });
}

async function importFile({ id }: Group, content: string): Promise<void> {
  const documents = [{ name: 'bulk.json', content }];
  await plane.admin.mutate('importConfiguration', { runtimeGroupId: id, mode: 'SYNC', documents });
}

/** What the entities of the group refer to: as their documents say, and as it is kept to be found. */
async function references({ id }: Group): Promise<{ said: object[]; kept: object[] }> {
  const said = await plane.sql(
    `select to_id, field, e.id as from_id from config_entity e cross join unnest($2::text[]) field
     cross join lateral (select (e.body->>field)::uuid as to_id) r
     join config_entity t on t.id = r.to_id and t.runtime_group_id = e.runtime_group_id
     where e.runtime_group_id = $1 order by 1, 2, 3`,
    [id, fields],
  );
  const kept = await plane.sql(
    `select r.to_id, r.field, r.from_id from config_reference r join config_entity e on e.id = r.from_id
     where e.runtime_group_id = $1 order by 1, 2, 3`,
    [id],
  );
  return { said, kept };
}

it('what is written at once is told as what is written one by one, and adds up to the same', async () => {
  const { group } = await plane.seed.group();
  const stream = (await plane.live(plane.admin)).open(configChanges(group.id));
  await importFile(group, file(60, 'one'));
  await importFile(group, file(60, 'two'));
  await importFile(group, file(20, 'two'));
  await importFile(group, file(45, 'three'));
  await stream.until(() =>
    stream.entries.some((entry) => entry.is === 'delta' && entry.revisions.some(isLast)),
  );
  checkGuarantees([stream.trace()], await finalConfiguration(plane, group.id));
  await plane.admin.mutate('restoreRevision', { runtimeGroupId: group.id, revision: 2 });
  const [restored] = await plane.sql<{ same: boolean }>(
    `select count(distinct state_hash) = 1 as same from stream_revision
     where topic = 'config' and scope_id = $1 and revision in (2, 5)`,
    [group.id],
  );
  expect(restored).toEqual({ same: true });
});

const isLast = ({ revision }: { readonly revision: number }): boolean => revision === 4;

it('references are kept as the documents have them, through creations, changes and deletions', async () => {
  const { group } = await plane.seed.group();
  for (const [services, mark] of [
    [60, 'one'],
    [60, 'two'],
    [10, 'two'],
    [40, 'three'],
  ] as const) {
    await importFile(group, file(services, mark));
    const { said, kept } = await references(group);
    expect(kept).toHaveLength(services * 3);
    expect(kept).toEqual(said);
  }
});

it('a group takes its configuration along when it goes, and nothing of another group', async () => {
  const [{ group }, { group: other }] = [await plane.seed.group(), await plane.seed.group()];
  for (const each of [group, other]) await importFile(each, file(40, 'one'));
  await plane.admin.mutate('deleteRuntimeGroup', { id: group.id, force: true });
  const left = async ({ id }: Group): Promise<object[]> =>
    plane.sql(
      `select (select count(*)::int from config_entity where runtime_group_id = $1) as entities,
         (select count(*)::int from route_key where runtime_group_id = $1) as keys`,
      [id],
    );
  expect(await left(group)).toEqual([{ entities: 0, keys: 0 }]);
  expect(await left(other)).toEqual([{ entities: 160, keys: 40 }]);
  const loose = await plane.sql(
    `select from config_reference r where not exists (select from config_entity e where e.id = r.from_id)
       or not exists (select from config_entity e where e.id = r.to_id)`,
  );
  expect(loose).toEqual([]);
});
