import { setTimeout as pause } from 'node:timers/promises';
import { build } from '../kit/control-plane-process.js';
import { changedBuild } from './defects/changed-build.js';
import { defects, type Defect } from './defects/defects.js';
import { allFaults } from './faults/all.js';
import type { Scene } from './faults/fault.js';
import { Population } from './world/population.js';
import { verdictOn } from './world/verdict.js';
import { World } from './world/world.js';

/** How long the groups are written to, and how long they then have to come to their end: a good build needs less. */
const writeMs = 3_000;
const convergeMs = 8_000;

beforeAll(() => build(), 300_000);

describe('a build that is known to be bad', () => {
  it.each(defects.map((defect) => [defect.name, defect] as const))(
    'is caught: %s',
    async (_name, defect) => {
      const broken = await brokenBy(defect);
      expect(broken.filter((sentence) => sentence.startsWith(defect.caughtBy.promise))).not.toEqual([]);
    },
    180_000,
  );
});

describe('the list of bad builds', () => {
  it('is out of date if a text to change is not there', async () => {
    const edit = { file: 'src/app/main.js', find: 'what nobody wrote', replace: '' };
    await expect(changedBuild([edit])).rejects.toThrow('0 times');
  });
});

/** Runs a short schedule on a bad build; answers what was broken. */
async function brokenBy(defect: Defect): Promise<string[]> {
  const bad = await changedBuild(defect.edits);
  const world = await World.build({
    seed: 1,
    replicas: 2,
    dist: bad.dist,
    prepare: defect.sql ?? 'select 1',
  });
  const closing: (() => Promise<void>)[] = [];
  try {
    const options = { observers: 2, instances: 1, writers: 3, batch: 5, pauseMs: 50 };
    const population = await Population.of(world, { name: 'group', ...options });
    await defect.provoke?.(world);
    const fault = allFaults.find(({ number }) => number === defect.fault);
    // The fault itself may find that something is wrong; what is asked here is whether the promise does.
    await Promise.all([
      fault?.inject(sceneOf(world, population, closing)).catch(() => undefined),
      pause(writeMs),
    ]);
    await population.rest();
    await population.converge(convergeMs).catch(() => undefined);
    const broken = verdictOn(population, await population.final());
    await population.leave();
    return broken;
  } finally {
    for (const close of closing) await close();
    await world.stop();
    await bad.remove();
  }
}

/** As much of a scene as those faults need. */
function sceneOf(world: World, population: Population, closing: (() => Promise<void>)[]): Scene {
  return {
    ...{ world, populations: [population], crowd: population, large: population, agents: [] },
    ...{ hasSmallDisk: false, isDatabaseWell: true },
    quietGroup: () => Population.of(world, { name: population.fresh('quiet') }),
    atEnd: (close) => void closing.push(close),
  };
}
