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
  (facts: { field: string; because: string }) =>
    `${facts.field} is known to Kong or decK, but not supported here: ${facts.because}. Take it out of the file to import the rest.`,
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

/** What became of looking for something that is referred to. */
export type Whereabouts = 'nowhere' | 'to be deleted' | 'without lookup tags';

const whereabouts: Readonly<Record<Whereabouts, string>> = {
  nowhere: 'neither in the files nor in the runtime group',
  'to be deleted':
    'in the runtime group, but in none of the files, so that the synchronization would delete it',
  'without lookup tags': 'in the runtime group, but without the tags in _info.default_lookup_tags',
};

export const referenceUnresolved = defineRefusal(
  'REFERENCE_UNRESOLVED',
  'invalid',
  (facts: {
    field: string;
    typeName: string;
    named: string;
    found: Whereabouts;
    meant: string | undefined;
  }) =>
    `${facts.field} refers to the ${facts.typeName} “${facts.named}”, which is ${whereabouts[facts.found]}.${facts.meant === undefined ? '' : ` Did you mean “${facts.meant}”?`}`,
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
  (facts: { typeName: string; key: string; where: string }) =>
    `There is already a ${facts.typeName} with ${facts.key} in ${facts.where}. Leave out one of them.`,
);

export const moreProblems = defineRefusal(
  'MORE_PROBLEMS',
  'invalid',
  (facts: { more: number }) =>
    `There ${facts.more === 1 ? 'is 1 more problem' : `are ${facts.more} more problems`}. Mend these first.`,
);

export const memberNotInFiles = defineRefusal(
  'MEMBER_NOT_IN_FILES',
  'invalid',
  (facts: { typeName: string; named: string; field: string }) =>
    `The ${facts.typeName} “${facts.named}” is in none of the files. What it is a member of is part of it: put it into a file, or give it ${facts.field} where it is.`,
);

export const settingsDiffer = defineRefusal(
  'SETTINGS_DIFFER',
  'invalid',
  (facts: { field: string; where: string }) =>
    `${facts.field} says something else than in ${facts.where}. Several files are read as one; say it once, or the same.`,
);

export const selectTagsDiffer = defineRefusal(
  'SELECT_TAGS_DIFFER',
  'invalid',
  (facts: { asked: readonly string[]; inFiles: readonly string[] }) =>
    `The files are about what has the tags ${facts.inFiles.join(', ')}, and what is asked for is what has ${facts.asked.join(', ')}. Leave one of them out, or make them equal.`,
);

export const outsideSelectTags = defineRefusal(
  'OUTSIDE_SELECT_TAGS',
  'conflict',
  (facts: { typeName: string; named: string; tags: readonly string[] }) =>
    `The runtime group has this ${facts.typeName} already${facts.named === '' ? '' : `, “${facts.named}”`}, without ${facts.tags.length === 1 ? 'the tag' : 'all of the tags'} ${facts.tags.join(', ')}, so it is not for these files to change. Choose another name, refer to it instead, or give it the tags first.`,
);

export const neededByOthers = defineRefusal(
  'NEEDED_BY_OTHERS',
  'conflict',
  (facts: { entity: string; referrers: readonly string[]; more: number }) =>
    `${facts.entity} is in none of the files, so that the synchronization would delete it, but what is not for these files to change refers to it: ${facts.referrers.join(', ')}${facts.more > 0 ? ` and ${facts.more} more` : ''}. Keep it in a file, or have those changed first.`,
);
