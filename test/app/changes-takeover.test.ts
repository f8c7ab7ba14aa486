import { openDatabase, type Database } from '../../src/foundation/postgres/database.js';
import { checkGuarantees } from '../guarantees/check-guarantees.js';
import { makeClient } from '../kit/client.js';
import { startControlPlaneProcess, type ControlPlaneProcess } from '../kit/control-plane-process.js';
import type { TestDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { finalChanges } from '../kit/final.js';
import { LiveClient } from '../kit/live-client.js';
import { migratedDatabase } from '../kit/migrated-database.js';
import { startReceiver, type Receiver } from '../kit/receiver.js';
import { makeSeed } from '../kit/seed.js';
import { changes } from '../kit/streams.js';

let scratch: TestDatabase;
let database: Database;
let receiver: Receiver;
const replicas: ControlPlaneProcess[] = [];
beforeAll(async () => {
  scratch = await migratedDatabase();
  database = await openDatabase({ url: scratch.url, tables: [], migrations: [], poolSize: 2 });
  receiver = await startReceiver();
});
afterAll(async () => {
  for (const replica of replicas) await replica.stop();
  await receiver.goAway();
  await database.close();
  await scratch.close();
});

async function replica(): Promise<ControlPlaneProcess> {
  const environment = { SIGNALBOX_ALLOW_LOOPBACK: 'true' };
  const started = await startControlPlaneProcess({ database: scratch, environment });
  replicas.push(started);
  return started;
}

const sql = <Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]> =>
  database.rows<Row>({ name: `test.${text.length}`, text }, values);

const writes = 30;

describe('of two replicas', () => {
  it('one numbers what is written, and delivers it; when it is killed, another goes on, and nothing is lost or told in another order', async () => {
    const first = await replica();
    const seed = await makeSeed(first.admin, scratch.url).organization();
    await seed.admin.mutate('createWebhook', {
      ...{ name: 'audit', url: receiver.url, filter: { kinds: ['runtime_group'] } },
    });
    // It has both duties by now.
    await seed.group({ reason: '0' });
    await eventually(() => receiver.received.length === 1);
    const second = await replica();
    const admin = makeClient(second.origin, seed.admin.token);
    const { group } = makeSeed(admin, scratch.url);
    const live = await LiveClient.connect(admin);
    const stream = live.open(changes({ from: 'START' }));
    for (let count = 1; count < writes; count += 1) {
      if (count === writes / 2) await first.end('SIGKILL');
      await group({ reason: String(count) });
    }
    const expected = Array.from({ length: writes }, (_, index) => String(index));
    await eventually(() => new Set(receiver.received.map(({ id }) => id)).size === writes, 30_000);
    const taken = receiver.received.filter(
      ({ id }, index) => receiver.received.findIndex((other) => other.id === id) === index,
    );
    expect(taken.map(({ message }) => message.data.reason)).toEqual(expected);
    const final = await finalChanges({ sql }, seed.organizationId);
    // The groups, and the webhook.
    expect(final.revision).toBe(writes + 1);
    await stream.until((entries) =>
      entries.some((entry) => entry.is === 'delta' && entry.revisions.at(-1)?.revision === final.revision),
    );
    checkGuarantees([stream.trace()], final);
    live.close();
  });
});
