import { forEdition, type Edition } from '../../foundation/declarative/edition.js';
import type { DeclarativeEntity } from '../../foundation/declarative/render.js';
import type { Json, JsonObject } from '../../foundation/kernel/json.js';
import { digestOf, HashedSet } from '../sdk/hashed-set.js';

/** An entity of a configuration. Never changed: another content is another object. */
export interface Entity extends DeclarativeEntity {
  readonly kind: string;
  /** What belongs in the document, in the places where it has secrets hidden. */
  readonly secrets: readonly Secret[];
  /** What it adds to the hash of the configuration. */
  readonly digest: Buffer;
}

/** A secret, and the fields that lead to its place in a document. */
export interface Secret {
  readonly path: readonly string[];
  readonly value: string;
}

/** What an instance should run, as of one revision. A value: a later revision is another one. */
export interface Configuration {
  readonly cursor: string;
  readonly revision: number;
  /** The names of the arrays of a declarative file, in their order. */
  readonly collections: readonly string[];
  readonly entities: ReadonlyMap<string, Entity>;
  /** The hash of the entities, as computed here, in hex. */
  readonly stateHash: string;
}

/** An entity as a snapshot brings it. */
export interface EntityState {
  readonly kind: string;
  readonly collection: string;
  readonly id: string;
  readonly document: Json;
  readonly secrets: readonly Secret[] | null;
}

export interface SnapshotPart {
  readonly cursor: string;
  readonly revision: number;
  readonly entities: readonly EntityState[];
}

export interface Delta {
  readonly cursor: string;
  readonly revisions: readonly {
    readonly revision: number;
    readonly changes: readonly Change[];
  }[];
}

export interface Fold {
  readonly cursor: string;
  readonly revision: number;
  readonly changes: readonly Change[];
}

interface Change {
  readonly kind: string;
  readonly collection: string;
  readonly id: string;
  readonly operation: 'CREATED' | 'UPDATED' | 'DELETED';
  readonly after: Json | null;
  readonly secrets: readonly Secret[] | null;
}

/** The configuration that all parts of a snapshot make up. Entities that were there already stay the same objects. */
export function fromSnapshot(
  parts: readonly [SnapshotPart, ...SnapshotPart[]],
  collections: readonly string[],
  previous?: Configuration,
): Configuration {
  const { cursor, revision } = parts[0];
  const set = new HashedSet<Entity>();
  for (const state of parts.flatMap((part) => part.entities)) {
    const entity = toEntity(state);
    const before = previous?.entities.get(entity.id);
    set.put(entity.id, before?.digest.equals(entity.digest) ? before : entity);
  }
  return { cursor, revision, collections, entities: set.members, stateHash: set.hash };
}

/** The configuration after a delta. Its hash costs what changed. */
export function withDelta(configuration: Configuration, { cursor, revisions }: Delta): Configuration {
  const changes = revisions.flatMap((each) => each.changes);
  return withFold(configuration, {
    cursor,
    changes,
    revision: revisions.at(-1)?.revision ?? configuration.revision,
  });
}

/** The configuration after a fold, the same way. */
export function withFold(configuration: Configuration, { cursor, revision, changes }: Fold): Configuration {
  const set = new HashedSet(configuration.entities, configuration.stateHash);
  for (const change of changes) {
    if (change.operation === 'DELETED') set.remove(change.id);
    else set.put(change.id, toEntity({ ...change, document: change.after ?? {} }));
  }
  return { ...configuration, cursor, revision, entities: set.members, stateHash: set.hash };
}

/** How many entities are new, other, or gone, compared with an earlier configuration. */
export function countChanges(from: Configuration | undefined, to: Configuration): number {
  let changed = 0;
  let kept = 0;
  for (const [id, entity] of to.entities) {
    const before = from?.entities.get(id);
    if (before) kept += 1;
    if (before !== entity) changed += 1;
  }
  return changed + (from?.entities.size ?? 0) - kept;
}

/**
 * The entities as a gateway of an edition takes them: with their secrets. Collections that begin with “_” are not for
 * gateways.
 */
export function* forGateway(
  { entities }: Configuration,
  edition: Edition = 'ENTERPRISE',
): Iterable<DeclarativeEntity> {
  for (const entity of entities.values()) {
    if (entity.collection.startsWith('_')) continue;
    const taken = forEdition(edition, entity.secrets.length === 0 ? entity : filled(entity));
    if (taken) yield taken;
  }
}

const filledOnce = new WeakMap<Entity, DeclarativeEntity>();

/** The same object each time, so that what is computed from it is computed once. */
function filled(entity: Entity): DeclarativeEntity {
  const { collection, id, document, secrets } = entity;
  const known = filledOnce.get(entity) ?? { collection, id, document: secrets.reduce(withSecret, document) };
  filledOnce.set(entity, known);
  return known;
}

function withSecret(document: JsonObject, { path: [name = '', ...rest], value }: Secret): JsonObject {
  const inner = document[name] as JsonObject;
  return { ...document, [name]: rest.length === 0 ? value : withSecret(inner, { path: rest, value }) };
}

/** An entity with its digest. */
function toEntity(state: EntityState): Entity {
  const { kind, collection, id, document, secrets } = state;
  return {
    kind,
    collection,
    id,
    document: document as JsonObject,
    secrets: secrets ?? [],
    digest: digestOf(state),
  };
}
