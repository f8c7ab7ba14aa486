import { createHmac, randomBytes } from 'node:crypto';
import { decrypt, encrypt, keyLength } from './cipher.js';

/** The key of an installation, which comes from outside and is stored nowhere. It does nothing but wrap other keys. */
export interface MasterKey {
  /** Tells master keys apart, and nothing about them. */
  readonly id: string;
  wrap(key: Buffer, boundTo: string): Buffer;
  /** Nothing if this key did not wrap it. */
  unwrap(wrapped: Buffer, boundTo: string): Buffer | undefined;
}

/** Reads a master key: 32 bytes in hex or base64. Nothing if it is something else. */
export function readMasterKey(text: string): MasterKey | undefined {
  const bytes = keyBytes(text.trim());
  if (!bytes) return undefined;
  return {
    id: createHmac('sha256', bytes).update('signalbox master key').digest('hex').slice(0, 16),
    wrap: (key, boundTo) => encrypt(bytes, key, boundTo),
    unwrap: (wrapped, boundTo) => decrypt(bytes, wrapped, boundTo),
  };
}

/** A new master key, as text. */
export function newMasterKeyText(): string {
  return randomBytes(keyLength).toString('base64');
}

function keyBytes(text: string): Buffer | undefined {
  if (/^[\da-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  return /^[\w+/-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}
