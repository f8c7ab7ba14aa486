import { systemClock } from '../../../foundation/kernel/clock.js';
import type { Json, JsonObject } from '../../../foundation/kernel/json.js';
import type { Moment } from '../../runtime-groups/index.js';
import type { ConfigEntity, EntityDraft, Owner } from '../config-entity.js';
import type { Fields, FieldType } from '../field.js';
import type { Kind } from '../kind.js';
import { kindNamed } from '../kinds/index.js';
import { camelCase, schemaName } from '../schema-names.js';
import { redacted } from '../secrets.js';

/**
 * An entity as its GraphQL type shows it: plain properties under the schema's names. Secrets are not
 * among them, and those in JSON are hidden.
 */
export interface EntityNode {
  readonly __typename: string;
  readonly id: string;
  readonly runtimeGroupId: string;
  readonly kind: string;
  readonly tags: readonly string[];
  readonly owner: Owner | null;
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Set when it was read in the past: what is below it is read there, too. */
  readonly moment?: Moment | undefined;
  readonly [field: string]: unknown;
}

/** The node that shows an entity, as it is or as it was at a moment. */
export function nodeOf(entity: ConfigEntity, moment?: Moment): EntityNode {
  const kind = kindNamed(entity.kind);
  return {
    ...toSchema(kind.fields, redacted(kind, entity.document)),
    __typename: kind.typeName,
    id: entity.id,
    runtimeGroupId: entity.runtimeGroupId,
    kind: entity.kind,
    tags: (entity.document['tags'] as readonly string[] | undefined) ?? [],
    owner: entity.owner,
    revision: entity.revision,
    createdAt: entity.createdAt,
    updatedAt: entity.updatedAt,
    ...(moment && { moment }),
  };
}

/** The node of an entity that is not stored: it would be made now, or was there before. */
export function draftNode(
  { kind, id, document }: EntityDraft,
  { runtimeGroupId, revision }: { readonly runtimeGroupId: string; readonly revision: number },
): EntityNode {
  const now = systemClock.now();
  const unstored = {
    owner: null,
    createdRevision: revision,
    createdAt: now,
    updatedAt: now,
    digest: Buffer.alloc(0),
  };
  return nodeOf({ id, kind, runtimeGroupId, document, revision, ...unstored });
}

/** A document under the names of the schema, without what is secret. */
export function toSchema(fields: Fields, document: JsonObject): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [name, { type, secret }] of Object.entries(fields)) {
    const value = secret ? undefined : document[name];
    if (value !== undefined) shown[schemaName(name, type)] = shownValue(type, value);
  }
  return shown;
}

function shownValue(type: FieldType, value: Json): unknown {
  if (type.is === 'record') return toSchema(type.fields, value as JsonObject);
  if (type.is === 'list') return (value as readonly Json[]).map((member) => shownValue(type.of, member));
  return value;
}

/** The part of an input that is about an entity, under Kong's names. What is null stays: it asks for the default. */
export function toDocument(kind: Kind, input: Readonly<Record<string, unknown>>): JsonObject {
  const shorthands = Object.keys(kind.shorthands ?? {}).flatMap((name) =>
    input[camelCase(name)] === undefined ? [] : [[name, input[camelCase(name)] as Json] as const],
  );
  const tags = input['tags'] === undefined ? {} : { tags: input['tags'] as Json };
  return { ...fromSchema(kind.fields, input), ...Object.fromEntries(shorthands), ...tags };
}

function fromSchema(fields: Fields, input: Readonly<Record<string, unknown>>): JsonObject {
  const document: Record<string, Json> = {};
  for (const [name, { type }] of Object.entries(fields)) {
    const value = input[schemaName(name, type)];
    if (value !== undefined) document[name] = givenValue(type, value);
  }
  return document;
}

function givenValue(type: FieldType, value: unknown): Json {
  if (value === null) return null;
  if (type.is === 'record') return fromSchema(type.fields, value as Record<string, unknown>);
  if (type.is === 'list') return (value as readonly unknown[]).map((member) => givenValue(type.of, member));
  return value as Json;
}

/** The place in a GraphQL input that a problem of a document is about. */
export function inputPath(kind: Kind): (path: readonly string[]) => readonly string[] {
  return ([first, ...rest]) => {
    if (first === undefined) return [];
    const type = kind.fields[first]?.type;
    // What is in a JSON object is called there what Kong calls it.
    if (type?.is === 'json') return [schemaName(first, type), ...rest];
    return [type ? schemaName(first, type) : camelCase(first), ...rest.map(camelCase)];
  };
}
