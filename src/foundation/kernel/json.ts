/** A value that JSON can carry. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * The one text that stands for a value, as RFC 8785 has it: keys sorted by their UTF-16 code units, no white space. Equal
 * values give equal texts on every machine, so digests of it can be compared across processes.
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const record = value as JsonObject;
  const members = Object.keys(record).sort(byCodeUnits);
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonicalJson(record[key] ?? null)}`).join(',')}}`;
}

/** The canonical text of a list, item by item: for what would be too long as one text. */
export function* canonicalParts(list: readonly Json[]): Iterable<string> {
  for (const [index, item] of list.entries()) yield (index === 0 ? '[' : ',') + canonicalJson(item);
  yield list.length === 0 ? '[]' : ']';
}

/** True when both values have the same canonical text. */
export function equalJson(a: Json, b: Json): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}

/** By UTF-16 code units, which is how JavaScript compares texts. */
function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
