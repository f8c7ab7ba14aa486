import { committedAs, numbered, type Breach, type Guarantee } from './guarantee.js';

/** What is told is told of the stream that was asked for: of its group, of its service. */
export const filtered: Guarantee = {
  name: 'filtered',
  promise: 'A stream tells only what it was asked for: nothing of another group, nothing of another service.',
  breaches: (trace, final) => {
    const found: Breach[] = [];
    for (const [at, entry] of numbered(trace)) {
      if (entry.is !== 'delta') continue;
      for (const seen of entry.revisions) {
        const committed = seen.hash === null ? undefined : committedAs(seen, final);
        const own = new Set((committed?.changes ?? seen.changes).map(({ id }) => id));
        const strange = seen.changes.find(({ id }) => !own.has(id));
        if (strange)
          found.push({
            at,
            because: `revision ${seen.revision} has nothing of ${strange.kind} ${strange.id}`,
          });
      }
    }
    return found;
  },
};
