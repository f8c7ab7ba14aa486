import type { Query, StreamKey } from '../../foundation/commands/command.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { pageWindow, type PageRequest } from '../../foundation/postgres/list-page.js';
import { findHashAt, parseCursor, readExtents, shortHash, streamName } from '../event-log/index.js';
import { organizationWide } from '../runtime-groups/index.js';
import { seenBy, type ChangeFilter } from './change-filter.js';
import type { Change } from './change.js';
import { changesStream } from './changes-stream.js';
import { changesCursorGone } from './changes.refusals.js';
import { scanChanges, type Bounds } from './scan-changes.js';

export interface ListChanges extends PageRequest {
  readonly filter: ChangeFilter;
  /** The newest first. */
  readonly newestFirst: boolean;
}

export interface ChangesPage {
  readonly changes: readonly Change[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** A page of what has happened in the organization, as far as the actor may see it, by the cursors of the stream. */
export const changesPage: Query<ListChanges, ChangesPage> = {
  name: 'changes.page',
  action: 'changes:read',
  scope: organizationWide,
  run: async (reader, { filter, newestFirst, ...page }, { actor }) => {
    const { size, backward, after, before } = pageWindow(page);
    const stream = changesStream(actor);
    const cursors = newestFirst ? { above: before, below: after } : { above: after, below: before };
    const bounds = await boundsOf(reader, stream, cursors);
    // From the end of the list that the page is at: up the numbers, or down.
    const upward = backward === newestFirst;
    const scan = await scanChanges({ reader, stream, upward, size, seen: seenBy(actor, filter) }, bounds);
    const changes = backward ? scan.changes.toReversed() : scan.changes;
    const hasOther = (backward ? before : after) !== null;
    return pageOf({ changes, backward, hasMore: scan.hasMore, reached: scan.reached, hasOther });
  },
};

interface PageFacts {
  readonly changes: readonly Change[];
  readonly backward: boolean;
  readonly hasMore: boolean;
  /** Where the next page begins, which may be beyond the last change of this one. */
  readonly reached: string | null;
  readonly hasOther: boolean;
}

function pageOf({ changes, backward, hasMore, reached, hasOther }: PageFacts): ChangesPage {
  const first = changes.at(0)?.cursor ?? reached;
  const last = changes.at(-1)?.cursor ?? reached;
  return backward
    ? { changes, hasNextPage: hasOther, hasPreviousPage: hasMore, startCursor: reached, endCursor: last }
    : { changes, hasNextPage: hasMore, hasPreviousPage: hasOther, startCursor: first, endCursor: reached };
}

async function boundsOf(
  reader: Reader,
  stream: StreamKey,
  cursors: { readonly above: string | null; readonly below: string | null },
): Promise<Bounds> {
  const extent = (await readExtents(reader, [{ stream, known: 0 }])).get(streamName(stream));
  const { floor = 0, head = 0 } = extent ?? {};
  const numberOf = async (cursor: string | null, otherwise: number): Promise<number> => {
    if (cursor === null) return otherwise;
    const { revision, hash } = parseCursor(cursor, stream);
    if (revision > head) throw changesCursorGone({ reason: 'FUTURE' });
    const known = revision < floor ? undefined : await findHashAt(reader, stream, revision);
    if (!known) throw changesCursorGone({ reason: 'COMPACTED' });
    if (shortHash(known) !== hash) throw changesCursorGone({ reason: 'DIVERGED' });
    return revision;
  };
  return { above: await numberOf(cursors.above, floor), below: await numberOf(cursors.below, head + 1) };
}
