import { createHash, hash, randomBytes } from 'node:crypto';
import { v7, validate } from 'uuid';

/** A new UUIDv7: unique everywhere, and roughly sorted by the time it was made. */
export function newId(): string {
  return v7();
}

/** The UUIDv5 of a name in a namespace: the same inputs give the same id on every machine. */
export function derivedId(namespace: string, name: string): string {
  const digest = hash('sha1', Buffer.concat([bytesOf(namespace), Buffer.from(name)]), 'buffer');
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  return digest.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function bytesOf(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
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
  return hash('sha256', content, 'buffer');
}

/** SHA-256 of texts that come one after the other, as if they were one, which is never made. */
export class Sha256 {
  private readonly hash = createHash('sha256');

  add(part: string): void {
    this.hash.update(part);
  }

  digest(): Buffer {
    return this.hash.digest();
  }
}
