import { cursorAfter } from '../kit/trace.js';
import { numbered, type Breach, type Guarantee } from './guarantee.js';

/** Whoever keeps a cursor has everything up to it. */
export const bookmarkable: Guarantee = {
  name: 'bookmarkable',
  promise: 'A bookmark never names more than was delivered: its cursor is the last one that was given.',
  breaches: (trace) => {
    const found: Breach[] = [];
    let cursor: string | null = null;
    let newest = 0;
    for (const [at, entry] of numbered(trace)) {
      // What was told before a resync counts for nothing: a stream without snapshots may begin anew.
      if (entry.is === 'resync') newest = 0;
      if (entry.is === 'snapshot') newest = entry.revision ?? 0;
      if (entry.is === 'fold') newest = entry.revision;
      if (entry.is === 'delta') newest = entry.revisions.at(-1)?.revision ?? newest;
      if (entry.is === 'bookmark') {
        // Where only some changes are asked for, the others are passed over with bookmarks.
        const mayPassOver = trace.of === 'changes' || (trace.filter && entry.fromCursor === cursor);
        if (entry.cursor !== cursor && !mayPassOver)
          found.push({ at, because: `it names ${entry.cursor}, and ${String(cursor)} was given` });
        if (entry.headRevision < newest) {
          found.push({
            at,
            because: `it calls ${entry.headRevision} the newest, and ${newest} was told before`,
          });
        }
      }
      cursor = cursorAfter(cursor, entry);
    }
    return found;
  },
};
