import { equalJson } from '../../foundation/kernel/json.js';
import type { Reader } from '../../foundation/postgres/database.js';
import type { Keyring } from '../../foundation/secrets/keyring.js';
import type { SealedPlace } from './sealed-place.js';
import { readSealedRows, replaceContent } from './sealed-place.store.js';

/** Before the first id that there can be. */
const beginning = '00000000-0000-0000-0000-000000000000';

/**
 * Seals all secrets in a place with the newest data key; answers how many rows had others. Nobody sees a difference: no
 * revision comes of it, and hashes stay. It may run beside writes, be broken off, and be run again: what was written
 * meanwhile wins, and is found by the next run if its key was an older one.
 */
export async function resealPlace(reader: Reader, secrets: Keyring, place: SealedPlace): Promise<number> {
  let resealed = 0;
  let rows = await readSealedRows(reader, place, beginning);
  while (rows.length > 0) {
    for (const row of rows) {
      const content = place.reseal(secrets, row);
      if (!equalJson(content, row.content)) resealed += await replaceContent(reader, place, row, content);
    }
    rows = await readSealedRows(reader, place, rows.at(-1)?.id ?? beginning);
  }
  return resealed;
}
