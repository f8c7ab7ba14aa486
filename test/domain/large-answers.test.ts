import { checkGuarantees } from '../guarantees/check-guarantees.js';
import type { Client } from '../kit/client.js';
import { metricsToken, startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { finalConfiguration } from '../kit/final.js';
import type { LiveClient, LiveStream } from '../kit/live-client.js';
import { unique, type Group } from '../kit/seed.js';
import { configChanges } from '../kit/streams.js';

let plane: TestControlPlane;
let admin: Client;
let groups: readonly [Group, Group, Group];
beforeAll(async () => {
  plane = await startControlPlane({ guards: { largeAnswers: 1, inFlightMb: 1 } });
  ({ admin } = plane);
  groups = [await heavyGroup(), await heavyGroup(), await heavyGroup()];
});
afterAll(() => plane.stop());

/** A group with more megabytes than the buffers between two sockets take. */
async function heavyGroup(): Promise<Group> {
  const { group } = await plane.seed.group();
  const consumers = Array.from({ length: 20 }, () => ({
    username: unique('ann'),
    tags: Array.from({ length: 400 }, (_, index) => `${index}-${'x'.repeat(1_000)}`),
  }));
  const content = JSON.stringify({ _format_version: '3.0', consumers });
  await admin.mutate('importConfiguration', {
    runtimeGroupId: group.id,
    documents: [{ name: 'kong.yaml', content }],
  });
  return group;
}

interface Watcher {
  readonly group: Group;
  readonly socket: LiveClient;
  readonly stream: LiveStream;
}

/** Begins to follow, and takes nothing. */
async function asksFor(group: Group): Promise<Watcher> {
  const socket = await plane.live(admin);
  const stream = socket.open(configChanges(group.id));
  socket.pause();
  return { group, socket, stream };
}

/** How much there is of something, by the metrics. */
async function gauge(name: string): Promise<number> {
  const answer = await fetch(plane.origin.replace('/graphql', '') + '/metrics', {
    headers: { authorization: `Bearer ${metricsToken}` },
  });
  const line = (await answer.text()).split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.split(' ').at(-1));
}

const sending = (): Promise<number> => gauge('signalbox_large_answers{state="sending"}');
const waiting = (): Promise<number> => gauge('signalbox_large_answers{state="waiting"}');
const inFlight = (): Promise<number> => gauge('signalbox_bytes_in_flight');

const hasAll = ({ stream }: Watcher): boolean =>
  stream.entries.some((entry) => entry.is === 'snapshot' && entry.part === entry.parts);

describe('large snapshots', () => {
  it('take turns: what is on its way stays bounded, nobody starves, and who has gone has no turn', async () => {
    const first = await asksFor(groups[0]);
    await eventually(async () => (await inFlight()) > 0);
    const sharing = await asksFor(groups[0]);
    const others: Watcher[] = [];
    for (const group of [groups[1], groups[2], groups[1], groups[2]]) {
      others.push(await asksFor(group));
      await eventually(async () => (await waiting()) === others.length);
    }
    expect(await sending()).toBe(1);
    others[0]?.socket.cut();
    await eventually(async () => (await waiting()) === 3);
    const staying = [first, sharing, ...others.slice(1)];
    const peaks = { sending: 0, bytes: 0 };
    for (const watcher of staying) {
      watcher.socket.resume();
      while (!hasAll(watcher)) {
        peaks.sending = Math.max(peaks.sending, await sending());
        peaks.bytes = Math.max(peaks.bytes, await inFlight());
        await watcher.stream.until((entries) => entries.length > 0);
      }
    }
    expect(peaks.sending).toBe(1);
    // One message of about a megabyte for each of those who share the turn, and some words around it.
    expect(peaks.bytes).toBeLessThan(2 * 1.5 * 1024 * 1024);
    await eventually(async () => (await sending()) === 0 && (await inFlight()) === 0);
    for (const { group, stream } of staying)
      checkGuarantees([stream.trace()], await finalConfiguration(plane, group.id));
  });

  it('come when those before them have gone, over connections that are served meanwhile', async () => {
    const slow = await asksFor(groups[0]);
    await eventually(async () => (await inFlight()) > 0);
    const { group } = await plane.seed.group();
    const socket = await plane.live(admin);
    const patient = socket.open(configChanges(group.id));
    await eventually(async () => (await waiting()) === 1);
    const { value } = (await socket.iterate('{ organization { id } }', {}).next()) as { value: object };
    expect(value).toMatchObject({ data: { organization: { id: expect.any(String) as string } } });
    slow.socket.cut();
    expect(await patient.next()).toMatchObject({ is: 'snapshot', revision: 0 });
    checkGuarantees([patient.trace()], await finalConfiguration(plane, group.id));
  });
});
