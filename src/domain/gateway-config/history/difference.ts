import type { NewEvent } from '../../../foundation/commands/command.js';
import type { Json } from '../../../foundation/kernel/json.js';
import type { Document } from '../kind.js';
import { kindNamed, kinds } from '../kinds/index.js';
import { redacted } from '../secrets.js';
import { entityName } from './entity-name.js';
import { fieldDifferences, type FieldDifference } from './field-difference.js';
import { entityImpact, fieldImpact, worst } from './impact.js';
import type { Judgement } from './judgement.js';

/** An entity as it is on one side and on the other; null where it is not. At least one is there. */
export interface TwoSides {
  readonly kind: string;
  readonly id: string;
  readonly before: Document | null;
  readonly after: Document | null;
}

/** An entity that two configurations do not have alike, and what that means for callers. Secrets are hidden. */
export interface Difference extends Judgement {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  readonly operation: NewEvent['operation'];
  readonly before: Json;
  readonly after: Json;
  readonly fields: readonly (FieldDifference & Judgement)[];
}

/** The differences, in the order in which entities are to be applied; what is alike on both sides is left out. */
export function differencesOf(entities: readonly TwoSides[]): Difference[] {
  const rank = new Map(kinds.map((kind, index) => [kind.name, index]));
  const place = ({ kind }: Difference): number => rank.get(kind) ?? 0;
  return entities.flatMap(differenceOf).sort((a, b) => place(a) - place(b) || compare(a.name, b.name));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function differenceOf({ kind: name, id, before, after }: TwoSides): Difference[] {
  const kind = kindNamed(name);
  const shown = { before: before && redacted(kind, before), after: after && redacted(kind, after) };
  const one = after ?? before ?? {};
  const told = { kind: name, id, name: entityName(kind, id, one), ...shown };
  if (!before || !after) {
    const operation = after ? 'CREATED' : 'DELETED';
    return [{ ...told, operation, fields: [], ...entityImpact(name, operation, one) }];
  }
  return changed({ ...told, operation: 'UPDATED' }, { before, after });
}

function changed(
  told: Omit<Difference, keyof Judgement | 'fields'>,
  { before, after }: { readonly before: Document; readonly after: Document },
): Difference[] {
  const name = told.kind;
  const [shownBefore, shownAfter] = [told.before as Document, told.after as Document];
  const compared = { before, after, shownBefore, shownAfter };
  const fields = fieldDifferences(compared).map((field) => ({
    ...field,
    ...fieldImpact(name, compared, field),
  }));
  const verdict = worst(fields);
  if (!verdict) return [];
  return [{ ...told, fields, impact: verdict.impact, reason: verdict.reason }];
}
