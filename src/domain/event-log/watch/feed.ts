import { setImmediate } from 'node:timers';
import type { StreamKey } from '../../../foundation/commands/command.js';
import { systemClock } from '../../../foundation/kernel/clock.js';
import { formatCursor, shortHash } from '../cursor.js';
import type { Extent } from '../event-log.store.js';
import { emptyHead, type Revision } from '../revision.js';
import type { Folding, Folds } from './folds.js';
import type { Bookmark, Delta } from './message.js';
import type { Position, Step } from './step.js';
import { Window } from './window.js';

/** How many revisions a watcher is given at once. */
export const batch = 200;

/** How many events are kept in memory for a watched stream. */
const windowEvents = 2_000;

/** So many watchers are woken in one go; in between, the process does what else there is to do. */
const slice = 64;

/** Of so many starting points the next step is kept ready at once. */
const stepsKept = 64;

/** Reads whole revisions of a stream after a position, in order. */
export type RangeRead = (stream: StreamKey, after: number, limit: number) => Promise<readonly Revision[]>;

/** Whoever has been told everything and waits for more. */
export interface Waiter {
  /** When it is to be told where it stands if nothing happens, by `performance.now()`. */
  readonly dueAt: number;
  wake(): void;
}

/** One watched stream, as this replica knows it: shared by all its watchers, whose only own state is their position. */
export class Feed {
  private readonly window = new Window(windowEvents);
  private readonly waiting = new Set<Waiter>();
  private readonly steps = new Map<string, Step>();
  private readonly readings = new Map<string, Promise<Step | undefined>>();
  private readonly hashes = new Map<number, Promise<Buffer | undefined>>();
  private extent: Extent | undefined;
  private gone = false;
  private histories = 0;
  private standing: Position | undefined;
  private reminder: Bookmark | undefined;
  watchers = 0;

  constructor(
    readonly stream: StreamKey,
    private readonly read: RangeRead,
    private readonly folds: Folds,
  ) {}

  /** How far the stream goes, as last seen. */
  get extentNow(): Extent | undefined {
    return this.extent;
  }

  /** The number of the history that the stream has now: another one after a restore, or a failover that lost something. */
  get history(): number {
    return this.histories;
  }

  get removed(): boolean {
    return this.gone;
  }

  /** How many watchers have been told everything. */
  get waitingCount(): number {
    return this.waiting.size;
  }

  /**
   * Takes note of how far the stream goes now, reads what is new once for everybody, if that is not given, and wakes the
   * watchers.
   */
  async advance(extent: Extent | undefined, news?: readonly Revision[]): Promise<void> {
    if (!extent) return this.remove();
    const known = this.extent;
    const isOther = known !== undefined && !continues(known, extent);
    if (isOther) this.beginAnew();
    else if (known && extent.head > known.head) await this.load(known.head, extent.head, news);
    this.extent = extent;
    if (isOther || known?.head !== extent.head) {
      this.forgetSteps();
      this.wake();
    }
  }

  /** The position at a revision of the history that there is now: one object for all who come there at the same time. */
  positionAt(at: { readonly revision: number; readonly hash: Buffer }): Position {
    const { standing, histories: history } = this;
    const { revision } = at;
    const hash = shortHash(at.hash);
    if (standing?.hash === hash && standing.revision === revision && standing.history === history) {
      return standing;
    }
    return (this.standing = { revision, history, hash, cursor: formatCursor(this.stream, at) });
  }

  /** The cursor of the newest revision, as last seen. */
  get headCursor(): string {
    const { head: revision, hash } = this.extent ?? { ...emptyHead, head: 0 };
    return formatCursor(this.stream, { revision, hash });
  }

  /** How many revisions there are after a position. */
  lagOf({ revision }: Position): number {
    return Math.max(0, (this.extent?.head ?? 0) - revision);
  }

  /** True if there is more than a position. */
  isAhead(position: Position): boolean {
    return this.lagOf(position) > 0;
  }

  /** True if what follows on a position is no longer kept. */
  isCompacted({ revision }: Position): boolean {
    return revision < (this.extent?.floor ?? 0);
  }

  /** True if a position is so far behind that what follows is folded, if it can be. */
  isFarAhead(position: Position): boolean {
    return this.folds.isMany(this.lagOf(position));
  }

  /** All that follows on a position, folded. Nothing: it is little, or not all there any more. */
  async foldFrom(position: Position): Promise<Folding | undefined> {
    const { extent } = this;
    if (!extent || position.history !== this.histories) return undefined;
    return this.folds.between(position, this.positionAt({ revision: extent.head, hash: extent.hash }));
  }

  /** The step from a position to what is held in memory, if that reaches back so far. */
  stepFrom(position: Position): Step | undefined {
    const known = this.steps.get(position.cursor);
    if (known) return known;
    const held = this.window.after(position.revision, batch);
    return held?.length ? this.keep(position, held) : undefined;
  }

  /** The same, read from the table: once for all who ask for it at the same time. Nothing if it is no longer kept. */
  readStepFrom(position: Position): Promise<Step | undefined> {
    const { cursor } = position;
    const reading = this.readings.get(cursor) ?? this.readStep(position);
    this.readings.set(cursor, reading);
    return reading;
  }

  /** The chain's hash at a revision: as it is known here, or found out once for all who ask at the same time. */
  async hashAt(
    revision: number,
    find: (revision: number) => Promise<Buffer | undefined>,
  ): Promise<Buffer | undefined> {
    if (revision === 0) return emptyHead.hash;
    if (revision === this.extent?.head) return this.extent.hash;
    const [held] = this.window.after(revision - 1, 1) ?? [];
    if (held) return held.hash;
    const finding = this.hashes.get(revision) ?? find(revision).finally(() => this.hashes.delete(revision));
    this.hashes.set(revision, finding);
    return finding;
  }

  /** Wakes whoever waits as soon as there is more, or another history, or when it is due. */
  wait(waiter: Waiter): void {
    this.waiting.add(waiter);
  }

  waitNoMore(waiter: Waiter): void {
    this.waiting.delete(waiter);
  }

  /** Wakes everybody who waits, some at a time. */
  wake(): void {
    const woken = [...this.waiting];
    this.waiting.clear();
    wakeInSlices(woken);
  }

  /** Wakes those who are due to be told where they stand. */
  remind(): void {
    const now = performance.now();
    const due = [...this.waiting].filter(({ dueAt }) => dueAt <= now);
    for (const waiter of due) this.waiting.delete(waiter);
    wakeInSlices(due);
    // What was made for a crowd is not kept for long after it.
    if (this.waiting.size === this.watchers) this.forgetSteps();
  }

  /** Says that nothing is missing up to a position; once a second, for all who stand there. */
  bookmark(position: Position, stale: boolean): Bookmark {
    const { reminder } = this;
    const at = systemClock.now();
    const isFresh = reminder && at.getTime() - reminder.at.getTime() < 1_000 && reminder.stale === stale;
    if (isFresh && reminder.cursor === position.cursor) return reminder;
    const headRevision = Math.max(this.extent?.head ?? 0, position.revision);
    const { cursor } = position;
    return (this.reminder = { is: 'bookmark', fromCursor: cursor, cursor, headRevision, at, stale });
  }

  private keep(from: Position, revisions: readonly Revision[]): Step {
    const last = revisions.at(-1) as Revision;
    const to = this.positionAt(last);
    const { stateHash } = last;
    const message: Delta = { is: 'delta', fromCursor: from.cursor, cursor: to.cursor, stateHash, revisions };
    const step = { message, to };
    this.steps.set(from.cursor, step);
    const [oldest] = this.steps.keys();
    if (this.steps.size > stepsKept && oldest !== undefined) this.steps.delete(oldest);
    return step;
  }

  private forgetSteps(): void {
    this.steps.clear();
    this.folds.forget();
  }

  private async readStep(position: Position): Promise<Step | undefined> {
    try {
      const revisions = await this.read(this.stream, position.revision, batch);
      // Compaction may have passed the position while it was read, or the history may be another one now.
      const follows = revisions[0]?.revision === position.revision + 1 && position.history === this.histories;
      return follows ? this.keep(position, revisions) : undefined;
    } finally {
      this.readings.delete(position.cursor);
    }
  }

  /** Nothing that is held belongs to the history that there is now. */
  private beginAnew(): void {
    this.window.clear();
    this.histories += 1;
  }

  private async load(after: number, head: number, news?: readonly Revision[]): Promise<void> {
    if (head - after > batch) return this.window.clear();
    this.window.add(news ?? (await this.read(this.stream, after, head - after)));
  }

  private remove(): void {
    this.gone = true;
    this.wake();
  }
}

/** Wakes the first alone: what it is told is made then, and at hand when the others ask for it. */
function wakeInSlices(waiters: readonly Waiter[], from = 0, to = 1): void {
  for (const waiter of waiters.slice(from, to)) waiter.wake();
  if (to < waiters.length) setImmediate(() => wakeInSlices(waiters, to, to + slice));
}

/** True if what was the head before is part of the history now, as far as that is still kept. */
function continues(known: Extent, now: Extent): boolean {
  if (now.head < known.head) return false;
  if (now.head === known.head) return now.hash.equals(known.hash);
  const isComparable = known.head > now.floor;
  return !isComparable || now.hashAtKnown?.equals(known.hash) === true;
}
