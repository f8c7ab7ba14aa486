import { defineRefusal } from '../../foundation/kernel/refusal.js';

export const schemaInvalid = defineRefusal(
  'PLUGIN_SCHEMA_INVALID',
  'invalid',
  (facts: { field: string; because: string }) => `${facts.field} cannot be used: ${facts.because}.`,
);

export const schemaBundled = defineRefusal(
  'PLUGIN_SCHEMA_BUNDLED',
  'invalid',
  (facts: { name: string }) =>
    `${facts.name} comes with the gateway, and its settings are known. Register schemas for other plugins only.`,
);

export const schemaNeeded = defineRefusal(
  'PLUGIN_SCHEMA_NEEDED',
  'conflict',
  (facts: { name: string; plugins: readonly string[]; more: number }) =>
    `The schema of ${facts.name} is needed by ${named(facts)}. Delete those first, or in the same revision.`,
);

export const schemaUnfit = defineRefusal(
  'PLUGIN_SCHEMA_UNFIT',
  'conflict',
  (facts: { plugins: readonly string[]; more: number }) =>
    `With this schema, plugins of the runtime group would not fit any more: ${named(facts)}. Change those first, or in the same revision.`,
);

export const schemaTooCostly = defineRefusal(
  'PLUGIN_SCHEMA_TOO_COSTLY',
  'invalid',
  (facts: { name: string }) =>
    `To check the settings of ${facts.name} by its schema takes too long. Make the schema or the settings smaller.`,
);

function named({ plugins, more }: { readonly plugins: readonly string[]; readonly more: number }): string {
  return `${plugins.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
