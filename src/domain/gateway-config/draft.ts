import type { Problem } from '../../foundation/kernel/refusal.js';
import type { ConfigEntity, EntityDraft } from './config-entity.js';

/** Where in the caller's input an entity came from, to say where a problem is. */
export type Origin = readonly string[];

/**
 * The part of a group's configuration that a write touches: what is stored, and what it will be. Problems are gathered, so
 * that a caller hears of all of them at once.
 */
export class Draft {
  readonly problems: Problem[] = [];
  private readonly stored = new Map<string, ConfigEntity>();
  private readonly desired = new Map<string, EntityDraft | undefined>();
  private readonly origins = new Map<string, Origin>();

  /** Takes note of stored entities. */
  know(entities: Iterable<ConfigEntity>): void {
    for (const entity of entities) this.stored.set(entity.id, entity);
  }

  /** True if the draft has an opinion on this id: it is stored and known, or to be created, changed or deleted. */
  knows(id: string): boolean {
    return this.stored.has(id) || this.desired.has(id);
  }

  /** True if the entity is to be created, changed or deleted. */
  isWritten(id: string): boolean {
    return this.desired.has(id);
  }

  /** The stored entities that are known. */
  known(): Iterable<ConfigEntity> {
    return this.stored.values();
  }

  storedEntity(id: string): ConfigEntity | undefined {
    return this.stored.get(id);
  }

  /** The entity as it will be; nothing if it will not be there. */
  current(id: string): EntityDraft | undefined {
    return this.desired.has(id) ? this.desired.get(id) : this.stored.get(id);
  }

  put(entity: EntityDraft, origin: Origin): void {
    this.desired.set(entity.id, entity);
    this.origins.set(entity.id, origin);
  }

  remove(id: string, origin: Origin): void {
    this.desired.set(id, undefined);
    this.origins.set(id, origin);
  }

  /** Changes an entity on behalf of another change; what its own change says of it stays. */
  amend(entity: EntityDraft, origin: Origin): void {
    this.put(entity, this.origins.get(entity.id) ?? origin);
  }

  originOf(id: string): Origin {
    return this.origins.get(id) ?? [];
  }

  /** The entities that are to be created or changed. */
  *puts(): Iterable<EntityDraft> {
    for (const entity of this.desired.values()) if (entity) yield entity;
  }

  /** Every entity that is known, as it will be. */
  *everything(): Iterable<EntityDraft> {
    for (const [id, entity] of this.stored) if (!this.desired.has(id)) yield entity;
    yield* this.puts();
  }

  /** The ids of stored entities that are to be deleted. */
  *removals(): Iterable<string> {
    for (const [id, entity] of this.desired) if (!entity && this.stored.has(id)) yield id;
  }
}
