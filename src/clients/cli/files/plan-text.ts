import type { Json, JsonObject } from '../../../foundation/kernel/json.js';
import { entityName, namesIn, type EntityChange, type KnownNames } from '../entity-name.js';
import { mark } from '../change-lines.js';
import type { Paint } from '../terminal.js';

/**
 * What would change, for people: a line for each entity, and below those that change a line for each value that becomes
 * another one. `referred` are the names of entities that stay as they are.
 */
export function planLines(
  changes: readonly EntityChange[],
  referred: KnownNames,
  paint: Paint,
): readonly string[] {
  const known = new Map([...referred, ...namesIn(changes)]);
  return changes.flatMap((change) => [
    mark(change, entityName(change, known), paint),
    ...(change.operation === 'UPDATED' ? valueLines(change, known, paint) : []),
  ]);
}

/** How much it is, in one line: `2 to create, 1 to change, 1 to delete; 14 stay as they are.` */
export function summaryLine(changes: readonly EntityChange[], unchanged: number): string {
  const count = (operation: EntityChange['operation']): number =>
    changes.filter((change) => change.operation === operation).length;
  return `${count('CREATED')} to create, ${count('UPDATED')} to change, ${count('DELETED')} to delete; ${unchanged} unchanged.`;
}

function valueLines({ before, after }: EntityChange, known: KnownNames, paint: Paint): readonly string[] {
  const differences = [...differencesBetween(before ?? {}, after ?? {})];
  // A secret looks the same before and after.
  if (differences.length === 0) return [paint('dim', '    a secret, which is not shown')];
  return differences.map(({ path, from, to }) => {
    if (from === undefined) return `    ${path}: ${paint('green', valueText(to, known))}`;
    const was = paint('red', valueText(from, known));
    return `    ${path}: ${was} → ${to === undefined ? paint('dim', '(none)') : paint('green', valueText(to, known))}`;
  });
}

interface Difference {
  readonly path: string;
  readonly from: Json | undefined;
  readonly to: Json | undefined;
}

function* differencesBetween(from: Json, to: Json, path = ''): Generator<Difference> {
  if (!isObject(from) || !isObject(to)) {
    if (JSON.stringify(from) !== JSON.stringify(to)) yield { path, from, to };
    return;
  }
  for (const key of [...new Set([...Object.keys(from), ...Object.keys(to)])].sort()) {
    const inside = path === '' ? key : `${path}.${key}`;
    const [before, after] = [from[key], to[key]];
    if (before !== undefined && after !== undefined) yield* differencesBetween(before, after, inside);
    else yield { path: inside, from: before, to: after };
  }
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const longestValue = 100;

function valueText(value: Json | undefined, known: KnownNames): string {
  const text =
    typeof value === 'string' ? (known.get(value) ?? JSON.stringify(value)) : listText(value, known);
  return text.length <= longestValue ? text : `${text.slice(0, longestValue)}…`;
}

function listText(value: Json | undefined, known: KnownNames): string {
  if (!Array.isArray(value)) return JSON.stringify(value);
  return `[${(value as readonly Json[]).map((each) => valueText(each, known)).join(', ')}]`;
}
