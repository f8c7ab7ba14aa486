import type { TraceEntry } from '../kit/trace.js';
import { isDue, numbered, range, type Breach, type Final, type Guarantee } from './guarantee.js';

/** Compaction, and everything else that takes a cursor's history away, is said. */
export const honest: Guarantee = {
  name: 'honest',
  promise:
    'Whoever comes back with a cursor is told everything after it, or that it cannot be had; never less in silence.',
  breaches: (trace, final) => {
    if (trace.of !== 'configuration') return [];
    const found: Breach[] = [];
    for (const [at, entry] of numbered(trace)) {
      if (entry.is !== 'opened' || entry.after === null) continue;
      const next = trace.entries.slice(at + 1).find(({ is }) => is !== 'session');
      const because = next && faultOf(next, revisionOf(entry.after), final);
      if (because) found.push({ at: at + 1, because });
    }
    return found;
  },
};

function faultOf(next: TraceEntry, after: number, final: Final): string | undefined {
  if (next.is === 'snapshot') return `a snapshot came after a cursor of revision ${after}, and no word why`;
  const first = firstOf(next);
  const isWhole =
    first === undefined || (first > after && !range(after + 1, first).some((each) => isDue(final, each)));
  if (isWhole) return undefined;
  return `revision ${first} came first after a cursor of revision ${after}`;
}

function firstOf(next: TraceEntry): number | undefined {
  if (next.is === 'fold') return next.fromRevision + 1;
  return next.is === 'delta' ? next.revisions[0]?.revision : undefined;
}

/** Clients must not look into cursors; those who check what clients are told may. */
function revisionOf(cursor: string): number {
  return Number(Buffer.from(cursor, 'base64url').toString('utf8').split('.')[3]);
}
