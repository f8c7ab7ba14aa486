import type { JsonObject } from '../../src/foundation/kernel/json.js';
import { checkGuarantees } from '../guarantees/check-guarantees.js';
import { isMeant } from '../guarantees/filtered-final.js';
import type { Final } from '../guarantees/guarantee.js';
import type { Client } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { testEnvironment } from '../kit/environment.js';
import { finalConfiguration, finalStatus } from '../kit/final.js';
import type { LiveStream } from '../kit/live-client.js';
import { randomFrom } from '../kit/random.js';
import { unique, type Entity, type Group } from '../kit/seed.js';
import { configChanges, filteredChanges, runtimeConfig, syncStatus, type Stream } from '../kit/streams.js';
import type { Filter, TraceEntry } from '../kit/trace.js';

/** Repeat a run with SIGNALBOX_TEST_SEED. */
const seed = Number(testEnvironment('SIGNALBOX_TEST_SEED') ?? 20_261_121);

/** Who is behind by more than this is told a fold. */
const fold = { revisions: 6, changes: 30 };

let plane: TestControlPlane;
let admin: Client;
let group: Group;
beforeAll(async () => {
  plane = await startControlPlane({ fold });
  ({ admin } = plane);
});
beforeEach(async () => {
  ({ group } = await plane.seed.group());
});
afterAll(() => plane.stop());

async function follow(stream: Stream, observer?: LiveStream): Promise<LiveStream> {
  return (await plane.live(admin)).open(stream, observer?.cursor ?? null, observer);
}

const some = (filter: Partial<Filter>): Stream =>
  filteredChanges(group.id, { kinds: null, tags: [], ...filter });

/** The revision that a cursor names: clients must not look into it; those who check what clients are told may. */
function revisionOf(cursor: string | null): number {
  return Number(
    Buffer.from(cursor ?? '', 'base64url')
      .toString()
      .split('.')[3],
  );
}

/** Waits until all have everything, and checks every promise. Answers what it came to. */
async function check(...streams: readonly LiveStream[]): Promise<Final> {
  const final = await finalConfiguration(plane, group.id);
  for (const stream of streams) await stream.until(() => revisionOf(stream.cursor) === final.revision);
  const traces = streams.map((stream, index) => stream.trace(`watcher ${index}`));
  checkGuarantees(traces, final);
  return final;
}

describe('a watcher of some instances', () => {
  /** An instance that is connected, and how it says what became of what it was told last. */
  async function running() {
    const { instance, client } = await plane.seed.instance(group);
    const stream = (await plane.live(client)).open(runtimeConfig());
    const { session } = await stream.nextOf('session');
    await stream.nextOf('snapshot');
    const report = (outcome: 'APPLIED' | 'REJECTED'): Promise<unknown> =>
      client.mutate('reportSync', { session, cursor: stream.cursor, outcome });
    return { id: instance.id, stream, report };
  }

  const told = (id: string, isThere: boolean) => (entries: readonly TraceEntry[]) =>
    entries.some(
      (entry) =>
        entry.is === 'delta' &&
        entry.changes.some((change) => change.id === id && !!change.after === isThere),
    );

  it('is told of one that comes to have such a status as of a new one, and that it was removed when it has it no more', async () => {
    await plane.seed.service(group);
    const { id, stream: run, report } = await running();
    await report('APPLIED');
    const { instance: absent } = await plane.seed.instance(group);
    const values = { syncStatus: ['OUT_OF_SYNC'] };
    const stream = (await plane.live(admin)).open(syncStatus(group.id, values));
    const rejecting = (await plane.live(admin)).open(syncStatus(group.id, { syncReason: ['REJECTED'] }));
    await stream.until((entries) => JSON.stringify(entries).includes(absent.id));
    await plane.seed.service(group);
    await run.nextOf('delta');
    await report('REJECTED');
    await rejecting.until(told(id, true));
    await stream.until(told(id, true));
    await report('APPLIED');
    await rejecting.until(told(id, false));
    await stream.until(told(id, false));
    await admin.mutate('deleteRuntimeInstance', { id: absent.id });
    await stream.until(told(absent.id, false));
    const final = await finalStatus(plane, group.id);
    checkGuarantees([stream.trace('of those out of sync'), rejecting.trace('of those that refused')], final);
  });

  it('is told nothing of the others, and comes back with its cursor', async () => {
    const { id, report } = await running();
    const stream = (await plane.live(admin)).open(syncStatus(group.id, { connection: ['CONNECTED'] }));
    await stream.until((entries) => JSON.stringify(entries).includes(id));
    const { cursor } = stream;
    const { instance: other } = await plane.seed.instance(group);
    const isPassedOver = (entries: readonly TraceEntry[]): boolean =>
      entries.some((entry) => entry.is === 'bookmark' && entry.cursor !== entry.fromCursor);
    await stream.until((entries) => stream.cursor !== cursor && isPassedOver(entries));
    expect(JSON.stringify(stream.entries)).not.toContain(other.id);
    const back = (await plane.live(admin)).open(syncStatus(group.id, { connection: ['CONNECTED'] }), cursor);
    await back.until(isPassedOver);
    await report('REJECTED');
    for (const each of [stream, back]) await each.until(told(id, true));
    checkGuarantees([stream.trace(), back.trace('who came back')], await finalStatus(plane, group.id));
  });
});

describe('a watcher of some of a configuration', () => {
  it('is told of its kinds alone, and has a bookmark where there is nothing for it', async () => {
    const service = await plane.seed.service(group);
    await plane.seed.route(group, { serviceId: service.id });
    const stream = await follow(some({ kinds: ['route'] }));
    expect(await stream.next()).toMatchObject({
      is: 'snapshot',
      stateHash: null,
      items: [{ kind: 'route' }],
    });
    const begun = stream.cursor;
    await plane.seed.service(group);
    await stream.until(() => stream.cursor !== begun);
    const passing = stream.entries.find((entry) => entry.is === 'bookmark' && entry.cursor !== begun);
    expect(passing).toMatchObject({ fromCursor: begun, headRevision: 3 });
    const passed = stream.cursor;
    const { id } = await plane.seed.route(group, { serviceId: service.id });
    expect(await stream.nextOf('delta')).toMatchObject({
      ...{ fromCursor: passed, stateHash: null },
      revisions: [{ revision: 4, changes: [{ id, operation: 'CREATED' }] }],
    });
    await admin.mutate('deleteGatewayService', { id: service.id, cascade: true });
    expect(await stream.nextOf('delta')).toMatchObject({
      changes: [
        { kind: 'route', operation: 'DELETED' },
        { kind: 'route', operation: 'DELETED' },
      ],
    });
    await check(stream);
  });

  it('is told that an entity was made when it gets the tags, and that it was deleted when it loses one', async () => {
    const stream = await follow(some({ tags: ['public', 'eu'] }));
    const { id } = await plane.seed.service(group, { tags: ['eu'] });
    const tag = (...tags: readonly string[]): Promise<unknown> =>
      admin.mutate('updateGatewayService', { id, tags });
    await tag('eu', 'public', 'new');
    expect(await stream.nextOf('delta')).toMatchObject({
      changes: [{ id, operation: 'CREATED', before: null, after: { host: 'api.internal' } }],
    });
    await tag('public', 'eu');
    expect(await stream.nextOf('delta')).toMatchObject({
      changes: [{ id, operation: 'UPDATED', before: { tags: ['eu', 'public', 'new'] } }],
    });
    await tag('public');
    expect(await stream.nextOf('delta')).toMatchObject({
      changes: [{ id, operation: 'DELETED', before: { tags: ['public', 'eu'] }, after: null }],
    });
    await check(stream);
  });

  it('may come back with another filter, and is told of what is new in that', async () => {
    const first = await follow(some({ kinds: ['route'] }));
    const { cursor } = await first.nextOf('snapshot');
    const service = await plane.seed.service(group);
    const second = (await plane.live(admin)).open(some({ kinds: ['gateway_service'] }), cursor);
    expect(await second.nextOf('delta')).toMatchObject({ changes: [{ id: service.id }] });
  });

  it('is refused kinds that are none, with those that there are', async () => {
    const stream = await follow(some({ kinds: ['route', 'rout'] }));
    const ended = await stream.ended();
    const { errors } = ended as Extract<typeof ended, { by: 'refusal' }>;
    expect(errors[0]).toMatchObject({
      message: expect.stringMatching(/“rout” is no kind .* route, .*plugin/) as string,
      extensions: { reason: 'KIND_UNKNOWN' },
    });
  });

  it('is refused tags that nothing can have', async () => {
    const ended = await (await follow(some({ tags: ['a\u0007'] }))).ended();
    expect(ended).toMatchObject({ errors: [{ extensions: { reason: 'FIELD_INVALID' } }] });
  });

  it('is told what many revisions come to, as far as it is concerned', async () => {
    const { id } = await plane.seed.service(group, { tags: ['eu'] });
    const leaving = await plane.seed.service(group, { tags: ['eu'] });
    const observer = await follow(some({ tags: ['eu'] }));
    const idle = await follow(some({ kinds: ['plugin'] }));
    for (const each of [observer, idle]) {
      await each.nextOf('snapshot');
      each.return();
      await each.ended();
    }
    for (let port = 1; port < 9; port += 1) await admin.mutate('updateGatewayService', { id, port });
    await admin.mutate('updateGatewayService', { id: leaving.id, tags: ['us'] });
    await plane.seed.route(group);
    await follow(some({ tags: ['eu'] }), observer);
    await follow(some({ kinds: ['plugin'] }), idle);
    expect(await observer.nextOf('fold')).toMatchObject({
      ...{ revisionCount: 10, stateHash: null },
      changes: [
        { id: leaving.id, operation: 'DELETED', after: null },
        { id, operation: 'UPDATED' },
      ],
    });
    await check(observer, idle);
    expect(idle.entries.map(({ is }) => is)).not.toContain('fold');
  });

  it('shares what it is told with those who ask for the same, and with nobody else', async () => {
    const asked: readonly Partial<Filter>[] = [
      ...[{ kinds: ['route'] }, { kinds: ['route'] }, { kinds: ['gateway_service'] }],
      ...[{ kinds: ['route'], tags: ['eu'] }, {}],
    ];
    const streams = await Promise.all(asked.map((filter) => follow(some(filter))));
    const whole = await follow(configChanges(group.id));
    const service = await plane.seed.service(group, { tags: ['eu'] });
    await plane.seed.route(group, { serviceId: service.id });
    await plane.seed.route(group, { serviceId: service.id, tags: ['eu'] });
    await check(...streams, whole);
  });
});

const tags = ['eu', 'us', 'public', 'team-a'];
const filters: readonly Filter[] = [
  { kinds: ['route'], tags: [] },
  { kinds: ['gateway_service', 'consumer'], tags: [] },
  { kinds: null, tags: ['eu'] },
  { kinds: null, tags: ['eu', 'public'] },
  { kinds: ['route', 'gateway_service'], tags: ['team-a'] },
  { kinds: [], tags: [] },
];

describe('what a watcher of some of a configuration puts together', () => {
  it('is that part of the configuration, at every revision that it is told', async () => {
    const random = randomFrom(seed);
    const write = writer(random);
    const watchers = await Promise.all(filters.map((filter) => follow(some(filter))));
    for (let round = 0; round < 6; round += 1) {
      await write(10);
      const leavers = watchers.filter(() => random() < 0.4);
      for (const leaver of leavers) await leave(leaver);
      await write(round % 2 === 0 ? 3 : fold.revisions + 2);
      for (const leaver of leavers) await follow(some({}), leaver);
    }
    const final = await check(...watchers);
    for (const [index, { entries }] of watchers.entries()) {
      for (const { revision, held } of heldAt(entries))
        expect({ filter: filters[index], revision, held }).toEqual({
          ...{ filter: filters[index], revision },
          held: meantAt(final, revision, filters[index] as Filter),
        });
    }
    const told = new Set(watchers.flatMap(({ entries }) => entries.map(({ is }) => is)));
    expect([...told]).toEqual(expect.arrayContaining(['snapshot', 'delta', 'fold', 'bookmark']));
  });
});

async function leave(watcher: LiveStream): Promise<void> {
  await watcher.until(() => watcher.cursor !== null);
  watcher.return();
  await watcher.ended();
}

/** Makes, changes and deletes things with tags, at random. */
function writer(random: () => number): (times: number) => Promise<void> {
  const oneOf = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const someTags = (): string[] => tags.filter(() => random() < 0.5);
  const there = new Map<string, string>();
  const make = async (): Promise<void> => {
    const type = oneOf(['GatewayService', 'Route', 'Consumer']);
    const own = { GatewayService: { host: 'a.internal' }, Route: { paths: ['/a'] }, Consumer: {} }[type];
    const name = type === 'Consumer' ? { username: unique('ann') } : { name: unique('thing') };
    const field = type.charAt(0).toLowerCase() + type.slice(1);
    const input = { runtimeGroupId: group.id, tags: someTags(), ...own, ...name };
    const made = await admin.mutate<Record<string, Entity>>(`create${type}`, input, `${field} { id }`);
    there.set((made[field] as Entity).id, type);
  };
  const one = async (): Promise<void> => {
    if (there.size < 4 || random() < 0.35) return make();
    const [id, type] = oneOf([...there]);
    if (random() < 0.75) return void (await admin.mutate(`update${type}`, { id, tags: someTags() }));
    await admin.mutate(`delete${type}`, { id });
    there.delete(id);
  };
  return async (times) => {
    for (let time = 0; time < times; time += 1) await one();
  };
}

type Held = Readonly<Record<string, JsonObject>>;

/** What an observer holds after each message that moves it, by the message alone. */
function heldAt(entries: readonly TraceEntry[]): readonly { revision: number; held: Held }[] {
  const held = new Map<string, JsonObject>();
  const found: { revision: number; held: Held }[] = [];
  for (const entry of entries) {
    if (entry.is === 'snapshot') {
      if (entry.part === 1) held.clear();
      for (const { id, document } of entry.items) held.set(id, document);
    }
    if (entry.is === 'delta' || entry.is === 'fold')
      for (const { id, after } of entry.changes) put(held, id, after);
    if ('cursor' in entry) found.push({ revision: revisionOf(entry.cursor), held: Object.fromEntries(held) });
  }
  return found;
}

function put(held: Map<string, JsonObject>, id: string, document: JsonObject | null): void {
  if (document) held.set(id, document);
  else held.delete(id);
}

/** What a filter means of all that there was at a revision, by the log. */
function meantAt({ history }: Final, revision: number, filter: Filter): Held {
  const held = new Map<string, JsonObject>();
  for (let each = 1; each <= revision; each += 1)
    for (const { id, kind = '', after } of history.get(each)?.changes ?? [])
      put(held, id, after && isMeant(filter, kind, after) ? after : null);
  return Object.fromEntries(held);
}
