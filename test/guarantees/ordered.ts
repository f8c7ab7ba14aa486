import { numbered, type Breach, type Guarantee } from './guarantee.js';

/** Among the revisions that one observer is told, a smaller number never follows a greater one. */
export const ordered: Guarantee = {
  name: 'ordered',
  promise: 'Revisions come in order: none comes after one with a greater number.',
  breaches: (trace) => {
    const found: Breach[] = [];
    let newest = 0;
    for (const [at, entry] of numbered(trace)) {
      // What came before a resync was another history.
      if (entry.is === 'resync') newest = 0;
      if (entry.is === 'snapshot') newest = entry.revision ?? newest;
      if (entry.is === 'fold') {
        if (entry.fromRevision < newest || entry.revision <= entry.fromRevision) {
          const span = `revisions ${entry.fromRevision + 1} to ${entry.revision}`;
          found.push({ at, because: `a fold of ${span} came after ${newest}` });
        }
        newest = Math.max(newest, entry.revision);
      }
      if (entry.is !== 'delta') continue;
      for (const { revision } of entry.revisions) {
        if (revision < newest) found.push({ at, because: `revision ${revision} came after ${newest}` });
        newest = Math.max(newest, revision);
      }
    }
    return found;
  },
};
