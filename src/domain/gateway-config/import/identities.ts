import { derivedId } from '../../../foundation/kernel/id.js';
import { canonicalJson, equalJson } from '../../../foundation/kernel/json.js';
import type { ConfigEntity } from '../config-entity.js';
import type { Document, Kind } from '../kind.js';
import { withKnownSecrets } from '../secrets.js';
import type { FileEntity } from './declarative-file.js';
import { keysPresent } from '../naming.js';
import type { StoredEntities } from './stored-entities.js';

/**
 * Says which entity of a group each entity of files is, or is to become. In this order:
 *
 * 1. The id that the files give, unless an entity of another group has it.
 * 2. The first unique key that the entity has: it is the stored entity with that key, or else gets an id that is derived
 *    from group, kind and key.
 * 3. Without any such key (a route or a gateway service need no name, a certificate has none), what the entity is about
 *    tells: its references, and the fields that have no default, such as a route's criteria; but for secrets, which are
 *    hidden in what was exported. Who changes these makes another entity; who changes anything else changes this one.
 *    Entities that are alike in these are told apart by the rest of them, and then by their order.
 *
 * The same files therefore mean the same entities whenever they are imported. No id is given twice.
 */
export class Identities {
  private readonly taken: Set<string>;
  private lookUp: LookUp | undefined;

  constructor(
    private readonly groupId: string,
    private readonly stored: StoredEntities,
    private readonly entities: readonly FileEntity[],
    private readonly foreignIds: ReadonlySet<string> = new Set(),
  ) {
    this.taken = new Set(entities.flatMap((entity) => this.givenId(entity) ?? []));
  }

  /** The id of an entity whose references are ids by now. Each entity is asked for once. */
  take(entity: FileEntity, document: Document): string {
    const id = this.givenId(entity) ?? this.find(entity.kind, document);
    this.taken.add(id);
    return id;
  }

  private givenId({ id }: FileEntity): string | undefined {
    return id !== undefined && this.foreignIds.has(id) ? undefined : id;
  }

  private find(kind: Kind, document: Document): string {
    const [key] = keysPresent(kind, document);
    if (!key) return this.findAlike(kind, document);
    const known = this.stored.findByKey(kind, key);
    if (known && !this.taken.has(known.id)) return known.id;
    return this.derive([kind.name, key.slot, key.key], () => false);
  }

  private findAlike(kind: Kind, document: Document): string {
    this.lookUp ??= lookUpIn(this.stored, this.entities);
    const { alike, claimed } = this.lookUp;
    const essence = essenceOf(kind, document);
    const identity = [kind.name, essence];
    const isFree = ({ id }: ConfigEntity): boolean => !this.taken.has(id) && !claimed.has(id);
    // What is to be generated is made for this one entity, so that no other can be meant.
    const candidates = isLeftOpen(kind, document) ? [] : (alike.get(essence) ?? []).filter(isFree);
    const same = candidates.find(({ document: current }) =>
      equalJson(withKnownSecrets(kind, document, current), current),
    );
    const derived = this.derive(identity, (id) => this.isAnonymous(kind, id));
    if (same || this.stored.has(derived)) return same?.id ?? derived;
    return candidates[0]?.id ?? derived;
  }

  /** The first derived id that is free, or that an entity has which may be this one. */
  private derive(identity: readonly (string | number)[], mayBe: (id: string) => boolean): string {
    for (let ordinal = 0; ; ordinal += 1) {
      const id = derivedId(this.groupId, JSON.stringify([...identity, ordinal]));
      if (!this.taken.has(id) && (!this.stored.has(id) || mayBe(id))) return id;
    }
  }

  private isAnonymous(kind: Kind, id: string): boolean {
    const entity = this.stored.find(kind, id);
    return entity !== undefined && this.stored.isInScope(entity) && isAnonymous(kind, entity.document);
  }
}

/** What entities without a key are compared with. */
interface LookUp {
  /** The stored entities that no key tells apart, by what they are about. */
  readonly alike: ReadonlyMap<string, readonly ConfigEntity[]>;
  /** The ids of stored entities that something in the files names. */
  readonly claimed: ReadonlySet<string>;
}

function lookUpIn(stored: StoredEntities, entities: readonly FileEntity[]): LookUp {
  const alike = new Map<string, ConfigEntity[]>();
  for (const entity of stored.inScope()) {
    const [kind, { document }] = [stored.kindOf(entity), entity];
    if (!isAnonymous(kind, document)) continue;
    const essence = essenceOf(kind, document);
    const others = alike.get(essence);
    if (others) others.push(entity);
    else alike.set(essence, [entity]);
  }
  const claimed = entities.flatMap(({ kind, document }) => {
    const [key] = keysPresent(kind, document);
    return (key && stored.findByKey(kind, key)?.id) ?? [];
  });
  return { alike, claimed: new Set(claimed) };
}

/** True if no unique key tells an entity apart, but for one that was generated for it, or is secret. */
function isAnonymous(kind: Kind, document: Document): boolean {
  const open = Object.entries(document).filter(
    ([name]) => !Object.hasOwn(kind.generate ?? {}, name) && kind.fields[name]?.secret !== true,
  );
  return keysPresent(kind, Object.fromEntries(open)).length === 0;
}

function isLeftOpen(kind: Kind, document: Document): boolean {
  return Object.keys(kind.generate ?? {}).some((name) => document[name] === undefined);
}

/** What an entity is about, as text: all that the gateway would not assume by itself, and everybody may see. */
function essenceOf(kind: Kind, document: Document): string {
  const generated = kind.generate ?? {};
  const names = Object.entries(kind.fields).flatMap(([name, field]) =>
    field.default === undefined && !field.secret && !Object.hasOwn(generated, name) ? [name] : [],
  );
  const given = names.flatMap((name) => {
    const value = document[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return canonicalJson([kind.name, Object.fromEntries(given)]);
}
