import type { Json, JsonObject } from '../../foundation/kernel/json.js';
import { SealBroken, type Keyring, type SecretPlace } from '../../foundation/secrets/keyring.js';
import { isSealed } from '../../foundation/secrets/sealed-text.js';
import type { Document, Kind } from './kind.js';
import { fingerprintOf, hiddenWith, isHidden, isVaultReference, mapSecrets, valueAt } from './secrets.js';

/** Whose secrets are sealed or opened, and with what. */
export interface Sealing {
  readonly secrets: Keyring;
  readonly owner: { readonly groupId: string; readonly kind: Kind; readonly id: string };
}

/** A secret of an entity, and where in its document it belongs. */
export interface OpenSecret {
  readonly path: readonly string[];
  readonly value: string;
}

/**
 * The document as it is stored: each secret sealed for its place. One that has not changed keeps the text that it is stored
 * as. References to vaults are none.
 */
export function sealedSecrets(sealing: Sealing, document: Document, stored?: Document): Document {
  const { secrets, owner } = sealing;
  return mapSecrets(owner.kind, document, (secret, path) => {
    if (!isClear(secret)) return secret;
    const known = stored && valueAt(stored, path);
    const isSame = fingerprintOf(known) === secrets.fingerprint(secret, owner.groupId);
    return known !== undefined && isSame ? known : secrets.seal(secret, placeOf(sealing, path));
  });
}

/** The stored document with its secrets in clear. Throws if one was altered, or moved from its place. */
export function openedSecrets(sealing: Sealing, document: Document): Document {
  return mapSecrets(sealing.owner.kind, document, (secret, path) => opened(sealing, secret, path));
}

/** The same, but for secrets that only their seal tells from other text: they stay sealed. */
export function openedToCheck(sealing: Sealing, document: Document): Document {
  return mapSecrets(sealing.owner.kind, document, (secret, path, isKnownBySeal) =>
    isKnownBySeal ? secret : opened(sealing, secret, path),
  );
}

/** The stored document with its secrets sealed by the newest data key. */
export function resealedSecrets(sealing: Sealing, document: Document): Document {
  return mapSecrets(sealing.owner.kind, document, (secret, path) =>
    typeof secret === 'string' && isSealed(secret)
      ? sealing.secrets.reseal(secret, placeOf(sealing, path))
      : secret,
  );
}

/**
 * The input with the secrets in clear that it has in stored form, as those that were hidden have by now. What is not a sealed
 * secret of this very place stays as it is, to be refused; what only its seal tells from other text stays sealed, too.
 */
export function openedInput(sealing: Sealing, input: JsonObject, current?: Document): JsonObject {
  const open = (secret: Json, path: readonly string[], isKnownBySeal: boolean): Json => {
    if (isKnownBySeal) return secret;
    try {
      return opened(sealing, secret, path);
    } catch (error) {
      if (error instanceof SealBroken) return secret;
      throw error;
    }
  };
  return mapSecrets(sealing.owner.kind, input, open, current);
}

/** The secrets of a stored document, in clear, each with its place; null if it has none. */
export function secretsIn(sealing: Sealing, document: Document): readonly OpenSecret[] | null {
  const found: OpenSecret[] = [];
  mapSecrets(sealing.owner.kind, document, (secret, path) => {
    if (typeof secret === 'string' && isSealed(secret))
      found.push({ path, value: open(sealing, secret, path) });
    return secret;
  });
  return found.length === 0 ? null : found;
}

/** Says how documents with secrets in clear would be shown in a group. */
export function hiding(secrets: Keyring, groupId: string): (kind: Kind, document: Document) => Document {
  return (kind, document) =>
    mapSecrets(kind, document, (secret) =>
      isClear(secret) ? hiddenWith(secrets.fingerprint(secret, groupId)) : secret,
    );
}

function isClear(secret: Json): secret is string {
  return typeof secret === 'string' && !isSealed(secret) && !isHidden(secret) && !isVaultReference(secret);
}

function opened(sealing: Sealing, secret: Json, path: readonly string[]): Json {
  return typeof secret === 'string' && isSealed(secret) ? open(sealing, secret, path) : secret;
}

function open(sealing: Sealing, secret: string, path: readonly string[]): string {
  return sealing.secrets.open(secret, placeOf(sealing, path));
}

function placeOf({ owner }: Sealing, path: readonly string[]): SecretPlace {
  return { groupId: owner.groupId, kind: owner.kind.name, id: owner.id, path };
}
