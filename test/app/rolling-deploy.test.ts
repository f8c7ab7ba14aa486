import { checkGuarantees } from '../guarantees/check-guarantees.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { finalConfiguration } from '../kit/final.js';
import { configChanges } from '../kit/streams.js';

/** This build, while a newer one runs beside it on the same database. */
let plane: TestControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

describe('beside a newer build', () => {
  it('everything goes on when its migration has added columns and tables', async () => {
    const { group } = await plane.seed.group();
    const stream = (await plane.live(plane.admin)).open(configChanges(group.id));
    await stream.nextOf('snapshot');
    await plane.seed.service(group);
    await stream.nextOf('delta');
    const tables = await plane.sql<{ name: string }>(
      `select format('%I', tablename) as name from pg_tables where schemaname = 'public'`,
    );
    for (const { name } of tables) await plane.sql(`alter table ${name} add column of_tomorrow text`);
    await plane.sql('create table of_tomorrow (id uuid)');
    await plane.sql(
      `insert into schema_migration (timestamp, name) values (9999999999999, 'Tomorrow9999999999999')`,
    );
    await plane.seed.service(group);
    await stream.nextOf('delta');
    const { client } = await plane.seed.instance(group);
    expect(client.token).toBeDefined();
    checkGuarantees([stream.trace()], await finalConfiguration(plane, group.id));
  });

  it('a kind that only the newer one knows ends a stream so that it is opened elsewhere, and no other', async () => {
    const { group } = await plane.seed.group();
    const { group: other } = await plane.seed.group();
    const stream = (await plane.live(plane.admin)).open(configChanges(group.id));
    const untouched = (await plane.live(plane.admin)).open(configChanges(other.id));
    await stream.nextOf('snapshot');
    await untouched.nextOf('snapshot');
    await writeAsTomorrow(group.id);
    const ended = await stream.ended();
    expect(ended).toMatchObject({
      by: 'refusal',
      errors: [{ extensions: { code: 'UNAVAILABLE', reason: 'KIND_TOO_NEW', retryable: true } }],
    });
    await plane.seed.service(other);
    await untouched.nextOf('delta');
    checkGuarantees([untouched.trace()], await finalConfiguration(plane, other.id));
  });
});

/** A revision with one event of a kind that this build has never heard of. */
async function writeAsTomorrow(groupId: string): Promise<void> {
  await plane.sql(
    `with moved as (
       update stream_head set revision = revision + 1, hash = sha256(hash) where topic = 'config' and scope_id = $1
       returning revision, hash, state_hash
     ), written as (
       insert into stream_revision (topic, scope_id, revision, hash, state_hash, command, actor_id, actor_name, event_count)
       select 'config', $1, revision, hash, state_hash, 'tomorrow.write', gen_random_uuid(), 'tomorrow', 1 from moved
     )
     insert into stream_event (topic, scope_id, revision, ordinal, type, kind, subject_id, operation, before, after)
     select 'config', $1, revision, 1, 'mesh.created', 'mesh', gen_random_uuid(), 'CREATED', null, '{"name":"m"}'
     from moved`,
    [groupId],
  );
}
