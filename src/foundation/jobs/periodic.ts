import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../kernel/clock.js';
import type { Logger } from '../log/log.js';
import { unmeasured, type Meter } from '../metrics/meter.js';
import { secondsSince } from '../metrics/seconds.js';
import type { Database } from '../postgres/database.js';
import { Duties } from '../postgres/duties.js';

/** Something that is to be done now and then, by one replica for all. */
export interface PeriodicJob {
  /** The duty's name, the same on all replicas. */
  readonly name: string;
  /** From the end of one run to the beginning of the next. */
  readonly everyMs: number;
  /**
   * Does it once, in portions that are short and committed one by one; ends soon after `stop` is aborted. Two replicas may
   * do it at once for a moment after a lost connection, and that must do no harm.
   */
  run(stop: AbortSignal): Promise<void>;
}

/** The jobs of this replica: each is done by one replica at a time, the first time at once. A failed run is logged. */
export class PeriodicJobs {
  private readonly duties: Duties;
  private readonly stopping = new AbortController();
  /** When each job was done last, in seconds since 1970. */
  private readonly succeeded = new Map<string, number>();
  private working: readonly Promise<void>[] = [];

  constructor(
    database: Pick<Database, 'connect'>,
    private readonly log: Logger,
    private readonly meter: Meter = unmeasured,
  ) {
    this.duties = new Duties(database);
  }

  start(jobs: readonly PeriodicJob[]): void {
    for (const { name } of jobs) this.show(name);
    this.working = jobs.map((job) => this.repeat(job));
  }

  /** Waits for what is under way, and leaves the jobs to other replicas. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.working);
    await this.duties.close();
  }

  private async repeat(job: PeriodicJob): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.runOnce(job).catch((error: unknown) =>
        this.log.warn(
          { err: error, job: job.name },
          'a periodic job failed; it is tried again at its next time',
        ),
      );
      await pause(job.everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async runOnce(job: PeriodicJob): Promise<void> {
    if (!(await this.duties.has(job.name))) return;
    const begun = performance.now();
    const note = (outcome: string): void =>
      this.meter.observe('signalbox_job_duration_seconds', secondsSince(begun), { job: job.name, outcome });
    try {
      await job.run(this.stopping.signal);
      note('done');
      this.succeeded.set(job.name, systemClock.now().getTime() / 1_000);
    } catch (error) {
      note('failed');
      throw error;
    }
  }

  private show(job: string): void {
    this.meter.gauge('signalbox_job_held', () => (this.duties.holds(job) ? 1 : 0), { job });
    this.meter.gauge('signalbox_job_last_success_timestamp_seconds', () => this.succeeded.get(job), { job });
  }
}
