import type { Filter, TraceEntry } from '../kit/trace.js';
import { isMeant } from './filtered-final.js';
import { committedAs, numbered, type Breach, type Final, type Guarantee } from './guarantee.js';

/** What is told is told of what was asked for: of its group, of its service, of the kinds, tags and statuses. */
export const filtered: Guarantee = {
  name: 'filtered',
  promise:
    'A stream tells only what it was asked for: nothing of another group, nothing of another service, of no other kinds, tags and statuses.',
  breaches: (trace, final) => {
    const found: Breach[] = [];
    for (const [at, entry] of numbered(trace)) {
      const because = strangeIn(entry, final) ?? (trace.filter && unmeantIn(entry, trace.filter));
      if (because !== undefined) found.push({ at, because });
    }
    return found;
  },
};

/** Something in a revision that the revision did not do. */
function strangeIn(entry: TraceEntry, final: Final): string | undefined {
  if (entry.is !== 'delta') return undefined;
  for (const seen of entry.revisions) {
    const committed = seen.hash === null ? undefined : committedAs(seen, final);
    const own = new Set((committed?.changes ?? seen.changes).map(({ id }) => id));
    const strange = seen.changes.find(({ id }) => !own.has(id));
    if (strange) return `revision ${seen.revision} has nothing of ${strange.kind} ${strange.id}`;
  }
  return undefined;
}

/** Something that was not asked for, be it what something was before. */
function unmeantIn(entry: TraceEntry, filter: Filter): string | undefined {
  if (entry.is === 'snapshot') {
    const item = entry.items.find(({ kind, document }) => !isMeant(filter, kind, document));
    return item && `${item.kind} ${item.id} was not asked for`;
  }
  if (entry.is !== 'delta' && entry.is !== 'fold') return undefined;
  // A stream that does not say what was before leaves it open.
  for (const { kind, id, before, after } of entry.changes) {
    const isStrange = [before, after].some((document) => document && !isMeant(filter, kind, document));
    if (isStrange || (before === null && !after))
      return `of ${kind} ${id} something came that was not asked for`;
  }
  return undefined;
}
