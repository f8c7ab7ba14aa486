import type { StreamKey } from '../../foundation/commands/command.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { formatCursor, readRevisions, type Revision } from '../event-log/index.js';
import type { Change } from './change.js';
import { makeReadChanges } from './read-changes.js';

/** The numbers to look among: above one, and below another. */
export interface Bounds {
  readonly above: number;
  readonly below: number;
}

export interface Scan {
  readonly reader: Reader;
  readonly stream: StreamKey;
  /** From the lowest number up, or from the highest down. */
  readonly upward: boolean;
  readonly size: number;
  readonly seen: (change: Change) => Change | undefined;
}

export interface Scanned {
  /** In the order in which they were come upon. */
  readonly changes: readonly Change[];
  /** The cursor of the last number that was looked at; null if there was none. */
  readonly reached: string | null;
  /** Whether there are numbers beyond it. */
  readonly hasMore: boolean;
}

/** How many numbers are looked at for one page: a filter that lets little through gives short pages. */
const most = 2_000;

/** Looks at one number after the other, until there are enough changes. */
export async function scanChanges(scan: Scan, bounds: Bounds): Promise<Scanned> {
  const { stream, upward, size, seen } = scan;
  const readChanges = makeReadChanges(scan.reader);
  const changes: Change[] = [];
  let left = bounds;
  let reached: string | null = null;
  for (let looked = 0; looked < most && changes.length < size;) {
    const window = await windowOf(scan, left, Math.min(200, Math.max(size - changes.length, looked)));
    if (window.length === 0) break;
    looked += window.length;
    for (const [index, change] of (await readChanges(stream, window)).entries()) {
      const shown = seen(change);
      if (shown) changes.push(shown);
      reached = formatCursor(stream, window[index] as Revision);
      left = upward ? { ...left, above: change.number } : { ...left, below: change.number };
      if (changes.length === size) break;
    }
  }
  return { changes, reached, hasMore: left.above + 1 < left.below };
}

/** The next numbers from the end at which the scan is. */
async function windowOf(
  { reader, stream, upward }: Scan,
  { above, below }: Bounds,
  limit: number,
): Promise<readonly Revision[]> {
  const count = Math.min(limit, below - above - 1);
  if (count <= 0) return [];
  const after = upward ? above : below - 1 - count;
  const revisions = await readRevisions(reader, stream, { after, limit: count });
  return upward ? revisions : revisions.toReversed();
}
