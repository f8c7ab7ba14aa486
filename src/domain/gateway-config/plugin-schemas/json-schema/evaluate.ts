import { canonicalJson, type Json, type JsonObject } from '../../../../foundation/kernel/json.js';
import type { Problem } from '../../../../foundation/kernel/refusal.js';
import { isSealed } from '../../../../foundation/secrets/sealed-text.js';
import { fieldInvalid, fieldRequired, unknownField } from '../../document.refusals.js';
import { isObject, placeName, shown } from '../../reading.js';
import { findMatch, linearRegex, type LinearRegex } from '../../router/linear-regex/index.js';
import { isVaultReference } from '../../secrets.js';
import { spend, spentOn, type Labour } from './labour.js';
import { formats, memberOf, referredTo, types } from './values.js';

/** What a value is looked at with. */
export interface Evaluation extends Labour {
  /** The schema that references begin at. */
  readonly root: JsonObject;
  /** The name of what is looked at, for sentences. */
  readonly typeName: string;
}

/**
 * Says what is wrong with a value by a schema that has no faults itself. Neither sealed secrets nor references to vaults are
 * looked at: what they stand for is not known here, and nobody may find it out by asking. Throws EffortSpent if it takes
 * too long.
 */
export function evaluate(
  evaluation: Evaluation,
  schema: Json,
  value: Json,
  path: readonly string[] = [],
): readonly Problem[] {
  if (schema === true) return [];
  const here: Here = { evaluation: spentOn(evaluation), schema: isObject(schema) ? schema : {}, path };
  if (schema === false) return must(here, 'be left out', value);
  if (typeof value === 'string' && isOpaque(here.schema, value)) return [];
  const ofOtherType = askType(here, value);
  if (ofOtherType.length > 0) return ofOtherType;
  return [...Object.keys(checks).flatMap((keyword) => ask(here, keyword, value)), ...members(here, value)];
}

interface Here {
  readonly evaluation: Evaluation;
  readonly schema: JsonObject;
  readonly path: readonly string[];
}

/** Looks at a value for the sake of one keyword, which is there with what it wants. */
type Check = (here: Here, wanted: Json, value: Json) => readonly Problem[];

function ask(here: Here, keyword: string, value: Json): readonly Problem[] {
  const wanted = memberOf(here.schema, keyword);
  return wanted === undefined ? [] : (checks[keyword]?.(here, wanted, value) ?? []);
}

function askType(here: Here, value: Json): readonly Problem[] {
  const wanted = memberOf(here.schema, 'type');
  return wanted === undefined ? [] : ofType(here, wanted, value);
}

function isOpaque({ type }: JsonObject, value: string): boolean {
  if (isSealed(value)) return true;
  return isVaultReference(value) && (type === undefined || typesIn(type).includes('string'));
}

/** A sentence costs far more than a look. */
const effortOfProblem = 20;

function must({ evaluation, schema, path }: Here, what: string, value: Json): readonly Problem[] {
  spend(evaluation, effortOfProblem);
  const received = schema['writeOnly'] === true ? 'what was given' : shown(value);
  return [fieldInvalid.problem({ field: placeName(path), must: what, received }, path)];
}

/** A check of values of one sort, which wants that something holds, and says what must be. */
function rule(
  is: (value: Json) => boolean,
  holds: (value: never, wanted: never, here: Here) => boolean,
  sentence: (said: string, wanted: Json) => string,
): Check {
  return (here, wanted, value) =>
    !is(value) || holds(value as never, wanted as never, here)
      ? []
      : must(here, sentence(typeof wanted === 'object' ? '' : String(wanted), wanted), value);
}

const isText = (value: Json): value is string => typeof value === 'string';
const isNumber = (value: Json): value is number => typeof value === 'number';
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const sizeOf = (object: JsonObject): number => Object.keys(object).length;
const any = (): boolean => true;

/** One type, or a list of them. */
function typesIn(wanted: Json): readonly string[] {
  return typeof wanted === 'string' ? [wanted] : (wanted as readonly string[]);
}

const ofType: Check = rule(
  any,
  (value: Json, wanted: Json) => typesIn(wanted).some((type) => types[type]?.(value)),
  (_, wanted) => `be of the type ${typesIn(wanted).join(' or ')}`,
);

/** What each keyword asks for, but `type`, which comes before all others, and those about members, which go together. */
const checks: Readonly<Record<string, Check>> = {
  enum: rule(
    any,
    (value: Json, wanted: readonly Json[], here) => {
      const text = textOf(here, value);
      return wanted.some((each) => textOf(here, each) === text);
    },
    (_, wanted) => `be one of ${(wanted as readonly Json[]).slice(0, 20).map(shown).join(', ')}`,
  ),
  const: rule(
    any,
    (value: Json, wanted: Json, here) => textOf(here, value) === textOf(here, wanted),
    (_, wanted) => `be ${shown(wanted)}`,
  ),
  minimum: rule(
    isNumber,
    (n: number, min: number) => n >= min,
    (min) => `be at least ${min}`,
  ),
  maximum: rule(
    isNumber,
    (n: number, max: number) => n <= max,
    (max) => `be at most ${max}`,
  ),
  exclusiveMinimum: rule(
    isNumber,
    (n: number, min: number) => n > min,
    (min) => `be above ${min}`,
  ),
  exclusiveMaximum: rule(
    isNumber,
    (n: number, max: number) => n < max,
    (max) => `be below ${max}`,
  ),
  multipleOf: rule(isNumber, isMultiple, (of) => `be a multiple of ${of}`),
  minLength: rule(
    isText,
    (t: string, min: number, here) => lengthOf(here, t) >= min,
    (min) => `have at least ${min} characters`,
  ),
  maxLength: rule(
    isText,
    (t: string, max: number, here) => lengthOf(here, t) <= max,
    (max) => `have at most ${max} characters`,
  ),
  pattern: rule(
    isText,
    (t: string, wanted: string, here) => matches(here, wanted, t),
    (wanted) => `match ${wanted}`,
  ),
  format: rule(
    isText,
    (t: string, wanted: string) => formats[wanted]?.(t) ?? true,
    (wanted) => `be of the format ${wanted}`,
  ),
  minItems: rule(
    isList,
    (l: readonly Json[], min: number) => l.length >= min,
    (min) => `have at least ${min} elements`,
  ),
  maxItems: rule(
    isList,
    (l: readonly Json[], max: number) => l.length <= max,
    (max) => `have at most ${max} elements`,
  ),
  uniqueItems: rule(isList, areUnique, () => 'have no element twice'),
  minProperties: rule(
    isObject,
    (o: JsonObject, min: number) => sizeOf(o) >= min,
    (min) => `have at least ${min} members`,
  ),
  maxProperties: rule(
    isObject,
    (o: JsonObject, max: number) => sizeOf(o) <= max,
    (max) => `have at most ${max} members`,
  ),
  required: (here, wanted, value) => lacking(here, wanted as readonly string[], value),
  dependentRequired: (here, wanted, value) =>
    Object.entries(wanted as JsonObject).flatMap(([name, others]) =>
      isObject(value) && Object.hasOwn(value, name) ? lacking(here, others as readonly string[], value) : [],
    ),
  propertyNames: ({ evaluation, path }, wanted, value) =>
    (isObject(value) ? Object.keys(value) : []).flatMap((name) =>
      evaluate(evaluation, wanted, name, [...path, name]),
    ),
  items: ({ evaluation, path }, wanted, value) =>
    isList(value)
      ? value.flatMap((each, index) => evaluate(evaluation, wanted, each, [...path, String(index)]))
      : [],
  $ref: ({ evaluation, path }, wanted, value) =>
    evaluate(evaluation, referredTo(evaluation.root, wanted as string) ?? true, value, path),
  allOf: ({ evaluation, path }, wanted, value) =>
    (wanted as readonly Json[]).flatMap((each) => evaluate(evaluation, each, value, path)),
  anyOf: (here, wanted, value) =>
    fitting(here, wanted, value) > 0 ? [] : must(here, 'be one of the forms that the schema allows', value),
  oneOf: (here, wanted, value) =>
    fitting(here, wanted, value) === 1
      ? []
      : must(here, 'be exactly one of the forms that the schema allows', value),
  not: (here, wanted, value) =>
    fitting(here, [wanted], value) === 0 ? [] : must(here, 'not be what the schema excludes', value),
  if: (here, wanted, value) => {
    const then = memberOf(here.schema, fitting(here, [wanted], value) > 0 ? 'then' : 'else');
    return then === undefined ? [] : evaluate(here.evaluation, then, value, here.path);
  },
};

function isMultiple(value: number, of: number): boolean {
  const ratio = value / of;
  return Math.abs(ratio - Math.round(ratio)) <= Number.EPSILON * Math.abs(ratio);
}

const charactersPerEffort = 8;

/** The text that stands for a value; the longer it is, the more it costs. */
function textOf({ evaluation }: Here, value: Json): string {
  const text = canonicalJson(value);
  spend(evaluation, 1 + text.length / charactersPerEffort);
  return text;
}

function lengthOf({ evaluation }: Here, text: string): number {
  spend(evaluation, text.length / charactersPerEffort);
  return Array.from(text).length;
}

function areUnique(list: readonly Json[], wanted: boolean, here: Here): boolean {
  return !wanted || new Set(list.map((each) => textOf(here, each))).size === list.length;
}

function matches({ evaluation }: Here, pattern: string, text: string): boolean {
  const { regexes, effort } = evaluation;
  const regex: LinearRegex = regexes.get(pattern) ?? linearRegex(pattern, effort);
  regexes.set(pattern, regex);
  return findMatch(regex, text, effort) !== undefined;
}

function lacking({ path }: Here, names: readonly string[], value: Json): readonly Problem[] {
  if (!isObject(value)) return [];
  return names
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => fieldRequired.problem({ field: placeName([...path, name]) }, [...path, name]));
}

/** Looks at each member of an object by the schemas of its name and those of patterns, or else by that of all others. */
function members(here: Here, value: Json): readonly Problem[] {
  const { properties = {}, patternProperties = {}, additionalProperties = true } = here.schema;
  if (!isObject(value)) return [];
  const byPattern = Object.entries(patternProperties as JsonObject);
  return Object.entries(value).flatMap(([name, each]) => {
    spend(here.evaluation, 1 + byPattern.length);
    const named = memberOf(properties as JsonObject, name);
    const fitting = byPattern.flatMap(([pattern, schema]) => (matches(here, pattern, name) ? [schema] : []));
    const schemas = named === undefined ? fitting : [named, ...fitting];
    const asked = schemas.length > 0 ? schemas : [additionalProperties];
    return asked.flatMap((schema) => member(here, schema, name, each));
  });
}

function member(here: Here, schema: Json, name: string, value: Json): readonly Problem[] {
  const place = [...here.path, name];
  if (schema !== false) return evaluate(here.evaluation, schema, value, place);
  spend(here.evaluation, effortOfProblem);
  const facts = { field: placeName(place), typeName: here.evaluation.typeName, meant: undefined };
  return [unknownField.problem(facts, place)];
}

/** How many of the schemas a value fits. */
function fitting({ evaluation, path }: Here, schemas: Json, value: Json): number {
  return (schemas as readonly Json[]).filter((each) => evaluate(evaluation, each, value, path).length === 0)
    .length;
}
