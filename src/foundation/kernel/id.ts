import { createHash, hash, randomBytes } from 'node:crypto';
import { v7, validate } from 'uuid';

/** A new UUIDv7: unique everywhere, and roughly sorted by the time it was made. */
export function newId(): string {
  return v7();
}

/** The UUIDv5 of a name in a namespace: the same inputs give the same id on every machine. */
export function derivedId(namespace: string, name: string): string {
  const bytes = Buffer.allocUnsafe(16 + Buffer.byteLength(name));
  bytes.write(namespace.replaceAll('-', ''), 'hex');
  bytes.write(name, 16);
  const hex = hash('sha1', bytes, 'hex');
  const variant = '89ab'[Number.parseInt(hex[16] ?? '', 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
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
