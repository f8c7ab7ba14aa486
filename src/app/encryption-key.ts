import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findMasterKeyId } from '../domain/encryption/slice.js';
import type { Settings } from '../foundation/config/settings.js';
import { StartupError } from '../foundation/kernel/startup-error.js';
import type { Database } from '../foundation/postgres/database.js';
import { newMasterKeyText, readMasterKey, type MasterKey } from '../foundation/secrets/master-key.js';

/** The encryption key of this installation, and where it is kept, for people. */
export interface EncryptionKey {
  readonly master: MasterKey;
  readonly description: string;
  /** The file in the data directory that it is kept in, if nobody gave it. */
  readonly keptIn: string | null;
}

/**
 * The key that the settings give. For an embedded database, if they give none: the one in the data directory, which is made
 * there as long as nothing is encrypted. Throws if there is no key.
 */
export async function loadEncryptionKey(database: Database, settings: Settings): Promise<EncryptionKey> {
  const { encryptionKey, encryptionKeyFile, databaseUrl, dataDirectory } = settings;
  if (encryptionKey !== undefined) {
    return {
      master: masterIn(encryptionKey, 'SIGNALBOX_ENCRYPTION_KEY'),
      description: 'SIGNALBOX_ENCRYPTION_KEY',
      keptIn: null,
    };
  }
  if (encryptionKeyFile !== undefined) {
    const text = await readFile(encryptionKeyFile, 'utf8').catch((error: unknown) => {
      throw unreadable(encryptionKeyFile, error);
    });
    return { master: masterIn(text, encryptionKeyFile), description: encryptionKeyFile, keptIn: null };
  }
  if (databaseUrl !== undefined) throw noKey();
  return keptKey(database, dataDirectory);
}

/** The key that stands in a text. Throws if there is none. */
export function masterIn(text: string, place: string): MasterKey {
  const master = readMasterKey(text);
  if (master) return master;
  throw new StartupError(
    `${place} holds no encryption key: it must be 32 random bytes in base64 or hex.`,
    'Such a key is made with “openssl rand -base64 32”.',
  );
}

async function keptKey(database: Database, dataDirectory: string): Promise<EncryptionKey> {
  const file = join(dataDirectory, 'encryption-key');
  const kept = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(file, error);
  });
  if (kept !== undefined) return { master: masterIn(kept, file), description: file, keptIn: file };
  const needed = await findMasterKeyId(database);
  if (needed !== undefined) throw keyLost(file, needed);
  await mkdir(dataDirectory, { recursive: true });
  const text = newMasterKeyText();
  await writeNewKey(file, text);
  return {
    master: masterIn(text, file),
    description: `${file}   (made just now: keep a copy in a safe place)`,
    keptIn: file,
  };
}

/** Writes a key to a file that is not there yet, for its owner only. What it will encrypt is worth nothing without it. */
export async function writeNewKey(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(`${text}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  const directory = await open(dirname(path), 'r');
  await directory.sync().finally(() => directory.close());
}

function unreadable(file: string, cause: unknown): StartupError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new StartupError(
    `The encryption key in ${file} cannot be read: ${why}.`,
    'Put the key there, readable for the user that runs Signalbox and for nobody else.',
    cause,
  );
}

function noKey(): StartupError {
  return new StartupError(
    'There is no encryption key, and secrets are only stored encrypted.',
    'Make a key with “openssl rand -base64 32 > encryption-key”, keep a copy in a safe place, and give its path with SIGNALBOX_ENCRYPTION_KEY_FILE, to all replicas the same one.',
  );
}

function keyLost(file: string, needed: string): StartupError {
  return new StartupError(
    `The secrets in this database are encrypted with the key ${needed}, which is not in ${file} any more.`,
    'Put the file back from your copy, or give the key with SIGNALBOX_ENCRYPTION_KEY_FILE. Without it, nobody can read these secrets again.',
  );
}
