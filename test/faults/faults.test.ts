import { testEnvironment } from '../kit/environment.js';
import { allFaults } from './faults/all.js';
import { runFaults } from './run/run-faults.js';

/** Repeat a run with SIGNALBOX_TEST_SEED. */
const seed = Number(testEnvironment('SIGNALBOX_TEST_SEED') ?? Math.floor(performance.timeOrigin) % 1_000_000);
const only = testEnvironment('SIGNALBOX_TEST_FAULTS')?.split(',').map(Number);

it(`keeps every promise under faults (seed ${seed})`, async () => {
  const lines: string[] = [];
  const tally = await runFaults({
    ...{ seed, replicas: 3, groups: 2, crowd: 20, largeEntities: 2_000, batch: 20, pauseMs: 300 },
    ...{ minutes: 0, hasSmallDisk: false, say: (line) => lines.push(line) },
    faults: allFaults.filter(({ number }) => only?.includes(number) ?? true),
    minimum: { events: 0, ofEachFault: 1, resumes: 0, writesPerSecond: 0 },
  });
  process.stdout.write(`${tally.markdown([])}\n${lines.join('\n')}\n`);
  expect(tally.broken).toEqual([]);
}, 900_000);
