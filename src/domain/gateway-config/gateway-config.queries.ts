import type { Query } from '../../foundation/commands/command.js';
import type { JsonObject } from '../../foundation/kernel/json.js';
import { isId } from '../../foundation/kernel/id.js';
import type { ListPage } from '../../foundation/postgres/list.js';
import type { Keyring } from '../../foundation/secrets/keyring.js';
import { organizationWide, type Moment } from '../runtime-groups/index.js';
import type { ConfigEntity } from './config-entity.js';
import {
  findVisibleEntities,
  findVisibleEntitiesAt,
  listEntities,
  type EntityList,
} from './config-entity.list.store.js';
import { findGroupOfSubject } from './config-entity.store.js';
import type { Document } from './kind.js';
import { kindNamed, kinds } from './kinds/index.js';
import { openedSecrets } from './sealing.js';

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

/** The group that an entity is in or, if it is gone, was in; nothing if the actor may not see that one. */
export const groupOfEntity: Query<string, string | undefined> = {
  name: 'gateway-config.group-of-entity',
  action: 'config:read',
  scope: organizationWide,
  run: async (reader, id, { visibility }) =>
    isId(id) ? findGroupOfSubject(reader, visibility, id) : undefined,
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

function inClear(secrets: Keyring, { id, kind, runtimeGroupId, document }: ConfigEntity): Promise<Document> {
  const owner = { groupId: runtimeGroupId, kind: kindNamed(kind), id };
  return secrets.withKeys(() => openedSecrets({ secrets, owner }, document));
}

/** The arrays of a gateway's declarative file, in the order in which they stand there. */
export const collections: readonly string[] = kinds
  .filter((kind) => !kind.notForGateways)
  .map((kind) => kind.collection);
