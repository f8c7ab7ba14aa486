import type { Json, JsonObject } from '../../foundation/kernel/json.js';
import type { RecordType } from './field.js';
import { isObject } from './reading.js';

/** The record with each value that stands under a former name at the place where it is now. Whatever is there already stays. */
export function withoutFormerNames({ former }: RecordType, value: JsonObject): JsonObject {
  if (!former) return value;
  const used = Object.keys(value).filter((name) => Object.hasOwn(former, name));
  if (used.length === 0) return value;
  return used.reduce((current, name) => {
    const { [name]: moved = null, ...rest } = current;
    const place = former[name] ?? null;
    return place === null ? rest : withDefault(rest, place.split('.'), moved);
  }, value);
}

/** Puts a value at a place in an object, unless there is one, or something else is in the way. */
function withDefault(object: JsonObject, [first = '', ...rest]: readonly string[], value: Json): JsonObject {
  const current = Object.hasOwn(object, first) ? (object[first] ?? null) : null;
  if (rest.length === 0) return current === null ? { ...object, [first]: value } : object;
  if (isObject(current)) return { ...object, [first]: withDefault(current, rest, value) };
  // Null asks for a default, which an absent object has anyway.
  return current === null && value !== null ? { ...object, [first]: withDefault({}, rest, value) } : object;
}
