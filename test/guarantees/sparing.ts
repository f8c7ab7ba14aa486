import { numbered, type Breach, type Guarantee } from './guarantee.js';

/** Snapshots are dear: nobody is sent one without need, however often the connection is lost. */
export const sparing: Guarantee = {
  name: 'sparing',
  promise:
    'A snapshot comes where there is no cursor, or after a resync; nothing is sent again without need.',
  breaches: (trace) => {
    const found: Breach[] = [];
    let isDue = false;
    for (const [at, entry] of numbered(trace)) {
      if (entry.is === 'opened') isDue = entry.after === null;
      if (entry.is === 'resync') isDue = true;
      if (entry.is !== 'snapshot') continue;
      if (entry.part === 1 && !isDue) found.push({ at, because: 'a snapshot came that nobody needed' });
      isDue = false;
    }
    return found;
  },
};
