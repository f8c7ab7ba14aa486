import { derivedId } from '../../../foundation/kernel/id.js';
import { canonicalJson } from '../../../foundation/kernel/json.js';
import type { Document, Kind } from '../kind.js';
import type { FileEntity } from './declarative-file.js';
import { keysPresent } from './naming.js';
import type { StoredEntities } from './stored-entities.js';

/**
 * Says which entity of a group each entity of a file is, or is to become. In this order:
 *
 * 1. The id that the file gives.
 * 2. The first unique key that the entity has: it is the stored entity with that key, or else gets an id that is derived
 *    from group, kind and key.
 * 3. Without any such key (a route or a gateway service need no name), the id is derived from what the entity is about: its
 *    references, and the fields that have no default, such as a route's criteria. Who changes these makes another entity;
 *    who changes anything else changes this one. Entities that are alike in these are told apart by their order.
 *
 * The same file therefore means the same entities whenever it is imported. No id is given twice.
 */
export class Identities {
  private readonly taken: Set<string>;

  constructor(
    private readonly groupId: string,
    private readonly stored: StoredEntities,
    entities: readonly FileEntity[],
  ) {
    this.taken = new Set(entities.flatMap(({ id }) => id ?? []));
  }

  /** The id of an entity whose references are ids by now. Each entity is asked for once. */
  take({ kind, id: given }: FileEntity, document: Document): string {
    const id = given ?? this.find(kind, document);
    this.taken.add(id);
    return id;
  }

  private find(kind: Kind, document: Document): string {
    const [key] = keysPresent(kind, document);
    if (!key) return this.derive([kind.name, essence(kind, document)], (id) => this.isAnonymous(kind, id));
    const known = this.stored.findByKey(kind, key);
    if (known && !this.taken.has(known.id)) return known.id;
    return this.derive([kind.name, key.slot, key.key], () => false);
  }

  /** The first derived id that is free, or that an entity has which may be this one. */
  private derive(identity: readonly (string | number)[], mayBe: (id: string) => boolean): string {
    for (let ordinal = 0; ; ordinal += 1) {
      const id = derivedId(this.groupId, JSON.stringify([...identity, ordinal]));
      if (!this.taken.has(id) && (!this.stored.has(id) || mayBe(id))) return id;
    }
  }

  /** True for a stored entity that no unique key tells apart, either, but for one that was generated for it. */
  private isAnonymous(kind: Kind, id: string): boolean {
    const entity = this.stored.find(kind, id);
    if (!entity) return false;
    const given = Object.entries(entity.document).filter(
      ([name]) => !Object.hasOwn(kind.generate ?? {}, name),
    );
    return keysPresent(kind, Object.fromEntries(given)).length === 0;
  }
}

/** What an entity is about, as text: all that the gateway would not assume by itself. */
function essence(kind: Kind, document: Document): string {
  const names = Object.keys(kind.fields).filter((name) => kind.fields[name]?.default === undefined);
  const given = names.flatMap((name) => {
    const value = document[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return canonicalJson(Object.fromEntries(given));
}
