import pg from 'pg';
import { checkGuarantees } from '../guarantees/check-guarantees.js';
import type { Final } from '../guarantees/guarantee.js';
import { problemsOf, type Answer, type Client, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { finalConfiguration, finalVersions } from '../kit/final.js';
import { LiveStream, type LiveClient } from '../kit/live-client.js';
import { unique, type Group } from '../kit/seed.js';
import { configChanges, serviceVersions, type Stream } from '../kit/streams.js';
import { randomFrom } from '../kit/random.js';
import { RandomWriter } from '../whole/random-changes.js';
import { Ids, mutationOf } from './services-model/ask.js';
import { Asker, type VersionWord } from './services-model/commands.js';
import { Folded, hashOf, learn, readState, readTables } from './services-model/observe.js';

let plane: TestControlPlane;
let admin: Client;
beforeEach(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
});
afterEach(() => plane.stop());

const pets = (path: string): Variables => ({ routes: [{ name: 'pets', paths: [path] }] });
const runtimeConfiguration = { target: { address: { url: 'http://pets.internal' } } };

describe('writes to one service in one group at once', () => {
  let service: string;
  let group: Group;
  let other: Group;
  let versionId: string;
  beforeEach(async () => {
    ({ group } = await plane.seed.group());
    ({ group: other } = await plane.seed.group());
    const input = { name: unique('pets'), releasePolicy: 'ONE_LIVE', template: pets('/one') };
    service = (await admin.mutate<{ service: { id: string } }>('createService', input, 'service { id }'))
      .service.id;
    await publish('1', group);
    await admin.mutate('updateServiceTemplate', { serviceId: service, implementation: pets('/two') });
    await publish('2', group);
    versionId = await publish('3', other);
  });

  async function publish(number: string, { id }: Group): Promise<string> {
    const publications = [{ serviceId: service, number, runtimeConfiguration }];
    const input = { publications, runtimeGroupIds: [id] };
    const made = await admin.mutate<{ serviceVersion: { id: string } }>(
      ...(['publishServiceVersion', input, 'serviceVersion { id }'] as const),
    );
    return made.serviceVersion.id;
  }

  it('are won by one: publications, rollbacks and promotions', async () => {
    const runtimeGroupIds = [group.id];
    const publications = (number: string): Variables => ({
      ...{ publications: [{ serviceId: service, number }], runtimeGroupIds },
    });
    const back = { serviceId: service, runtimeGroupId: group.id, number: '1' };
    const answers = await atOnce([
      () => admin.attempt('publishServiceVersion', publications('4')),
      () => admin.attempt('publishServiceVersion', publications('5')),
      () => admin.attempt('rollbackService', back),
      () => admin.attempt('promoteServiceVersion', { serviceVersionId: versionId, runtimeGroupIds }),
    ]);
    expect(outcomes(answers)).toEqual(['OVERTAKEN', 'OVERTAKEN', 'OVERTAKEN', 'done']);
  });

  it('are won by one: canaries', async () => {
    const canary = { serviceVersionId: versionId, ...runtimeConfiguration, weight: 10 };
    const start = (): Promise<Answer> => admin.attempt('startCanary', canary);
    expect(outcomes(await atOnce([start, start, start]))).toEqual([
      'CANARY_REFUSED',
      'CANARY_REFUSED',
      'done',
    ]);
    const end = (mutation: string) => (): Promise<Answer> =>
      admin.attempt(mutation, { serviceVersionId: versionId });
    expect(outcomes(await atOnce([end('promoteCanary'), end('abortCanary')]))).toEqual([
      'CANARY_REFUSED',
      'done',
    ]);
  });

  it('do not stand in the way of other groups: each has its own winner', async () => {
    const to =
      (number: string, { id }: Group) =>
      (): Promise<Answer> =>
        admin.attempt('publishServiceVersion', {
          publications: [{ serviceId: service, number }],
          runtimeGroupIds: [id],
        });
    const answers = await atOnce([to('4', group), to('5', group), to('6', other), to('7', other)]);
    expect(outcomes(answers)).toEqual(['OVERTAKEN', 'OVERTAKEN', 'done', 'done']);
  });
});

/** Has all of these begin before any of them can go on: each has seen the same, and waits for the log of services. */
async function atOnce(asks: readonly (() => Promise<Answer>)[]): Promise<Answer[]> {
  const holder = new pg.Client({ connectionString: plane.databaseUrl });
  await holder.connect();
  try {
    await holder.query(`begin; select from stream_head where topic = 'services' for update`);
    const answers = asks.map((ask) => ask());
    await eventually(async () => {
      const [waiting] = await plane.sql<{ count: number }>(
        `select count(*)::int from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      );
      return waiting?.count === asks.length;
    });
    await holder.query('commit');
    return await Promise.all(answers);
  } finally {
    await holder.end();
  }
}

function outcomes(answers: readonly Answer[]): string[] {
  return answers.map(outcomeOf).sort();
}

function outcomeOf(answer: Answer): string {
  return problemsOf(answer)[0]?.code ?? 'done';
}

/** What nobody may be told, however many write at once. */
const defects = ['INTERNAL_SERVER_ERROR', 'DATABASE_UNAVAILABLE', 'UNAVAILABLE'];
const writers = 6;
const writesOfEach = 60;
const writesPerCut = 20;

it('many writers leave everything whole, and whoever follows with cut connections misses nothing', async () => {
  const ids = new Ids();
  const groups: Group[] = [];
  for (const word of ['development', 'staging', 'production']) {
    const { group } = await plane.seed.group();
    ids.learn(word, group.id);
    groups.push(group);
  }
  const first = await aService(ids, 'a');
  const followers = [
    new Follower(serviceVersions()),
    new Follower(serviceVersions(first.toUpperCase())),
    ...groups.map(({ id }) => new Follower(configChanges(id))),
  ];
  await Promise.all(followers.map((follower) => follower.connect()));

  const told = new Map<string, number>();
  const cut = async (): Promise<void> => void (await Promise.all(followers.map((each) => each.interrupt())));
  await Promise.all([
    ...upTo(writers).map((seed) => writeServices(seed, ids, told, cut)),
    ...groups.map(({ id }, index) => writeEntities(id, index)),
  ]);
  expect([...told.keys()].filter((code) => defects.includes(code))).toEqual([]);
  expect(told.get('done')).toBeGreaterThan(writers * 5);

  const { tables, events } = await readState(plane.sql, 0);
  const folded = new Folded();
  folded.take(events);
  folded.agreesWith(tables);
  for (const { id } of groups) {
    const entities = tables.entities.filter((each) => each.runtime_group_id === id);
    expect(hashOf(entities)).toBe(tables.heads.find(({ scope_id }) => scope_id === id)?.state_hash);
  }
  const finals = [
    ...[await finalVersions(plane), await finalVersions(plane, first)],
    ...(await Promise.all(groups.map(({ id }) => finalConfiguration(plane, id)))),
  ];
  for (const [index, follower] of followers.entries()) await follower.checkAgainst(finals[index] as Final);
});

async function aService(ids: Ids, word: string): Promise<string> {
  const input = { name: unique('first'), releasePolicy: 'ONE_LIVE', template: pets('/first') };
  const made = await admin.mutate<{ service: { id: string } }>('createService', input, 'service { id }');
  ids.learn(word, made.service.id);
  ids.learnPolicy(word, 'ONE_LIVE');
  return made.service.id;
}

async function writeServices(
  seed: number,
  ids: Ids,
  told: Map<string, number>,
  cut: () => Promise<void>,
): Promise<void> {
  const asker = new Asker(randomFrom(seed));
  let known: readonly VersionWord[] = [];
  for (const write of upTo(writesOfEach)) {
    const asked = asker.next(known);
    const [mutation, input] = mutationOf(asked, ids);
    const isNew = asked.to === 'createService';
    const answer = await admin.attempt(mutation, input, isNew ? 'service { id }' : '');
    const outcome = outcomeOf(answer);
    told.set(outcome, (told.get(outcome) ?? 0) + 1);
    if (isNew && outcome === 'done') {
      const { createService } = answer.data as unknown as { createService: { service: { id: string } } };
      ids.learn(asked.service, createService.service.id);
      ids.learnPolicy(asked.service, asked.policy);
    }
    known = learn(await readTables(plane.sql), ids);
    if (seed === 1 && write % writesPerCut === 0) await cut();
  }
}

/** Changes what belongs to nobody, in the same group. */
async function writeEntities(groupId: string, seed: number): Promise<void> {
  const writer = new RandomWriter(`w${seed}`, admin, groupId, randomFrom(seed));
  for (let write = 0; write < writesOfEach; write += 1) await writer.change();
}

/** Follows a stream, loses its connection, and comes back with its cursor. */
class Follower {
  readonly told: LiveStream;
  private socket: LiveClient | undefined;

  constructor(private readonly stream: Stream) {
    this.told = new LiveStream(stream);
  }

  async connect(): Promise<void> {
    this.socket = await plane.live(admin);
    this.socket.open(this.stream, this.told.cursor, this.told);
  }

  async interrupt(): Promise<void> {
    this.socket?.cut();
    await this.told.ended();
    await this.connect();
  }

  /** Waits for the last revision that the stream tells of; then every promise must have been kept. */
  async checkAgainst(final: Final): Promise<void> {
    const numbers = [...final.history]
      .filter(([, { changes }]) => changes.length > 0)
      .map(([number]) => number);
    const last = Math.max(0, ...numbers);
    await this.told.until((entries) =>
      entries.some(
        (entry) =>
          (entry.is === 'delta' && entry.revisions.at(-1)?.revision === last) ||
          (entry.is === 'snapshot' && (entry.revision ?? 0) >= last),
      ),
    );
    checkGuarantees([this.told.trace(this.stream.query.slice(0, 60))], final);
  }
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

it('a group that is deleted while services are published to it leaves the log of services whole', async () => {
  const service = await aService(new Ids(), 'a');
  for (const round of upTo(8)) {
    const { group } = await plane.seed.group();
    const publications = [{ serviceId: service, number: '1', runtimeConfiguration }];
    const answers = await Promise.all([
      admin.attempt('publishServiceVersion', { publications, runtimeGroupIds: [group.id] }),
      admin.attempt('deleteRuntimeGroup', { id: group.id, force: round % 2 === 0 }),
      admin.attempt('updateServiceTemplate', { serviceId: service, implementation: pets('/first') }),
    ]);
    expect(outcomes(answers).filter((code) => defects.includes(code))).toEqual([]);
  }
  const { tables, events } = await readState(plane.sql, 0);
  const folded = new Folded();
  folded.take(events);
  folded.agreesWith(tables);
});

it('a retry of a publication to several groups answers what was done, whatever has changed since', async () => {
  const groups = [(await plane.seed.group()).group, (await plane.seed.group()).group];
  const service = await aService(new Ids(), 'a');
  const publications = [{ serviceId: service, number: '1', runtimeConfiguration }];
  const input = { publications, runtimeGroupIds: groups.map(({ id }) => id), idempotencyKey: unique('key') };
  const selection = 'serviceVersions { id } plan { groups { revision } }';
  const first = await admin.mutate('publishServiceVersion', input, selection);
  await admin.mutate('updateServiceTemplate', { serviceId: service, implementation: pets('/second') });
  expect(await admin.mutate('publishServiceVersion', input, selection)).toEqual(first);
});

it('a deprecation without a date is planned, done, and retried as one', async () => {
  const { group } = await plane.seed.group();
  const serviceId = await aService(new Ids(), 'a');
  const publications = [{ serviceId, number: '1', runtimeConfiguration }];
  const { serviceVersion } = await admin.mutate<{ serviceVersion: { id: string } }>(
    'publishServiceVersion',
    { publications, runtimeGroupIds: [group.id] },
    'serviceVersion { id }',
  );
  const input = { id: serviceVersion.id, message: 'It will go.' };
  const { plan } = await admin.mutate<{ plan: { token: string } }>(
    ...(['deprecateServiceVersion', { ...input, dryRun: true }, 'plan { token }'] as const),
  );
  const planned = { ...input, planToken: plan.token, idempotencyKey: unique('key') };
  const done = await admin.mutate('deprecateServiceVersion', planned);
  expect(await admin.mutate('deprecateServiceVersion', planned)).toEqual(done);
});
