import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Keyring, SealBroken, type DataKey, type SecretPlace } from './keyring.js';
import { newMasterKeyText, readMasterKey } from './master-key.js';
import { fingerprintIn, parseSealed } from './sealed-text.js';

const fingerprintKey = randomBytes(32);

function dataKey(): DataKey {
  return { id: randomUUID(), key: randomBytes(32), fingerprintKey };
}

const first = dataKey();
const place: SecretPlace = { groupId: 'g', kind: 'route', id: 'e', path: ['config', 'password'] };

function keyringOf(...keys: DataKey[]): Promise<Keyring> {
  return Keyring.open((known) => Promise.resolve(keys.filter(({ id }) => !known.has(id))));
}

let keyring: Keyring;
beforeEach(async () => {
  keyring = await keyringOf(first);
});

describe('a sealed secret', () => {
  it('opens where it was sealed, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (secret) => {
        expect(keyring.open(keyring.seal(secret, place), place)).toBe(secret);
      }),
    );
  });

  it('is another text each time, and none holds the secret', () => {
    const [one, other] = [keyring.seal('the-secret', place), keyring.seal('the-secret', place)];
    expect(one).not.toBe(other);
    expect(parseSealed(one)?.content.includes('the-secret')).toBe(false);
  });

  it.each<[string, Partial<SecretPlace>]>([
    ['group', { groupId: 'h' }],
    ['kind', { kind: 'plugin' }],
    ['entity', { id: 'f' }],
    ['field', { path: ['config', 'username'] }],
    ['depth', { path: ['config.password'] }],
  ])('does not open in another %s', (_, elsewhere) => {
    const sealed = keyring.seal('the-secret', place);
    expect(() => keyring.open(sealed, { ...place, ...elsewhere })).toThrow(SealBroken);
  });

  it('does not open if any character of it was changed', () => {
    const sealed = keyring.seal('the-secret', place);
    for (let at = 0; at < sealed.length; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const altered = sealed.slice(0, at) + other + sealed.slice(at + 1);
      // The last character of base64 has bits that mean nothing.
      if (parseSealed(altered)?.content.equals(parseSealed(sealed)!.content) && at === sealed.length - 1)
        continue;
      expect(() => keyring.open(altered, place)).toThrow();
    }
  });

  it.each(['', 'the-secret', 'sealed:v1:', 'sealed:v1:a:b:c'])('is not “%s”', (text) => {
    expect(() => keyring.open(text, place)).toThrow(SealBroken);
  });

  it('does not open with another key of the same name', async () => {
    const other = await keyringOf({ ...dataKey(), id: first.id });
    expect(() => other.open(keyring.seal('the-secret', place), place)).toThrow(SealBroken);
  });
});

describe('a fingerprint', () => {
  it('is that of the secret, in one group, under whatever data key', async () => {
    const later = await keyringOf(first, dataKey());
    const fingerprint = keyring.fingerprint('the-secret', 'g');
    expect(later.fingerprint('the-secret', 'g')).toBe(fingerprint);
    expect(fingerprintIn(keyring.seal('the-secret', place))).toBe(fingerprint);
    expect(fingerprintIn(later.seal('the-secret', { ...place, id: 'f' }))).toBe(fingerprint);
  });

  it('is another one for another secret, another group, and another installation', async () => {
    const elsewhere = await keyringOf({ ...dataKey(), fingerprintKey: randomBytes(32) });
    const all = [
      ...[keyring.fingerprint('the-secret', 'g'), keyring.fingerprint('another', 'g')],
      ...[keyring.fingerprint('the-secret', 'h'), elsewhere.fingerprint('the-secret', 'g')],
    ];
    expect(new Set(all).size).toBe(4);
  });
});

describe('a keyring', () => {
  it('seals with its newest key, and opens with all', async () => {
    const second = dataKey();
    const later = await keyringOf(first, second);
    expect(parseSealed(later.seal('a', place))?.keyId).toBe(second.id);
    expect(later.open(keyring.seal('a', place), place)).toBe('a');
  });

  it('learns of a key that was made elsewhere when it meets it', async () => {
    const keys = [first];
    const here = await Keyring.open((known) => Promise.resolve(keys.filter(({ id }) => !known.has(id))));
    keys.push(dataKey());
    const sealed = (await keyringOf(...keys)).seal('a', place);
    expect(await here.withKeys(() => here.open(sealed, place))).toBe('a');
    expect(here.currentKeyId).toBe(keys[1]?.id);
  });

  it('says that a key is not there', async () => {
    const sealed = (await keyringOf(dataKey())).seal('a', place);
    await expect(keyring.withKeys(() => keyring.open(sealed, place))).rejects.toThrow(
      'which the database does not have',
    );
  });
});

describe('a master key', () => {
  const text = newMasterKeyText();
  const master = readMasterKey(text)!;

  it('is 32 bytes in base64, base64url or hex', () => {
    const bytes = Buffer.from(text, 'base64');
    const forms = [
      `${text}\n`,
      bytes.toString('base64url'),
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
    ];
    for (const form of forms) expect(readMasterKey(form)?.id).toBe(master.id);
    const wrong = ['', 'a password', text.slice(4), `${text}${text}`, `${bytes.toString('hex')}00`];
    for (const form of wrong) expect(readMasterKey(form)).toBeUndefined();
  });

  it('unwraps what it wrapped, as what it wrapped it', () => {
    const wrapped = master.wrap(fingerprintKey, 'a');
    expect(master.unwrap(wrapped, 'a')).toEqual(fingerprintKey);
    expect(master.unwrap(wrapped, 'b')).toBeUndefined();
    expect(readMasterKey(newMasterKeyText())!.unwrap(wrapped, 'a')).toBeUndefined();
    expect(master.unwrap(wrapped.subarray(0, 10), 'a')).toBeUndefined();
  });
});
