import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;

/** How many bytes a key has. */
export const keyLength = 32;

/**
 * Encrypts with AES-256-GCM: a random nonce, the ciphertext, the tag. What it is bound to must be said again to decrypt it.
 * Nonces are random, so that one key is good for 2³² encryptions.
 */
export function encrypt(key: Buffer, content: Buffer, boundTo: string): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(boundTo));
  return Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

/** What was encrypted with this key and bound to this; nothing if it was not, or has been altered. */
export function decrypt(key: Buffer, encrypted: Buffer, boundTo: string): Buffer | undefined {
  if (encrypted.length < nonceLength + tagLength) return undefined;
  const end = encrypted.length - tagLength;
  const decipher = createDecipheriv(algorithm, key, encrypted.subarray(0, nonceLength), {
    authTagLength: tagLength,
  });
  decipher.setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(encrypted.subarray(end));
  try {
    return Buffer.concat([decipher.update(encrypted.subarray(nonceLength, end)), decipher.final()]);
  } catch {
    return undefined;
  }
}
