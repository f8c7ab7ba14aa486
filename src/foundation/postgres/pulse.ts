import type pg from 'pg';
import type { Logger } from '../log/log.js';
import type { Meter } from '../metrics/meter.js';
import { askInTime } from './ask-in-time.js';
import { ServerClock } from './server-clock.js';

/** What the database is to this replica: it answers; it has been silent for some seconds; for so long that others may do better. */
export type Availability = 'answers' | 'silent' | 'gone';

/** What is asked again and again. */
export interface Asked {
  connect(): Promise<pg.Client>;
  /** Runs the shortest statement there is where all work is done, waiting for a connection as all do. */
  probe(): Promise<void>;
  isFull(): boolean;
}

const everyMs = 1_000;

/** A question that is not answered by then, is not. */
const answerMs = 3_000;

/** So long a silence may be an accident. */
const silentMs = 5_000;

/**
 * Asks the database every second, on a connection of its own and through the pool, whether it answers, and takes writes. All
 * that depends on this learns it here: readiness at once, streams when it changes.
 */
export class Pulse {
  /** What the database's clock says, as this replica knows it. */
  readonly clock = new ServerClock();
  private readonly listeners: ((now: Availability) => void)[] = [];
  private readonly line = new Answers();
  private readonly pool = new Answers();
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private told: Availability = 'answers';
  private isReadOnly = false;

  constructor(
    private readonly database: Asked,
    private readonly goneMs: number,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => this.beat(), everyMs).unref();
    this.beat();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.client?.end();
  }

  /** Calls `listener` whenever it is another. */
  listen(listener: (now: Availability) => void): void {
    this.listeners.push(listener);
  }

  get availability(): Availability {
    const { silentForMs } = this.line;
    if (silentForMs >= this.goneMs) return 'gone';
    return silentForMs >= silentMs ? 'silent' : 'answers';
  }

  /** Why nothing should be sent here now, for people; none if all is well. */
  reasons(): string[] {
    if (!this.line.isWell) return ['The database does not answer.'];
    return [
      ...(this.isReadOnly ? ['The database takes no writes.'] : []),
      ...(this.database.isFull() ? ['The database has no room left.'] : []),
      ...(this.pool.isWell ? [] : ['No connection to the database is to be had.']),
    ];
  }

  measure(meter: Meter): void {
    meter.gauge('signalbox_database_silence_seconds', () => this.line.silentForMs / 1_000);
    meter.gauge('signalbox_database_writable', () => (this.reasons().length === 0 ? 1 : 0));
    meter.gauge('signalbox_database_clock_offset_seconds', () => this.clock.offsetMs / 1_000);
  }

  private beat(): void {
    void this.line.note(() => this.askOnLine()).then(() => this.tell());
    void this.pool.note(() => this.database.probe());
    this.tell();
  }

  private tell(): void {
    const now = this.availability;
    if (now === this.told) return;
    this.log.warn({ before: this.told, now }, 'the database answers, or not, unlike before');
    this.told = now;
    for (const listener of this.listeners) listener(now);
  }

  private async askOnLine(): Promise<void> {
    const client = (this.client ??= await this.open());
    const begun = performance.now();
    const [row] = await askInTime<{ now: Date; read_only: boolean }>(client, question, answerMs);
    if (!row) return;
    this.isReadOnly = row.read_only;
    this.clock.set(row.now, begun);
  }

  private async open(): Promise<pg.Client> {
    const client = await this.database.connect();
    const lost = (): void => {
      if (this.client === client) this.client = undefined;
    };
    client.once('end', lost);
    client.on('error', () => {
      lost();
      client.end().catch(() => undefined);
    });
    return client;
  }
}

const question = {
  text: `select clock_timestamp() as now, current_setting('transaction_read_only') = 'on' as read_only`,
};

/** When something was answered, one question at a time. */
class Answers {
  private answeredAt = performance.now();
  private askedAt: number | undefined;
  private hasFailed = false;

  /** Since the last answer, if that is longer ago than the last question. */
  get silentForMs(): number {
    return performance.now() - this.answeredAt;
  }

  /** False as soon as a question has failed, or has not been answered in time. */
  get isWell(): boolean {
    const isLate = this.askedAt !== undefined && performance.now() - this.askedAt > answerMs;
    return !this.hasFailed && !isLate;
  }

  async note(ask: () => Promise<void>): Promise<void> {
    if (this.askedAt !== undefined) return;
    this.askedAt = performance.now();
    try {
      await ask();
      this.answeredAt = performance.now();
      this.hasFailed = false;
    } catch {
      this.hasFailed = true;
    } finally {
      this.askedAt = undefined;
    }
  }
}
