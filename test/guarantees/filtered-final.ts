import type { JsonObject } from '../../src/foundation/kernel/json.js';
import type { Filter } from '../kit/trace.js';
import type { Committed, Final } from './guarantee.js';

/** What a stream had come to for an observer who asked for some of it: the hash of all of it says nothing of that. */
export function filteredFinal(final: Final, filter: Filter): Final {
  const items = final.items.filter(({ kind, document }) => isMeant(filter, kind, document));
  const history = filteredHistory(final.history, filter);
  const lost = final.lost?.map((each) => filteredHistory(each, filter));
  return { ...final, items, history, stateHash: null, ...(lost && { lost }) };
}

function filteredHistory(
  history: ReadonlyMap<number, Committed>,
  filter: Filter,
): ReadonlyMap<number, Committed> {
  const filtered = [...history].map(([number, committed]) => {
    const changes = committed.changes.flatMap((change) => filteredChange(change, filter));
    return [number, { ...committed, changes }] as const;
  });
  return new Map(filtered);
}

type Change = Committed['changes'][number];

function filteredChange(change: Change, filter: Filter): Change[] {
  const { kind = '', before = null, after } = change;
  const own = (document: JsonObject | null): JsonObject | null =>
    document && isMeant(filter, kind, document) ? document : null;
  const isAny = own(before) !== null || own(after) !== null;
  return isAny ? [{ ...change, before: own(before), after: own(after) }] : [];
}

/** True for what has one of the kinds, all of the tags, and in each field one of its values. */
export function isMeant({ kinds, tags, values = {} }: Filter, kind: string, document: JsonObject): boolean {
  const { tags: own } = document;
  const isTagged = tags.every((tag) => Array.isArray(own) && own.includes(tag));
  const isSo = Object.entries(values).every(([field, any]) => any.includes(document[field] as string));
  return isTagged && isSo && (kinds === null || kinds.includes(kind));
}
