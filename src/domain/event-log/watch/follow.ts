import { setTimeout as pause } from 'node:timers/promises';
import type { StreamKey } from '../../../foundation/commands/command.js';
import { randomFraction } from '../../../foundation/kernel/id.js';
import { defineRefusal } from '../../../foundation/kernel/refusal.js';
import { Stream, streamEnd, type Taken } from '../../../foundation/live/stream.js';
import { isPassing } from '../../../foundation/postgres/database-refusal.js';
import { parseCursor, shortHash } from '../cursor.js';
import type { Feed, Waiter } from './feed.js';
import type { Folding } from './folds.js';
import type { StreamHub } from './hub.js';
import { goodbye, resync, type ResyncReason, type StreamMessage } from './message.js';
import type { EndCause } from './watch-meter.js';
import { snapshotParts, type State } from './state.js';
import type { Position, Step } from './step.js';
import type { Turn } from './turns.js';

/** A quiet watcher is told this often where it stands, give or take a fifth, so that its cursor stays young. */
const bookmarkMs = 15_000;

/** What failed because of the database is tried again after this long. */
const againMs = 1_000;

const streamRemoved = defineRefusal(
  'STREAM_REMOVED',
  'missing',
  (facts: { stream: StreamKey }) =>
    `The ${facts.stream.topic} stream of ${facts.stream.scopeId} has ended: what it told about was deleted.`,
);

const takenTooSlowly = defineRefusal<{ retryAfterMs: number }>(
  'SNAPSHOT_TAKEN_TOO_SLOWLY',
  'unavailable',
  () =>
    'This snapshot has been on its way for long, and others wait for their turn. Open the stream again, or ask for less: by kinds, or by tags.',
);

/** What is needed to follow a stream. */
export interface Follow<Item> {
  readonly hub: StreamHub;
  readonly stream: StreamKey;
  /** A cursor to continue from; without one, a snapshot comes first. */
  readonly after: string | null;
  /** Reads the state as of one revision. */
  readonly snapshot: () => Promise<State<Item>>;
  /** The chain's hash at a revision, if it is known. */
  readonly hashAt: (revision: number) => Promise<Buffer | undefined>;
  /** Throws a refusal as soon as the watcher may not watch any more: at once if that is known, else when it is found out. */
  readonly authorize: () => void | Promise<void>;
  /**
   * How many items the state has. Given for streams of which much may be told at once: their watchers are told what many
   * revisions come to, if they are far behind; and take turns in being told so, in catching up, and in having snapshots.
   */
  readonly countItems?: () => Promise<number>;
  /** Ends the stream, where its owner has a reason of its own. */
  readonly stop?: AbortSignal;
}

/**
 * Delivers a stream from a cursor on, without end: every revision once, in order, whole; or, where the cursor cannot be
 * continued, a resync and a snapshot. Asked by its reader, so that a slow reader costs a position and no queue. Messages
 * are the same objects for all who are told the same. The caller must return it; that ends it at once, even while it waits.
 */
export function follow<Item>(options: Follow<Item>): Stream<StreamMessage<Item>> {
  return new Follower(options);
}

type Message<Item> = StreamMessage<Item>;

class Follower<Item> extends Stream<Message<Item>> implements Waiter {
  dueAt = 0;
  private feed: Feed | undefined;
  private position: Position | undefined;
  /** What is to be told next, and already made. */
  private prepared: Iterator<Message<Item>> | undefined;
  private step: Step | undefined;
  /** While something is found out that takes waiting: nothing is told. */
  private isBusy = false;
  private isLet = false;
  /** From when something large is made until it has left. */
  private turn: Turn | undefined;
  /** Whether it was sent away before its turn had come. */
  private isDismissed = false;
  private isOver = false;
  /** Up to this revision, what comes is too much to be folded. */
  private unfoldedUntil = 0;
  /** Whether it was told last that there may be more than it knows of. */
  private wasStale = false;
  /** Whether it was told everything that there was, and waited for more. */
  private hasWaited = false;
  /** How often rights had been reconsidered when it was told something; nothing once it was asked for more. */
  private toldAfter: number | undefined;
  private failure: { readonly error: unknown } | undefined;
  private waker: () => void = nothing;

  constructor(private readonly options: Follow<Item>) {
    super();
    options.stop?.addEventListener('abort', this.onStop, { once: true });
  }

  take(wake: () => void): Taken<Message<Item>> {
    this.waker = wake;
    if (this.isOver) return streamEnd;
    if (this.isBusy) return undefined;
    try {
      return this.tell();
    } catch (error) {
      this.leave('FAILED');
      throw error;
    }
  }

  return(): Promise<IteratorResult<Message<Item>, undefined>> {
    this.leave('LEFT');
    this.wake();
    return Promise.resolve(streamEnd);
  }

  wake(): void {
    this.waker();
  }

  private readonly onStop = (): void => {
    this.feed?.waitNoMore(this);
    this.leaveTurn();
    this.wake();
  };

  private tell(): Taken<Message<Item>> {
    const { failure, feed, options } = this;
    if (failure) throw failure.error;
    if (this.mustEnd()) return this.tellEnd();
    // The reader asks for more when it has what was told.
    if (this.hasBeenTold()) this.leaveTurn();
    if (!feed) return this.find(() => this.begin());
    // Without the database nobody knows who may be told what: where they stand is all that watchers learn.
    if (options.hub.stale && this.position && !this.prepared) return this.tellStanding(feed, this.position);
    const isLetStill = this.toldAfter === options.hub.rightsReconsidered;
    this.toldAfter = undefined;
    return isLetStill && this.isAllTold(feed) ? this.waitForMore(feed) : this.tellIfLet(feed);
  }

  /** True if there is nothing more than what it was told. */
  private isAllTold(feed: Feed): boolean {
    const { position } = this;
    if (!position || !this.hasBeenTold() || this.wasStale) return false;
    return !feed.removed && feed.history === position.history && !feed.isAhead(position);
  }

  private mustEnd(): boolean {
    const { hub, stop } = this.options;
    return hub.partingCause !== undefined || stop?.aborted === true || this.isDismissed;
  }

  private hasBeenTold(): boolean {
    return !this.prepared && !this.step;
  }

  /** Rights are asked for before each message; and again if it is followed by none, where they are to be reconsidered. */
  private tellIfLet(feed: Feed): Taken<Message<Item>> {
    const asked = this.isLet ? undefined : this.options.authorize();
    if (asked) {
      return this.find(async () => {
        await asked;
        this.isLet = true;
      });
    }
    this.isLet = false;
    return this.prepared ? this.tellPrepared(this.prepared) : this.tellOn(feed);
  }

  private tellOn(feed: Feed): Taken<Message<Item>> {
    const { position, options } = this;
    if (feed.removed) throw streamRemoved({ stream: options.stream });
    if (!position) throw new Error('a stream that has begun has a position');
    if (feed.history !== position.history) return this.find(() => this.goOn(feed, position));
    return this.tellNext(feed, position);
  }

  /** The next step, where there is one; else the watcher waits for it, and is told now and then where it stands. */
  private tellNext(feed: Feed, position: Position): Taken<Message<Item>> {
    const { step } = this;
    this.step = undefined;
    if (step?.to.history === position.history) return this.tellStep(step);
    if (!feed.isAhead(position)) return this.tellStanding(feed, position);
    const isRead = feed.isCompacted(position) || (this.isFolding(position) && feed.isFarAhead(position));
    const known = isRead ? undefined : feed.stepFrom(position);
    return known ? this.tellStep(known) : this.find(() => this.readOn(feed, position));
  }

  /** Where the watcher stands, if it is due; or if it is news that there may be more, or that there may not any longer. */
  private tellStanding(feed: Feed, position: Position): Taken<Message<Item>> {
    const { stale } = this.options.hub;
    if (this.dueAt <= performance.now() || stale !== this.wasStale) {
      this.wasStale = stale;
      return this.told(feed.bookmark(position, stale));
    }
    return this.waitForMore(feed);
  }

  private waitForMore(feed: Feed): undefined {
    this.hasWaited = true;
    feed.wait(this);
    return undefined;
  }

  private tellStep({ message, to }: Step): Taken<Message<Item>> {
    this.position = to;
    const { hub, stream } = this.options;
    if (message.is === 'fold') hub.meter.folded(stream.topic);
    const last = message.is === 'delta' ? message.revisions.at(-1) : undefined;
    if (last && this.hasWaited) hub.meter.told(stream.topic, last.at);
    return this.told(message);
  }

  private tellPrepared(prepared: Iterator<Message<Item>>): Taken<Message<Item>> {
    if (this.turn?.isOverdue) throw takenTooSlowly({ retryAfterMs: againMs });
    const next = prepared.next();
    if (!next.done) return this.told(next.value);
    this.prepared = undefined;
    this.isLet = true;
    return this.tell();
  }

  private tellEnd(): Taken<Message<Item>> {
    const { partingCause } = this.options.hub;
    this.leave(partingCause ?? 'STOPPED');
    return partingCause ? { done: false, value: goodbye(partingCause) } : streamEnd;
  }

  private told(value: Message<Item>): Taken<Message<Item>> {
    this.dueAt = performance.now() + bookmarkMs * (0.8 + 0.4 * randomFraction());
    this.toldAfter = this.options.hub.rightsReconsidered;
    return { done: false, value };
  }

  /** Finds something out; the reader is woken when that is done. Whoever has begun is patient with the database. */
  private find(out: () => Promise<void>): undefined {
    this.isBusy = true;
    out()
      .catch(async (error: unknown) => {
        if (this.position && isPassing(error)) await pause(againMs, undefined, { ref: false });
        else this.failure = { error };
      })
      .finally(() => {
        this.isBusy = false;
        this.wake();
      })
      .catch(nothing);
    return undefined;
  }

  private async begin(): Promise<void> {
    const { hub, stream, after } = this.options;
    const feed = await hub.join(stream);
    // Who has left meanwhile holds no place.
    if (this.isOver) return hub.leave(feed);
    this.feed = feed;
    hub.meter.opened(stream.topic);
    this.dueAt = performance.now() + bookmarkMs;
    if (feed.removed) throw streamRemoved({ stream });
    if (after === null) return this.prepareSnapshot(feed);
    const { revision, hash } = parseCursor(after, stream);
    await this.goOn(feed, { revision, hash, cursor: after });
  }

  /** Continues from a position if the history that is there now has it. */
  private async goOn(feed: Feed, from: Omit<Position, 'history'>): Promise<void> {
    const { history } = feed;
    const reason = await this.whyNotFrom(from, feed);
    if (reason) return this.prepareSnapshot(feed, reason);
    this.position = { ...from, history };
  }

  private async readOn(feed: Feed, position: Position): Promise<void> {
    if (!(await this.hasTurn(`after ${position.cursor}`))) return;
    this.options.hub.meter.readOn(feed.stream.topic, feed.lagOf(position));
    const found = feed.isCompacted(position) ? 'COMPACTED' : await this.findStep(feed, position);
    if (typeof found === 'object') this.step = found;
    else if (feed.history === position.history) await this.prepareSnapshot(feed, found);
  }

  /** What follows on a position, or why it cannot be had. */
  private async findStep(feed: Feed, position: Position): Promise<Step | ResyncReason> {
    const folding = this.isFolding(position) ? await feed.foldFrom(position) : undefined;
    if (folding?.step) return folding.step;
    if (folding && (await this.isLess(folding))) return 'LAGGED';
    if (folding) this.unfoldedUntil = folding.to;
    return (await feed.readStepFrom(position)) ?? 'COMPACTED';
  }

  /** True if the whole state is less than what led to it. */
  private async isLess({ documents }: Folding): Promise<boolean> {
    const { countItems } = this.options;
    return countItems !== undefined && (await countItems()) < documents;
  }

  private isFolding({ revision }: Position): boolean {
    return this.options.countItems !== undefined && revision >= this.unfoldedUntil;
  }

  /** Why a cursor cannot be continued, if it cannot: it is compared with the history that is there now. */
  private async whyNotFrom(
    { revision, hash }: Pick<Position, 'revision' | 'hash'>,
    feed: Feed,
  ): Promise<ResyncReason | undefined> {
    const { head = 0, floor = 0 } = feed.extentNow ?? {};
    if (revision > head) return 'FUTURE';
    if (revision < floor) return 'COMPACTED';
    const known = await feed.hashAt(revision, this.options.hashAt);
    if (!known) return 'COMPACTED';
    return shortHash(known) === hash ? undefined : 'DIVERGED';
  }

  private async prepareSnapshot(feed: Feed, reason?: ResyncReason): Promise<void> {
    // Who may not watch makes nobody work.
    await this.options.authorize();
    if (!(await this.hasTurn(`at ${feed.headCursor}`))) return;
    const { history } = feed;
    const state = await this.options.snapshot();
    this.options.hub.meter.snapshot(feed.stream.topic, reason);
    const now = feed.positionAt(state.head);
    const position = now.history === history ? now : { ...now, history };
    this.position = position;
    this.prepared = preparedWith(reason, snapshotParts(state, position));
  }

  /** Waits for the watcher's turn, where much may be told. False: it is not to come any more. */
  private async hasTurn(answer: string): Promise<boolean> {
    const { hub, stream, countItems } = this.options;
    // Who has left meanwhile asks for none.
    if (!countItems || this.isOver) return !this.isOver;
    if (!this.turn) {
      this.turn = hub.turns.ask(answer);
      if (hub.turns.waitingCount > 0) hub.meter.waitsForTurn(stream.topic);
    }
    this.isDismissed = !(await this.turn.granted);
    return !this.isDismissed;
  }

  private leaveTurn(): void {
    this.turn?.leave();
    this.turn = undefined;
  }

  private leave(cause: EndCause): void {
    if (this.isOver) return;
    this.isOver = true;
    this.prepared = undefined;
    this.step = undefined;
    this.leaveTurn();
    this.options.stop?.removeEventListener('abort', this.onStop);
    if (!this.feed) return;
    this.feed.waitNoMore(this);
    this.options.hub.leave(this.feed);
    this.options.hub.meter.ended(this.feed.stream.topic, cause);
  }
}

function* preparedWith<Item>(
  reason: ResyncReason | undefined,
  parts: Iterable<Message<Item>>,
): Generator<Message<Item>, undefined> {
  if (reason) yield resync(reason);
  yield* parts;
}

function nothing(): void {
  // Nobody waits, or nothing is to be done about it.
}
