import { defineRefusal } from '../../../foundation/kernel/refusal.js';

export const documentUnreadable = defineRefusal(
  'DOCUMENT_UNREADABLE',
  'invalid',
  (facts: { because: string }) => `${facts.because}.`,
);

export const formatVersionUnsupported = defineRefusal(
  'FORMAT_VERSION_UNSUPPORTED',
  'invalid',
  (facts: { received: string; known: readonly string[] }) =>
    `_format_version must be one of ${facts.known.map((each) => `"${each}"`).join(', ')}, in quotes, not ${facts.received}. Leave it out, and the newest is meant.`,
);

export const transformUnsupported = defineRefusal(
  'TRANSFORM_UNSUPPORTED',
  'invalid',
  () =>
    '_transform false means that derived values, such as hashes of passwords, are in the file already; here they are always derived. Make it true or leave it out.',
);

export const notSupportedYet = defineRefusal(
  'NOT_SUPPORTED_YET',
  'invalid',
  (facts: { field: string }) =>
    `${facts.field} is known to Kong, but not supported here yet. Take it out of the file to import the rest.`,
);

export const environmentUnresolved = defineRefusal(
  'ENVIRONMENT_UNRESOLVED',
  'invalid',
  (facts: { expression: string }) =>
    `${facts.expression} stands for something in the environment of whoever sends the file, which is not known here. Put the value in its place first.`,
);

export const parentRepeated = defineRefusal(
  'PARENT_REPEATED',
  'invalid',
  (facts: { field: string; typeName: string }) =>
    `${facts.field} is given by the ${facts.typeName} around it. Leave it out, or move the entity to the top level.`,
);

export const referenceUnresolved = defineRefusal(
  'REFERENCE_UNRESOLVED',
  'invalid',
  (facts: { field: string; typeName: string; named: string; meant: string | undefined }) =>
    `${facts.field} refers to the ${facts.typeName} “${facts.named}”, which is neither in this file nor in the runtime group.${facts.meant === undefined ? '' : ` Did you mean “${facts.meant}”?`}`,
);

export const pluginConfigUnknown = defineRefusal(
  'PLUGIN_CONFIG_UNKNOWN',
  'invalid',
  (facts: { named: string; meant: string | undefined }) =>
    `There is no “${facts.named}” in _plugin_configs.${facts.meant === undefined ? '' : ` Did you mean “${facts.meant}”?`}`,
);

export const duplicateInFile = defineRefusal(
  'DUPLICATE_IN_FILE',
  'invalid',
  (facts: { typeName: string; key: string; first: string }) =>
    `There is already a ${facts.typeName} with ${facts.key} in this file: ${facts.first}. Leave out one of them.`,
);

export const moreProblems = defineRefusal(
  'MORE_PROBLEMS',
  'invalid',
  (facts: { fileName: string; more: number }) =>
    `${facts.fileName}: there ${facts.more === 1 ? 'is 1 more problem' : `are ${facts.more} more problems`}. Mend these first.`,
);
