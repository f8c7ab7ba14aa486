import { derivedId } from '../../foundation/kernel/id.js';
import type { JsonObject } from '../../foundation/kernel/json.js';
import { withCanary } from './canary-plugin.js';
import { withDeprecation } from './deprecation-headers.js';
import type { Implementation, RouteDraft } from './implementation.js';
import { placed } from './path-prefix.js';
import type { Canary, FixedTarget, RuntimeSettings } from './runtime-configuration.js';
import type { Deprecation } from './version.js';

/** Everything of which the entities of a live version are made. */
export interface LiveVersion {
  /** The runtime configuration, to which the entities belong: their ids follow from its id. */
  readonly ownerId: string;
  /** What the names of all entities begin with; unique in the group. */
  readonly name: string;
  readonly implementation: Implementation;
  readonly settings: Fixed<RuntimeSettings>;
  readonly canary: Fixed<Canary> | null;
  readonly deprecation: Deprecation | null;
}

/** With a target whose nodes are known. */
export type Fixed<Placed> = Omit<Placed, 'target'> & { readonly target: FixedTarget };

/** A gateway entity that is to be there. */
export interface WantedEntity {
  readonly kind: string;
  readonly id: string;
  readonly fields: JsonObject;
}

/**
 * The entities that make a version reachable. The same routes keep their ids from one version to the next, so that a gateway
 * sees a changed route and not another one.
 */
export function realise(live: LiveVersion): WantedEntity[] {
  const idOf = (...path: string[]): string => derivedId(live.ownerId, path.join('/'));
  const { routes, plugins } = amended(live);
  const service = idOf('service');
  return [
    ...upstreamOf(live, 'upstream', live.settings.target, idOf),
    ...(live.canary ? upstreamOf(live, 'canary', live.canary.target, idOf) : []),
    { kind: 'gateway_service', id: service, fields: serviceFields(live) },
    ...routes.flatMap((draft) => routeEntities(live, draft, { service, idOf })),
    ...plugins.map(pluginEntity(live.name, { service }, (name) => idOf('service', 'plugin', name))),
  ];
}

type IdOf = (...path: string[]) => string;

/** The implementation with what the control plane itself adds. */
function amended({ implementation, canary, deprecation, settings, name }: LiveVersion): Implementation {
  const prefixed = placed(implementation, settings);
  const announced = deprecation ? withDeprecation(prefixed, deprecation) : prefixed;
  return canary ? withCanary(announced, canary, upstreamName(name, 'canary')) : announced;
}

function upstreamName(name: string, role: string): string {
  return `${name}.${role}`;
}

/** A canary's target is always an upstream, even of one address: requests are sent to it by its name. */
function upstreamOf(
  { name }: LiveVersion,
  role: 'upstream' | 'canary',
  target: FixedTarget,
  idOf: IdOf,
): WantedEntity[] {
  if (target.is === 'address' && role === 'upstream') return [];
  const id = idOf(role);
  const nodes = target.is === 'nodes' ? target.nodes : [{ target: hostAndPort(target.address), weight: 100 }];
  const settings = target.is === 'nodes' ? target.upstream : {};
  return [
    { kind: 'upstream', id, fields: { ...settings, name: upstreamName(name, role) } },
    ...nodes.map((node) => ({
      kind: 'target',
      id: idOf(role, 'target', node.target),
      fields: { target: node.target, weight: node.weight, upstream: id },
    })),
  ];
}

function hostAndPort({ host, port }: JsonObject): string {
  return `${host as string}:${port as number}`;
}

function serviceFields({ name, implementation, settings: { target } }: LiveVersion): JsonObject {
  const host = target.is === 'nodes' ? { host: upstreamName(name, 'upstream') } : {};
  return { ...implementation.settings, ...target.address, ...host, name };
}

function routeEntities(
  live: LiveVersion,
  { route, plugins }: RouteDraft,
  { service, idOf }: { readonly service: string; readonly idOf: IdOf },
): WantedEntity[] {
  const own = route['name'] as string;
  const id = idOf('route', own);
  const fields = { ...route, name: `${live.name}.${own}`, service };
  return [
    { kind: 'route', id, fields },
    ...plugins.map(pluginEntity(live.name, { route: id }, (name) => idOf('route', own, 'plugin', name))),
  ];
}

/** Makes the entity of a plugin of one scope. */
function pluginEntity(
  name: string,
  scope: JsonObject,
  idOf: (plugin: string) => string,
): (plugin: JsonObject) => WantedEntity {
  return (plugin) => {
    const instance = plugin['instance_name'];
    const named: JsonObject = typeof instance === 'string' ? { instance_name: `${name}.${instance}` } : {};
    const id = idOf(plugin['name'] as string);
    return { kind: 'plugin', id, fields: { ...plugin, ...named, ...scope } };
  };
}
