import { randomBytes } from 'node:crypto';
import { newId } from '../../foundation/kernel/id.js';
import { StartupError } from '../../foundation/kernel/startup-error.js';
import type { Database, Reader, Transaction } from '../../foundation/postgres/database.js';
import { keyLength } from '../../foundation/secrets/cipher.js';
import { Keyring, type DataKey } from '../../foundation/secrets/keyring.js';
import type { MasterKey } from '../../foundation/secrets/master-key.js';
import {
  insertDataKey,
  lockDataKeys,
  readDataKeys,
  updateWrapping,
  type WrappedDataKey,
} from './data-key.store.js';

/** The keyring of the installation; its first data key is made where there is none. Throws if the master key is another one. */
export async function openKeyring(database: Database, master: MasterKey): Promise<Keyring> {
  await database.transaction(async (tx) => {
    await lockDataKeys(tx);
    if ((await readDataKeys(tx)).length === 0) await makeDataKey(tx, master, randomBytes(keyLength));
  });
  return Keyring.open((known) => unwrapAll(database, master, known));
}

/** Makes a data key, which seals whatever is written from now on; the others stay, to open what they have sealed. */
export function addDataKey(database: Database, master: MasterKey): Promise<void> {
  return database.transaction(async (tx) => {
    await lockDataKeys(tx);
    const [newest] = (await unwrapAll(tx, master)).slice(-1);
    await makeDataKey(tx, master, newest?.fingerprintKey ?? randomBytes(keyLength));
  });
}

/** Wraps all data keys with another master key, in one step; answers how many. The old one opens nothing any more. */
export function changeMasterKey(database: Database, from: MasterKey, to: MasterKey): Promise<number> {
  return database.transaction(async (tx) => {
    await lockDataKeys(tx);
    const keys = await unwrapAll(tx, from);
    for (const key of keys) await updateWrapping(tx, wrapped(key, to));
    return keys.length;
  });
}

/** Which master key the installation was begun with, or changed to; nothing before its first start. */
export async function findMasterKeyId(reader: Reader): Promise<string | undefined> {
  return (await readDataKeys(reader)).at(-1)?.masterKeyId;
}

async function makeDataKey(tx: Transaction, master: MasterKey, fingerprintKey: Buffer): Promise<void> {
  await insertDataKey(tx, wrapped({ id: newId(), key: randomBytes(keyLength), fingerprintKey }, master));
}

/** The keys that are not known yet. One that is known may have been wrapped with another master key since: it stays good. */
async function unwrapAll(
  reader: Reader,
  master: MasterKey,
  known: ReadonlySet<string> = new Set(),
): Promise<DataKey[]> {
  const keys = await readDataKeys(reader);
  return keys.filter(({ id }) => !known.has(id)).map((key) => unwrap(key, master));
}

type Part = 'data' | 'fingerprint';

function boundTo(id: string, part: Part): string {
  return JSON.stringify(['signalbox data key', id, part]);
}

function wrapped({ id, key, fingerprintKey }: DataKey, master: MasterKey): Omit<WrappedDataKey, 'createdAt'> {
  return {
    id,
    masterKeyId: master.id,
    wrappedKey: master.wrap(key, boundTo(id, 'data')),
    wrappedFingerprintKey: master.wrap(fingerprintKey, boundTo(id, 'fingerprint')),
  };
}

function unwrap(
  { id, masterKeyId, wrappedKey, wrappedFingerprintKey }: WrappedDataKey,
  master: MasterKey,
): DataKey {
  const key = master.unwrap(wrappedKey, boundTo(id, 'data'));
  const fingerprintKey = master.unwrap(wrappedFingerprintKey, boundTo(id, 'fingerprint'));
  if (key && fingerprintKey) return { id, key, fingerprintKey };
  throw new StartupError(
    `The encryption key is not the one that the secrets in this database are encrypted with: it is ${master.id}, and they need ${masterKeyId}.`,
    'Give the right key with SIGNALBOX_ENCRYPTION_KEY_FILE or SIGNALBOX_ENCRYPTION_KEY (docs/security.md). Without it, nobody can read these secrets again.',
  );
}
