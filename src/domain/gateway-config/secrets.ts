import type { Json, JsonObject } from '../../foundation/kernel/json.js';
import { fingerprintIn, isSealed } from '../../foundation/secrets/sealed-text.js';
import type { Fields, FieldType } from './field.js';
import { withoutFormerNames } from './former-names.js';
import { fieldsOf, withinVariant, type Document, type Kind } from './kind.js';
import { isObject } from './reading.js';

/**
 * What stands for a secret wherever it is not shown, alone or with the fingerprint of the secret after it. Given to a field,
 * it means the secret that is there already; with another fingerprint than that one has, it means nothing.
 */
export const hiddenSecret = '***';

const hiddenForm = /^\*{3}([\w-]{16})?$/;

/** True for what stands for a secret that is not shown. */
export function isHidden(value: Json | undefined): value is string {
  return typeof value === 'string' && hiddenForm.test(value);
}

/** The hidden form of the secret with this fingerprint. */
export function hiddenWith(fingerprint: string): string {
  return `${hiddenSecret}${fingerprint}`;
}

/** What tells a secret apart from others: from its sealed form, or from its hidden one. */
export function fingerprintOf(secret: Json | undefined): string | undefined {
  if (typeof secret !== 'string') return undefined;
  return hiddenForm.exec(secret)?.[1] ?? fingerprintIn(secret);
}

/** True for text that names a secret in a vault and is none itself: `{vault://env/tls-key}`. Gateways look it up. */
export function isVaultReference(text: string): boolean {
  return /^\{vault:\/\/[^{}\s]+\}$/.test(text);
}

/**
 * The document as all may see it who may read configurations, with each secret hidden: what is stored, as it is shown. What
 * tells secrets apart stands in their sealed form, so that nothing is decrypted for it. Everything that leaves comes through
 * here; hashes are computed over exactly this. A document without secrets is answered itself.
 */
export function redacted(kind: Kind, document: Document): Document {
  return mapSecrets(kind, document, shownAs);
}

function isSealedText(value: Json | undefined): boolean {
  return typeof value === 'string' && isSealed(value);
}

function shownAs(secret: Json): string {
  if (typeof secret === 'string' && isVaultReference(secret)) return secret;
  return hiddenWith(fingerprintOf(secret) ?? '');
}

/** The input with the secrets of the current document where it has them hidden. Those of another variant stay hidden. */
export function withKnownSecrets(kind: Kind, input: JsonObject, current: Document): JsonObject {
  const known = withinVariant(kind, current, kind.variantOf?.({ ...current, ...input }));
  return mapSecrets(
    kind,
    input,
    (secret, path, isKnownBySeal) => {
      const found = isHidden(secret) ? valueAt(known, path) : undefined;
      const there = isKnownBySeal && !isSealedText(found) ? undefined : found;
      return there !== undefined && (secret === hiddenSecret || secret === shownAs(there)) ? there : secret;
    },
    current,
  );
}

/** Answers what is to stand in the place of a secret. Where its seal alone says that it is one, that is said. */
export type MapSecret = (secret: Json, path: readonly string[], isKnownBySeal: boolean) => Json;

/**
 * The object with other values for its secrets. Where it is a change to a document, that says which fields are secrets. An
 * object without secrets is answered itself.
 */
export function mapSecrets(kind: Kind, object: JsonObject, map: MapSecret, changed?: Document): JsonObject {
  return mapFields(
    fieldsOf(kind, kind.variantOf?.(changed ? { ...changed, ...object } : object)),
    object,
    map,
  );
}

function mapFields(
  fields: Fields,
  object: JsonObject,
  map: MapSecret,
  path: readonly string[] = [],
): JsonObject {
  // What is the same as before need not be copied, and mostly is.
  let changed: Record<string, Json> | undefined;
  for (const name of secretive(fields)) {
    const value = Object.hasOwn(object, name) ? (object[name] ?? null) : null;
    const mapped = value === null ? undefined : mapNamed(fields, name, value, { map, path });
    if (mapped !== undefined && mapped !== value) (changed ??= {})[name] = mapped;
  }
  return changed ? { ...object, ...changed } : object;
}

function mapNamed(
  fields: Fields,
  name: string,
  value: Json,
  { map, path }: { readonly map: MapSecret; readonly path: readonly string[] },
): Json | undefined {
  const type = fields[name]?.type;
  return type && mapField(type, value, map, [...path, name]);
}

/** The value of a field that is secret, or has secrets in it; nothing if it is not what the field asks for. */
function mapField(type: FieldType, value: Json, map: MapSecret, path: readonly string[]): Json | undefined {
  if (type.is === 'json' && type.secretsBySeal) return mapSealed(value, map, path);
  const members = secretMembers(type);
  if (members) return isObject(value) ? mapMembers(value, members, map, path) : undefined;
  if (type.is !== 'record') return map(value, path, false);
  if (!isObject(value)) return undefined;
  return mapFields(type.fields, withoutFormerNames(type, value), map, path);
}

/** Which members of a value of this type are secrets; nothing if the value is one itself, or holds other fields. */
function secretMembers(type: FieldType): ((name: string) => boolean) | undefined {
  if (type.is === 'json') return type.isSecret;
  return type.is === 'map' ? () => true : undefined;
}

function mapMembers(
  object: JsonObject,
  isSecret: (name: string) => boolean,
  map: MapSecret,
  path: readonly string[],
): JsonObject {
  return mapEach(object, (value, name) =>
    value !== null && isSecret(name) ? map(value, [...path, name], false) : value,
  );
}

/** The object with other values for its members; itself, if they are the same as before. */
function mapEach(object: JsonObject, map: (value: Json, name: string) => Json): JsonObject {
  const members = Object.entries(object).map(([name, value]): [string, Json] => [name, map(value, name)]);
  return members.every(([name, value]) => value === object[name]) ? object : Object.fromEntries(members);
}

/** Looks at all texts that may stand for a secret, whatever is around them; lists hold none. */
function mapSealed(value: Json, map: MapSecret, path: readonly string[]): Json {
  if (typeof value === 'string') {
    return isSealed(value) || isHidden(value) || isVaultReference(value) ? map(value, path, true) : value;
  }
  if (!isObject(value)) return value;
  return mapEach(value, (each, name) => mapSealed(each, map, [...path, name]));
}

const cache = new WeakMap<Fields, readonly string[]>();

/** The fields that are secret, and those with secrets in them. */
function secretive(fields: Fields): readonly string[] {
  const known = cache.get(fields);
  if (known) return known;
  const found = Object.entries(fields).flatMap(([name, { secret, type }]) =>
    secret || holdsSecrets(type) ? [name] : [],
  );
  cache.set(fields, found);
  return found;
}

function holdsSecrets(type: FieldType): boolean {
  if (type.is === 'json') return type.isSecret !== undefined || type.secretsBySeal === true;
  return type.is === 'record' && secretive(type.fields).length > 0;
}

/** What a document holds at a place. */
export function valueAt(document: JsonObject, [name = '', ...rest]: readonly string[]): Json | undefined {
  const value = document[name];
  if (rest.length === 0) return value;
  return isObject(value) ? valueAt(value, rest) : undefined;
}
