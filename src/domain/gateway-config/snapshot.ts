import type { StreamKey } from '../../foundation/commands/command.js';
import type { Database } from '../../foundation/postgres/database.js';
import { emptyHead, findHead, type State } from '../event-log/index.js';
import type { ConfigEntity } from './config-entity.js';
import { readAllEntities } from './config-entity.store.js';

/** How many entities one part of a snapshot carries. */
const partSize = 500;

/** Reads a group's whole configuration at one revision: head and entities from one unchanging picture. */
export type ReadSnapshot = (groupId: string) => Promise<State<ConfigEntity>>;

/** Readers who ask for the same group at once share one reading, so that a crowd that comes back costs one. */
export function makeReadSnapshot(database: Database): ReadSnapshot {
  const underWay = new Map<string, Promise<State<ConfigEntity>>>();
  return (groupId) => {
    const shared = underWay.get(groupId);
    if (shared) return shared;
    const reading = read(database, groupId).finally(() => underWay.delete(groupId));
    underWay.set(groupId, reading);
    return reading;
  };
}

function read(database: Database, groupId: string): Promise<State<ConfigEntity>> {
  const stream: StreamKey = { topic: 'config', scopeId: groupId };
  return database.snapshot(async (reader) => {
    const head = (await findHead(reader, stream)) ?? emptyHead;
    const entities = await readAllEntities(reader, groupId);
    return { head, parts: inParts(entities) };
  });
}

function inParts<Item>(items: readonly Item[]): (readonly Item[])[] {
  const count = Math.max(1, Math.ceil(items.length / partSize));
  return Array.from({ length: count }, (_, index) => items.slice(index * partSize, (index + 1) * partSize));
}
