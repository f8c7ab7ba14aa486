import { topics, type StreamKey } from '../../../foundation/commands/command.js';
import { AtMost } from '../../../foundation/kernel/at-most.js';
import { randomFraction } from '../../../foundation/kernel/id.js';
import { defineRefusal, type Refusal } from '../../../foundation/kernel/refusal.js';
import type { Logger } from '../../../foundation/log/log.js';
import { unmeasured } from '../../../foundation/metrics/meter.js';
import type { Reader } from '../../../foundation/postgres/database.js';
import type { Availability } from '../../../foundation/postgres/pulse.js';
import type { Signals } from '../../../foundation/postgres/signals.js';
import { readExtents, readRevisions, type KnownStream } from '../event-log.store.js';
import { readNews } from '../news.store.js';
import { streamName } from '../revision.js';
import { batch, Feed, type RangeRead } from './feed.js';
import { defaultFoldLimits, Folds, type FoldLimits } from './folds.js';
import { defaultTurns, Turns } from './turns.js';
import { WatchMeter } from './watch-meter.js';

/** Without any hint, watched streams are looked at this often. */
const pollMs = 1_000;

/** So many folds are made at once, for all streams. */
const foldingsAtOnce = 2;

/** So many streams are each asked for all that is new in them; more, for how far they go. */
const aFew = 4;

/** A little longer than a token that was found good is trusted without asking again. */
const reconsiderMs = 1_200;

const streamsUnavailable = defineRefusal<{ retryAfterMs: number }>(
  'STREAMS_UNAVAILABLE',
  'unavailable',
  () => 'The database does not answer, so that no stream can be opened now. Try again in a moment.',
);

/**
 * All streams that are watched on this replica. Hints say where to look; the table is the truth, and it is looked at
 * every second anyway, so that a lost hint costs a second and never an event.
 */
export class StreamHub {
  private readonly feeds = new Map<string, Feed>();
  private readonly foldings = new AtMost(foldingsAtOnce);
  private readonly foldLimits: FoldLimits;
  /** Whose turn it is to be told much. */
  readonly turns: Turns;
  private parting: Parting | undefined;
  private availability: Availability = 'answers';
  private timer: NodeJS.Timeout | undefined;
  private reconsidering: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private again: Set<string> | undefined;
  private reconsiderations = 0;

  constructor(
    private readonly reader: Reader,
    private readonly log: Logger,
    readonly meter = new WatchMeter(unmeasured, () => 0),
    { fold = defaultFoldLimits, turns = new Turns(defaultTurns) }: HubLimits = {},
  ) {
    this.foldLimits = fold;
    this.turns = turns;
    meter.watch(topics, (topic) => this.count(topic));
    meter.take(turns);
  }

  start(signals: Signals): void {
    signals.listen((names) => this.hear(names));
    this.timer = setInterval(() => this.poll(), pollMs).unref();
  }

  /** Tells watchers at once when the database no longer answers; ends them when it has been gone for long. */
  heed(now: Availability): void {
    const wasGone = this.availability === 'gone';
    this.availability = now;
    if (now === 'gone') this.part('UNAVAILABLE');
    else if (wasGone && this.parting === 'UNAVAILABLE') this.parting = undefined;
    this.wakeAll();
    if (now === 'answers') void this.look([...this.feeds.keys()]);
  }

  /** True while the database has not answered for a while. */
  get stale(): boolean {
    return this.availability !== 'answers';
  }

  /** Why no stream can be opened now. */
  refusal(): Refusal | undefined {
    return this.availability === 'gone' ? streamsUnavailable({ retryAfterMs: retryMs() }) : undefined;
  }

  /** Why all streams of this replica must end now, if they must. */
  get partingCause(): Parting | undefined {
    return this.parting;
  }

  /** How often watchers were to ask anew whether they still may watch. */
  get rightsReconsidered(): number {
    return this.reconsiderations;
  }

  /** The feed of a stream, up to date as of this call. Give it back with `leave`. */
  async join(stream: StreamKey): Promise<Feed> {
    const name = streamName(stream);
    const feed = this.feeds.get(name) ?? this.open(name, stream);
    feed.watchers += 1;
    await this.look([name]);
    if (feed.extentNow || feed.removed) return feed;
    this.leave(feed);
    throw streamsUnavailable({ retryAfterMs: retryMs() });
  }

  leave(feed: Feed): void {
    feed.watchers -= 1;
    if (feed.watchers === 0) this.feeds.delete(streamName(feed.stream));
  }

  /** Makes every watcher say goodbye. */
  drain(): void {
    clearInterval(this.timer);
    clearTimeout(this.reconsidering);
    this.part('DRAINING');
    this.wakeAll();
  }

  /** Nobody waits any longer: neither for more, nor for a turn. */
  private part(cause: Parting): void {
    this.parting = cause;
    this.turns.dismiss();
  }

  private poll(): void {
    for (const feed of this.feeds.values()) feed.remind();
    void this.look([...this.feeds.keys()]);
  }

  private hear(names: readonly string[] | undefined): void {
    void this.look(names ?? [...this.feeds.keys()]);
    if (names?.some((name) => name.startsWith('organization/'))) this.reconsiderRights();
  }

  /** A token may have been withdrawn: watchers of quiet streams wait no longer to ask whether they still may watch. */
  private reconsiderRights(): void {
    clearTimeout(this.reconsidering);
    this.reconsidering = setTimeout(() => {
      this.reconsiderations += 1;
      this.wakeAll();
    }, reconsiderMs).unref();
  }

  private count(topic: StreamKey['topic']): { all: number; waiting: number } {
    const feeds = [...this.feeds.values()].filter(({ stream }) => stream.topic === topic);
    return {
      all: feeds.reduce((sum, { watchers }) => sum + watchers, 0),
      waiting: feeds.reduce((sum, feed) => sum + feed.waitingCount, 0),
    };
  }

  private wakeAll(): void {
    for (const feed of this.feeds.values()) feed.wake();
  }

  private open(name: string, stream: StreamKey): Feed {
    const { reader, foldLimits: limits, foldings: atOnce } = this;
    const folds = new Folds(stream, { reader, limits, atOnce });
    const read: RangeRead = (key, after, limit) => readRevisions(reader, key, { after, limit });
    const feed = new Feed(stream, read, folds);
    this.feeds.set(name, feed);
    return feed;
  }

  /** One look at a time: hints that come meanwhile are answered by one more look. */
  private look(names: readonly string[]): Promise<void> {
    if (!this.looking) {
      this.looking = this.lookAt(names).finally(() => {
        this.looking = undefined;
        const missed = this.again;
        this.again = undefined;
        if (missed) void this.look([...missed]);
      });
      return this.looking;
    }
    this.again = new Set([...(this.again ?? []), ...names]);
    return this.looking.then(() => this.looking);
  }

  private async lookAt(names: readonly string[]): Promise<void> {
    const feeds = names.flatMap((name) => this.feeds.get(name) ?? []);
    if (feeds.length === 0) return;
    try {
      // A watcher of a stream by itself need not wait for one answer more.
      if (feeds.length <= aFew && feeds.every((feed) => feed.extentNow)) await this.tellNews(feeds);
      else await this.tellExtents(feeds);
    } catch (error) {
      this.log.warn({ err: error }, 'could not look for new revisions; trying again in a second');
    }
  }

  private async tellNews(feeds: readonly Feed[]): Promise<void> {
    const tell = async (feed: Feed): Promise<void> => {
      const news = await readNews(this.reader, knownOf(feed), batch);
      await feed.advance(news?.extent, news?.revisions);
    };
    await Promise.all(feeds.map(tell));
  }

  private async tellExtents(feeds: readonly Feed[]): Promise<void> {
    const extents = await readExtents(this.reader, feeds.map(knownOf));
    await Promise.all(feeds.map((feed) => feed.advance(extents.get(streamName(feed.stream)))));
  }
}

function knownOf({ stream, extentNow }: Feed): KnownStream {
  return { stream, known: extentNow?.head ?? 0 };
}

/** How much is told at once. */
export interface HubLimits {
  readonly fold?: FoldLimits;
  readonly turns?: Turns;
}

/** What ends all streams of a replica. */
type Parting = 'DRAINING' | 'UNAVAILABLE';

/** Those who are sent away come back at different times. */
function retryMs(): number {
  return Math.round(2_000 + 8_000 * randomFraction());
}
