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
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  // Texts are joined one by one, and keys sorted in place: lists made for that would cost as much as all the rest.
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) text += `${text === '' ? '' : ','}${canonicalJson(item)}`;
    return `[${text}]`;
  }
  const record = value as JsonObject;
  for (const key of sorted(Object.keys(record))) {
    text += `${text === '' ? '' : ','}${quotedKey(key)}:${canonicalJson(record[key] ?? null)}`;
  }
  return `{${text}}`;
}

/** Keys are mostly names of fields: few, and the same in many objects. No more than this many are kept. */
const quotedKeys = new Map<string, string>();
const mostQuotedKeys = 1_000;

function quotedKey(key: string): string {
  const known = quotedKeys.get(key);
  if (known !== undefined) return known;
  const quoted = JSON.stringify(key);
  if (quotedKeys.size < mostQuotedKeys) quotedKeys.set(key, quoted);
  return quoted;
}

const texts = new WeakMap<JsonObject, string>();

/** The canonical text of an object that nobody changes any more. It is made once, and kept as long as the object. */
export function canonicalText(object: JsonObject): string {
  const known = texts.get(object);
  if (known !== undefined) return known;
  const text = canonicalJson(object);
  texts.set(object, text);
  return text;
}

/** True when both values have the same canonical text. */
export function equalJson(a: Json, b: Json): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}

/** Few enough keys to be sorted one by one. */
const fewKeys = 24;

/** Sorts by UTF-16 code units, which is how JavaScript compares texts. */
function sorted(keys: string[]): string[] {
  if (keys.length > fewKeys) return keys.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  for (let next = 1; next < keys.length; next += 1) {
    const key = keys[next] ?? '';
    let at = next;
    for (; at > 0 && (keys[at - 1] ?? '') > key; at -= 1) keys[at] = keys[at - 1] ?? '';
    keys[at] = key;
  }
  return keys;
}
