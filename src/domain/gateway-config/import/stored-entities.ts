import { isId } from '../../../foundation/kernel/id.js';
import type { ConfigEntity } from '../config-entity.js';
import type { Kind } from '../kind.js';
import { kindNamed } from '../kinds/index.js';
import { hasTags } from '../select-tags.js';
import { keysPresent, nameOf, nameSlot, type Key } from '../naming.js';

/** The entities of a group, to be found by whatever a file knows them by. Those with all of the tags are in scope. */
export class StoredEntities {
  private readonly byId: ReadonlyMap<string, ConfigEntity>;
  private readonly byKey: ReadonlyMap<string, ConfigEntity>;

  constructor(
    private readonly entities: readonly ConfigEntity[],
    private readonly tags: readonly string[] = [],
  ) {
    this.byId = new Map(entities.map((entity) => [entity.id, entity]));
    this.byKey = new Map(
      entities.flatMap((entity) => {
        const kind = kindNamed(entity.kind);
        return keysPresent(kind, entity.document).map((key) => [keyText(kind, key), entity] as const);
      }),
    );
  }

  /** True for what the files may change, and a synchronization may delete. */
  isInScope(entity: ConfigEntity): boolean {
    return hasTags(entity, this.tags);
  }

  inScope(): readonly ConfigEntity[] {
    return this.entities.filter((entity) => this.isInScope(entity));
  }

  outOfScope(): readonly ConfigEntity[] {
    return this.entities.filter((entity) => !this.isInScope(entity));
  }

  kindOf(entity: ConfigEntity): Kind {
    return kindNamed(entity.kind);
  }

  has(id: string): boolean {
    return this.byId.has(id);
  }

  find(kind: Kind, id: string): ConfigEntity | undefined {
    const entity = this.byId.get(id);
    return entity?.kind === kind.name ? entity : undefined;
  }

  findByKey(kind: Kind, key: Key): ConfigEntity | undefined {
    return this.byKey.get(keyText(kind, key));
  }

  findByIdOrName(kind: Kind, text: string): ConfigEntity | undefined {
    const named = this.findByKey(kind, { slot: nameSlot(kind), key: text });
    return isId(text) ? (this.find(kind, text) ?? named) : named;
  }

  names(kind: Kind): readonly string[] {
    const ofKind = this.entities.filter((entity) => entity.kind === kind.name);
    return ofKind.flatMap((entity) => nameOf(kind, entity.document) ?? []);
  }
}

function keyText(kind: Kind, { slot, key }: Key): string {
  return `${kind.name} ${slot} ${key}`;
}
