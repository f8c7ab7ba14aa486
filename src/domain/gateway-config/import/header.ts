import { equalJson, type Json, type JsonObject } from '../../../foundation/kernel/json.js';
import type { Problem } from '../../../foundation/kernel/refusal.js';
import { conformFields } from '../conform.js';
import { normalise } from '../document.js';
import { at } from '../draft-checks.js';
import { boolean, json, map, record, text, type Field, type FieldType } from '../field.js';
import { tags, type Kind } from '../kind.js';
import { kindOfCollection, kinds } from '../kinds/index.js';
import { isObject, shown, type Reading } from '../reading.js';
import { defineWarning, type Warning } from '../warning.js';
import type { Origin } from '../draft.js';
import {
  formatVersionUnsupported,
  notSupportedYet,
  selectTagsDiffer,
  settingsDiffer,
  transformUnsupported,
} from './import.refusals.js';
import { whyNotSupported, whyNotSupportedInfo } from './not-supported-yet.js';
import { isEmpty } from './parts.js';

/** What a file says about itself, and for all of its entities. */
export interface Header {
  /** True in files of before Kong 3.0, where regular expressions among paths are not marked as such. */
  readonly hasUnmarkedRegexes: boolean;
  /** The tags that every entity gets. */
  readonly selectTags: readonly string[];
  /** By which tags entities of others are known, by kind. */
  readonly lookupTags: ReadonlyMap<Kind, readonly string[]>;
  /** What entities have that they do not say themselves, by kind. */
  readonly defaults: ReadonlyMap<Kind, JsonObject>;
  /** Configurations that plugins take by name. */
  readonly pluginConfigs: JsonObject;
  readonly warnings: readonly Warning[];
  readonly problems: readonly Problem[];
}

/** A file as far as its header is concerned: what to call it, and where it stands in the input. */
interface Whose {
  readonly name: string;
  readonly root: Origin;
}

/** What one file says, to be joined with what others say. */
export interface FileHeader extends Header {
  readonly whose: Whose;
}

/** Reads everything in a file but its collections; whatever is neither is a problem. */
export function readHeader(file: JsonObject, whose: Whose): FileHeader {
  const { name, root } = whose;
  const reading: Reading = { problems: [], trail: [] };
  const { _format_version: version = '3.0', _comment, _ignore, ...rest } = withoutCollections(file);
  const { known, problems } = withoutUnsupported(rest, root);
  const header = conform(known, reading);
  const info = (header['_info'] ?? {}) as JsonObject;
  const defaults = readDefaults(file['_info'], root);
  problems.push(...reading.problems.map((problem) => at(root, problem)));
  problems.push(...defaults.problems, ...versionProblems(version, root));
  if (header['_transform'] === false) {
    problems.push(transformUnsupported.problem({}, [...root, '_transform']));
  }
  return {
    whose,
    hasUnmarkedRegexes: version === '1.1' || version === '2.1',
    selectTags: (info['select_tags'] ?? []) as readonly string[],
    lookupTags: readLookupTags(info['default_lookup_tags']),
    defaults: defaults.byKind,
    pluginConfigs: (header['_plugin_configs'] ?? {}) as JsonObject,
    warnings: readOver.flatMap((field) =>
      Object.hasOwn(header, field) ? [fieldReadOver({ name, field }, { path: [...root, field] })] : [],
    ),
    problems,
  };
}

/**
 * What files say together: each for all of them. Two that say different things about the same are a problem. The tags that
 * the import was asked for are theirs, too, and must be those that the files name, if they name any.
 */
export function joinHeaders(headers: readonly FileHeader[], asked: readonly string[]): Header {
  const inFiles = [...new Set(headers.flatMap(({ selectTags }) => selectTags))];
  const pluginConfigs: Record<string, Json> = {};
  const defaults = new Map<Kind, JsonObject>();
  const lookupTags = new Map<Kind, readonly string[]>();
  const problems = headers.flatMap((header) => header.problems);
  const said = new Map<string, { readonly value: Json; readonly where: string }>();
  const isNew = (setting: string, value: Json, { whose: { name, root } }: FileHeader): boolean => {
    const earlier = said.get(setting);
    if (!earlier) said.set(setting, { value, where: name });
    else if (!equalJson(earlier.value, value)) {
      const path = [...root, ...setting.split('.')];
      problems.push(settingsDiffer.problem({ field: setting, where: earlier.where }, path));
    }
    return !earlier;
  };
  for (const header of headers) {
    if (header.selectTags.length > 0) isNew('_info.select_tags', [...header.selectTags].sort(), header);
    for (const [name, config] of Object.entries(header.pluginConfigs))
      if (isNew(`_plugin_configs.${name}`, config, header)) pluginConfigs[name] = config;
    for (const [kind, fields] of header.defaults)
      if (isNew(`_info.defaults.${singular(kind)}`, fields, header)) defaults.set(kind, fields);
    for (const [kind, tags] of header.lookupTags)
      lookupTags.set(kind, [...new Set([...(lookupTags.get(kind) ?? []), ...tags])]);
  }
  const selectTags = asked.length > 0 ? asked : inFiles;
  problems.push(...tagProblems(headers, asked, inFiles));
  const warnings = headers.flatMap((header) => header.warnings);
  return { hasUnmarkedRegexes: false, selectTags, lookupTags, defaults, pluginConfigs, warnings, problems };
}

function tagProblems(
  headers: readonly FileHeader[],
  asked: readonly string[],
  inFiles: readonly string[],
): readonly Problem[] {
  const isSame = asked.length === inFiles.length && asked.every((tag) => inFiles.includes(tag));
  const root = headers.find(({ selectTags }) => selectTags.length > 0)?.whose.root ?? [];
  if (asked.length === 0 || inFiles.length === 0 || isSame) return [];
  return [selectTagsDiffer.problem({ asked, inFiles }, [...root, '_info', 'select_tags'])];
}

const formatVersions = ['3.0', '2.1', '1.1'];

/** What tools write into files to say which part of an installation these are for. */
const readOver = ['_workspace', '_konnect'];

const fieldReadOver = defineWarning(
  'FIELD_READ_OVER',
  ({ name, field }: { name: string; field: string }) =>
    `${name}: ${field} was read over: the import says which runtime group the file is for.`,
);

/** The names by which `_info.defaults` knows the kinds. */
const kindsBySingular = new Map(kinds.map((kind) => [singular(kind), kind]));

function singular({ collection }: Kind): string {
  return collection.replace(/s$/, '');
}

function field(type: FieldType): Field {
  return { type, description: '' };
}

const info = record('_info', '', {
  select_tags: tags,
  defaults: field(
    record(
      '_info.defaults',
      '',
      Object.fromEntries([...kindsBySingular.keys()].map((name) => [name, field(json())])),
    ),
  ),
  default_lookup_tags: field(
    record(
      '_info.default_lookup_tags',
      '',
      // Nobody has partials here, so that nothing with these tags is looked for.
      Object.fromEntries(
        [...kinds.map(({ collection }) => collection), 'partials'].map((name) => [name, tags]),
      ),
    ),
  ),
});

const conform = conformFields(
  'A declarative file',
  {
    _transform: field(boolean()),
    _info: field(info),
    _plugin_configs: field(map(json())),
    _workspace: field(text()),
    _konnect: field(json()),
  },
  ['_format_version', '_comment', '_ignore', ...kinds.map((kind) => kind.collection)],
);

function withoutCollections(file: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(file).filter(([key]) => !kindOfCollection(key)));
}

interface Supported {
  readonly known: JsonObject;
  readonly problems: Problem[];
}

function withoutUnsupported(rest: JsonObject, root: Origin): Supported {
  const { known, problems } = supported(rest, whyNotSupported, root);
  const { _info: info } = known;
  if (!isObject(info)) return { known, problems };
  const inside = supported(info, whyNotSupportedInfo, [...root, '_info']);
  return { known: { ...known, _info: inside.known }, problems: [...problems, ...inside.problems] };
}

function supported(given: JsonObject, why: (key: string) => string | undefined, origin: Origin): Supported {
  const known = Object.fromEntries(Object.entries(given).filter(([key]) => why(key) === undefined));
  const problems = Object.entries(given).flatMap(([field, value]) => {
    const because = why(field);
    if (because === undefined || isEmpty(value)) return [];
    return [notSupportedYet.problem({ field, because }, [...origin, field])];
  });
  return { known, problems };
}

function readLookupTags(given: Json | undefined): ReadonlyMap<Kind, readonly string[]> {
  if (!isObject(given)) return new Map();
  return new Map(
    kinds.flatMap((kind) => {
      const tags = given[kind.collection];
      return Array.isArray(tags) ? [[kind, tags as readonly string[]] as const] : [];
    }),
  );
}

function versionProblems(version: Json, root: Origin): Problem[] {
  if (typeof version === 'string' && formatVersions.includes(version)) return [];
  const facts = { received: shown(version), known: formatVersions };
  return [formatVersionUnsupported.problem(facts, [...root, '_format_version'])];
}

/** Wrong defaults are told once, here, and not again by every entity that would take them. */
function readDefaults(
  given: Json | undefined,
  root: Origin,
): { readonly byKind: ReadonlyMap<Kind, JsonObject>; readonly problems: readonly Problem[] } {
  const defaults = isObject(given) && isObject(given['defaults']) ? given['defaults'] : {};
  const byKind = new Map<Kind, JsonObject>();
  const problems: Problem[] = [];
  for (const [name, kind] of kindsBySingular) {
    const fields = defaults[name];
    if (!isObject(fields)) continue;
    const wrong = normalise(kind, fields).problems.filter(({ path }) => Object.hasOwn(fields, path[0] ?? ''));
    const names = new Set(wrong.map(({ path }) => path[0]));
    const origin = [...root, '_info', 'defaults', name];
    problems.push(...wrong.map((problem) => at(origin, problem)));
    byKind.set(kind, Object.fromEntries(Object.entries(fields).filter(([key]) => !names.has(key))));
  }
  return { byKind, problems };
}
