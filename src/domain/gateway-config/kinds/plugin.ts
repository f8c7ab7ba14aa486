import type { Problem } from '../../../foundation/kernel/refusal.js';
import * as checks from '../checks.js';
import { pluginOutOfReach } from '../document.refusals.js';
import { boolean, json, reference, set, text } from '../field.js';
import type { Document, Kind, OtherEntities } from '../kind.js';
import { pluginSchema } from '../plugin-schemas/index.js';
import { pluginVariant, registeredVariant } from './plugin-variant.js';
import { protocol } from './protocol.js';
import { textsIn } from './rule.js';

/** Kong's plugin. What its settings are, its name decides. */
export const plugin: Kind = {
  name: 'plugin',
  typeName: 'Plugin',
  collection: 'plugins',
  listField: 'plugins',
  description: 'A plugin does something to requests and responses: to all, or to those of a scope.',
  fields: {
    name: {
      type: text(checks.name),
      required: true,
      description: 'The sort of plugin, such as rate-limiting; the gateways must have it.',
    },
    instance_name: {
      type: text(checks.utf8Name),
      description: 'The name of this one plugin, unique in its runtime group.',
    },
    service: {
      type: reference('gateway_service', 'cascade'),
      description: 'The gateway service whose requests alone the plugin is for.',
    },
    route: {
      type: reference('route', 'cascade'),
      description: 'The route whose requests alone the plugin is for.',
    },
    consumer: {
      type: reference('consumer', 'cascade'),
      description: 'The consumer whose requests alone the plugin is for.',
    },
    consumer_group: {
      type: reference('consumer_group', 'cascade'),
      description: 'The consumer group whose requests alone the plugin is for.',
    },
    config: {
      type: json(),
      default: {},
      description: 'The settings of the plugin; what they are depends on its sort.',
    },
    protocols: {
      type: set(protocol, 1),
      default: ['grpc', 'grpcs', 'http', 'https'],
      description: 'The protocols of the requests that the plugin is for.',
    },
    enabled: { type: boolean(), default: true, description: 'Whether gateways receive the plugin.' },
  },
  // The scope comes first: it names every plugin, with an instance name or without.
  unique: [
    {
      fields: ['name', 'route', 'service', 'consumer'],
      absentCounts: true,
      whenPresent: ['consumer_group'],
    },
    { fields: ['instance_name'] },
  ],
  rules: [],
  variantOf: ({ name }) => {
    if (typeof name !== 'string') return undefined;
    const schema = pluginSchema(name);
    return schema ? pluginVariant(schema) : registeredVariant;
  },
  rulesWithReferences: {
    reads: { route: ['protocols'] },
    beside: { kind: 'route', by: 'service', reads: ['protocols'] },
    check: reachable,
  },
};

/** As in Kong: the route must share a protocol with it, or else one of the routes of the service, if that has any. */
function reachable(document: Document, { referred, beside }: OtherEntities): Problem[] {
  const route = referred('route');
  const routes = new Set((route ? [route] : beside).flatMap((each) => textsIn(each, 'protocols')));
  const own = textsIn(document, 'protocols');
  if (routes.size === 0 || own.some((each) => routes.has(each))) return [];
  const of = route ? 'its route is' : 'the routes of its gateway service are';
  return [pluginOutOfReach.problem({ plugin: own, routes: [...routes], of }, ['protocols'])];
}
