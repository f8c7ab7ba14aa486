import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Applier, type SyncOutcome } from '../../src/clients/agent/applier.js';
import { fromSnapshot, type Configuration } from '../../src/clients/agent/configuration.js';
import type { Driver } from '../../src/clients/agent/drivers/driver.js';
import { keptIn } from '../../src/clients/agent/kept-configuration.js';
import { systemClock } from '../../src/foundation/kernel/clock.js';
import { eventually } from '../kit/eventually.js';

let place: string;
let leave: AbortController;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'signalbox-applier-'));
  leave = new AbortController();
});
afterEach(async () => {
  leave.abort();
  await rm(place, { recursive: true });
});

function configuration(revision: number): Configuration {
  const entities = [
    { kind: 'gateway_service', collection: 'services', id: 's', document: { port: revision }, secrets: null },
  ];
  return fromSnapshot([{ cursor: `c${revision}`, revision, entities }], ['services']);
}

interface Setup {
  readonly applier: Applier;
  readonly outcomes: readonly SyncOutcome[];
}

function setUp(driver: Driver, retryMs = 60_000): Setup {
  const outcomes: SyncOutcome[] = [];
  const applier = new Applier({
    ...{ driver, retryMs, kept: keptIn(place), clock: systemClock, signal: leave.signal },
    journal: { say: () => undefined, warn: () => undefined },
    report: (outcome) => outcomes.push(outcome),
  });
  return { applier, outcomes };
}

describe('an applier', () => {
  it('puts only the newest of those in place that came while it was busy', async () => {
    const applied: number[] = [];
    let release: () => void = () => undefined;
    const busy = new Promise<void>((resolve) => (release = resolve));
    const { applier, outcomes } = setUp({
      apply: async ({ revision }) => {
        applied.push(revision);
        if (revision === 1) await busy;
      },
    });
    applier.want(configuration(1));
    await eventually(() => applied.length === 1);
    [2, 3, 4].forEach((revision) => applier.want(configuration(revision)));
    release();
    await applier.settled;
    expect(applied).toEqual([1, 4]);
    expect(outcomes.map(({ cursor }) => cursor)).toEqual(['c1', 'c4']);
  });

  it('keeps what it put in place, and nothing of what was refused', async () => {
    const { applier, outcomes } = setUp({
      apply: async ({ revision }) => {
        if (revision === 2) throw new Error('The gateway says no.');
      },
    });
    applier.want(configuration(1));
    await applier.settled;
    applier.want(configuration(2));
    await applier.settled;
    expect(outcomes[1]).toEqual({
      ...{ outcome: 'REJECTED', cursor: 'c2', message: 'The gateway says no.' },
      ...{ runningCursor: 'c1', stateHash: configuration(1).stateHash },
    });
    expect(await keptIn(place).load()).toMatchObject({ current: { cursor: 'c1' }, next: undefined });
  });

  it('tries once more after a while what was refused', async () => {
    let refusals = 2;
    const { applier, outcomes } = setUp(
      {
        apply: async () => {
          if ((refusals -= 1) >= 0) throw new Error('Not now.');
        },
      },
      5,
    );
    applier.want(configuration(1));
    await eventually(() => outcomes.length === 3);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['REJECTED', 'REJECTED', 'APPLIED']);
  });

  it('finishes what the last process had begun', async () => {
    const kept = keptIn(place);
    await kept.prepare(configuration(1));
    await kept.commit();
    await kept.prepare(configuration(2));
    const applied: number[] = [];
    const { applier, outcomes } = setUp({ apply: async ({ revision }) => void applied.push(revision) });
    expect((await applier.recover())?.revision).toBe(2);
    expect(applied).toEqual([2]);
    expect(outcomes.at(-1)).toMatchObject({ outcome: 'APPLIED', cursor: 'c2' });
  });

  it('goes back to what was in place if the last process had begun something that cannot be finished', async () => {
    const kept = keptIn(place);
    await kept.prepare(configuration(1));
    await kept.commit();
    await kept.prepare(configuration(2));
    const { applier } = setUp({
      apply: async ({ revision }) => {
        if (revision === 2) throw new Error('No.');
      },
    });
    expect((await applier.recover())?.revision).toBe(1);
  });

  it('begins from nothing when what was kept is not whole', async () => {
    const kept = keptIn(place);
    await kept.prepare(configuration(1));
    await kept.commit();
    const path = join(place, 'configuration.jsonl');
    await truncate(path, (await readFile(path)).length - 9);
    const { applier } = setUp({ apply: () => Promise.resolve() });
    expect(await applier.recover()).toBeUndefined();
  });
});
