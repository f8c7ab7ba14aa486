import { createHmac } from 'node:crypto';
import { decrypt, encrypt } from './cipher.js';
import { formatSealed, parseSealed } from './sealed-text.js';

/** A key that seals secrets, and the one that makes their fingerprints, which outlives it. */
export interface DataKey {
  readonly id: string;
  readonly key: Buffer;
  readonly fingerprintKey: Buffer;
}

/** Where a secret belongs. What is sealed for one place opens at no other. */
export interface SecretPlace {
  readonly groupId: string;
  readonly kind: string;
  readonly id: string;
  readonly path: readonly string[];
}

/** A sealed secret that does not open: it was altered, or moved from its place. */
export class SealBroken extends Error {
  constructor({ groupId, kind, id, path }: SecretPlace) {
    super(`The sealed secret at ${path.join('.')} of ${kind} ${id} in group ${groupId} does not open there.`);
  }
}

/** A secret was sealed with a key that was made elsewhere, after this keyring was filled. */
class DataKeyUnknown extends Error {
  constructor(keyId: string) {
    super(`A secret is sealed with the data key ${keyId}, which the database does not have.`);
  }
}

const fingerprintBytes = 12;

/** The data keys of an installation, ready for use. It holds the only means to seal and to open secrets. */
export class Keyring {
  private readonly keys = new Map<string, DataKey>();
  private current: DataKey;

  private constructor(
    first: DataKey,
    private readonly read: (known: ReadonlySet<string>) => Promise<readonly DataKey[]>,
  ) {
    this.current = first;
  }

  /** Opens a keyring on what `read` gives: at least one key, those that it does not know yet, the newest last. */
  static async open(read: (known: ReadonlySet<string>) => Promise<readonly DataKey[]>): Promise<Keyring> {
    const keys = await read(new Set());
    if (!keys[0]) throw new Error('A keyring has at least one data key.');
    const keyring = new Keyring(keys[0], read);
    keyring.add(keys);
    return keyring;
  }

  /** The key that seals what is written from now on. */
  get currentKeyId(): string {
    return this.current.id;
  }

  /** Learns of the data keys that were made elsewhere. */
  async refresh(): Promise<void> {
    this.add(await this.read(new Set(this.keys.keys())));
  }

  /** Runs what opens secrets; once more, if it needs a key that was made elsewhere in the meantime. */
  async withKeys<Result>(run: () => Result): Promise<Result> {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof DataKeyUnknown)) throw error;
      await this.refresh();
      return run();
    }
  }

  /** Seals a secret for a place, as text. Each time, it is another text. */
  seal(secret: string, place: SecretPlace): string {
    const { id: keyId, key } = this.current;
    const fingerprint = this.fingerprint(secret, place.groupId);
    const content = encrypt(key, Buffer.from(secret), boundTo(keyId, fingerprint, place));
    return formatSealed({ keyId, fingerprint, content });
  }

  /** The sealed text, sealed by the newest key that is known. One that is already, stays as it is. */
  reseal(sealed: string, place: SecretPlace): string {
    if (parseSealed(sealed)?.keyId === this.currentKeyId) return sealed;
    return this.seal(this.open(sealed, place), place);
  }

  /** The secret in a sealed text. Throws `SealBroken` if it was not sealed for this place, or has been altered. */
  open(sealed: string, place: SecretPlace): string {
    const parts = parseSealed(sealed);
    if (!parts) throw new SealBroken(place);
    const { keyId, fingerprint, content } = parts;
    const key = this.keys.get(keyId);
    if (!key) throw new DataKeyUnknown(keyId);
    const secret = decrypt(key.key, content, boundTo(keyId, fingerprint, place));
    if (!secret) throw new SealBroken(place);
    return secret.toString();
  }

  /**
   * What tells a secret apart from others: the same for the same secret in the same group, for ever. Without the key, nobody
   * can compute it, so that it does not help to guess; between groups, nothing can be compared.
   */
  fingerprint(secret: string, groupId: string): string {
    return this.mac(`secret of ${groupId}`, secret).toString('base64url', 0, fingerprintBytes);
  }

  /** A digest of a text that only this installation can compute, for one purpose. */
  mac(purpose: string, text: string): Buffer {
    return createHmac('sha256', this.current.fingerprintKey).update(`${purpose}\0${text}`).digest();
  }

  private add(keys: readonly DataKey[]): void {
    for (const key of keys) {
      this.keys.set(key.id, key);
      this.current = key;
    }
  }
}

function boundTo(keyId: string, fingerprint: string, { groupId, kind, id, path }: SecretPlace): string {
  return JSON.stringify(['sealed:v1', keyId, fingerprint, groupId, kind, id, ...path]);
}
