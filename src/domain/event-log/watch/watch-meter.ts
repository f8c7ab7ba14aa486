import { topics, type StreamKey } from '../../../foundation/commands/command.js';
import type { Meter } from '../../../foundation/metrics/meter.js';
import type { ResyncReason } from './message.js';
import type { Turns } from './turns.js';

/** What ends a stream: its reader, its owner, this server, or a fault. */
export type EndCause = 'LEFT' | 'STOPPED' | 'FAILED' | 'DRAINING' | 'UNAVAILABLE';

/** How long ago a moment of the database was, in seconds. */
export type SecondsSince = (moment: Date) => number;

type Topic = StreamKey['topic'];

/** Takes note of what happens to watchers. */
export class WatchMeter {
  private readonly latencies: ReadonlyMap<Topic, (seconds: number) => void>;

  constructor(
    private readonly meter: Meter,
    private readonly secondsSince: SecondsSince,
  ) {
    const latency = (topic: Topic): ((seconds: number) => void) =>
      meter.observing('signalbox_delivery_latency_seconds', { topic });
    this.latencies = new Map(topics.map((topic) => [topic, latency(topic)]));
  }

  opened(topic: Topic): void {
    this.meter.count('signalbox_streams_opened_total', { topic });
  }

  ended(topic: Topic, cause: EndCause): void {
    this.meter.count('signalbox_streams_ended_total', { topic, cause });
  }

  /** A revision of this moment is told to a watcher who was waiting for it. */
  told(topic: Topic, at: Date): void {
    this.latencies.get(topic)?.(this.secondsSince(at));
  }

  /** The table is read, for a watcher that is so many revisions behind, and so behind what is kept in memory. */
  readOn(topic: Topic, lag: number): void {
    this.meter.observe('signalbox_watcher_lag_revisions', lag, { topic });
  }

  /** A watcher that is far behind is told what many revisions come to. */
  folded(topic: Topic): void {
    this.meter.count('signalbox_folds_told_total', { topic });
  }

  snapshot(topic: Topic, reason: ResyncReason | undefined): void {
    this.meter.count('signalbox_snapshots_told_total', { topic });
    if (reason) this.meter.count('signalbox_resyncs_total', { topic, reason });
  }

  /** A watcher waits for its turn to be told much. */
  waitsForTurn(topic: Topic): void {
    this.meter.count('signalbox_large_answers_waited_total', { topic });
  }

  /** How many large answers are under way, and how many watchers wait for their turn. */
  take(turns: Turns): void {
    this.meter.gauge('signalbox_large_answers', () => turns.underWayCount, { state: 'sending' });
    this.meter.gauge('signalbox_large_answers', () => turns.waitingCount, { state: 'waiting' });
  }

  /** How many follow streams of a topic, and how many of them have been told everything. */
  watch(topics: readonly Topic[], count: (topic: Topic) => { all: number; waiting: number }): void {
    for (const topic of topics) {
      const show = (state: string, read: () => number): void =>
        this.meter.gauge('signalbox_watchers', read, { topic, state });
      show('waiting', () => count(topic).waiting);
      show('reading', () => count(topic).all - count(topic).waiting);
    }
  }
}
