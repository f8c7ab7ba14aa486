import { sha256 } from '../../foundation/kernel/id.js';
import { canonicalJson, type Json, type JsonObject } from '../../foundation/kernel/json.js';
import type { Problem } from '../../foundation/kernel/refusal.js';
import { conformFields, type ConformFields } from './conform.js';
import { referenceIn, type Fields } from './field.js';
import { withoutFormerNames } from './former-names.js';
import {
  fieldsOf,
  withinVariant,
  type Document,
  type Kind,
  type Rule,
  type UniqueKey,
  type Variant,
} from './kind.js';
import { isObject, type Reading } from './reading.js';
import { fingerprintOf, hiddenSecret } from './secrets.js';

/** An entity's content in its one form, and everything that is wrong with it; with problems, the document is in part. */
export interface Normalised {
  readonly document: Document;
  readonly problems: readonly Problem[];
}

/**
 * The document that an input stands for: shorthands resolved, defaults filled at every depth, absent instead of null,
 * repetitions dropped where a list is a set. The same content gives the same document, whatever form it came in.
 */
export function normalise(kind: Kind, input: JsonObject): Normalised {
  return settle(kind, expand(kind, input));
}

/**
 * The document after some of its fields have changed. Null takes a field back to its default, or away; a shorthand replaces
 * all that it stands for; an object with known fields is changed field by field, any other value as a whole. What belonged
 * to another variant does not outlive the change to a new one.
 */
export function patch(kind: Kind, current: Document, changes: JsonObject): Normalised {
  const variant = kind.variantOf?.({ ...current, ...changes });
  const { fields } = prepared(kind, variant);
  const { implied, problems, origins } = expand(kind, changes);
  const kept = withinVariant(kind, current, variant);
  const merged = merge(fields, merge(fields, kept, changes), implied);
  for (const shorthand of Object.keys(kind.shorthands ?? {})) Reflect.deleteProperty(merged, shorthand);
  return settle(kind, { ...expand(kind, merged), problems, origins });
}

/**
 * What the document's unique keys are: a text for each; null where the kind has none, or a field of it is absent or
 * hidden without a fingerprint. No key tells a secret: in its place, there is its fingerprint, or the digest of one in clear.
 */
export function keysOf(kind: Kind, document: Document): readonly [string | null, string | null] {
  const [first, second] = kind.unique;
  return [first ? keyOf(kind, first, document) : null, second ? keyOf(kind, second, document) : null];
}

/** A reference that a document holds. */
export interface Reference {
  readonly field: string;
  /** The id of the entity referred to. */
  readonly to: string;
}

/** What the document refers to, in the order of its fields. */
export function referencesOf(kind: Kind, document: Document): readonly Reference[] {
  const found: Reference[] = [];
  for (const field of prepared(kind).references) {
    const held = document[field];
    if (typeof held === 'string') found.push({ field, to: held });
    else if (held !== undefined) for (const to of idsIn(held)) found.push({ field, to });
  }
  return found;
}

/** The document without one of its references. A list that held nothing else goes with it. */
export function withoutReference(document: Document, { field, to }: Reference): Document {
  const { [field]: held, ...rest } = document;
  const left = idsIn(held).filter((id) => id !== to);
  return left.length === 0 ? rest : { ...document, [field]: left };
}

function idsIn(held: Json | undefined): readonly string[] {
  const values = Array.isArray(held) ? (held as readonly Json[]) : [held];
  return values.filter((value) => typeof value === 'string');
}

interface Prepared {
  readonly fields: Fields;
  readonly references: readonly string[];
  readonly rules: readonly Rule[];
  readonly conform: ConformFields;
}

const cache = new WeakMap<Kind | Variant, Prepared>();

function prepared(kind: Kind, variant?: Variant): Prepared {
  const known = cache.get(variant ?? kind);
  if (known) return known;
  const fields = fieldsOf(kind, variant);
  const references = Object.entries(fields).flatMap(([name, { type }]) => (referenceIn(type) ? [name] : []));
  const rules = [...kind.rules, ...(variant?.rules ?? [])];
  const conform = conformFields(kind.typeName, fields, Object.keys(kind.shorthands ?? {}));
  const made = { fields, references, rules, conform };
  cache.set(variant ?? kind, made);
  return made;
}

/** An input with what it means beyond the fields in it. */
interface Expanded {
  readonly input: JsonObject;
  readonly implied: JsonObject;
  readonly problems: readonly Problem[];
  /** Which shorthand each field came from, where it came from one. */
  readonly origins: ReadonlyMap<string, string>;
}

const nothing: JsonObject = {};
const noOrigins: ReadonlyMap<string, string> = new Map();

function expand(kind: Kind, input: JsonObject): Expanded {
  if (!kind.expand) return { input, implied: nothing, problems: [], origins: noOrigins };
  const { fields, problems } = kind.expand(input);
  return { input, implied: fields, problems, origins: originsOf(kind, input) };
}

function originsOf(kind: Kind, input: JsonObject): ReadonlyMap<string, string> {
  if (!kind.shorthands) return noOrigins;
  const used = Object.entries(kind.shorthands).filter(([name]) => isGiven(input, name));
  if (used.length === 0) return noOrigins;
  return new Map(
    used.flatMap(([name, { replaces }]) =>
      replaces.filter((field) => !isGiven(input, field)).map((field) => [field, name] as const),
    ),
  );
}

function isGiven(input: JsonObject, name: string): boolean {
  return Object.hasOwn(input, name) && (input[name] ?? null) !== null;
}

function settle(kind: Kind, { input, implied, problems, origins }: Expanded): Normalised {
  const reading: Reading = { problems: [], trail: [] };
  const { conform, rules } = prepared(kind, kind.variantOf?.(input));
  const checked = conform(input, reading, implied);
  if (reading.problems.length === 0 && problems.length === 0) {
    const document = kind.complete?.(checked) ?? checked;
    return { document, problems: rules.flatMap((rule) => placed(rule.check(document), origins)) };
  }
  const wrong = new Set([...problems, ...reading.problems].map(({ path }) => path[0] ?? ''));
  // Of a shorthand that cannot be read, it is enough to say so; what would follow from it is noise.
  const isUnread = (field: string): boolean => origins.has(field) && wrong.has(origins.get(field) ?? '');
  const told = reading.problems.filter(({ path }) => !isUnread(path[0] ?? ''));
  const askable = rules.filter(({ reads }) => !reads.some((field) => wrong.has(field) || isUnread(field)));
  const broken = askable.flatMap((rule) => rule.check(checked));
  return { document: checked, problems: [...problems, ...placed([...told, ...broken], origins)] };
}

/** Tells a problem at the shorthand that the caller wrote, where the caller did not write the field itself. */
function placed(problems: readonly Problem[], origins: ReadonlyMap<string, string>): readonly Problem[] {
  if (origins.size === 0) return problems;
  return problems.map((problem) => {
    const origin = origins.get(problem.path[0] ?? '');
    return origin === undefined ? problem : { ...problem, path: [origin] };
  });
}

function merge(fields: Fields, current: JsonObject, changes: JsonObject): Record<string, Json> {
  // Without a prototype, a key such as __proto__ is a key like any other, to be refused as an unknown field.
  const merged = Object.assign(Object.create(null) as Record<string, Json>, current);
  for (const [name, change] of Object.entries(changes)) {
    if (change === null && Object.hasOwn(fields, name)) Reflect.deleteProperty(merged, name);
    else merged[name] = mergeField(fields, name, merged[name], change);
  }
  return merged;
}

function mergeField(fields: Fields, name: string, current: Json | undefined, change: Json): Json {
  const type = Object.hasOwn(fields, name) ? fields[name]?.type : undefined;
  if (type?.is !== 'record' || !isObject(change) || !isObject(current)) return change;
  return merge(type.fields, current, withoutFormerNames(type, change));
}

const none: readonly string[] = [];

/** A character that no text of a document holds. */
const separator = '\u001f';

function keyOf(
  kind: Kind,
  { fields, absentCounts, whenPresent = none }: UniqueKey,
  document: Document,
): string | null {
  if (!absentCounts && fields.some((field) => isOpen(kind, document, field))) return null;
  // Keys are made several times for each entity, most of them of one field.
  let key = '';
  for (const field of fields) {
    key += (field === fields[0] ? '' : separator) + keyPart(kind, field, document[field]);
  }
  for (const field of whenPresent) {
    if (document[field] !== undefined) key += separator + keyPart(kind, field, document[field]);
  }
  return key;
}

function isOpen(kind: Kind, document: Document, field: string): boolean {
  const value = document[field];
  return value === undefined || (value === hiddenSecret && kind.fields[field]?.secret === true);
}

function keyPart(kind: Kind, field: string, value: Json | undefined): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : canonicalJson(value);
  return kind.fields[field]?.secret ? (fingerprintOf(value) ?? sha256(text).toString('hex')) : text;
}
