import type { Json, JsonObject } from '../../foundation/kernel/json.js';

/** A change to an entity, as the server tells it. */
export interface EntityChange {
  readonly collection: string;
  readonly id: string;
  readonly operation: 'CREATED' | 'UPDATED' | 'DELETED';
  readonly before: Json | null;
  readonly after: Json | null;
}

/** Names of entities that are known, by their ids. */
export type KnownNames = ReadonlyMap<string, string>;

/** The names of all entities that changes tell of. */
export function namesIn(changes: readonly EntityChange[]): KnownNames {
  return new Map(changes.map((change) => [change.id, ownName(change)]));
}

/** What people call a changed entity: its name, and what it belongs to, as far as that has a known name. */
export function entityName(change: EntityChange, known: KnownNames): string {
  const content = contentOf(change);
  const owners = references.flatMap((field) => {
    const id = content[field];
    const name = typeof id === 'string' ? known.get(id) : undefined;
    return name === undefined ? [] : [`${field} ${name}`];
  });
  return owners.length > 0 ? `${ownName(change)} (${owners.join(', ')})` : ownName(change);
}

/** The names of the fields that a change makes different, sorted. */
export function changedFields({ before, after }: EntityChange): readonly string[] {
  const [from, to] = [(before ?? {}) as JsonObject, (after ?? {}) as JsonObject];
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return names.filter((name) => JSON.stringify(from[name]) !== JSON.stringify(to[name]));
}

/** Fields by which entities belong to others. */
const references = ['service', 'route', 'consumer', 'upstream'];

const nameFields = ['instance_name', 'name', 'username', 'custom_id', 'target'];

function ownName(change: EntityChange): string {
  const content = contentOf(change);
  const name = nameFields.map((field) => content[field]).find((value) => typeof value === 'string');
  return typeof name === 'string' ? name : change.id;
}

function contentOf({ before, after }: EntityChange): JsonObject {
  return (after ?? before ?? {}) as JsonObject;
}
