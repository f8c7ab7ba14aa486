import type { Json, JsonObject } from '../../../foundation/kernel/json.js';
import { isObject } from '../reading.js';

/** What is given, with what is missing in it taken from below: objects are merged at every depth, all else is whole. */
export function mergeUnder(below: JsonObject, given: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...below, ...given };
  for (const [key, value] of Object.entries(below)) {
    const own = given[key];
    if (Object.hasOwn(given, key) && isObject(own) && isObject(value)) merged[key] = mergeUnder(value, own);
  }
  return merged;
}
