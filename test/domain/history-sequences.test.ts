import { formatCursor } from '../../src/domain/event-log/cursor.js';
import { canonicalJson, type JsonObject } from '../../src/foundation/kernel/json.js';
import { emptyHash, memberDigest, withEntity } from '../../src/foundation/kernel/set-hash.js';
import { problemsOf } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { testEnvironment } from '../kit/environment.js';
import { finalConfiguration } from '../kit/final.js';
import { checkGuarantees } from '../guarantees/check-guarantees.js';
import type { LiveClient } from '../kit/live-client.js';
import type { Group } from '../kit/seed.js';
import { configChanges } from '../kit/streams.js';
import type { Change as StreamChange } from '../kit/trace.js';
import { randomFrom } from '../kit/random.js';
import { operationOf, RandomWrites } from './random-writes.js';

/** Repeat a run with SIGNALBOX_TEST_SEED; look longer with SIGNALBOX_TEST_SEQUENCES. */
const seed = Number(testEnvironment('SIGNALBOX_TEST_SEED') ?? 20_261_121);
const sequences = Number(testEnvironment('SIGNALBOX_TEST_SEQUENCES') ?? 1_000);
const atOnce = 4;

let plane: TestControlPlane;
let live: LiveClient;
beforeAll(async () => {
  plane = await startControlPlane();
  live = await plane.live(plane.admin);
});
afterAll(() => plane.stop());

/** The entities of a group, each as one text, by their ids. */
type State = ReadonlyMap<string, string>;

/** Every state that a group has had, by its revision: what its events make of nothing. */
async function replayed(group: Group, head: number, guarantees: boolean): Promise<readonly State[]> {
  const beginning = { revision: 0, hash: emptyHash };
  const stream = live.open(
    configChanges(group.id),
    formatCursor({ topic: 'config', scopeId: group.id }, beginning),
  );
  const states: State[] = [new Map()];
  while (states.length <= head) {
    const delta = await stream.nextOf('delta');
    for (const { revision, stateHash, changes } of delta.revisions) {
      const state = changed(states.at(-1), changes);
      expect([revision, hashOf(state)]).toEqual([states.length, stateHash]);
      states.push(state);
    }
  }
  stream.return();
  if (guarantees) checkGuarantees([stream.trace()], await finalConfiguration(plane, group.id));
  return states;
}

function changed(before: State | undefined, changes: readonly StreamChange[]): State {
  const state = new Map(before);
  for (const { kind, id, after } of changes) {
    if (after) state.set(id, canonicalJson([kind, id, after]));
    else state.delete(id);
  }
  return state;
}

function hashOf(state: State): string {
  const members = [...state.values()].map((text) => JSON.parse(text) as [string, string, JsonObject]);
  return members
    .reduce((hash, [kind, id, document]) => withEntity(hash, memberDigest(kind, id, document)), emptyHash)
    .toString('hex');
}

interface Change {
  readonly kind: string;
  readonly id: string;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

interface Read {
  readonly now: { readonly revision: number; readonly configHash: string; readonly document: string };
  readonly then: { readonly configHash: string; readonly document: string };
  readonly nested: { readonly document: string };
  readonly diff: { readonly changes: readonly Change[] };
}

const reading = `query ($id: ID!, $asOf: AsOfInput, $from: ConfigPointInput!, $to: ConfigPointInput!) {
  now: exportConfiguration(runtimeGroupId: $id, notation: JSON) { revision configHash document }
  then: exportConfiguration(runtimeGroupId: $id, notation: JSON, asOf: $asOf) { configHash document }
  nested: exportConfiguration(runtimeGroupId: $id, form: NESTED, withSecrets: true) { document }
  diff: configDiff(from: $from, to: $to) { changes { kind id before after } }
}`;

function read({ id }: Group, a: number, b: number): Promise<Read> {
  const point = (revision: number) => ({ runtimeGroupId: id, revision });
  return plane.admin.gql<Read>(reading, { id, asOf: { revision: a }, from: point(a), to: point(b) });
}

/** The entities of a flat file by their ids; plugin schemas are not for gateways, and in no such file. */
function entitiesOf(document: string): ReadonlyMap<string, string> {
  const file = JSON.parse(document) as Readonly<Record<string, readonly JsonObject[] | string>>;
  const entries = Object.values(file).flatMap((value) =>
    Array.isArray(value) ? (value as JsonObject[]) : [],
  );
  return new Map(
    entries.map(({ id, ...fields }) => [id as string, canonicalJson(fields)] as const).sort(byId),
  );
}

function shown(state: State): ReadonlyMap<string, string> {
  const members = [...state].map(
    ([id, text]) => [id, JSON.parse(text) as [string, string, JsonObject]] as const,
  );
  return new Map(
    members
      .filter(([, [kind]]) => kind !== 'plugin_schema')
      .map(([id, [, , document]]) => [id, canonicalJson(document)] as const)
      .sort(byId),
  );
}

function byId([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}

/** What differences make of a state. Fails where they are not about what is there. */
function applied(state: State, changes: readonly Change[]): State {
  const result = new Map(state);
  for (const { kind, id, before, after } of changes) {
    expect(result.get(id)).toBe(before ? canonicalJson([kind, id, before]) : undefined);
    if (after) result.set(id, canonicalJson([kind, id, after]));
    else result.delete(id);
  }
  return new Map([...result].sort(byId));
}

const exporting = `query ($id: ID!) {
  nested: exportConfiguration(runtimeGroupId: $id, form: NESTED, withSecrets: true) { document }
}`;

/** What is referred to from several places and has no name keeps its id, which is another one in another group. */
function withoutIds(document: string): string {
  const ids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
  return ids.test(document) ? document.replaceAll(ids, 'id').split('\n').sort().join('\n') : document;
}

/** Brings a file into an empty group; answers the export of that one. */
async function importedInto(group: Group, content: string): Promise<string> {
  const documents = [{ name: 'file.yaml', content }];
  await plane.admin.mutate('importConfiguration', { runtimeGroupId: group.id, documents });
  const { nested } = await plane.admin.gql<Pick<Read, 'nested'>>(exporting, { id: group.id });
  return nested.document;
}

/** One sequence, with all that is promised of it; answers which writes were done, and which refused. */
async function check(random: () => number, guarantees: boolean): Promise<readonly string[]> {
  const { group } = await plane.seed.group();
  const { group: empty } = await plane.seed.group();
  const writes = new RandomWrites(group.id, random).some(5 + Math.floor(random() * 4)).slice(0, 25);
  const { query, variables } = operationOf(writes);
  const answer = await plane.admin.send(query, variables);
  expect(answer.errors).toBeUndefined();
  const payloads = Object.values(answer.data ?? {}) as unknown as { revision: number | null }[];
  const head = Math.max(0, ...payloads.map(({ revision }) => revision ?? 0));
  const [a, b] = [Math.floor(random() * (head + 1)), Math.floor(random() * (head + 1))];
  const [states, { now, then, nested, diff }] = await Promise.all([
    replayed(group, head, guarantees),
    read(group, a, b),
  ]);
  const [state, from, to] = [states[head], states[a], states[b]] as [State, State, State];
  expect([now.revision, now.configHash]).toEqual([head, hashOf(state)]);
  expect(entitiesOf(now.document)).toEqual(shown(state));
  expect([then.configHash, entitiesOf(then.document)]).toEqual([hashOf(from), shown(from)]);
  expect(applied(from, diff.changes)).toEqual(new Map([...to].sort(byId)));
  expect(withoutIds(await importedInto(empty, nested.document))).toBe(withoutIds(nested.document));
  return writes.map(({ mutation }, index) => {
    const refused = problemsOf({ ...answer, data: { it: payloads[index] } as never })[0]?.code;
    return `${mutation}: ${refused ?? 'done'}`;
  });
}

it(
  `what was written is what events, exports, imports and differences make of it, over ${sequences} random sequences (seed ${seed})`,
  async () => {
    const seen = new Map<string, number>();
    let next = 0;
    const work = async (): Promise<void> => {
      for (let turn = next; turn < sequences; turn = next) {
        next += 1;
        const about = `sequence ${turn} (seed ${seed})`;
        const outcomes = await check(randomFrom(seed + turn), turn % 20 === 0).catch((error: unknown) => {
          throw new Error(`${about}: ${String(error)}`, { cause: error });
        });
        for (const outcome of outcomes) seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    if (testEnvironment('SIGNALBOX_TEST_SEQUENCES') !== undefined) {
      process.stdout.write(
        [...seen]
          .map(([what, times]) => `${times} ${what}\n`)
          .sort()
          .join(''),
      );
    }
    const done = [...seen.keys()].filter((what) => what.endsWith(': done'));
    expect(done.length).toBeGreaterThan(Math.min(50, sequences / 20));
  },
  sequences * 1_000 + 60_000,
);
