import { equalJson, type Json, type JsonObject } from '../../foundation/kernel/json.js';
import { conformFields } from './conform.js';
import type { Field, Fields, FieldType } from './field.js';
import { kindNamed } from './kinds/index.js';
import { fieldsOf, type Document } from './kind.js';
import { textAt } from './reading.js';

/** Something that configuration uses, and that not every supported version of the gateway has. */
export interface Need {
  /** What it is, for people: `redirect`, or `config.redis of rate-limiting`. */
  readonly what: string;
  readonly since: string;
}

/** What a gateway must have for these entities, each once, by name. What is as it would be anyway needs nothing. */
export function needsOf(
  entities: Iterable<{ readonly kind: string; readonly document: Document }>,
): readonly Need[] {
  const needs = new Map<string, Need>();
  for (const { kind, document } of entities) {
    for (const need of needsOfEntity(kind, document)) needs.set(need.what, need);
  }
  return [...needs.values()].sort((a, b) => (a.what < b.what ? -1 : 1));
}

/**
 * Why a gateway of this version cannot take configuration with these needs, in a sentence; null if it can, or if its version
 * is not known. Whoever has to know this of a gateway asks here.
 */
export function whyNot(runtimeVersion: string | null, needs: readonly Need[]): string | null {
  const version = runtimeVersion === null ? undefined : partsOf(runtimeVersion);
  if (!version) return null;
  const missing = needs.filter(({ since }) => isOlder(version, partsOf(since) ?? []));
  if (missing.length === 0) return null;
  const list = missing.map(({ what, since }) => `${what} (since ${since})`).join(', ');
  return `Version ${runtimeVersion} of the gateway does not have ${list}.`;
}

function* needsOfEntity(kindName: string, document: Document): Iterable<Need> {
  const kind = kindNamed(kindName);
  const variant = kind.variantOf?.(document);
  const subject = variant ? textAt(document, 'name') : kind.collection;
  if (variant?.since !== undefined) yield { what: subject, since: variant.since };
  for (const { path, since } of newerFields(fieldsOf(kind, variant), document, [])) {
    yield { what: `${path.join('.')} of ${subject}`, since };
  }
}

interface NewerField {
  readonly path: readonly string[];
  readonly since: string;
}

/** The fields that are not as they would be anyway, and that not all gateways know. */
function* newerFields(fields: Fields, content: JsonObject, place: readonly string[]): Iterable<NewerField> {
  for (const [name, field] of Object.entries(fields)) {
    const value = content[name];
    if (value === undefined || isDefault(field, value)) continue;
    const path = [...place, name];
    if (field.since !== undefined) yield { path, since: field.since };
    yield* newerWithin(field.type, value, path);
  }
}

function* newerWithin(type: FieldType, value: Json, path: readonly string[]): Iterable<NewerField> {
  if (type.is === 'record') yield* newerFields(type.fields, value as JsonObject, path);
  if (type.is !== 'list' && type.is !== 'map') return;
  for (const each of Object.values(value as JsonObject | readonly Json[])) {
    yield* newerWithin(type.of, each, path);
  }
}

const defaults = new WeakMap<Field, JsonObject>();

function isDefault(field: Field, value: Json): boolean {
  const known =
    defaults.get(field) ??
    conformFields('', { field: { ...field, required: false } })({}, { problems: [], trail: [] });
  defaults.set(field, known);
  return known['field'] !== undefined && equalJson(known['field'], value);
}

/** The numbers of a version such as 3.9.1; nothing if the text begins with none. */
function partsOf(version: string): readonly number[] | undefined {
  const numbers = /^\D{0,10}(\d+(?:\.\d+)*)/.exec(version)?.[1];
  return numbers?.split('.').map(Number);
}

function isOlder(version: readonly number[], since: readonly number[]): boolean {
  const at = since.findIndex((number, index) => number !== (version[index] ?? 0));
  return at >= 0 && (version[at] ?? 0) < (since[at] ?? 0);
}
