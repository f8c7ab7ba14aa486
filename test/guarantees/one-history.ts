import { numbered, type Breach, type Guarantee, type Committed } from './guarantee.js';
import type { RevisionSeen, Trace } from '../kit/trace.js';

/** All observers are compared with what was committed, and so with each other. */
export const oneHistory: Guarantee = {
  promise:
    'Whoever names a revision of a stream names the same history: the same hash, the same hash of the state.',
  breaches: (trace, { history }) => {
    const found: Breach[] = [];
    for (const [at, entry] of numbered(trace).slice(beginOfThisHistory(trace))) {
      if (entry.is === 'snapshot' && entry.revision !== null && entry.stateHash !== null) {
        const known = history.get(entry.revision);
        if (known && known.stateHash !== entry.stateHash) {
          found.push({
            at,
            because: `the snapshot of revision ${entry.revision} has another state hash than its revision`,
          });
        }
      }
      if (entry.is !== 'delta') continue;
      for (const revision of entry.revisions) {
        const because = differs(revision, history.get(revision.revision));
        if (because) found.push({ at, because });
      }
    }
    return found;
  },
};

/** A resync says that what was told before belongs to a history that is gone, as after a restore. */
function beginOfThisHistory({ entries }: Trace): number {
  return entries.findLastIndex((entry) => entry.is === 'resync' && entry.reason !== 'COMPACTED') + 1;
}

function differs(seen: RevisionSeen, known: Committed | undefined): string | undefined {
  if (!known) return `revision ${seen.revision} was told and never committed`;
  if (seen.hash !== null && seen.hash !== known.hash)
    return `revision ${seen.revision} has another hash than it was committed with`;
  return seen.stateHash === null || seen.stateHash === known.stateHash
    ? undefined
    : `revision ${seen.revision} has another state hash`;
}
