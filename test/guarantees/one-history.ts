import {
  beginOfThisHistory,
  committedAs,
  numbered,
  type Breach,
  type Committed,
  type Final,
  type Guarantee,
} from './guarantee.js';
import type { Delta, RevisionSeen } from '../kit/trace.js';

/** All observers are compared with what was committed, and so with each other. */
export const oneHistory: Guarantee = {
  name: 'one-history',
  promise:
    'Whoever names a revision of a stream names the same history: the same hash, the same hash of the state.',
  breaches: (trace, final) => {
    const { history, lost } = final;
    const found: Breach[] = [];
    const begin = beginOfThisHistory(trace);
    for (const [at, entry] of numbered(trace)) {
      // What was told of a history that is gone can be compared with it where it is known.
      if (at < begin && lost && entry.is === 'delta') found.push(...unknownIn(entry, at, final));
      if (at < begin) continue;
      if (
        (entry.is === 'snapshot' || entry.is === 'fold') &&
        entry.revision !== null &&
        entry.stateHash !== null
      ) {
        const known = history.get(entry.revision);
        if (known && known.stateHash !== entry.stateHash) {
          found.push({
            at,
            because: `the ${entry.is} of revision ${entry.revision} has another state hash than its revision`,
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

function unknownIn({ revisions }: Delta, at: number, final: Final): Breach[] {
  const unknown = revisions.filter((seen) => !committedAs(seen, final));
  return unknown.map(({ revision }) => ({
    at,
    because: `revision ${revision} was told and is in no history that ever was`,
  }));
}

function differs(seen: RevisionSeen, known: Committed | undefined): string | undefined {
  if (!known) return `revision ${seen.revision} was told and never committed`;
  if (seen.hash !== null && seen.hash !== known.hash)
    return `revision ${seen.revision} has another hash than it was committed with`;
  return seen.stateHash === null || seen.stateHash === known.stateHash
    ? undefined
    : `revision ${seen.revision} has another state hash`;
}
