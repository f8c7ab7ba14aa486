import { sha256 } from './id.js';
import { canonicalJson, type JsonObject } from './json.js';

/**
 * The hash of a set of entities, kept up to date at a cost that follows the change and not the set: the sum of the members'
 * digests modulo 2^256. Neither the order of additions nor what came and went between matters, so whoever holds the same
 * entities has the same hash.
 *
 * It protects against accident and defects: a lost, repeated, or altered entity changes it. It does not protect against
 * someone who can write the set: sums of digests can be made to collide on purpose with far less work than SHA-256 itself.
 */
export const emptyHash: Buffer = Buffer.alloc(32);

/**
 * What one entity adds to the hash: it depends on the kind, the id, and the content, and on nothing else. Whoever has the
 * canonical text of the content may give it.
 */
export function memberDigest(
  kind: string,
  id: string,
  document: JsonObject,
  text: string = canonicalJson(document),
): Buffer {
  return sha256(`[${JSON.stringify(kind)},${JSON.stringify(id)},${text}]`);
}

/** The hash after an entity with this digest was added. Both stay as they are. */
export function withEntity(hash: Uint8Array, digest: Uint8Array): Buffer {
  return combined(hash, digest, 1);
}

/** The hash after an entity with this digest was taken away. Both stay as they are. */
export function withoutEntity(hash: Uint8Array, digest: Uint8Array): Buffer {
  return combined(hash, digest, -1);
}

/** Adds or subtracts two numbers of 32 bytes, the most significant byte first, and drops what is carried beyond. */
function combined(hash: Uint8Array, digest: Uint8Array, sign: 1 | -1): Buffer {
  if (hash.length !== 32 || digest.length !== 32)
    throw new Error('A set hash and a digest have 32 bytes each.');
  const result = Buffer.alloc(32);
  let carry = 0;
  for (let at = 31; at >= 0; at -= 1) {
    const sum = (hash[at] ?? 0) + sign * (digest[at] ?? 0) + carry;
    result[at] = sum & 0xff;
    carry = sum >> 8;
  }
  return result;
}
