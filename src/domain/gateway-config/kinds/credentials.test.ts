import { generateKeyPairSync } from 'node:crypto';
import { pem } from '../../../../test/kit/pem.js';
import type { JsonObject } from '../../../foundation/kernel/json.js';
import { keysOf, normalise } from '../document.js';
import type { Kind } from '../kind.js';
import { acl } from './acl.js';
import { basicauthCredential } from './basicauth-credential.js';
import { hmacauthCredential } from './hmacauth-credential.js';
import { jwtSecret } from './jwt-secret.js';
import { keyauthCredential } from './keyauth-credential.js';
import { oauth2Credential } from './oauth2-credential.js';

const consumer = 'c';

/** A good credential of each kind. */
const valid = new Map<Kind, JsonObject>([
  [keyauthCredential, { consumer, key: 'k' }],
  [basicauthCredential, { consumer, username: 'alice', password: 'p' }],
  [hmacauthCredential, { consumer, username: 'alice', secret: 's' }],
  [jwtSecret, { consumer, key: 'issuer', secret: 's' }],
  [acl, { consumer, group: 'gold' }],
  [oauth2Credential, { consumer, name: 'app', client_id: 'i', client_secret: 's' }],
]);

function verdict(kind: Kind, input: JsonObject): string[][] {
  const { problems } = normalise(kind, { ...valid.get(kind), ...input });
  return problems.map(({ code, path }) => [code, ...path]);
}

describe.each([...valid].map(([kind, input]): [string, Kind, JsonObject] => [kind.name, kind, input]))(
  '%s',
  (_, kind, input) => {
    it('is accepted with what it needs', () => {
      expect(verdict(kind, {})).toEqual([]);
    });

    it.each(Object.keys(input))('needs its %s', (field) => {
      expect(verdict(kind, { [field]: null })).toEqual([['FIELD_REQUIRED', field]]);
      expect(verdict(kind, { [field]: 42 })).toEqual([['FIELD_INVALID', field]]);
    });

    it('goes with its consumer', () => {
      expect(kind.fields['consumer']?.type).toEqual({ is: 'reference', to: 'consumer', onDelete: 'cascade' });
    });
  },
);

it.each<[string, Kind, JsonObject, JsonObject]>([
  ['by its key', keyauthCredential, { consumer: 'd' }, { key: 'l' }],
  ['by its username', basicauthCredential, { consumer: 'd', password: 'q' }, { username: 'bob' }],
  ['by its username', hmacauthCredential, { consumer: 'd', secret: 't' }, { username: 'bob' }],
  ['by its key', jwtSecret, { consumer: 'd', secret: 't' }, { key: 'other' }],
  ['by its client id', oauth2Credential, { consumer: 'd', name: 'b' }, { client_id: 'j' }],
  ['by its consumer and its group', acl, { tags: ['a'] }, { consumer: 'd' }],
])('is unique %s: %o', (_, kind, same, other) => {
  const keyOf = (fields: JsonObject): string | null => keysOf(kind, { ...valid.get(kind), ...fields })[0];
  expect(keyOf(same)).toBe(keyOf({}));
  expect(keyOf(other)).not.toBe(keyOf({}));
});

it('tells no secret in a unique key', () => {
  expect(keysOf(keyauthCredential, { key: 'the-secret' })[0]).toMatch(/^[0-9a-f]{64}$/);
});

describe('the time to live of a key', () => {
  it.each([0, 3600, 100_000_000])('may be %d', (ttl) => {
    expect(verdict(keyauthCredential, { ttl })).toEqual([]);
  });

  it.each([-1, 1.5, 100_000_001, '60'])('cannot be %j', (ttl) => {
    expect(verdict(keyauthCredential, { ttl })).toEqual([['FIELD_INVALID', 'ttl']]);
  });
});

describe('a password', () => {
  it('stays as it was given, so that the same file again changes nothing', () => {
    const { document } = normalise(basicauthCredential, valid.get(basicauthCredential) ?? {});
    expect(document['password']).toBe('p');
    expect(normalise(basicauthCredential, document).document).toEqual(document);
  });
});

describe('the algorithm of a JWT credential', () => {
  const rsa = pem('server-rsa.pub');
  const edwards = generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' });

  it('is HS256 by default', () => {
    expect(normalise(jwtSecret, valid.get(jwtSecret) ?? {}).document['algorithm']).toBe('HS256');
  });

  it.each<[string, string | null]>([
    ...['HS256', 'HS384', 'HS512', 'ES256', 'ES384', 'ES512'].map((each): [string, null] => [each, null]),
    ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'].map((each): [string, string] => [each, rsa]),
    ['EdDSA', String(edwards)],
  ])('may be %s', (algorithm, key) => {
    expect(verdict(jwtSecret, { algorithm, rsa_public_key: key })).toEqual([]);
  });

  it.each(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'EdDSA'])(
    'cannot be %s without a public key',
    (algorithm) => {
      expect(verdict(jwtSecret, { algorithm })).toEqual([['FIELD_REQUIRED', 'rsa_public_key']]);
    },
  );

  it.each(['none', 'hs256', 'RS128'])('cannot be %s', (algorithm) => {
    expect(verdict(jwtSecret, { algorithm })).toEqual([['FIELD_INVALID', 'algorithm']]);
  });

  it.each([
    ['text', 'the key'],
    ['a certificate', pem('server-rsa.crt')],
    ['a private key', pem('server-rsa.key')],
  ])('cannot come with %s for a public key', (_, key) => {
    expect(verdict(jwtSecret, { algorithm: 'RS256', rsa_public_key: key })).toEqual([
      ['FIELD_INVALID', 'rsa_public_key'],
    ]);
  });
});

describe('an OAuth 2 application', () => {
  it('is confidential by default, and its secret not hashed', () => {
    expect(normalise(oauth2Credential, valid.get(oauth2Credential) ?? {}).document).toMatchObject({
      client_type: 'confidential',
      hash_secret: false,
    });
  });

  it.each<[string, JsonObject]>([
    ['several redirects', { redirect_uris: ['https://example.com/back', 'app://example/back?x=1'] }],
    ['no redirect', { redirect_uris: [] }],
    ['a public client', { client_type: 'public', hash_secret: true }],
  ])('may have %s', (_, input) => {
    expect(verdict(oauth2Credential, input)).toEqual([]);
  });

  it.each<[string, string[], JsonObject]>([
    ['a relative redirect', ['redirect_uris', '0'], { redirect_uris: ['/back'] }],
    ['a redirect without a host', ['redirect_uris', '0'], { redirect_uris: ['mailto:a@example.com'] }],
    ['a fragment', ['redirect_uris', '1'], { redirect_uris: ['https://a.b', 'https://example.com/#top'] }],
    ['another type', ['client_type'], { client_type: 'secret' }],
  ])('cannot have %s', (_, path, input) => {
    expect(verdict(oauth2Credential, input)).toEqual([['FIELD_INVALID', ...path]]);
  });
});
