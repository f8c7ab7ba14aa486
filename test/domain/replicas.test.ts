import { checkGuarantees } from '../guarantees/check-guarantees.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { finalConfiguration, finalStatus } from '../kit/final.js';
import { configChanges, runtimeConfig, syncStatus } from '../kit/streams.js';

/** Two control planes that share nothing but their database. */
let one: TestControlPlane;
let other: TestControlPlane;
beforeAll(async () => {
  one = await startControlPlane();
  other = await startControlPlane({ database: { url: one.databaseUrl, close: () => Promise.resolve() } });
});
afterAll(async () => {
  await other.stop();
  await one.stop();
});

describe('two replicas', () => {
  it('tell the same story of writes on both', async () => {
    const { group } = await one.seed.group();
    const replicas = [one, other];
    const streams = await Promise.all(
      replicas.map(async (plane) => (await plane.live(plane.admin)).open(configChanges(group.id))),
    );
    const writes = Array.from({ length: 20 }, (_, index) =>
      (index % 2 === 0 ? one : other).seed.service(group),
    );
    await Promise.all(writes);
    const isDone = (cursor: string | null): boolean => cursor !== null && revisionIn(cursor) === 20;
    for (const stream of streams) await stream.until(() => isDone(stream.cursor));
    const traces = streams.map((stream, index) => stream.trace(`a watcher of replica ${index}`));
    checkGuarantees(traces, await finalConfiguration(one, group.id));
  });

  it('let a watcher go on where it was, on either of them', async () => {
    const { group } = await one.seed.group();
    const first = await one.live(one.admin);
    const stream = first.open(configChanges(group.id));
    await stream.next();
    first.cut();
    await stream.ended();
    const service = await one.seed.service(group);
    (await other.live(other.admin)).open(configChanges(group.id), stream.cursor, stream);
    expect(await stream.nextOf('delta')).toMatchObject({ changes: [{ id: service.id }] });
    checkGuarantees([stream.trace()], await finalConfiguration(one, group.id));
  });

  it('tell of each instance once, wherever it is connected', async () => {
    const { group } = await one.seed.group();
    const streams = await Promise.all(
      [one, other].map(async (plane) => (await plane.live(plane.admin)).open(syncStatus(group.id))),
    );
    const { client } = await one.seed.instance(group);
    const running = (await other.live(client)).open(runtimeConfig());
    const { session } = await running.nextOf('session');
    const { cursor, stateHash } = await running.nextOf('snapshot');
    await client.mutate('reportSync', { session, cursor, stateHash, outcome: 'APPLIED' });
    const final = await eventually(async () => {
      const now = await finalStatus(one, group.id);
      return now.items[0]?.document['syncReason'] === 'APPLIED' && now;
    });
    for (const stream of streams) {
      await stream.until((entries) =>
        entries.some(
          (entry) => entry.is === 'delta' && entry.changes.at(-1)?.after?.['syncReason'] === 'APPLIED',
        ),
      );
    }
    checkGuarantees(
      streams.map((stream) => stream.trace()),
      final,
    );
  });

  it('let the newer of two processes with one identity win, even if they are on different replicas', async () => {
    const { group } = await one.seed.group();
    const { client } = await one.seed.instance(group);
    const older = (await one.live(client)).open(runtimeConfig());
    await older.nextOf('snapshot');
    const newer = (await other.live(client)).open(runtimeConfig());
    await newer.nextOf('snapshot');
    // A replica learns of the sessions of others when it tells the database of its own, every ten seconds.
    expect(await older.nextOf('goodbye')).toMatchObject({ cause: 'REPLACED' });
    await one.seed.service(group);
    expect(await newer.nextOf('delta')).toBeDefined();
  });
});

/** Tests may look into cursors; clients must not. */
function revisionIn(cursor: string): number {
  return Number(Buffer.from(cursor, 'base64url').toString().split('.')[3]);
}
