import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { expectRefused } from '../kit/client.js';
import { migratedDatabase } from '../kit/migrated-database.js';
import { eventually } from '../kit/eventually.js';
import { unique } from '../kit/seed.js';
import type { TestDatabase } from '../kit/database.js';

let database: TestDatabase;
let plane: TestControlPlane;

beforeAll(async () => {
  database = await migratedDatabase();
  plane = await startControlPlane({ database });
});
afterAll(async () => {
  await plane.stop();
  await database.close();
});

/** Lets the time go by, for one key. */
async function age(key: string, hours: number): Promise<void> {
  await plane.sql(
    'update idempotency_key set created_at = now() - make_interval(hours => $2) where key = $1',
    [key, hours],
  );
}

async function keysKept(): Promise<number> {
  const [row] = await plane.sql<{ kept: number }>('select count(*)::int as kept from idempotency_key');
  return row?.kept ?? NaN;
}

/** More than one portion of keys that are old enough. */
async function manyOldKeys(): Promise<void> {
  await plane.sql(
    `insert into idempotency_key (organization_id, key, fingerprint, created_at)
     select o.id, 'old ' || n, 'x', now() - interval '2 days' from organization o, generate_series(1, 2500) n`,
  );
}

it('an idempotency key is forgotten after 24 hours, and not before', async () => {
  const young = { name: unique('young'), idempotencyKey: unique('key') };
  const old = { name: unique('old'), idempotencyKey: unique('key') };
  const first = await plane.admin.mutate('createRuntimeGroup', young);
  await plane.admin.mutate('createRuntimeGroup', old);
  await age(young.idempotencyKey, 23);
  await age(old.idempotencyKey, 25);
  await manyOldKeys();
  await plane.stop();
  plane = await startControlPlane({ database });
  await eventually(async () => (await keysKept()) === 1);
  expect(await plane.admin.mutate('createRuntimeGroup', young)).toEqual(first);
  await expectRefused(plane.admin.attempt('createRuntimeGroup', old), 'RUNTIME_GROUP_NAME_TAKEN');
});
