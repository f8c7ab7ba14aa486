import { problemsOf, type Answer, type Client, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { testEnvironment } from '../kit/environment.js';
import { randomFrom } from '../kit/random.js';
import { Ids, mutationOf } from './services-model/ask.js';
import { Asker, type Asked } from './services-model/commands.js';
import { deployedIn, expected } from './services-model/model.js';
import { Folded, hashOf, learn, ownedLines, readState, type Tables } from './services-model/observe.js';
import { modelState, visibleState } from './services-model/visible.js';
import type { Who, World } from './services-model/world.js';

/** Repeat a run with SIGNALBOX_TEST_SEED; look longer with SIGNALBOX_TEST_STEPS. */
const seed = Number(testEnvironment('SIGNALBOX_TEST_SEED') ?? 20_261_121);
const steps = Number(testEnvironment('SIGNALBOX_TEST_STEPS') ?? 2_000);

/** Worlds that know nothing of each other, so that while one waits for its answer, another goes on. */
const worlds = 2;

const groupWords = ['development', 'staging', 'production'];

it(
  `services do what their model does, over ${steps} random writes in ${worlds} worlds (seed ${seed})`,
  async () => {
    const seen = new Map<string, number>();
    const each = Math.ceil(steps / worlds);
    const walks = Array.from({ length: worlds }, (_, index) => walk(seed + index, each, seen));
    // All of them end before the first failure is told, so that none goes on without its control plane.
    const failed = (await Promise.allSettled(walks)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
    expect(seen.size).toBeGreaterThan(Math.min(40, steps / 20));
    if (testEnvironment('SIGNALBOX_TEST_STEPS') !== undefined) tell(seen);
  },
  60_000 + steps * 400,
);

/** Takes steps in a world of its own, and compares it with its model after each. */
async function walk(ownSeed: number, count: number, seen: Map<string, number>): Promise<void> {
  const plane = await startControlPlane();
  try {
    const ids = new Ids();
    const actors = await peopleOf(plane, ids);
    const walker = new Walker(plane, ids, ownSeed);
    await walker.begin();
    for (let step = 1; step <= count; step += 1) {
      const outcome = await walker.step(step, actors);
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    }
  } finally {
    await plane.stop();
  }
}

interface Person extends Who {
  readonly client: Client;
}

/** Those who ask: mostly somebody who may do everything; beside, those who may less, or see one group only. */
async function peopleOf({ admin, seed: plant }: TestControlPlane, ids: Ids): Promise<readonly Person[]> {
  const everything = { client: admin, mayWrite: true, group: null };
  const people: Person[] = [{ client: await plant.viewer(), mayWrite: false, group: null }];
  for (const word of groupWords) {
    const { group } = await plant.group();
    ids.learn(word, group.id);
    const deployer = await plant.token({ role: 'ADMIN', runtimeGroupId: group.id });
    people.push({ client: deployer, mayWrite: true, group: word });
    people.push({ client: await plant.viewer(group), mayWrite: false, group: word });
  }
  return [...people, ...Array.from({ length: 4 * people.length }, () => everything)];
}

class Walker {
  private readonly random: () => number;
  private readonly asker: Asker;
  private readonly folded = new Folded();
  private world: World = { services: {} };
  private text = '';
  private tables!: Tables;

  constructor(
    private readonly plane: TestControlPlane,
    private readonly ids: Ids,
    private readonly seed: number,
  ) {
    this.random = randomFrom(seed);
    this.asker = new Asker(this.random);
  }

  async begin(): Promise<void> {
    ({ tables: this.tables, text: this.text } = await readState(this.plane.sql, 0));
  }

  /** Asks for something, and fails unless what comes of it is what the model says; tells what that was. */
  async step(step: number, people: readonly Person[]): Promise<string> {
    const asked = sensible(this.asker.next(learn(this.tables, this.ids)), this.world);
    const person = people[Math.floor(this.random() * people.length)] as Person;
    const { client, ...who } = person;
    const about = `step ${step} (seed ${this.seed}): ${JSON.stringify({ ...who, ...asked })}`;
    const { refusal, world } = expected(this.world, asked, who);
    const answer = await ask(client, asked, this.ids, this.random() < 0.1);
    const outcome = problemsOf(answer)[0]?.code ?? null;
    expect([about, outcome]).toEqual([about, refusal]);
    this.world = world;
    const isChanged = await this.look();
    // Where no row of any table is different, all that was so after the last step still is.
    if (isChanged) await this.check(about);
    if (outcome !== null || !isChanged)
      expect([about, isChanged, world]).toEqual([about, false, this.checked]);
    return `${asked.to}: ${outcome ?? 'done'}`;
  }

  /** The model, as it was when everything was last compared. */
  private checked: World = this.world;

  /** Reads what there is now; answers whether anything is different. */
  private async look(): Promise<boolean> {
    const { tables, events, text } = await readState(this.plane.sql, this.folded.revision);
    if (text === this.text) return false;
    this.folded.take(events);
    this.tables = tables;
    this.text = text;
    return true;
  }

  private async check(about: string): Promise<void> {
    const { tables, world, ids, folded } = this;
    folded.agreesWith(tables);
    for (const group of groupWords) {
      const entities = tables.entities.filter((each) => each.runtime_group_id === ids.of(group));
      expect([about, ownedLines(entities)]).toEqual([about, deployedIn(world, group)]);
      const head = tables.heads.find(({ scope_id }) => scope_id === ids.of(group));
      expect(hashOf(entities)).toBe(head?.state_hash);
    }
    checkVersions(tables);
    expect([about, await visibleState(this.plane.admin, ids)]).toEqual([about, modelState(world)]);
    this.checked = world;
  }
}

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

async function ask(client: Client, asked: Asked, ids: Ids, isLoud: boolean): Promise<Answer> {
  const [mutation, plain] = mutationOf(asked, ids);
  const input = isLoud ? inCapitals(plain) : plain;
  if (asked.to !== 'createService') return client.attempt(mutation, input);
  const answer = await client.attempt(mutation, input, 'service { id }');
  const { service } =
    (answer.data as { createService?: { service?: { id: string } | null } } | null)?.createService ?? {};
  if (service) {
    ids.learn(asked.service, service.id);
    ids.learnPolicy(asked.service, asked.policy);
  }
  return answer;
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

function tell(seen: ReadonlyMap<string, number>): void {
  const lines = [...seen].sort().map(([outcome, times]) => `${String(times).padStart(6)} ${outcome}`);
  process.stdout.write(`${lines.join('\n')}\n`);
}
