import type { Json, JsonObject } from '../../../foundation/kernel/json.js';
import type { Problem } from '../../../foundation/kernel/refusal.js';
import { fieldInvalid, fieldRequired, fieldsConflict, oneFieldRequired } from '../document.refusals.js';
import { isObject, placeName, shown } from '../reading.js';
import type { ConfigRule } from './plugin-schema.js';

/** The value of a setting at a place such as `redis.host`; nothing if there is none. */
export function settingAt(config: JsonObject, place: string): Json | undefined {
  return place
    .split('.')
    .reduce<Json | undefined>((value, step) => (isObject(value) ? value[step] : undefined), config);
}

/** True if a setting says something: it is there, and neither an empty list nor an empty text. */
export function isGiven(config: JsonObject, place: string): boolean {
  const value = settingAt(config, place);
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** Something that holds for some settings, and how to say so. */
export interface Condition {
  readonly says: string;
  readonly holds: (config: JsonObject) => boolean;
}

type Scalar = string | number | boolean;

/** A setting has one of these values. */
export function is(place: string, ...values: readonly Scalar[]): Condition {
  return {
    says: `${fieldName(place)} is ${values.join(' or ')}`,
    holds: (config) => values.some((value) => value === settingAt(config, place)),
  };
}

/** At least one of the settings is given. */
export function atLeastOneOf(...places: readonly string[]): ConfigRule {
  const problem = oneFieldRequired.problem({ fields: places.map(fieldName) });
  return (config) => (places.some((place) => isGiven(config, place)) ? [] : [problem]);
}

/** Not both settings are given. */
export function notBoth(one: string, other: string): ConfigRule {
  const facts = { field: fieldName(other), with: fieldName(one), instead: 'Give one of them.' };
  return (config) =>
    isGiven(config, one) && isGiven(config, other) ? [fieldsConflict.problem(facts, pathOf(other))] : [];
}

/** The settings are given together or not at all. */
export function together(...places: readonly string[]): ConfigRule {
  return (config) => {
    const given = places.find((place) => isGiven(config, place));
    if (given === undefined) return [];
    return missing(config, places, `${fieldName(given)} is given`);
  };
}

/** The settings are given where a condition holds. */
export function requiredWhere(condition: Condition, ...places: readonly string[]): ConfigRule {
  return (config) => (condition.holds(config) ? missing(config, places, condition.says) : []);
}

function missing(config: JsonObject, places: readonly string[], when: string): Problem[] {
  return places
    .filter((place) => !isGiven(config, place))
    .map((place) => fieldRequired.problem({ field: fieldName(place), when }, pathOf(place)));
}

/** A setting is as it must be where a condition holds; a setting that is absent is none of this rule's business. */
export function mustBeWhere(condition: Condition, place: string, ...allowed: readonly Scalar[]): ConfigRule {
  const must = `be ${allowed.join(' or ')} where ${condition.says}`;
  return (config) => {
    const value = settingAt(config, place);
    if (value === undefined || allowed.some((each) => each === value) || !condition.holds(config)) return [];
    return [invalid(place, must, value)];
  };
}

/** Says that the setting at a place is not what it must be. */
export function invalid(place: string | readonly string[], must: string, received: Json): Problem {
  const path = typeof place === 'string' ? pathOf(place) : [...place];
  return fieldInvalid.problem(
    { field: placeName(['config', ...path]), must, received: shown(received) },
    path,
  );
}

const periods = ['second', 'minute', 'hour', 'day', 'month', 'year'] as const;

/** The periods that requests are counted in, from the shortest to the longest. */
export const limitPeriods: readonly string[] = periods;

/** Why limits contradict each other: one for a longer period that is lower. The place is that of the limits. */
export function limitFaults(limits: JsonObject, place: readonly string[] = []): Problem[] {
  const given = periods.flatMap((period) => {
    const limit = limits[period];
    return typeof limit === 'number' ? [{ period, limit }] : [];
  });
  return given.flatMap(({ period, limit }, index) => {
    const higher = given.slice(0, index).find((shorter) => shorter.limit > limit);
    if (!higher) return [];
    const must = `be at least ${higher.limit}, the limit for a ${higher.period}`;
    return [invalid([...place, period], must, limit)];
  });
}

function fieldName(place: string): string {
  return `config.${place}`;
}

function pathOf(place: string): string[] {
  return place.split('.');
}
