import { createPrivateKey, createPublicKey } from 'node:crypto';
import { pem } from '../../../../test/kit/pem.js';
import type { JsonObject } from '../../../foundation/kernel/json.js';
import { keysOf, normalise, patch, referencesOf } from '../document.js';
import { keySet } from './key-set.js';
import { key } from './key.js';

const privateKey = pem('server-rsa.key');
const publicKey = pem('server-rsa.pub');
const vaulted = '{vault://env/key}';

const jwk = (fields: object): string => JSON.stringify({ kid: 'k1', ...fields });
const publicJwk = createPublicKey(publicKey).export({ format: 'jwk' });
const privateJwk = createPrivateKey(privateKey).export({ format: 'jwk' });

function verdict(input: JsonObject): string[][] {
  return normalise(key, { kid: 'k1', ...input }).problems.map(({ code, path }) => [code, ...path]);
}

it.each<[string, JsonObject]>([
  ['a public JWK', { jwk: jwk(publicJwk) }],
  ['a private JWK', { jwk: jwk(privateJwk) }],
  ['a symmetric JWK', { jwk: jwk({ kty: 'oct', k: 'c2VjcmV0' }) }],
  ['a JWK in a vault', { jwk: vaulted }],
  ['both parts in PEM', { pem: { private_key: privateKey, public_key: publicKey } }],
  ['a public key in PEM', { pem: { public_key: publicKey } }],
  ['a private key in PEM', { pem: { private_key: privateKey } }],
  ['PEM in a vault', { pem: { private_key: vaulted, public_key: vaulted } }],
  ['a name and a set', { name: 'mine', set: { id: 's' }, jwk: vaulted }],
])('accepts %s', (_, input) => {
  expect(verdict(input)).toEqual([]);
});

it.each<[string, string[][], JsonObject]>([
  ['neither form', [['KEY_WITHOUT_ONE_FORM', 'jwk']], {}],
  ['both forms', [['KEY_WITHOUT_ONE_FORM', 'jwk']], { jwk: vaulted, pem: { public_key: publicKey } }],
  ['no kid', [['FIELD_REQUIRED', 'kid']], { kid: null, jwk: vaulted }],
  ['a JWK with another kid', [['KEY_ID_MISMATCH', 'jwk']], { jwk: jwk({ ...publicJwk, kid: 'k2' }) }],
  ['a JWK without a kid', [['KEY_ID_MISMATCH', 'jwk']], { jwk: JSON.stringify(publicJwk) }],
  ['text that is no JSON', [['FIELD_INVALID', 'jwk']], { jwk: 'k1' }],
  ['a JWK that is a list', [['FIELD_INVALID', 'jwk']], { jwk: '[]' }],
  ['a JWK that is no key', [['FIELD_INVALID', 'jwk']], { jwk: jwk({}) }],
  ['a JWK of a sort that nobody knows', [['FIELD_INVALID', 'jwk']], { jwk: jwk({ kty: 'XYZ' }) }],
  ['PEM that holds nothing', [['FIELD_INVALID', 'pem']], { pem: {} }],
  [
    'a private key for the public one',
    [['FIELD_INVALID', 'pem', 'public_key']],
    { pem: { public_key: privateKey } },
  ],
  [
    'a public key for the private one',
    [['FIELD_INVALID', 'pem', 'private_key']],
    { pem: { private_key: publicKey } },
  ],
  ['a name with a space', [['FIELD_INVALID', 'name']], { name: 'my key', jwk: vaulted }],
])('refuses %s', (_, problems, input) => {
  expect(verdict(input)).toEqual(problems);
});

it('changes from one form to the other', () => {
  const { document } = normalise(key, { kid: 'k1', jwk: jwk(publicJwk) });
  expect(patch(key, document, { jwk: null, pem: { public_key: publicKey } }).problems).toEqual([]);
});

it('is unique by its name, and by its kid in a set or outside of all', () => {
  const kidKey = (fields: JsonObject): string | null => keysOf(key, { kid: 'k1', ...fields })[1];
  expect(kidKey({ name: 'a' })).toBe(kidKey({ name: 'b' }));
  expect(kidKey({ set: 's' })).not.toBe(kidKey({}));
  expect(kidKey({ set: 's' })).not.toBe(kidKey({ set: 't' }));
  expect(keysOf(key, { kid: 'k1', name: 'a' })[0]).toBe('a');
});

it('goes with its set, which is unique by its name', () => {
  expect(referencesOf(key, { kid: 'k1', set: 's' })).toEqual([{ field: 'set', to: 's' }]);
  expect(key.fields['set']?.type).toMatchObject({ onDelete: 'cascade' });
  expect(normalise(keySet, { name: 'mine' })).toEqual({ document: { name: 'mine' }, problems: [] });
  expect(normalise(keySet, { name: 'my set' }).problems.map(({ path }) => path)).toEqual([['name']]);
  expect(keysOf(keySet, { name: 'mine' })).toEqual(['mine', null]);
});
