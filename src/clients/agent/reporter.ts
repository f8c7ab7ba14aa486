import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '../sdk/client.js';
import { fromUserErrors, SignalboxError } from '../sdk/error.js';
import { ReportSyncDocument } from '../sdk/generated.js';
import { fullJitter, type StreamTiming } from '../sdk/timing.js';
import type { SyncOutcome } from './applier.js';
import type { Journal } from './journal.js';

/** The way on which reports go: under the number of a session, for as long as the signal lets it. */
export interface Channel {
  readonly session: number;
  readonly client: Client;
  readonly signal: AbortSignal;
}

/** A report that is to be made. */
interface Report {
  readonly outcome: SyncOutcome;
  readonly channel: Channel;
}

/**
 * Tells the server what became of the newest configuration: in each session, and again until it arrives. Of outcomes that
 * come while one is being told, only the newest counts.
 */
export class Reporter {
  private latest: SyncOutcome | undefined;
  private channel: Channel | undefined;
  private told: Report | undefined;
  private telling: Promise<void> | undefined;
  private pause = new AbortController();

  constructor(
    private readonly journal: Journal,
    private readonly timing: StreamTiming,
  ) {}

  /** There is news. */
  report(outcome: SyncOutcome): void {
    this.latest = outcome;
    this.wake();
  }

  /** A new session is open: from now on reports go there. */
  open(channel: Channel): void {
    this.channel = channel;
    this.wake();
  }

  private wake(): void {
    this.pause.abort();
    this.telling ??= this.work().finally(() => (this.telling = undefined));
  }

  private async work(): Promise<void> {
    let failures = 0;
    for (let due = this.due(); due; due = this.due()) {
      if (await this.tell(due)) this.told = due;
      else await this.rest(fullJitter(failures++, this.timing), due.channel.signal);
    }
  }

  private due(): Report | undefined {
    const { latest: outcome, channel, told } = this;
    if (!outcome || !channel || channel.signal.aborted) return undefined;
    return told?.outcome === outcome && told.channel === channel ? undefined : { outcome, channel };
  }

  /** Answers false if it is worth another try. */
  private async tell({ outcome, channel }: Report): Promise<boolean> {
    const { client, session, signal } = channel;
    try {
      const input = { ...outcome, session };
      const { reportSync } = await client.request(
        ReportSyncDocument,
        { input },
        { signal, timeoutMs: 10_000 },
      );
      const refusal = fromUserErrors(reportSync.userErrors);
      if (refusal) throw refusal;
      return true;
    } catch (error) {
      if (error instanceof SignalboxError && error.retryable) return false;
      this.journal.warn(`the server did not take the report: ${(error as Error).message}`);
      return true;
    }
  }

  /** Waits, but not while there is news. */
  private async rest(ms: number, signal: AbortSignal): Promise<void> {
    this.pause = new AbortController();
    await wait(ms, undefined, { signal: AbortSignal.any([signal, this.pause.signal]) }).catch(
      () => undefined,
    );
  }
}
