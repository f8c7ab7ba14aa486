import 'reflect-metadata';
import { copyFile, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { SealedPlace } from '../domain/encryption/index.js';
import {
  addDataKey,
  changeMasterKey,
  countEventsWithKey,
  countRowsWithKey,
  openKeyring,
  readDataKeys,
  resealPlace,
} from '../domain/encryption/slice.js';
import { readSettings, type Settings } from '../foundation/config/settings.js';
import { StartupError } from '../foundation/kernel/startup-error.js';
import { openLog } from '../foundation/log/log.js';
import type { Database } from '../foundation/postgres/database.js';
import { newMasterKeyText } from '../foundation/secrets/master-key.js';
import { loadEncryptionKey, masterIn, writeNewKey, type EncryptionKey } from './encryption-key.js';
import { fail } from './fail.js';
import { sealedPlaces } from './sealed-places.js';
import { openStorage } from './storage.js';

/** The keys that secrets are encrypted with, by hand: `signalbox keys status|rotate|reseal`, `rotate --to <file>`. */
async function run(database: Database, settings: Settings): Promise<string> {
  const { positionals, values } = parseArgs({ options: { to: { type: 'string' } }, allowPositionals: true });
  const [what] = positionals;
  if (what === 'status') return status(database);
  if (what !== 'rotate' && what !== 'reseal') {
    throw new StartupError('Say what to do: signalbox keys status, rotate, or reseal.');
  }
  const key = await loadEncryptionKey(database, settings);
  if (what === 'reseal') return reseal(database, key);
  return values.to === undefined ? rotateDataKey(database, key) : rotateMasterKey(database, key, values.to);
}

/** Nothing is opened for it. */
async function status(database: Database): Promise<string> {
  const keys = await readDataKeys(database);
  const lines = [];
  for (const [index, { id, masterKeyId, createdAt }] of keys.entries()) {
    const use = index === keys.length - 1 ? 'in use' : 'kept';
    const sealed = await inEachPlace((place) => countRowsWithKey(database, place, id));
    const events = await countEventsWithKey(database, id);
    lines.push(
      `${id}  ${use.padEnd(6)}  since ${createdAt.toISOString()}  wrapped by ${masterKeyId}  ${sealed}, ${events} events`,
    );
  }
  return lines.join('\n') || 'There is no data key yet: the first start makes one.';
}

async function rotateDataKey(database: Database, key: EncryptionKey): Promise<string> {
  const { master } = key;
  // The first one is made with the keyring.
  await openKeyring(database, master);
  await addDataKey(database, master);
  return [
    'Made a new data key. Servers that run use it within half a minute; older keys stay, for the history.',
    await reseal(database, key),
  ].join('\n');
}

async function reseal(database: Database, { master }: EncryptionKey): Promise<string> {
  const secrets = await openKeyring(database, master);
  const resealed = await inEachPlace((place) => resealPlace(database, secrets, place));
  return `Sealed the secrets of ${resealed} with the data key ${secrets.currentKeyId}.`;
}

/** What is counted in each place where secrets are: `7 entities, 0 service registries`. */
async function inEachPlace(count: (place: SealedPlace) => Promise<number>): Promise<string> {
  const counts: string[] = [];
  for (const place of sealedPlaces) counts.push(`${await count(place)} ${place.plural}`);
  return counts.join(', ');
}

async function rotateMasterKey(database: Database, key: EncryptionKey, file: string): Promise<string> {
  await openKeyring(database, key.master);
  const to = masterIn(await readOrMake(file), file);
  const count = await changeMasterKey(database, key.master, to);
  if (key.keptIn !== null) await copyFile(file, key.keptIn);
  const next =
    key.keptIn === null
      ? `Start all servers anew with SIGNALBOX_ENCRYPTION_KEY_FILE=${file}; those that run go on, but know no later data key.`
      : `It is in ${key.keptIn} now. Start the server anew, keep a copy of the key in a safe place, and remove ${file}.`;
  return `Wrapped ${count} data keys with the key ${to.id} in place of ${key.master.id}.\n${next}`;
}

async function readOrMake(file: string): Promise<string> {
  await writeNewKey(file, newMasterKeyText()).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  return readFile(file, 'utf8');
}

async function main(): Promise<void> {
  const settings = readSettings();
  const storage = await openStorage(settings, openLog('warn', settings.terminal));
  try {
    process.stdout.write(`${await run(storage.database, settings)}\n`);
  } finally {
    await storage.close();
  }
}

main().catch(fail);
