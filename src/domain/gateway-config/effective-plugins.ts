import type { Document } from './kind.js';
import { pluginSchema } from './plugin-schemas/index.js';
import { textAt } from './reading.js';

/** A plugin of a group. */
export interface PluginEntity {
  readonly id: string;
  readonly document: Document;
}

/** A consumer group, whose name decides between several. */
export interface NamedGroup {
  readonly id: string;
  readonly name: string;
}

/** Requests of one route, and of one consumer if there is one, with the plugins that might run for them. */
export interface PluginsOfRequests<Entity extends PluginEntity> {
  readonly plugins: readonly Entity[];
  readonly route: { readonly id: string; readonly protocols: readonly string[] };
  readonly service?: string | undefined;
  readonly consumer?: string | undefined;
  /** The groups that the consumer is in. */
  readonly consumerGroups?: readonly NamedGroup[];
  /** The priorities of plugins that do not come with the gateway, by name. */
  readonly priorities?: ReadonlyMap<string, number>;
}

/** What a plugin can be limited to, as its document says it. */
export type ScopeField = 'route' | 'service' | 'consumer' | 'consumer_group';

/** A plugin that runs: at which place in the order, from 1, and what it is limited to. */
export interface RunningPlugin<Entity> {
  readonly plugin: Entity;
  readonly position: number;
  readonly scope: readonly ScopeField[];
}

/** Why a plugin does not run. */
export type PassedOverReason = 'disabled' | 'protocols' | `other_${ScopeField}` | 'less_specific';

/** A plugin that does not run, and the one that runs in its place if there is one. */
export interface PassedOverPlugin<Entity> {
  readonly plugin: Entity;
  readonly because: PassedOverReason;
  readonly inFavourOf?: Entity;
}

export interface EffectivePlugins<Entity> {
  /** In the order in which they run. */
  readonly running: readonly RunningPlugin<Entity>[];
  /** In the order in which they were given. */
  readonly passedOver: readonly PassedOverPlugin<Entity>[];
}

/**
 * Which plugins run for the requests. Of each name at most one does: the most specific of those that are on and fit. A
 * plugin that fits is limited to nothing but the route, its service, the consumer, and the groups of the consumer.
 */
export function effectivePlugins<Entity extends PluginEntity>(
  requests: PluginsOfRequests<Entity>,
): EffectivePlugins<Entity> {
  const misfits = new Map(requests.plugins.map((plugin) => [plugin, misfit(plugin, requests)]));
  const fitting = requests.plugins.filter((plugin) => misfits.get(plugin) === undefined);
  const chosen = mostSpecific(fitting, requests.consumerGroups ?? []);
  const running = [...chosen.values()].sort(byOrder(requests.priorities));
  return {
    running: running.map((plugin, index) => ({ plugin, position: index + 1, scope: scopeOf(plugin) })),
    passedOver: requests.plugins.flatMap((plugin) => {
      const because = misfits.get(plugin);
      if (because) return [{ plugin, because }];
      const inFavourOf = chosen.get(nameOf(plugin)) as Entity;
      return plugin === inFavourOf ? [] : [{ plugin, because: 'less_specific' as const, inFavourOf }];
    }),
  };
}

const scopeFields: readonly ScopeField[] = ['consumer', 'consumer_group', 'route', 'service'];

/** From the most specific scope to that of everything. Without consumer groups, this is the order of gateways that have none. */
const precedence = [
  'consumer route service',
  'consumer_group route service',
  'consumer route',
  'consumer service',
  'consumer_group route',
  'consumer_group service',
  'route service',
  'consumer',
  'consumer_group',
  'route',
  'service',
  '',
];

function misfit<Entity extends PluginEntity>(
  plugin: Entity,
  { route, service, consumer, consumerGroups = [] }: PluginsOfRequests<Entity>,
): PassedOverReason | undefined {
  const { document } = plugin;
  if (document['enabled'] === false) return 'disabled';
  const present: Readonly<Record<ScopeField, readonly (string | undefined)[]>> = {
    consumer: [consumer],
    consumer_group: consumerGroups.map(({ id }) => id),
    route: [route.id],
    service: [service],
  };
  const foreign = scopeOf(plugin).find((field) => !present[field].includes(document[field] as string));
  if (foreign) return `other_${foreign}`;
  return handles((document['protocols'] ?? []) as readonly string[], route.protocols)
    ? undefined
    : 'protocols';
}

const streams = new Set(['tcp', 'tls', 'tls_passthrough', 'udp']);

/**
 * A gateway loads plugins for requests or for streams. Below that it does not tell protocols apart: a plugin for https runs
 * for each http request of its route.
 */
function handles(ofPlugin: readonly string[], ofRoute: readonly string[]): boolean {
  const layers = new Set(ofRoute.map((protocol) => streams.has(protocol)));
  return ofPlugin.some((protocol) => layers.has(streams.has(protocol)));
}

function mostSpecific<Entity extends PluginEntity>(
  plugins: readonly Entity[],
  groups: readonly NamedGroup[],
): Map<string, Entity> {
  const names = new Map(groups.map(({ id, name }) => [id, name]));
  const groupOf = ({ document }: Entity): string => names.get(textAt(document, 'consumer_group')) ?? '';
  const ranked = [...plugins].sort((a, b) => rankOf(a) - rankOf(b) || compare(groupOf(a), groupOf(b)));
  const chosen = new Map<string, Entity>();
  for (const plugin of ranked) if (!chosen.has(nameOf(plugin))) chosen.set(nameOf(plugin), plugin);
  return chosen;
}

function rankOf(plugin: PluginEntity): number {
  return precedence.indexOf(scopeOf(plugin).join(' '));
}

function scopeOf({ document }: PluginEntity): ScopeField[] {
  return scopeFields.filter((field) => document[field] !== undefined);
}

function nameOf({ document }: PluginEntity): string {
  return textAt(document, 'name');
}

/** By priority. Where two are the same, gateways take the names backwards. */
function byOrder(registered: ReadonlyMap<string, number> = new Map()) {
  const priorityOf = (name: string): number => pluginSchema(name)?.priority ?? registered.get(name) ?? 0;
  return (a: PluginEntity, b: PluginEntity): number =>
    priorityOf(nameOf(b)) - priorityOf(nameOf(a)) || compare(nameOf(b), nameOf(a));
}

/** The priorities that a group's schemas say, by the names of the plugins. */
export function prioritiesIn(schemas: readonly PluginEntity[]): ReadonlyMap<string, number> {
  return new Map(schemas.map((schema) => [nameOf(schema), Number(schema.document['priority'] ?? 0)]));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
