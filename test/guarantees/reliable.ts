import { numbered, type Breach, type Guarantee } from './guarantee.js';

/** From the first snapshot or cursor to the end, without a hole. */
export const reliable: Guarantee = {
  promise:
    'No revision is left out: each follows on the one before, and the last is the newest that there is.',
  breaches: (trace, { revision: head }) => {
    if (trace.of === 'status') return [];
    const found: Breach[] = [];
    let newest: number | undefined;
    for (const [at, entry] of numbered(trace)) {
      if (entry.is === 'snapshot') newest = entry.revision ?? undefined;
      if (entry.is === 'resync') newest = undefined;
      if (entry.is !== 'delta') continue;
      if (entry.revisions.length === 0) found.push({ at, because: 'a delta moved on and told no revision' });
      for (const { revision } of entry.revisions) {
        if (newest !== undefined && revision > newest + 1) {
          found.push({ at, because: `revision ${revision} came after ${newest}` });
        }
        newest = Math.max(newest ?? 0, revision);
      }
    }
    if (newest !== undefined && head !== null && newest !== head) {
      found.push({
        at: trace.entries.length,
        because: `the last was ${newest}, and the stream is at ${head}`,
      });
    }
    return found;
  },
};
