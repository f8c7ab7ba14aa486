import type { Json, JsonObject } from '../../foundation/kernel/json.js';
import { isObject, reportInvalid, type Reading } from './reading.js';

const deepest = 64;

/** Takes any JSON object, as it is. */
export function conformJson(value: Json, reading: Reading): Json | undefined {
  if (!isObject(value)) return reportInvalid(reading, 'be an object', value);
  return isStorable(value, reading, 1) ? value : undefined;
}

/** What PostgreSQL cannot store as JSON, or what would exhaust the stack of whoever walks through it, is refused. */
function isStorable(value: Json, reading: Reading, depth: number): boolean {
  if (typeof value === 'string')
    return isStorableText(value) || refuse(reading, 'be text that UTF-8 can hold', value);
  if (typeof value === 'number')
    return Number.isFinite(value) || refuse(reading, 'be a finite number', value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth > deepest) return refuse(reading, `be nested at most ${deepest} levels deep`, value);
  const isFine = Object.entries(value as JsonObject).map(([key, element]) => {
    reading.trail.push(key);
    const isKey = isStorableText(key) || refuse(reading, 'be a key that UTF-8 can hold', key);
    const isElement = isStorable(element, reading, depth + 1);
    reading.trail.pop();
    return isKey && isElement;
  });
  return isFine.every(Boolean);
}

function isStorableText(value: string): boolean {
  return !value.includes('\0') && !/\p{Cs}/u.test(value);
}

function refuse(reading: Reading, must: string, value: Json): false {
  reportInvalid(reading, must, value);
  return false;
}
