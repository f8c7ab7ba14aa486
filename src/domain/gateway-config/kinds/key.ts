import type { JsonObject } from '../../../foundation/kernel/json.js';
import * as checks from '../checks.js';
import { keyIdMismatch, keyWithoutOneForm } from '../document.refusals.js';
import { record, reference, referenceable, text, type Check } from '../field.js';
import type { Kind, Rule } from '../kind.js';
import { jwkIn } from '../pem.js';
import { isObject, textAt } from '../reading.js';
import { privateKeyPem, publicKeyPem } from './pem-checks.js';
import { present, rule } from './rule.js';

const pem = record(
  'KeyPem',
  'A key in PEM: its private part, its public part, or both.',
  {
    private_key: {
      type: referenceable(text(privateKeyPem)),
      secret: true,
      description: 'The private key in PEM, or a vault reference.',
    },
    public_key: {
      type: referenceable(text(publicKeyPem)),
      description: 'The public key in PEM, or a vault reference.',
    },
  },
  (given) => (Object.keys(given).length > 0 ? undefined : 'have a private_key, a public_key, or both'),
);

const forms = ['jwk', 'pem'];

/** Kong's key. */
export const key: Kind = {
  name: 'key',
  typeName: 'Key',
  collection: 'keys',
  listField: 'keys',
  description: 'A key with which plugins sign, encrypt, or check what others signed.',
  fields: {
    name: { type: text(checks.name), description: 'The name of the key, unique in its runtime group.' },
    kid: {
      type: text(),
      required: true,
      description: 'The id by which tokens name the key, unique in its key set.',
    },
    set: { type: reference('key_set', 'cascade'), description: 'The key set that the key belongs to.' },
    jwk: {
      type: referenceable(text(jwk)),
      secret: true,
      description: 'The key as a JSON Web Key, in JSON text with the same kid, or a vault reference.',
    },
    pem: { type: pem, description: 'The key in PEM.' },
  },
  unique: [{ fields: ['name'] }, { fields: ['kid', 'set'], absentCounts: true }],
  rules: [inOneForm(), ofOneId()],
};

function jwk(value: string): ReturnType<Check<string>> {
  const parsed = parsedJwk(value);
  if (!parsed) return 'be a JSON Web Key, as JSON text';
  const isUsable = parsed['kty'] === 'oct' ? typeof parsed['k'] === 'string' : jwkIn(parsed) !== undefined;
  return isUsable ? undefined : 'be a JSON Web Key that can be loaded';
}

function parsedJwk(value: string): JsonObject | undefined {
  try {
    const parsed = JSON.parse(value) as JsonObject;
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function inOneForm(): Rule {
  return rule(forms, (document) =>
    present(document, forms).length === 1 ? [] : [keyWithoutOneForm.problem({}, ['jwk'])],
  );
}

function ofOneId(): Rule {
  return rule(['kid', 'jwk'], (document) => {
    const kid = textAt(document, 'kid');
    const parsed = parsedJwk(textAt(document, 'jwk'));
    if (!parsed || parsed['kid'] === kid) return [];
    return [keyIdMismatch.problem({ kid }, ['jwk'])];
  });
}
