import { setTimeout as pause } from 'node:timers/promises';
import { PeriodicJobs, type PeriodicJob } from '../../src/foundation/jobs/periodic.js';
import { openLog } from '../../src/foundation/log/log.js';
import { openDatabase, type Database } from '../../src/foundation/postgres/database.js';
import { administer, testDatabase, type TestDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';

let scratch: TestDatabase;
let database: Database;
const started: PeriodicJobs[] = [];

beforeAll(async () => {
  scratch = await testDatabase();
  database = await openDatabase({ url: scratch.url, tables: [], migrations: [], poolSize: 2 });
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((jobs) => jobs.stop()));
});
afterAll(async () => {
  await database.close();
  await scratch.close();
});

/** A replica that does this one job. */
function replica(job: PeriodicJob): PeriodicJobs {
  const jobs = new PeriodicJobs(database, openLog('silent', false));
  jobs.start([job]);
  started.push(jobs);
  return jobs;
}

function job(name: string, run: PeriodicJob['run']): PeriodicJob {
  return { name, everyMs: 5, run };
}

/** Writes down who did it. */
function noted(who: string, runs: string[]): () => Promise<void> {
  return () => {
    runs.push(who);
    return Promise.resolve();
  };
}

describe('a periodic job', () => {
  it('is done by one of many replicas, and by another one when that has stopped', async () => {
    const runs: string[] = [];
    const first = replica(job('one', noted('first', runs)));
    await eventually(() => runs.length > 0);
    replica(job('one', noted('second', runs)));
    const before = runs.length;
    await eventually(() => runs.length > before + 20);
    expect(new Set(runs)).toEqual(new Set(['first']));
    await first.stop();
    await eventually(() => runs.at(-1) === 'second');
  });

  it('does not keep a job of another name waiting', async () => {
    const runs: string[] = [];
    replica(job('mine', noted('mine', runs)));
    replica(job('yours', noted('yours', runs)));
    await eventually(() => runs.includes('mine') && runs.includes('yours'));
  });

  it('is done again after the connection was cut', async () => {
    const runs: string[] = [];
    replica(job('cut', noted('cut', runs)));
    await eventually(() => runs.length > 0);
    await administer(
      scratch.url,
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'signalbox (own connection)' and datname = current_database()`,
    );
    const before = runs.length;
    await eventually(() => runs.length > before + 5);
  });

  it('is done again after it failed', async () => {
    let runs = 0;
    replica(job('failing', () => Promise.reject(new Error(`failure ${(runs += 1)}`))));
    await eventually(() => runs > 2);
  });

  it('is told of a stop, which waits for it', async () => {
    let ended = false;
    let begun = false;
    const jobs = replica(
      job('long', async (stop) => {
        begun = true;
        await pause(60_000, undefined, { signal: stop }).catch(() => undefined);
        ended = true;
      }),
    );
    await eventually(() => begun);
    await jobs.stop();
    expect(ended).toBe(true);
  });
});
