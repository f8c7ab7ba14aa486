import { committedAs, numbered, type Breach, type Guarantee } from './guarantee.js';

/** How long a right may outlive its end, in milliseconds. */
const graceMs = 2_000;

/** Where the right to follow ended while somebody followed. */
export const authorized: Guarantee = {
  name: 'authorized',
  promise: 'Whoever has no right any more is told nothing that is committed later than two seconds after.',
  breaches: (trace, final) => {
    const { allowedUntil } = trace;
    if (allowedUntil === undefined) return [];
    const found: Breach[] = [];
    for (const [at, entry] of numbered(trace)) {
      if (entry.is === 'snapshot' && (trace.times?.[at] ?? 0) > allowedUntil + graceMs)
        found.push({ at, because: 'a snapshot was sent when the right was over' });
      if (entry.is !== 'delta' && entry.is !== 'fold') continue;
      const revisions = entry.is === 'delta' ? entry.revisions : [{ revision: entry.revision, hash: null }];
      for (const seen of revisions) {
        const late = (committedAs(seen, final)?.at ?? 0) - allowedUntil;
        if (late > graceMs)
          found.push({
            at,
            because: `revision ${seen.revision} is of ${late} ms after the end of the right`,
          });
      }
    }
    return found;
  },
};
