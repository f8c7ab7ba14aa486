import { Presence } from '../../src/domain/instances/slice.js';
import { openLog } from '../../src/foundation/log/log.js';
import { openDatabase, type Database } from '../../src/foundation/postgres/database.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { runtimeConfig } from '../kit/streams.js';

let plane: TestControlPlane;
let database: Database;
beforeAll(async () => {
  plane = await startControlPlane();
  database = await openDatabase({ url: plane.databaseUrl, tables: [], migrations: [], poolSize: 2 });
});
afterAll(async () => {
  await database.close();
  await plane.stop();
});

describe('the lease of a replica', () => {
  it('is renewed while somebody else holds one of its sessions, whose life signs wait for that', async () => {
    const { group } = await plane.seed.group();
    const { instance, client } = await plane.seed.instance(group);
    const stream = (await plane.live(client)).open(runtimeConfig());
    const { session } = await stream.nextOf('session');
    const presence = new Presence(database.vital, openLog('silent', false));
    presence.add(instance.id, session);
    const waiting: Promise<void>[] = [];
    await database.transaction(async (tx) => {
      const text = 'select 1 from instance_session where instance_id = $1 for update';
      await tx.rows({ name: '', text }, [instance.id]);
      waiting.push(presence.handOver());
      await eventually(heartbeatsWait);
      const before = await leaseOf(presence);
      waiting.push(presence.handOver());
      await eventually(async () => (await leaseOf(presence)) > before);
    });
    await Promise.all(waiting);
  });
});

async function heartbeatsWait(): Promise<boolean> {
  const [row] = await plane.sql<{ waiting: number }>(
    `select count(*)::int as waiting from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock' and query like '%last_seen_at%'`,
  );
  return (row?.waiting ?? 0) > 0;
}

async function leaseOf({ replicaId }: Presence): Promise<Date> {
  const [row] = await plane.sql<{ lease_until: Date }>(
    `select lease_until from replica where id = '${replicaId}'`,
  );
  return row?.lease_until ?? new Date(0);
}
