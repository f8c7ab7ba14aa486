import { equalJson, type Json } from '../../../foundation/kernel/json.js';
import type { Document } from '../kind.js';
import { isObject, placeName } from '../reading.js';

/** What became of a field: a list that gets its first members is set, one that loses its last is unset. */
export type FieldChange =
  'set' | 'unset' | 'added' | 'removed' | 'changed' | 'raised' | 'lowered' | 'on' | 'off';

/** One place at which two documents differ, with what each has there; null where it has nothing. */
export interface FieldDifference {
  /** The place as people write it: `config.minute`. */
  readonly path: string;
  readonly change: FieldChange;
  readonly before: Json;
  readonly after: Json;
}

/** Two documents, and what of them may be shown, which has the same shape. */
export interface Compared {
  readonly before: Document;
  readonly after: Document;
  readonly shownBefore: Document;
  readonly shownAfter: Document;
}

/** Every place at which the documents differ. Members that came into a list, or left it, are told one by one. */
export function fieldDifferences({ before, after, shownBefore, shownAfter }: Compared): FieldDifference[] {
  return between([before, after], [shownBefore, shownAfter], []);
}

type Pair = readonly [Json | undefined, Json | undefined];

function between([before, after]: Pair, shown: Pair, trail: readonly string[]): FieldDifference[] {
  if (equalJson(before ?? null, after ?? null)) return [];
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return names.flatMap((name) =>
      between(
        [before[name], after[name]],
        [memberOf(shown[0], name), memberOf(shown[1], name)],
        [...trail, name],
      ),
    );
  }
  const path = placeName(trail);
  if (hasMembers(before) && hasMembers(after)) return membersBetween(before, after, path);
  return [{ path, change: changeOf(before, after), before: shown[0] ?? null, after: shown[1] ?? null }];
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) ? value[name] : undefined;
}

function hasMembers(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value) && value.length > 0;
}

/** No member of a list is a secret. Lists of the same members in another order differ as a whole. */
function membersBetween(before: readonly Json[], after: readonly Json[], path: string): FieldDifference[] {
  const removed = without(before, after).map(
    (member) => ({ path, change: 'removed', before: member, after: null }) as const,
  );
  const added = without(after, before).map(
    (member) => ({ path, change: 'added', before: null, after: member }) as const,
  );
  const members = [...removed, ...added];
  return members.length > 0 ? members : [{ path, change: 'changed', before, after }];
}

function without(members: readonly Json[], others: readonly Json[]): Json[] {
  return members.filter((member) => !others.some((other) => equalJson(member, other)));
}

function changeOf(before: Json | undefined, after: Json | undefined): FieldChange {
  if (typeof before === 'number' && typeof after === 'number') return after > before ? 'raised' : 'lowered';
  if (typeof after === 'boolean') return after ? 'on' : 'off';
  if (isEmpty(before)) return 'set';
  return isEmpty(after) ? 'unset' : 'changed';
}

function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true;
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}
