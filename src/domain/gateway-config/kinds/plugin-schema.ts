import type { JsonObject } from '../../../foundation/kernel/json.js';
import * as checks from '../checks.js';
import { integer, json, text } from '../field.js';
import type { Kind } from '../kind.js';
import { schemaBundled } from '../plugin-schema.refusals.js';
import { pluginSchema as bundled } from '../plugin-schemas/index.js';
import { schemaFaults } from '../plugin-schemas/json-schema/schema-faults.js';
import { textAt } from '../reading.js';
import { rule } from './rule.js';

const highest = 1_000_000;

/** What the group says about a plugin that does not come with the gateway. No gateway is told. */
export const pluginSchema: Kind = {
  name: 'plugin_schema',
  typeName: 'PluginSchema',
  collection: '_plugin_schemas',
  listField: 'plugin_schemas',
  notForGateways: true,
  description:
    'A plugin schema says what the settings are of plugins that do not come with the gateway, so that they can be checked. Gateways do not receive it.',
  fields: {
    name: {
      type: text(checks.name),
      required: true,
      description: 'The name of the plugins that it is for, unique in its runtime group.',
    },
    description: { type: text(), description: 'What the plugins do.' },
    schema: {
      type: json(),
      required: true,
      description:
        'The JSON Schema of the settings, config. Defaults are filled in; what is writeOnly is a secret, which is never shown.',
    },
    priority: {
      type: integer(-highest, highest),
      default: 0,
      description: 'The priority of the plugins in the gateway: those with higher ones run earlier.',
    },
  },
  unique: [{ fields: ['name'] }],
  rules: [
    rule(['name'], (document) => {
      const name = textAt(document, 'name');
      return bundled(name) ? [schemaBundled.problem({ name }, ['name'])] : [];
    }),
    rule(['schema'], ({ schema }) => schemaFaults((schema ?? {}) as JsonObject)),
  ],
};
