import type { Actor, Query, Resource } from '../../foundation/commands/command.js';
import type { JsonObject } from '../../foundation/kernel/json.js';
import { isId } from '../../foundation/kernel/id.js';
import type { Reader } from '../../foundation/postgres/database.js';
import type { ListPage } from '../../foundation/postgres/list.js';
import type { Keyring } from '../../foundation/secrets/keyring.js';
import { renderDeclarative } from '../../foundation/declarative/render.js';
import { getGroup, organizationWide, type Moment } from '../runtime-groups/index.js';
import type { ConfigEntity, EntityDraft } from './config-entity.js';
import {
  findVisibleEntities,
  findVisibleEntitiesAt,
  listEntities,
  type EntityList,
} from './config-entity.list.store.js';
import { readEntitiesAt } from './config-entity.store.js';
import { nestedText } from './export/nested-text.js';
import { checkSelectTags, hasTags } from './select-tags.js';
import type { Document } from './kind.js';
import { kindNamed, kinds } from './kinds/index.js';
import { openedSecrets } from './sealing.js';
import { redacted } from './secrets.js';
import type { ReadSnapshot } from './snapshot.js';

export type { EntityParents } from './config-entity.list.store.js';

/** Pages of entities of one kind, one for each parent. */
export const entityPages: Query<EntityList, ListPage<ConfigEntity>[]> = {
  name: 'gateway-config.pages',
  action: 'config:read',
  scope: organizationWide,
  run: (reader, request, { visibility }) => listEntities(reader, visibility, request),
};

/** Entities by their ids, one answer for each; nothing for those that are not there for the actor. */
export const entitiesById: Query<readonly string[], (ConfigEntity | undefined)[]> = {
  name: 'gateway-config.by-id',
  action: 'config:read',
  scope: organizationWide,
  run: async (reader, ids, { visibility }) => {
    const found = await findVisibleEntities(reader, visibility, ids.filter(isId));
    const entities = new Map(found.map((entity) => [entity.id, entity]));
    return ids.map((id) => entities.get(id.toLowerCase()));
  },
};

/** An entity, asked for as it was at a moment. */
export interface EntityThen {
  readonly id: string;
  readonly moment: Moment;
}

/** Entities as they were, by their ids, one answer for each; nothing for those that were not there for the actor. */
export const entitiesThen: Query<readonly EntityThen[], (ConfigEntity | undefined)[]> = {
  name: 'gateway-config.then',
  action: 'config:read',
  scope: organizationWide,
  run: async (reader, asked, { visibility }) => {
    const placeOf = ({ moment }: EntityThen): string => `${moment.runtimeGroupId} ${moment.revision}`;
    const places = new Map(asked.map((each) => [placeOf(each), each.moment]));
    const ids = asked.map(({ id }) => id).filter(isId);
    const found = await findVisibleEntitiesAt(reader, visibility, ids, [...places.values()]);
    const known = [...places.keys()].map((place, index) => [place, found[index] ?? []] as const);
    const entities = new Map(
      known.flatMap(([place, those]) => those.map((each) => [`${place} ${each.id}`, each])),
    );
    return asked.map((each) => entities.get(`${placeOf(each)} ${each.id.toLowerCase()}`));
  },
};

/** What was generated for an entity, to be told to its writer. */
export interface GeneratedIn {
  readonly entity: ConfigEntity;
  readonly names: readonly string[];
}

/** The values of fields that were generated, in clear. */
export const generatedValues: Query<GeneratedIn, JsonObject> = {
  name: 'gateway-config.generated',
  action: 'config:write',
  scope: (_reader, { entity }, { organizationId }) =>
    Promise.resolve({ organizationId, runtimeGroupId: entity.runtimeGroupId }),
  run: async (_reader, { entity, names }, { secrets }) => {
    const document = await inClear(secrets, entity);
    const values = names.flatMap((name) => {
      const value = document[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    return Object.fromEntries(values);
  },
};

/** What to write down of a group's configuration, and how. */
export interface ExportRequest {
  readonly runtimeGroupId: string;
  readonly form: 'FLAT' | 'NESTED';
  /** Only what has all of these tags. */
  readonly selectTags: readonly string[];
  /** Null: as it is now. */
  readonly moment: Moment | null;
}

/** A group's configuration at one revision, as a file. */
export interface ExportedConfiguration {
  readonly runtimeGroupId: string;
  readonly revision: number;
  readonly configHash: string;
  readonly document: string;
}

/** The configuration as all may have it who may read it: secrets are hidden. */
export function exportConfiguration(readSnapshot: ReadSnapshot): Query<ExportRequest, ExportedConfiguration> {
  return {
    name: 'gateway-config.export',
    action: 'config:read',
    scope: groupResource,
    run: (reader, request) =>
      exported({ reader, readSnapshot }, request, async ({ kind, document }) =>
        redacted(kindNamed(kind), document),
      ),
  };
}

/** Takes note of who was told all secrets of a group. */
export type RecordExport = (facts: {
  readonly actor: string;
  readonly tokenId: string;
  readonly runtimeGroupId: string;
  readonly revision: number;
}) => void;

/** The configuration with its secrets in clear: a right of its own, and never without a record. */
export function exportWithSecrets(
  readSnapshot: ReadSnapshot,
  record: RecordExport,
): Query<ExportRequest, ExportedConfiguration> {
  return {
    name: 'gateway-config.export-with-secrets',
    action: 'config:read-secrets',
    scope: groupResource,
    run: async (reader, request, { actor, secrets }) => {
      const source = { reader, readSnapshot };
      const told = await exported(source, request, (entity) => inClear(secrets, entity));
      const { revision, runtimeGroupId } = told;
      record({ actor: actor.name, tokenId: actor.tokenId, runtimeGroupId, revision });
      return told;
    },
  };
}

async function groupResource(
  reader: Reader,
  { runtimeGroupId }: ExportRequest,
  actor: Actor,
): Promise<Resource> {
  const { id, organizationId } = await getGroup(reader, runtimeGroupId, actor);
  return { organizationId, runtimeGroupId: id };
}

async function exported(
  { reader, readSnapshot }: { readonly reader: Reader; readonly readSnapshot: ReadSnapshot },
  { runtimeGroupId, form, selectTags, moment }: ExportRequest,
  seen: (entity: ConfigEntity) => Promise<Document>,
): Promise<ExportedConfiguration> {
  checkSelectTags(selectTags);
  const { revision, configHash, stored } = moment
    ? await stateThen(reader, moment)
    : await stateNow(readSnapshot, runtimeGroupId);
  const entities = await Promise.all(
    stored.map(async (entity) => ({ ...entity, document: await seen(entity) })),
  );
  const document = form === 'NESTED' ? nestedText(entities, selectTags) : flatText(entities, selectTags);
  return { runtimeGroupId, revision, configHash, document };
}

/** A whole configuration, and what it is. */
interface WholeState {
  readonly revision: number;
  readonly configHash: string;
  readonly stored: readonly ConfigEntity[];
}

async function stateNow(readSnapshot: ReadSnapshot, runtimeGroupId: string): Promise<WholeState> {
  const { head, parts } = await readSnapshot(runtimeGroupId);
  return { revision: head.revision, configHash: head.stateHash.toString('hex'), stored: parts.flat() };
}

async function stateThen(reader: Reader, moment: Moment): Promise<WholeState> {
  const { runtimeGroupId, revision, configHash } = moment;
  return { revision, configHash, stored: await readEntitiesAt(reader, runtimeGroupId, revision) };
}

function inClear(secrets: Keyring, { id, kind, runtimeGroupId, document }: ConfigEntity): Promise<Document> {
  const owner = { groupId: runtimeGroupId, kind: kindNamed(kind), id };
  return secrets.withKeys(() => openedSecrets({ secrets, owner }, document));
}

function flatText(entities: readonly EntityDraft[], selectTags: readonly string[]): string {
  const selected = entities.filter(
    (entity) => hasTags(entity, selectTags) && !kindNamed(entity.kind).notForGateways,
  );
  return renderDeclarative(
    collections,
    selected.map(({ id, kind, document }) => ({ id, document, collection: kindNamed(kind).collection })),
  );
}

/** The arrays of a gateway's declarative file, in the order in which they stand there. */
export const collections: readonly string[] = kinds
  .filter((kind) => !kind.notForGateways)
  .map((kind) => kind.collection);
