import { canonicalJson, type Json, type JsonObject } from '../../foundation/kernel/json.js';
import { fieldRequired, unknownField } from './document.refusals.js';
import { conformJson } from './conform-json.js';
import {
  conformEnum,
  conformInteger,
  conformNumber,
  conformReference,
  conformText,
} from './conform-scalar.js';
import type { Field, Fields, FieldType, JsonType, RecordType } from './field.js';
import { withoutFormerNames } from './former-names.js';
import { nearest } from './nearest.js';
import { isObject, report, reportInvalid, within, type Conform, type Reading } from './reading.js';
import { isSealed } from '../../foundation/secrets/sealed-text.js';
import { hiddenSecret, isHidden } from './secrets.js';

/**
 * Brings an object with known fields into its form. What is wrong is left out; everything else is there. Where the input
 * leaves a field open, what is implied for it counts.
 */
export type ConformFields = (input: JsonObject, reading: Reading, implied?: JsonObject) => JsonObject;

const nothing: JsonObject = {};

/** Prepares the reading of objects of one type. Shorthands are names that may be there, too, but are not read. */
export function conformFields(
  typeName: string,
  fields: Fields,
  shorthands: readonly string[] = [],
): ConformFields {
  const steps = Object.entries(fields).map(([name, field]) => conformField(name, field));
  const known = new Set([...Object.keys(fields), ...shorthands]);
  return (input, reading, implied = nothing) => {
    // Field names come from descriptors alone, so nothing that an input calls its keys reaches this object's prototype.
    const document: Record<string, Json> = {};
    for (const { name, take } of steps) {
      take(own(input, name) ?? own(implied, name), document, reading);
    }
    for (const key of Object.keys(input)) {
      if (known.has(key)) continue;
      const meant = reading.problems.length < suggestions ? nearest(key, known) : undefined;
      within(reading, key, () => report(reading, unknownField, { typeName, meant }));
    }
    return document;
  };
}

/** Only the first problems come with a guess at what was meant, since guessing costs far more than finding. */
const suggestions = 10;

/** The value of a field, if there is one that does not come from a prototype, and is not null. */
function own(input: JsonObject, name: string): Json | undefined {
  const value = input[name] ?? undefined;
  return value !== undefined && Object.hasOwn(input, name) ? value : undefined;
}

/** Takes one field over into a document: as it is given, or by default. */
interface Step {
  readonly name: string;
  readonly take: (given: Json | undefined, document: Record<string, Json>, reading: Reading) => void;
}

function conformField(name: string, field: Field): Step {
  const conform = field.secret ? conformSecrets(field.type) : conformTo(field.type);
  const fallback = fallbackOf(name, field, conform);
  const isOptional = !field.required && field.default === undefined;
  const take: Step['take'] = (given, document, reading) => {
    if (given === undefined && !fallback.toRead) {
      if (field.required) within(reading, name, () => report(reading, fieldRequired, {}));
      else if (fallback.value !== undefined) document[name] = fallback.value;
      return;
    }
    reading.trail.push(name);
    const value = conform(given ?? (field.default as Json), reading);
    reading.trail.pop();
    if (value !== undefined && !(isOptional && isEmpty(value, field.type))) document[name] = value;
  };
  return { name, take };
}

/** Takes a secret, or a map of them. */
function conformSecrets(type: FieldType): Conform {
  if (type.is !== 'map') return conformSecret(conformTo(type));
  return conformMap(type, conformSecret(conformTo(type.of)));
}

/** A secret that was shown hidden, and comes back so, is not the secret itself; nor is what looks like a stored one. */
function conformSecret(conform: Conform): Conform {
  return (value, reading) => {
    const quiet = { ...reading, isSecret: true };
    if (!isHidden(value) && !(typeof value === 'string' && isSealed(value))) return conform(value, quiet);
    return reportInvalid(
      quiet,
      `be the secret itself, for which ${hiddenSecret} stands where it is not shown`,
      value,
    );
  };
}

/** What stands for an absent field: a value; or the default to be read each time, to report what it lacks. */
interface Fallback {
  readonly value?: Json | undefined;
  readonly toRead: boolean;
}

/**
 * The default, complete and shared by all documents. It may lack what only the caller can give; any other default that its
 * own type refuses is a defect of the descriptor.
 */
function fallbackOf(name: string, field: Field, conform: Conform): Fallback {
  if (field.default === undefined) return { toRead: false };
  const reading: Reading = { problems: [], trail: [name] };
  const value = conform(field.default, reading);
  const defect = reading.problems.find(({ code }) => code !== fieldRequired.code);
  if (defect) throw new Error(`The default of a field is not acceptable: ${defect.message}`);
  return reading.problems.length > 0 ? { toRead: true } : { value: deepFrozen(value), toRead: false };
}

function deepFrozen(value: Json | undefined): Json | undefined {
  if (typeof value !== 'object' || value === null) return value;
  Object.values(value).forEach(deepFrozen);
  return Object.freeze(value);
}

function isEmpty(value: Json, type: FieldType): boolean {
  if (type.is === 'list') return Array.isArray(value) && value.length === 0;
  return type.is === 'map' && Object.keys(value as JsonObject).length === 0;
}

function conformTo(type: FieldType): Conform {
  switch (type.is) {
    case 'string':
      return conformText(type);
    case 'integer':
      return conformInteger(type);
    case 'number':
      return conformNumber(type);
    case 'boolean':
      return (value, reading) =>
        typeof value === 'boolean' ? value : reportInvalid(reading, 'be true or false', value);
    case 'enum':
      return conformEnum(type);
    case 'list':
      return conformList(type);
    case 'map':
      return conformMap(type);
    case 'record':
      return conformRecord(type);
    case 'json':
      return conformMembers(type);
    case 'reference':
      return conformReference;
  }
}

/** Takes any JSON object; those of its members that are secrets, as secrets. */
function conformMembers({ isSecret }: JsonType): Conform {
  if (!isSecret) return conformJson;
  const conform = conformSecret(conformText({}));
  return (value, reading) => {
    const taken = conformJson(value, reading);
    if (!isObject(taken)) return undefined;
    const before = reading.problems.length;
    for (const [name, member] of Object.entries(taken)) {
      if (member !== null && isSecret(name)) within(reading, name, () => conform(member, reading));
    }
    return reading.problems.length > before ? undefined : taken;
  };
}

function conformList(type: Extract<FieldType, { is: 'list' }>): Conform {
  const { min = 0, max = Infinity, unique = false } = type;
  const conform = conformTo(type.of);
  const elements = (count: number): string => `${count} ${count === 1 ? 'element' : 'elements'}`;
  return (value, reading) => {
    if (!Array.isArray(value)) return reportInvalid(reading, 'be a list', value);
    if (value.length < min) return reportInvalid(reading, `have at least ${elements(min)}`, value);
    if (value.length > max) return reportInvalid(reading, `have at most ${elements(max)}`, value);
    const before = reading.problems.length;
    const members: Json[] = [];
    for (const [index, element] of value.entries()) {
      reading.trail.push(String(index));
      const conformed = conform(element as Json, reading);
      reading.trail.pop();
      if (conformed !== undefined) members.push(conformed);
    }
    if (reading.problems.length > before) return undefined;
    return unique ? distinct(members) : members;
  };
}

function distinct(elements: readonly Json[]): Json {
  if (elements.length < 2) return elements;
  const keyed = elements.map((each): [Json, Json] => [
    typeof each === 'object' ? canonicalJson(each) : each,
    each,
  ]);
  const first = new Map<Json, Json>();
  for (const [key, element] of keyed) if (!first.has(key)) first.set(key, element);
  return [...first.values()];
}

function conformMap(type: Extract<FieldType, { is: 'map' }>, conform = conformTo(type.of)): Conform {
  const conformKey = conformText(type.checkKey ? { check: type.checkKey } : {});
  return (value, reading) => {
    if (!isObject(value)) return reportInvalid(reading, 'be an object', value);
    const before = reading.problems.length;
    const entries = Object.entries(value).flatMap(([key, element]) =>
      within(reading, key, () => {
        const isKey = conformKey(key, reading) !== undefined;
        const conformed = conform(element, reading);
        return isKey && conformed !== undefined ? [[key, conformed] as const] : [];
      }),
    );
    // Unlike an assignment, this makes a key such as __proto__ a key like any other.
    return reading.problems.length > before ? undefined : Object.fromEntries(entries);
  };
}

function conformRecord(type: RecordType): Conform {
  const { name, fields, check } = type;
  const conform = conformFields(name, fields);
  return (value, reading) => {
    if (!isObject(value)) return reportInvalid(reading, 'be an object', value);
    const before = reading.problems.length;
    const conformed = conform(withoutFormerNames(type, value), reading);
    if (reading.problems.length > before) return undefined;
    const must = check?.(conformed);
    return must === undefined ? conformed : reportInvalid(reading, must, value);
  };
}
