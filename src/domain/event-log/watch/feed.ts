import type { StreamKey } from '../../../foundation/commands/command.js';
import type { Extent } from '../event-log.store.js';
import type { Revision } from '../revision.js';
import { Window } from './window.js';

/** How many revisions a watcher is given at once. */
const batch = 200;

/** How many events are kept in memory for a watched stream. */
const windowEvents = 2_000;

/** Reads whole revisions of a stream after a position, in order. */
export type RangeRead = (stream: StreamKey, after: number, limit: number) => Promise<readonly Revision[]>;

/** Where a watcher is: at a revision of a history. */
export interface Place {
  readonly revision: number;
  readonly history: number;
}

/** One watched stream, as this replica knows it: shared by all its watchers, whose only own state is their position. */
export class Feed {
  private readonly window = new Window(windowEvents);
  private readonly waiting = new Set<() => void>();
  private extent: Extent | undefined;
  private gone = false;
  private histories = 0;
  watchers = 0;

  constructor(
    readonly stream: StreamKey,
    private readonly read: RangeRead,
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

  /** Takes note of how far the stream goes now, reads what is new once for everybody, and wakes the watchers. */
  async advance(extent: Extent | undefined): Promise<void> {
    if (!extent) return this.remove();
    const known = this.extent;
    const isOther = known !== undefined && !continues(known, extent);
    if (isOther) this.beginAnew();
    else if (known && extent.head > known.head) await this.load(known.head, extent.head);
    this.extent = extent;
    if (isOther || known?.head !== extent.head) this.wake();
  }

  /** The next revisions after a position: none if there are none, nothing if they are no longer kept. */
  async after(position: number): Promise<readonly Revision[] | undefined> {
    const { head = 0, floor = 0 } = this.extent ?? {};
    if (position >= head) return [];
    if (position < floor) return undefined;
    const held = this.window.after(position, batch);
    if (held?.length) return held;
    const read = await this.read(this.stream, position, batch);
    // Compaction may have passed the position while it was read.
    return read[0]?.revision === position + 1 ? read : undefined;
  }

  /** Resolves as soon as there is more than `position`, or another history; when the signal is aborted, or after a while. */
  moved(position: Place, stop: AbortSignal, waitMs: number): Promise<void> {
    const isBehind = position.revision < (this.extent?.head ?? 0) || position.history !== this.history;
    if (this.gone || isBehind) return Promise.resolve();
    return this.woken(stop, waitMs);
  }

  /** Resolves when something happened; when the signal is aborted, or after a while. */
  woken(stop: AbortSignal, waitMs: number): Promise<void> {
    if (stop.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.waiting.delete(done);
        stop.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, waitMs);
      this.waiting.add(done);
      stop.addEventListener('abort', done, { once: true });
    });
  }

  wake(): void {
    for (const done of [...this.waiting]) done();
  }

  /** Nothing that is held belongs to the history that there is now. */
  private beginAnew(): void {
    this.window.clear();
    this.histories += 1;
  }

  private async load(after: number, head: number): Promise<void> {
    if (head - after > batch) return this.window.clear();
    this.window.add(await this.read(this.stream, after, head - after));
  }

  private remove(): void {
    this.gone = true;
    this.wake();
  }
}

/** True if what was the head before is part of the history now, as far as that is still kept. */
function continues(known: Extent, now: Extent): boolean {
  if (now.head < known.head) return false;
  if (now.head === known.head) return now.hash.equals(known.hash);
  const isComparable = known.head > now.floor;
  return !isComparable || now.hashAtKnown?.equals(known.hash) === true;
}
