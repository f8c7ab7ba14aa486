import { checkGuarantees } from '../guarantees/check-guarantees.js';
import type { Client, Variables } from '../kit/client.js';
import { metricsToken, startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { finalConfiguration } from '../kit/final.js';
import type { LiveStream } from '../kit/live-client.js';
import { unique, type Group } from '../kit/seed.js';
import { configChanges, runtimeConfig, serviceVersions, syncStatus, type Stream } from '../kit/streams.js';

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

async function follow(stream: Stream, client: Client, after: string | null = null): Promise<LiveStream> {
  const followed = (await plane.live(client)).open(stream, after);
  await followed.next();
  return followed;
}

/** Waits until all of these have told as much, and checks every promise. */
async function check(revision: number, streams: readonly LiveStream[]): Promise<void> {
  const isThere = ({ entries }: LiveStream): boolean =>
    entries.some((entry) => entry.is === 'delta' && entry.revisions.at(-1)?.revision === revision);
  for (const stream of streams) await stream.until(() => isThere(stream));
  const traces = streams.map((stream, index) => stream.trace(`watcher ${index}`));
  checkGuarantees(traces, await finalConfiguration(plane, group.id));
}

async function readersOf(count: number): Promise<readonly (Client & { readonly id: string })[]> {
  return Promise.all(Array.from({ length: count }, () => plane.seed.token({ role: 'VIEWER' })));
}

describe('watchers with the same rights', () => {
  it('are all told every revision, whichever token they have and wherever they began', async () => {
    const clients = [admin, ...(await readersOf(3)), await plane.seed.viewer(group)];
    const streams = await Promise.all(clients.map((client) => follow(configChanges(group.id), client)));
    await plane.seed.service(group);
    const late = await follow(configChanges(group.id), admin);
    for (let write = 0; write < 20; write += 1) await plane.seed.service(group);
    await check(21, [...streams, late]);
  });

  it('cost no statement more than one of them does', async () => {
    const clients = await readersOf(8);
    const first = await follow(configChanges(group.id), admin);
    let writes = 0;
    const write = async (): Promise<number> => {
      await plane.settled();
      const before = plane.statementCount();
      await plane.seed.service(group);
      writes += 1;
      return plane.statementCount() - before;
    };
    const alone = await write();
    await first.nextOf('delta');
    const streams = await Promise.all(clients.map((client) => follow(configChanges(group.id), client)));
    // The control plane also looks around by itself every second, and at the tokens again, at all by one statement.
    await eventually(async () => {
      expect(await write()).toBeLessThanOrEqual(alone + 4);
    });
    await check(writes, [first, ...streams]);
  });

  it('lose one whose token is withdrawn, who is told nothing more; the others go on', async () => {
    const [leaving, staying] = await readersOf(2);
    if (!leaving || !staying) throw new Error('two were made');
    const [gone, stays] = [
      await follow(configChanges(group.id), leaving),
      await follow(configChanges(group.id), staying),
    ];
    await plane.sql('update access_token set revoked_at = now() where id = $1', [leaving.id]);
    // Nothing was said of it to the streams; whoever asks finds it out within the time that a token is trusted.
    await eventually(async () => expect((await leaving.send('{ organization { id } }')).status).toBe(401));
    await eventually(async () => {
      await plane.seed.service(group);
      expect(gone.entries.at(-1)).toEqual({ is: 'closed' });
    }, 2_500);
    const told = gone.entries.filter(({ is }) => is === 'delta').length;
    await plane.seed.service(group);
    await stays.nextOf('delta');
    expect(gone.entries.filter(({ is }) => is === 'delta')).toHaveLength(told);
    expect(JSON.stringify(await gone.ended())).toContain('TOKEN_REVOKED');
    await check((await finalConfiguration(plane, group.id)).revision ?? 0, [stays]);
  });
});

async function makeConsumer({ id: runtimeGroupId } = group): Promise<string> {
  const input = { runtimeGroupId, username: unique('ann') };
  const { consumer } = await admin.mutate<{ consumer: { id: string } }>(
    'createConsumer',
    input,
    'consumer { id }',
  );
  return consumer.id;
}

/** A consumer's secret, that only gateways may read. */
async function writeSecret(of = group, consumer?: string): Promise<string> {
  const secret = unique('canary');
  const consumerId = consumer ?? (await makeConsumer(of));
  await admin.mutate('createKeyAuthCredential', { runtimeGroupId: of.id, consumerId, key: secret });
  return secret;
}

describe('watchers with other rights', () => {
  it('are never told what others are told: secrets reach instances alone', async () => {
    const { client: first } = await plane.seed.instance(group);
    const { client: second } = await plane.seed.instance(group);
    const reader = await plane.seed.viewer();
    const agents = [await follow(runtimeConfig(), first), await follow(runtimeConfig(), second)];
    const readers = [
      await follow(configChanges(group.id), reader),
      await follow(configChanges(group.id), first),
    ];
    const secret = await writeSecret();
    await check(2, [...agents, ...readers]);
    for (const agent of agents) expect(JSON.stringify(agent.entries)).toContain(secret);
    for (const stream of readers) expect(JSON.stringify(stream.entries)).not.toContain(secret);
  });

  it('see their own group only, though they ask in the same words', async () => {
    const { group: other } = await plane.seed.group();
    const everybody = await follow(serviceVersions(), admin);
    const narrow = await follow(serviceVersions(), await plane.seed.viewer(group));
    const [here, there] = [await publishIn(group), await publishIn(other)];
    await everybody.until(() => JSON.stringify(everybody.entries).includes(there));
    await narrow.until(
      () => narrow.entries.filter(({ is }) => is === 'delta').length === deltasOf(everybody).length,
    );
    expect(JSON.stringify(everybody.entries)).toContain(here);
    expect(JSON.stringify(narrow.entries)).toContain(here);
    expect(JSON.stringify(narrow.entries)).not.toContain(there);
  });

  it('of another organization cannot even ask', async () => {
    const { admin: stranger } = await plane.seed.organization();
    const own = await follow(configChanges(group.id), admin);
    for (const stream of [configChanges(group.id), syncStatus(group.id)]) {
      const foreign = (await plane.live(stranger)).open(stream);
      expect(JSON.stringify(await foreign.ended())).toContain('RUNTIME_GROUP_NOT_FOUND');
    }
    await plane.seed.service(group);
    await check(1, [own]);
  });
});

/** How many messages were made into text so far. */
async function payloadsMade(): Promise<number> {
  const url = new URL('/metrics', plane.origin);
  const answer = await fetch(url, { headers: { authorization: `Bearer ${metricsToken}` } });
  return Number(/^signalbox_payloads_made_total (\d+)$/m.exec(await answer.text())?.[1]);
}

describe('instances', () => {
  /** The stream of an instance, that also tells which one it is taken for. */
  const asking: Stream = {
    ...runtimeConfig(),
    query: runtimeConfig().query.replace(
      '{ session }',
      '{ session runtimeInstance { id } runtimeGroup { id } }',
    ),
  };
  const instancesOf = (of: Group, count: number) =>
    Promise.all(Array.from({ length: count }, () => plane.seed.instance(of)));

  it('of one group are each told their own session, though all come at once and ask in the same words', async () => {
    const enrolled = await instancesOf(group, 8);
    const again = enrolled[0]!;
    const earlier = await follow(asking, again.client);
    earlier.return();
    const streams = await Promise.all(enrolled.map(({ client }) => follow(asking, client)));
    for (const [index, { entries }] of streams.entries()) {
      expect(entries[1]).toMatchObject({
        ...{ is: 'session', session: index === 0 ? 2 : 1 },
        ...{ runtimeInstance: { id: enrolled[index]!.instance.id }, runtimeGroup: { id: group.id } },
      });
      expect(entries.filter(({ is }) => is === 'session')).toHaveLength(1);
    }
    await plane.seed.service(group);
    await check(1, streams);
  });

  it('of one group are told the same secrets, by a message that is made once', async () => {
    const enrolled = await instancesOf(group, 3);
    const consumer = await makeConsumer();
    const streams = await Promise.all(enrolled.map(({ client }) => follow(asking, client)));
    for (const stream of streams) await stream.nextOf('snapshot');
    const before = await payloadsMade();
    const secret = await writeSecret(group, consumer);
    await check(2, streams);
    expect((await payloadsMade()) - before).toBe(1);
    const told = streams.map(({ entries }) => entries.filter(({ is }) => is === 'delta'));
    expect(JSON.stringify(told[0])).toContain(secret);
    for (const other of told) expect(other).toEqual(told[0]);
  });

  it('of another group share nothing with them, though they ask in the same words', async () => {
    const { group: other } = await plane.seed.group();
    const [[here], [there]] = [await instancesOf(group, 1), await instancesOf(other, 1)];
    const [own, foreign] = [await follow(asking, here!.client), await follow(asking, there!.client)];
    const [secret, strange] = [await writeSecret(), await writeSecret(other)];
    await check(2, [own]);
    await foreign.until((entries) => JSON.stringify(entries).includes(strange));
    checkGuarantees([foreign.trace('the other')], await finalConfiguration(plane, other.id));
    expect(JSON.stringify(own.entries)).toContain(secret);
    for (const text of [strange, other.id, there!.instance.id])
      expect(JSON.stringify(own.entries)).not.toContain(text);
    for (const text of [secret, group.id, here!.instance.id])
      expect(JSON.stringify(foreign.entries)).not.toContain(text);
  });
});

function deltasOf({ entries }: LiveStream): readonly object[] {
  return entries.filter(({ is }) => is === 'delta');
}

/** Publishes a version of a new service in a group; answers the version's id. */
async function publishIn({ id }: Group): Promise<string> {
  const create = {
    name: unique('shop'),
    releasePolicy: 'ONE_LIVE',
    template: { routes: [{ name: 'main', paths: [`/${unique('p')}`] }] },
  };
  const made = await admin.mutate<{ service: { id: string } }>('createService', create, 'service { id }');
  const runtimeConfiguration: Variables = { target: { address: { url: 'http://shop.internal' } } };
  const publication = { serviceId: made.service.id, number: '1', runtimeConfiguration };
  const published = await admin.mutate<{ serviceVersion: { id: string } }>(
    'publishServiceVersion',
    { publications: [publication], runtimeGroupIds: [id] },
    'serviceVersion { id }',
  );
  return published.serviceVersion.id;
}
