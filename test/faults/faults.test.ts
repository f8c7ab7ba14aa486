import { randomFrom } from '../kit/random.js';
import { testEnvironment } from '../kit/environment.js';
import { allFaults } from './faults/all.js';
import type { Fault } from './faults/fault.js';
import { runFaults } from './run/run-faults.js';
import { deal } from './run/schedule.js';

/** Repeat a run with SIGNALBOX_TEST_SEED. */
const seed = Number(testEnvironment('SIGNALBOX_TEST_SEED') ?? Math.floor(performance.timeOrigin) % 1_000_000);
const only = testEnvironment('SIGNALBOX_TEST_FAULTS')?.split(',').map(Number);

/** These take long; the long run has them. */
const long: ReadonlySet<number> = new Set([6, 13, 22, 25, 26, 29, 30]);
const count = 8;

function someFaults(): readonly Fault[] {
  if (only) return allFaults.filter(({ number }) => only.includes(number));
  const quick = allFaults.filter(({ number }) => !long.has(number));
  return deal(quick, randomFrom(seed)).flat().slice(0, count);
}

it(`keeps every promise under faults (seed ${seed})`, async () => {
  const lines: string[] = [];
  const tally = await runFaults({
    ...{ seed, replicas: 3, groups: 2, crowd: 20, largeEntities: 1_000, batch: 20, pauseMs: 300 },
    ...{ minutes: 0, hasSmallDisk: false, say: (line) => void lines.push(line) },
    faults: someFaults(),
    minimum: { events: 0, ofEachFault: 1, resumes: 0, writesPerSecond: 0 },
  });
  expect({ broken: tally.broken, lines }).toEqual({ broken: [], lines });
}, 600_000);
