import { createHash, randomBytes } from 'node:crypto';
import { v5, v7, validate } from 'uuid';

/** A new UUIDv7: unique everywhere, and roughly sorted by the time it was made. */
export function newId(): string {
  return v7();
}

/** The UUIDv5 of a name in a namespace: the same inputs give the same id on every machine. */
export function derivedId(namespace: string, name: string): string {
  return v5(name, namespace);
}

/** True for any well-formed UUID. */
export function isId(text: string): boolean {
  return validate(text);
}

/** 256 random bits, as text that is safe in headers and file names. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** A random fraction in [0, 1), for jitter. */
export function randomFraction(): number {
  return Math.random();
}

/** SHA-256 of a text or of bytes. */
export function sha256(content: string | Uint8Array): Buffer {
  return createHash('sha256').update(content).digest();
}

/** SHA-256 of texts one after the other, as if they were one, which is never made. */
export function sha256OfParts(parts: Iterable<string>): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
