import type { Json, JsonObject } from '../../foundation/kernel/json.js';
import type { Problem, RefusalType } from '../../foundation/kernel/refusal.js';
import { fieldInvalid } from './document.refusals.js';

/** A value being read: what is wrong with it so far, and the place that is being looked at. */
export interface Reading {
  readonly problems: Problem[];
  readonly trail: string[];
  /** True while the value is a secret, which no problem may tell. */
  readonly isSecret?: boolean;
}

/** Brings a value into the form that a type demands. Where it cannot, it notes why, and answers nothing. */
export type Conform = (value: Json, reading: Reading) => Json | undefined;

/** How many problems of one entity are told. */
const problemsTold = 100;

/** Notes a problem at the current place. */
export function report<Facts extends object>(
  reading: Reading,
  type: RefusalType<Facts>,
  facts: Omit<Facts, 'field'>,
): void {
  if (reading.problems.length >= problemsTold) return;
  const full = { field: placeName(reading.trail), ...facts } as unknown as Facts;
  reading.problems.push(type.problem(full, [...reading.trail]));
}

/** Notes that the value at the current place is not what it must be. */
export function reportInvalid(reading: Reading, must: string, received: Json): undefined {
  report(reading, fieldInvalid, { must, received: reading.isSecret ? 'what was given' : shown(received) });
}

/** Looks at a part of the value: whatever is reported meanwhile is about that part. */
export function within<Result>(reading: Reading, step: string, look: () => Result): Result {
  reading.trail.push(step);
  const result = look();
  reading.trail.pop();
  return result;
}

const longestShown = 60;

/** A value as it appears in a sentence. */
export function shown(value: Json): string {
  if (typeof value === 'string') {
    return `“${value.length > longestShown ? `${value.slice(0, longestShown)}…` : value}”`;
  }
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** True for objects that are not lists. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A place in a document as people write it: `limits.a[0]`. */
export function placeName(trail: readonly string[]): string {
  return trail.reduce((place, step) => {
    if (/^\d+$/.test(step)) return `${place}[${step}]`;
    if (!/^\w{1,60}$/.test(step)) return `${place}[${JSON.stringify(step.slice(0, longestShown))}]`;
    return place === '' ? step : `${place}.${step}`;
  }, '');
}

/** The text that a field of a document holds; empty where it holds none. */
export function textAt(document: JsonObject, field: string): string {
  const value = document[field];
  return typeof value === 'string' ? value : '';
}
