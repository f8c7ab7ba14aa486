import type { Json, JsonObject } from '../../foundation/kernel/json.js';
import type { Fields } from './field.js';
import { withoutFormerNames } from './former-names.js';
import { fieldsOf, withinVariant, type Document, type Kind } from './kind.js';
import { isObject } from './reading.js';

/** What stands for a secret wherever it is not shown. Given to a field, it means the secret that is there already. */
export const hiddenSecret = '***';

/** True for text that names a secret in a vault and is none itself: `{vault://env/tls-key}`. Gateways look it up. */
export function isVaultReference(text: string): boolean {
  return /^\{vault:\/\/[^{}\s]+\}$/.test(text);
}

/**
 * The document as those may see it who may read configurations, with each secret hidden. Everything that leaves for others
 * than gateways comes through here. A document without secrets is answered itself.
 */
export function redacted(kind: Kind, document: Document): Document {
  return mapSecrets(fieldsOf(kind, kind.variantOf?.(document)), document, (secret) =>
    typeof secret === 'string' && isVaultReference(secret) ? secret : hiddenSecret,
  );
}

/** The input with the secrets of the current document where it has them hidden. Those of another variant stay hidden. */
export function withKnownSecrets(kind: Kind, input: JsonObject, current: Document): JsonObject {
  const variant = kind.variantOf?.({ ...current, ...input });
  const known = withinVariant(kind, current, variant);
  return mapSecrets(fieldsOf(kind, variant), input, (secret, path) =>
    secret === hiddenSecret ? (valueAt(known, path) ?? secret) : secret,
  );
}

/** The object with another value for each secret of exactly this value. */
export function replaceSecrets(kind: Kind, object: JsonObject, from: string, to: string): JsonObject {
  return mapSecrets(fieldsOf(kind, kind.variantOf?.(object)), object, (secret) =>
    secret === from ? to : secret,
  );
}

type MapSecret = (secret: Json, path: readonly string[]) => Json;

function mapSecrets(
  fields: Fields,
  object: JsonObject,
  map: MapSecret,
  path: readonly string[] = [],
): JsonObject {
  const changed = secretive(fields).flatMap((name): [string, Json][] => {
    const value = Object.hasOwn(object, name) ? (object[name] ?? null) : null;
    const type = fields[name]?.type;
    if (value === null || type === undefined) return [];
    if (type.is !== 'record') return [[name, map(value, [...path, name])]];
    if (!isObject(value)) return [];
    return [[name, mapSecrets(type.fields, withoutFormerNames(type, value), map, [...path, name])]];
  });
  return changed.length === 0 ? object : { ...object, ...Object.fromEntries(changed) };
}

const cache = new WeakMap<Fields, readonly string[]>();

/** The fields that are secret, and those with secrets in them. */
function secretive(fields: Fields): readonly string[] {
  const known = cache.get(fields);
  if (known) return known;
  const found = Object.entries(fields).flatMap(([name, { secret, type }]) =>
    secret || (type.is === 'record' && secretive(type.fields).length > 0) ? [name] : [],
  );
  cache.set(fields, found);
  return found;
}

function valueAt(document: JsonObject, [name = '', ...rest]: readonly string[]): Json | undefined {
  const value = document[name];
  if (rest.length === 0) return value;
  return isObject(value) ? valueAt(value, rest) : undefined;
}
