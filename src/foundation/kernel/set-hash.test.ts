import fc from 'fast-check';
import { emptyHash, memberDigest, withEntity, withoutEntity } from './set-hash.js';

const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });

function hashOf(digests: readonly Uint8Array[]): Buffer {
  return digests.reduce<Buffer>((hash, each) => withEntity(hash, each), emptyHash);
}

it('depends on what is in the set, and not on how it came to be', () => {
  const history = fc.tuple(fc.array(digest), fc.array(digest)).chain(([kept, passing]) => {
    const steps = [...kept, ...passing].map((each) => ({ each, add: true }));
    const removals = passing.map((each) => ({ each, add: false }));
    const all = [...steps, ...removals];
    return fc.tuple(
      fc.constant(kept),
      fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
    );
  });
  fc.assert(
    fc.property(history, ([kept, steps]) => {
      const hash = steps.reduce<Buffer>(
        (current, { each, add }) => (add ? withEntity(current, each) : withoutEntity(current, each)),
        emptyHash,
      );
      expect(hash).toEqual(hashOf(kept));
    }),
  );
});

it('is addition modulo 2^256', () => {
  const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  fc.assert(
    fc.property(digest, digest, (a, b) => {
      expect(toNumber(withEntity(a, b))).toBe(BigInt.asUintN(256, toNumber(a) + toNumber(b)));
      expect(toNumber(withoutEntity(a, b))).toBe(BigInt.asUintN(256, toNumber(a) - toNumber(b)));
    }),
  );
});

it('counts an entity as often as it was added', () => {
  const one = memberDigest('route', 'a', {});
  expect(withEntity(withEntity(emptyHash, one), one)).not.toEqual(withEntity(emptyHash, one));
});

it('leaves its arguments alone', () => {
  const [hash, one] = [memberDigest('a', 'a', {}), memberDigest('b', 'b', {})];
  const before = [Buffer.from(hash), Buffer.from(one)];
  withEntity(hash, one);
  withoutEntity(hash, one);
  expect([hash, one]).toEqual(before);
  expect(emptyHash).toEqual(Buffer.alloc(32));
});

it('refuses what is not 32 bytes long', () => {
  expect(() => withEntity(emptyHash, Buffer.alloc(31))).toThrow('32 bytes');
  expect(() => withoutEntity(Buffer.alloc(0), emptyHash)).toThrow('32 bytes');
});

describe('the digest of a member', () => {
  const one = memberDigest('route', 'id', { a: 1, b: [1, 2] });

  it('is the same for the same content, in whatever order its keys are', () => {
    expect(memberDigest('route', 'id', { b: [1, 2], a: 1 })).toEqual(one);
  });

  it.each([
    ['kind', memberDigest('plugin', 'id', { a: 1, b: [1, 2] })],
    ['id', memberDigest('route', 'di', { a: 1, b: [1, 2] })],
    ['content', memberDigest('route', 'id', { a: 1, b: [2, 1] })],
  ])('differs by %s', (_, other) => {
    expect(other).not.toEqual(one);
  });
});
