import { problemsOf, type Answer, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { testEnvironment } from '../kit/environment.js';
import { randomFrom } from '../kit/random.js';
import { Ids, mutationOf } from './services-model/ask.js';
import { Asker, type Asked } from './services-model/commands.js';
import { deployedIn, expected } from './services-model/model.js';
import { Folded, hashOf, learn, ownedLines, readTables, type Tables } from './services-model/observe.js';
import { modelState, visibleState } from './services-model/visible.js';
import type { World } from './services-model/world.js';

/** Repeat a run with SIGNALBOX_TEST_SEED; look longer with SIGNALBOX_TEST_STEPS. */
const seed = Number(testEnvironment('SIGNALBOX_TEST_SEED') ?? 20_261_121);
const steps = Number(testEnvironment('SIGNALBOX_TEST_STEPS') ?? 500);

const groupWords = ['development', 'staging', 'production'];

let plane: TestControlPlane;
const ids = new Ids();
beforeAll(async () => {
  plane = await startControlPlane();
  for (const word of groupWords) ids.learn(word, (await plane.seed.group()).group.id);
});
afterAll(() => plane.stop());

it(
  `services do what their model does, over ${steps} random writes (seed ${seed})`,
  async () => {
    const random = randomFrom(seed);
    const asker = new Asker(random);
    const folded = new Folded(plane.sql);
    const seen = new Map<string, number>();
    let world: World = { services: {} };
    let tables = await readTables(plane.sql);
    for (let step = 1; step <= steps; step += 1) {
      const asked = sensible(asker.next(learn(tables, ids)), world);
      const about = `step ${step} (seed ${seed}): ${JSON.stringify(asked)}`;
      const { refusal, world: after } = expected(world, asked);
      const answer = await ask(asked, random() < 0.1);
      const outcome = problemsOf(answer)[0]?.code ?? null;
      expect([about, outcome]).toEqual([about, refusal]);
      count(seen, `${asked.to}: ${outcome ?? 'done'}`);
      const before = tables;
      tables = await readTables(plane.sql);
      if (outcome !== null) expect([about, tables]).toEqual([about, before]);
      world = after;
      await checkStep(about, world, tables, folded);
    }
    expect(seen.size).toBeGreaterThan(40);
    if (testEnvironment('SIGNALBOX_TEST_STEPS') !== undefined) tell(seen);
  },
  60_000 + steps * 400,
);

/** A word stands for one service at a time: a second one for it has the name of the first. */
function sensible(asked: Asked, world: World): Asked {
  const there = asked.to === 'createService' ? world.services[asked.service] : undefined;
  return asked.to === 'createService' && there ? { ...asked, name: there.name } : asked;
}

/** Ids may be written in capitals. */
function inCapitals(input: Variables): Variables {
  const text = JSON.stringify(input);
  return JSON.parse(text.replaceAll(/"[0-9a-f-]{36}"/g, (id) => id.toUpperCase())) as Variables;
}

async function ask(asked: Asked, isLoud: boolean): Promise<Answer> {
  const [mutation, plain] = mutationOf(asked, ids);
  const input = isLoud ? inCapitals(plain) : plain;
  if (asked.to !== 'createService') return plane.admin.attempt(mutation, input);
  const answer = await plane.admin.attempt(mutation, input, 'service { id }');
  const { service } =
    (answer.data as { createService?: { service?: { id: string } | null } }).createService ?? {};
  if (service) {
    ids.learn(asked.service, service.id);
    ids.learnPolicy(asked.service, asked.policy);
  }
  return answer;
}

async function checkStep(about: string, world: World, tables: Tables, folded: Folded): Promise<void> {
  await folded.follow();
  folded.agreesWith(tables);
  for (const group of groupWords) {
    const entities = tables.entities.filter((each) => each.runtime_group_id === ids.of(group));
    expect([about, ownedLines(entities)]).toEqual([about, deployedIn(world, group)]);
    const head = tables.heads.find(({ scope_id }) => scope_id === ids.of(group));
    expect(hashOf(entities)).toBe(head?.state_hash);
  }
  checkVersions(tables);
  expect([about, await visibleState(plane.admin, ids)]).toEqual([about, modelState(world)]);
}

/** One live version of a service in a group, and one content of a number, where the service promises it. */
function checkVersions({ versions }: Tables): void {
  const promised = versions.filter((each) => each.one_live);
  const live = promised.filter(({ stage }) => stage === 'LIVE');
  expect(new Set(live.map((each) => `${each.service_id} ${each.runtime_group_id}`)).size).toBe(live.length);
  const numbers = new Set(promised.map((each) => `${each.service_id} ${each.number}`));
  expect(new Set(promised.map((each) => `${each.service_id} ${each.number} ${each.digest}`)).size).toBe(
    numbers.size,
  );
}

function count(seen: Map<string, number>, outcome: string): void {
  seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
}

function tell(seen: ReadonlyMap<string, number>): void {
  const lines = [...seen].sort().map(([outcome, times]) => `${String(times).padStart(6)} ${outcome}`);
  process.stdout.write(`${lines.join('\n')}\n`);
}
