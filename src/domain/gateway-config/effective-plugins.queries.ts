import type { Query } from '../../foundation/commands/command.js';
import { isId } from '../../foundation/kernel/id.js';
import { organizationWide, type Moment } from '../runtime-groups/index.js';
import type { ConfigEntity } from './config-entity.js';
import { findVisibleEntities, findVisibleEntitiesAt } from './config-entity.list.store.js';
import { findGroupOfSubject, readEntitiesAt } from './config-entity.store.js';
import { effectivePlugins, type EffectivePlugins } from './effective-plugins.js';
import { findPluginCandidates } from './effective-plugins.store.js';
import { entityNotFound } from './gateway-config.refusals.js';
import { textAt } from './reading.js';

/** Requests of a route, and of a consumer if one is named. */
export interface RequestsOf {
  readonly routeId: string;
  readonly consumerId: string | null;
  /** Absent: now. */
  readonly moment?: Moment | undefined;
}

/** Which plugins run for requests, or ran at a moment, by two statements. */
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
    const scopes = [route.id, service, consumer?.id].filter((id) => id !== undefined);
    const plugins = moment
      ? await readEntitiesAt(reader, moment.runtimeGroupId, moment.revision, ['plugin'])
      : await findPluginCandidates(reader, route.runtimeGroupId, scopes);
    const protocols = (route.document['protocols'] ?? []) as readonly string[];
    return effectivePlugins({ plugins, route: { id: route.id, protocols }, service, consumer: consumer?.id });
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

function consumerBeside(route: ConfigEntity, found: readonly ConfigEntity[], id: string): ConfigEntity {
  const consumer = found.find((entity) => entity.id === id.toLowerCase() && entity.kind === 'consumer');
  if (consumer?.runtimeGroupId === route.runtimeGroupId) return consumer;
  throw entityNotFound({ typeName: 'Consumer', id }, ['consumerId']);
}
