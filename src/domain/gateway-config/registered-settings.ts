import type { Json, JsonObject } from '../../foundation/kernel/json.js';
import type { Problem } from '../../foundation/kernel/refusal.js';
import { SealBroken, type Keyring, type SecretPlace } from '../../foundation/secrets/keyring.js';
import { isSealed } from '../../foundation/secrets/sealed-text.js';
import { fieldInvalid } from './document.refusals.js';
import { schemaTooCostly } from './plugin-schema.refusals.js';
import { evaluate } from './plugin-schemas/json-schema/evaluate.js';
import { filled, secretPaths } from './plugin-schemas/json-schema/fill.js';
import type { Labour } from './plugin-schemas/json-schema/labour.js';
import { isObject, placeName } from './reading.js';
import { EffortSpent } from './router/linear-regex/index.js';
import { fingerprintOf, hiddenSecret, isHidden, isVaultReference, valueAt } from './secrets.js';

/** Settings of a plugin, and the schema that they are to fit. */
export interface SettingsAsked {
  readonly name: string;
  readonly schema: JsonObject;
  /** Secrets that were there before are sealed; others are in clear. */
  readonly config: JsonObject;
  /** The settings that are stored. */
  readonly stored: JsonObject;
}

/** What settings are settled with. */
export interface SettledWith {
  readonly secrets: Keyring;
  readonly labour: Labour;
  /** The plugin whose settings they are. */
  readonly owner: { readonly groupId: string; readonly id: string };
}

/** Settings as they are stored, and what is wrong with them. */
export interface SettledSettings {
  readonly config: JsonObject;
  readonly problems: readonly Problem[];
}

/**
 * The settings with the schema's defaults and their secrets sealed. What is sealed stays so, even where the schema no longer
 * calls it a secret, and is not looked at: so nobody learns a secret by changing a schema.
 */
export function settledSettings(asked: SettingsAsked, by: SettledWith): SettledSettings {
  const { config, problems } = fitted(asked, by.labour);
  const secrets = secretPaths(asked.schema);
  const wrong = [...problems, ...forged(by, config, []), ...stillHidden(config, secrets)];
  if (wrong.length > 0) return { config, problems: wrong };
  const sealed = secrets.reduce((settings, path) => {
    const secret = valueAt(settings, path);
    return isClear(secret)
      ? withValue(settings, path, sealedAt(by, asked.stored, { path, secret }))
      : settings;
  }, config);
  return { config: sealed, problems: [] };
}

function fitted({ name, schema, config: given }: SettingsAsked, labour: Labour): SettledSettings {
  try {
    const config = filled(labour, schema, given) as JsonObject;
    const evaluation = { ...labour, root: schema, typeName: name };
    return { config, problems: evaluate(evaluation, schema, config, ['config']).slice(0, problemsTold) };
  } catch (error) {
    if (!(error instanceof EffortSpent)) throw error;
    return { config: given, problems: [schemaTooCostly.problem({ name })] };
  }
}

const problemsTold = 100;

function isClear(secret: Json | undefined): secret is string {
  return typeof secret === 'string' && !isSealed(secret) && !isVaultReference(secret);
}

/** A secret that has not changed keeps the text that it is stored as. */
function sealedAt(
  { secrets, owner }: SettledWith,
  stored: JsonObject,
  { path, secret }: { readonly path: readonly string[]; readonly secret: string },
): Json {
  const known = valueAt(stored, path);
  const isSame = fingerprintOf(known) === secrets.fingerprint(secret, owner.groupId);
  return known !== undefined && isSame ? known : secrets.seal(secret, placeOf(owner, path));
}

function placeOf({ groupId, id }: SettledWith['owner'], path: readonly string[]): SecretPlace {
  return { groupId, kind: 'plugin', id, path: ['config', ...path] };
}

/** Text that looks sealed, and is no secret of this place. */
function forged(by: SettledWith, value: Json, path: readonly string[]): readonly Problem[] {
  if (typeof value === 'string') {
    return isSealed(value) && !opens(by, value, path) ? [notItself(path, 'what was given')] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => forged(by, each, [...path, name]));
}

function opens({ secrets, owner }: SettledWith, sealed: string, path: readonly string[]): boolean {
  try {
    secrets.open(sealed, placeOf(owner, path));
    return true;
  } catch (error) {
    if (error instanceof SealBroken) return false;
    throw error;
  }
}

function stillHidden(config: JsonObject, secrets: readonly (readonly string[])[]): readonly Problem[] {
  return secrets
    .filter((path) => isHidden(valueAt(config, path)))
    .map((path) => notItself(path, 'what was given'));
}

function notItself(path: readonly string[], received: string): Problem {
  const whole = ['config', ...path];
  const must = `be the secret itself, for which ${hiddenSecret} stands where it is not shown`;
  return fieldInvalid.problem({ field: placeName(whole), must, received }, whole);
}

/** The object with another value at a place that it has. */
function withValue(object: JsonObject, [name = '', ...rest]: readonly string[], value: Json): JsonObject {
  const inner = object[name];
  return {
    ...object,
    [name]: rest.length > 0 && isObject(inner) ? withValue(inner, rest, value) : value,
  };
}
