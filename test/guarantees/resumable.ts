import { cursorAfter } from '../kit/trace.js';
import { numbered, type Breach, type Guarantee } from './guarantee.js';

/** Within one connection and over an interruption, each delta begins where the one before it ended. */
export const resumable: Guarantee = {
  name: 'resumable',
  promise:
    'A stream goes on right after the cursor that its observer has: the fromCursor of what comes is that cursor.',
  breaches: (trace) => {
    const found: Breach[] = [];
    let cursor: string | null = null;
    for (const [at, entry] of numbered(trace)) {
      // A stream without a state begins with a bookmark.
      const isNext = entry.is === 'bookmark' && entry.fromCursor !== undefined && cursor !== null;
      if ((entry.is === 'delta' || entry.is === 'fold' || isNext) && entry.fromCursor !== cursor) {
        found.push({
          at,
          because: `a ${entry.is} from ${entry.fromCursor} came where the observer was at ${String(cursor)}`,
        });
      }
      cursor = cursorAfter(cursor, entry);
    }
    return found;
  },
};
