import type { JsonObject } from '../../../foundation/kernel/json.js';
import { pluginNotForScope } from '../document.refusals.js';
import { choice, json, set, type Field, type Fields } from '../field.js';
import type { Rule, Variant } from '../kind.js';
import {
  allProtocols,
  type ConfigRule,
  type PluginProtocols,
  type PluginSchema,
  type PluginScope,
} from '../plugin-schemas/plugin-schema.js';
import { rule } from './rule.js';

const known = new WeakMap<PluginSchema, Variant>();

/** The plugins of one name: their settings are those of the schema, and so is what they may be for. */
export function pluginVariant(schema: PluginSchema): Variant {
  const { since } = schema;
  const made = known.get(schema) ?? {
    ...{ fields: fieldsOf(schema), rules: rulesOf(schema) },
    ...(since !== undefined && { since }),
  };
  known.set(schema, made);
  return made;
}

/**
 * The plugins that do not come with the gateway. Whether they are known at all, and what their settings are, the schemas of
 * their runtime group say; see registered-plugins.ts.
 */
export const registeredVariant: Variant = {
  fields: {
    config: {
      type: { ...json(), secretsBySeal: true },
      default: {},
      description: 'The settings of the plugin, as the schema of its runtime group has them.',
    },
    protocols: protocolsOf(allProtocols),
  },
  rules: [],
};

function fieldsOf({ config, protocols }: PluginSchema): Fields {
  return {
    config: { type: config, default: {}, description: config.description },
    protocols: protocolsOf(protocols),
  };
}

function protocolsOf(protocols: PluginProtocols): Field {
  return {
    type: set(choice(...protocols.allowed), 1),
    default: protocols.default,
    description: 'The protocols of the requests that the plugin is for.',
  };
}

/** The fields that limit a plugin, each with the scope that it stands for. */
const scopes: Readonly<Record<string, PluginScope>> = {
  service: 'service',
  route: 'route',
  consumer: 'consumer',
  consumer_group: 'consumer',
};

function rulesOf({ name, scopes: allowed, rules }: PluginSchema): Rule[] {
  const forbidden = Object.keys(scopes).filter((field) => !allowed.includes(scopes[field] as PluginScope));
  return [...forbidden.map((field) => without(field, name)), ...rules.map(overConfig)];
}

function without(field: string, name: string): Rule {
  const problem = pluginNotForScope.problem({ name, scope: field.replace('_', ' ') }, [field]);
  return rule([field], (document) => (document[field] === undefined ? [] : [problem]));
}

function overConfig(check: ConfigRule): Rule {
  return rule(['config'], ({ config }) =>
    check(config as JsonObject).map((problem) => ({ ...problem, path: ['config', ...problem.path] })),
  );
}
