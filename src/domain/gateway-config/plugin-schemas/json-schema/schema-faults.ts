import { canonicalJson, type Json, type JsonObject } from '../../../../foundation/kernel/json.js';
import type { Problem } from '../../../../foundation/kernel/refusal.js';
import { isObject, placeName } from '../../reading.js';
import { EffortSpent, linearRegex, RegexFault, type Effort } from '../../router/linear-regex/index.js';
import { schemaInvalid } from '../../plugin-schema.refusals.js';
import { evaluate } from './evaluate.js';
import { filled } from './fill.js';
import { labour } from './labour.js';
import { keywords, type Shape } from './keywords.js';
import { formats, referredTo, types } from './values.js';

const longest = 64 * 1024;
const effortOfSchema = 1_000_000;

/** Says why a schema cannot be used: each fault with its place in the schema. A schema without faults can be evaluated. */
export function schemaFaults(root: JsonObject): readonly Problem[] {
  if (Buffer.byteLength(canonicalJson(root)) > longest) {
    return [fault([], `it is longer than ${longest} bytes`)];
  }
  const walk: Walk = { root, effort: { left: effortOfSchema }, faults: [], found: new Map() };
  try {
    look(walk, root, { path: [], keepsSecrets: true });
    // Only what is sound by itself can be followed, and asked about its own defaults.
    if (walk.faults.length === 0) lookAtReferences(walk);
    if (walk.faults.length === 0) lookAtDefaults(walk);
  } catch (error) {
    if (!(error instanceof EffortSpent)) throw error;
    walk.faults.push(fault([], 'to look through it takes too long'));
  }
  return walk.faults;
}

interface Walk {
  readonly root: JsonObject;
  readonly effort: Effort;
  readonly faults: Problem[];
  /** The schemas in the schema, each with its place. */
  readonly found: Map<JsonObject, readonly string[]>;
}

interface Where {
  readonly path: readonly string[];
  /** False where what a value is about is decided by more than the names on the way to it. */
  readonly keepsSecrets: boolean;
}

function fault(path: readonly string[], because: string): Problem {
  return schemaInvalid.problem({ field: placeName(['schema', ...path]), because }, ['schema', ...path]);
}

function look(walk: Walk, schema: Json, where: Where): void {
  const { path } = where;
  walk.effort.left -= 1;
  if (walk.effort.left < 0) throw new EffortSpent();
  if (typeof schema === 'boolean') return;
  if (!isObject(schema)) return void walk.faults.push(fault(path, 'a schema is an object, true, or false'));
  walk.found.set(schema, path);
  for (const [keyword, value] of Object.entries(schema)) {
    lookAtKeyword(walk, { keyword, value }, { ...where, path: [...path, keyword] });
  }
  if (schema['writeOnly'] === true) walk.faults.push(...misplacedSecret(schema, where));
}

function lookAtKeyword(
  walk: Walk,
  { keyword, value }: { readonly keyword: string; readonly value: Json },
  { path, keepsSecrets }: Where,
): void {
  const shape = keywords.get(keyword);
  const because = shape === undefined ? 'this keyword is not known here' : wrong[shape](value, walk);
  if (because !== undefined) return void walk.faults.push(fault(path, because));
  const inside = { path, keepsSecrets: keepsSecrets && keyword === 'properties' };
  if (shape === 'schema') look(walk, value, inside);
  else if (shape === 'schemas' || shape === 'schemas by name' || shape === 'schemas by pattern') {
    for (const [name, each] of Object.entries(value as JsonObject)) {
      look(walk, each, { ...inside, path: [...path, name] });
    }
  }
}

/** Secrets are found by their place alone, so that whoever hides them needs to evaluate nothing. */
function misplacedSecret({ type, ...rest }: JsonObject, { path, keepsSecrets }: Where): Problem[] {
  const place = [...path, 'writeOnly'];
  if (!keepsSecrets || path.length === 0) {
    return [fault(place, 'secrets stand where properties alone lead, not in lists or in combinations')];
  }
  if (type !== 'string') return [fault(place, 'a secret is of the type string')];
  return 'default' in rest ? [fault(place, 'a secret has no default')] : [];
}

function lookAtReferences({ root, found, faults }: Walk): void {
  for (const [{ $ref: reference }, path] of found) {
    const target = typeof reference === 'string' ? referredTo(root, reference) : true;
    if (typeof target === 'boolean' || (isObject(target) && found.has(target))) continue;
    faults.push(fault([...path, '$ref'], 'it must lead to a part of this schema, as #/$defs/name does'));
  }
}

function lookAtDefaults({ root, effort, found, faults }: Walk): void {
  const evaluation = { ...labour(effort), root, typeName: 'The default' };
  for (const [schema, path] of found) {
    const value = schema['default'];
    if (value === undefined) continue;
    const [problem] = evaluate(evaluation, schema, filled(evaluation, schema, value), ['default']);
    if (problem)
      faults.push(fault([...path, 'default'], `it does not fit its own schema: ${problem.message}`));
  }
}

type Wrong = (value: Json, walk: Walk) => string | undefined;

/** Says what is wrong if it does not hold. */
function unless(holds: (value: Json) => boolean, because: string): Wrong {
  return (value) => (holds(value) ? undefined : because);
}

const isText = (value: Json): boolean => typeof value === 'string';
const areTexts = (value: Json): boolean => Array.isArray(value) && value.every(isText);

const wrong: Readonly<Record<Shape, Wrong>> = {
  any: () => undefined,
  boolean: unless((value) => typeof value === 'boolean', 'it must be true or false'),
  text: unless(isText, 'it must be text'),
  texts: unless(areTexts, 'it must be a list of names'),
  number: unless((value) => typeof value === 'number', 'it must be a number'),
  'positive number': unless((value) => typeof value === 'number' && value > 0, 'it must be above 0'),
  count: unless((value) => Number.isInteger(value) && Number(value) >= 0, 'it must be a whole number from 0'),
  list: unless((value) => Array.isArray(value) && value.length > 0, 'it must be a list with elements'),
  types: unless(
    (value) => [value].flat().every((type) => typeof type === 'string' && Object.hasOwn(types, type)),
    `types are ${Object.keys(types).join(', ')}`,
  ),
  format: unless(
    (value) => typeof value === 'string' && Object.hasOwn(formats, value),
    `formats are ${Object.keys(formats).join(', ')}`,
  ),
  pattern: (value, { effort }) =>
    typeof value === 'string' ? patternFault(value, effort) : 'it must be text',
  reference: unless(isText, 'it must be text'),
  schema: () => undefined,
  schemas: unless((value) => Array.isArray(value) && value.length > 0, 'it must be a list of schemas'),
  'schemas by name': unless(isObject, 'it must be an object of schemas'),
  'schemas by pattern': (value, { effort }) =>
    isObject(value)
      ? Object.keys(value)
          .map((pattern) => patternFault(pattern, effort))
          .find((each) => each !== undefined)
      : 'it must be an object of schemas',
  'texts by name': unless(
    (value) => isObject(value) && Object.values(value).every(areTexts),
    'it must be an object of lists of names',
  ),
};

function patternFault(pattern: string, effort: Effort): string | undefined {
  try {
    linearRegex(pattern, effort);
    return undefined;
  } catch (error) {
    if (error instanceof RegexFault) return `its regular expression cannot be used: ${error.message}`;
    throw error;
  }
}
