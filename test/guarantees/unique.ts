import { numbered, type Breach, type Guarantee } from './guarantee.js';

/** What a snapshot holds counts as told, and so does what was told before an interruption. */
export const unique: Guarantee = {
  name: 'unique',
  promise: 'No revision comes twice, not even after a reconnect with a cursor.',
  breaches: (trace) => {
    const found: Breach[] = [];
    let told = new Set<number>();
    let held = 0;
    const tell = (at: number, revision: number): void => {
      if (revision <= held)
        found.push({ at, because: `the snapshot of ${held} held revision ${revision} already` });
      else if (told.has(revision)) found.push({ at, because: `revision ${revision} came a second time` });
      told.add(revision);
    };
    for (const [at, entry] of numbered(trace)) {
      if (entry.is === 'resync' || entry.is === 'snapshot') told = new Set();
      if (entry.is === 'snapshot') held = entry.revision ?? 0;
      if (entry.is === 'fold')
        for (let each = entry.fromRevision + 1; each <= entry.revision; each += 1) tell(at, each);
      if (entry.is === 'delta') for (const { revision } of entry.revisions) tell(at, revision);
    }
    return found;
  },
};
