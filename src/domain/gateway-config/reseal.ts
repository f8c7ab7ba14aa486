import type { Reader } from '../../foundation/postgres/database.js';
import type { Keyring } from '../../foundation/secrets/keyring.js';
import { parseSealed } from '../../foundation/secrets/sealed-text.js';
import type { ConfigEntity } from './config-entity.js';
import type { Document, Kind } from './kind.js';
import { kindNamed } from './kinds/index.js';
import { readSealedEntities, replaceDocument } from './reseal.store.js';
import { resealed } from './sealing.js';
import { mapSecrets } from './secrets.js';

/** Before the first id that there can be. */
const beginning = '00000000-0000-0000-0000-000000000000';

/**
 * Seals the secrets of all entities with the newest data key; answers how many entities had others. Nobody sees a difference:
 * no revision comes of it, and hashes stay. It may run beside writes, be broken off, and be run again: what was written
 * meanwhile wins, and is found by the next run if its key was an older one.
 */
export async function resealEntities(reader: Reader, secrets: Keyring): Promise<number> {
  let resealed = 0;
  let batch = await readSealedEntities(reader, beginning);
  while (batch.length > 0) {
    for (const entity of batch) {
      const document = resealedDocument(secrets, entity);
      if (document !== entity.document) resealed += await replaceDocument(reader, entity, document);
    }
    batch = await readSealedEntities(reader, batch.at(-1)?.id ?? beginning);
  }
  return resealed;
}

function resealedDocument(
  secrets: Keyring,
  { id, kind: name, runtimeGroupId, document }: ConfigEntity,
): Document {
  const kind = kindNamed(name);
  if (keysOf(kind, document).every((keyId) => keyId === secrets.currentKeyId)) return document;
  const sealing = { secrets, owner: { groupId: runtimeGroupId, kind, id } };
  return resealed(sealing, document);
}

/** The data keys that the secrets of a document are sealed with. */
function keysOf(kind: Kind, document: Document): readonly string[] {
  const found: string[] = [];
  mapSecrets(kind, document, (secret) => {
    const sealed = typeof secret === 'string' ? parseSealed(secret) : undefined;
    if (sealed) found.push(sealed.keyId);
    return secret;
  });
  return found;
}
