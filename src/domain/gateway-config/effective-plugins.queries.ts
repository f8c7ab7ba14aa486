import type { Query } from '../../foundation/commands/command.js';
import { isId } from '../../foundation/kernel/id.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { organizationWide, type Moment } from '../runtime-groups/index.js';
import type { ConfigEntity } from './config-entity.js';
import { findVisibleEntities, findVisibleEntitiesAt } from './config-entity.list.store.js';
import {
  findEntities,
  findGroupOfSubject,
  readEntitiesAt,
  readEntitiesOfKinds,
} from './config-entity.store.js';
import {
  effectivePlugins,
  prioritiesIn,
  type EffectivePlugins,
  type NamedGroup,
} from './effective-plugins.js';
import { findPluginCandidates } from './effective-plugins.store.js';
import { entityNotFound } from './gateway-config.refusals.js';
import { pluginSchema } from './plugin-schemas/index.js';
import { textAt } from './reading.js';

/** Requests of a route, and of a consumer if one is named. */
export interface RequestsOf {
  readonly routeId: string;
  readonly consumerId: string | null;
  /** Absent: now. */
  readonly moment?: Moment | undefined;
}

/**
 * Which plugins run for requests, or ran at a moment, by two statements; one more for a consumer who is in groups, and one
 * more for plugins that do not come with the gateway.
 */
export const effectivePluginsOf: Query<RequestsOf, EffectivePlugins<ConfigEntity>> = {
  name: 'gateway-config.effective-plugins',
  action: 'config:read',
  scope: organizationWide,
  run: async (reader, { routeId, consumerId, moment }, { visibility }) => {
    const ids = [routeId, ...(consumerId === null ? [] : [consumerId])].map((id) => id.toLowerCase());
    const found = moment
      ? (await findVisibleEntitiesAt(reader, visibility, ids.filter(isId), [moment])).flat()
      : await findVisibleEntities(reader, visibility, ids.filter(isId));
    const route = found.find(({ id, kind }) => id === ids[0] && kind === 'route');
    if (!route) throw entityNotFound({ typeName: 'Route', id: routeId }, ['routeId']);
    const consumer = consumerId === null ? undefined : consumerBeside(route, found, consumerId);
    const service = textAt(route.document, 'service') || undefined;
    const consumerGroups = await groupsOf(reader, consumer, moment);
    const scopes = [route.id, service, consumer?.id, ...consumerGroups.map(({ id }) => id)];
    const plugins = moment
      ? await readEntitiesAt(reader, moment.runtimeGroupId, moment.revision, ['plugin'])
      : await findPluginCandidates(
          reader,
          route.runtimeGroupId,
          scopes.filter((id) => id !== undefined),
        );
    const protocols = (route.document['protocols'] ?? []) as readonly string[];
    const requests = { route: { id: route.id, protocols }, service, consumer: consumer?.id, consumerGroups };
    const priorities = await prioritiesFor(reader, plugins, moment);
    return effectivePlugins({ plugins, priorities, ...requests });
  },
};

/** The group that a route belongs to, or belonged to when it was last there. */
export const groupOfRoute: Query<string, string> = {
  name: 'gateway-config.group-of-route',
  action: 'config:read',
  scope: organizationWide,
  run: async (reader, routeId, { visibility }) => {
    const group = isId(routeId) ? await findGroupOfSubject(reader, visibility, routeId) : undefined;
    if (group === undefined) throw entityNotFound({ typeName: 'Route', id: routeId }, ['routeId']);
    return group;
  },
};

/** What the group's schemas say of plugins that do not come with the gateway; where there are none, nothing is read. */
async function prioritiesFor(
  reader: Reader,
  plugins: readonly ConfigEntity[],
  moment: Moment | undefined,
): Promise<ReadonlyMap<string, number>> {
  const registered = plugins.find(({ document }) => pluginSchema(textAt(document, 'name')) === undefined);
  if (!registered) return new Map();
  const kinds = ['plugin_schema'];
  return prioritiesIn(
    moment
      ? await readEntitiesAt(reader, moment.runtimeGroupId, moment.revision, kinds)
      : await readEntitiesOfKinds(reader, registered.runtimeGroupId, kinds),
  );
}

/** The groups that a consumer is in, or was in at a moment. */
async function groupsOf(
  reader: Reader,
  consumer: ConfigEntity | undefined,
  moment: Moment | undefined,
): Promise<NamedGroup[]> {
  const ids = (consumer?.document['groups'] ?? []) as readonly string[];
  if (ids.length === 0) return [];
  const groups = moment
    ? await readEntitiesAt(reader, moment.runtimeGroupId, moment.revision, ['consumer_group'])
    : await findEntities(reader, consumer?.runtimeGroupId ?? '', ids);
  return groups
    .filter(({ id }) => ids.includes(id))
    .map(({ id, document }) => ({ id, name: textAt(document, 'name') }));
}

function consumerBeside(route: ConfigEntity, found: readonly ConfigEntity[], id: string): ConfigEntity {
  const consumer = found.find((entity) => entity.id === id.toLowerCase() && entity.kind === 'consumer');
  if (consumer?.runtimeGroupId === route.runtimeGroupId) return consumer;
  throw entityNotFound({ typeName: 'Consumer', id }, ['consumerId']);
}
