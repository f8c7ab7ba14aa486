import type { Json } from '../kernel/json.js';
import type { DeclarativeEntity } from './render.js';

/** What a gateway is: Kong Gateway as it is published, or with Enterprise, which knows more. */
export type Edition = 'OPEN_SOURCE' | 'ENTERPRISE';

/**
 * What a gateway of this edition takes of an entity; nothing, if it does not know such a thing. It refuses a whole file for a
 * part that it does not know. Without Enterprise there are no consumer groups: nobody is in one, and a plugin that is
 * limited to one goes with it, since without that limit it would hold for everybody. The same entity gives the same object.
 */
export function forEdition(edition: Edition, entity: DeclarativeEntity): DeclarativeEntity | undefined {
  if (edition === 'ENTERPRISE') return entity;
  const { collection, document } = entity;
  if (collection === 'consumer_groups') return undefined;
  if (collection === 'plugins' && document['consumer_group'] !== undefined) return undefined;
  return collection === 'consumers' && document['groups'] !== undefined ? withoutGroups(entity) : entity;
}

const consumers = new WeakMap<DeclarativeEntity, DeclarativeEntity>();

function withoutGroups(entity: DeclarativeEntity): DeclarativeEntity {
  const { groups: _, ...document } = entity.document as Readonly<Record<string, Json>>;
  const known = consumers.get(entity) ?? { collection: entity.collection, id: entity.id, document };
  consumers.set(entity, known);
  return known;
}
