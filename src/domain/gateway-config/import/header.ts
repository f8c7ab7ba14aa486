import type { Json, JsonObject } from '../../../foundation/kernel/json.js';
import type { Problem } from '../../../foundation/kernel/refusal.js';
import { conformFields } from '../conform.js';
import { normalise } from '../document.js';
import { at } from '../draft-checks.js';
import { boolean, json, map, record, text, type Field, type FieldType } from '../field.js';
import { tags, type Kind } from '../kind.js';
import { kindOfCollection, kinds } from '../kinds/index.js';
import { isObject, shown, type Reading } from '../reading.js';
import { documentInput } from './declarative-file.js';
import { formatVersionUnsupported, notSupportedYet, transformUnsupported } from './import.refusals.js';
import { isKnownElsewhere } from './not-supported-yet.js';
import { isEmpty } from './parts.js';

/** What a file says about itself, and for all of its entities. */
export interface Header {
  /** True in files of before Kong 3.0, where regular expressions among paths are not marked as such. */
  readonly hasUnmarkedRegexes: boolean;
  /** The tags that every entity gets. */
  readonly selectTags: readonly Json[];
  /** What entities have that they do not say themselves, by kind. */
  readonly defaults: ReadonlyMap<Kind, JsonObject>;
  /** Configurations that plugins take by name. */
  readonly pluginConfigs: JsonObject;
  readonly warnings: readonly string[];
  readonly problems: readonly Problem[];
}

/** Reads everything in a file but its collections; whatever is neither is a problem. */
export function readHeader(file: JsonObject): Header {
  const reading: Reading = { problems: [], trail: [] };
  const { _format_version: version = '3.0', _comment, _ignore, ...rest } = withoutCollections(file);
  const { known, problems } = withoutUnsupported(rest);
  const header = conform(known, reading);
  const info = (header['_info'] ?? {}) as JsonObject;
  const defaults = readDefaults(file['_info']);
  problems.push(...reading.problems.map((problem) => at([documentInput], problem)));
  problems.push(...defaults.problems, ...versionProblems(version));
  if (header['_transform'] === false) {
    problems.push(transformUnsupported.problem({}, [documentInput, '_transform']));
  }
  return {
    hasUnmarkedRegexes: version === '1.1' || version === '2.1',
    selectTags: (info['select_tags'] ?? []) as readonly Json[],
    defaults: defaults.byKind,
    pluginConfigs: (header['_plugin_configs'] ?? {}) as JsonObject,
    warnings: Object.keys(readOver).flatMap((key) =>
      Object.hasOwn(header, key) ? [readOver[key] ?? ''] : [],
    ),
    problems,
  };
}

const formatVersions = ['3.0', '2.1', '1.1'];

const readOver: Readonly<Record<string, string>> = {
  _workspace: '_workspace was read over: the import says which runtime group the file is for.',
  _konnect: '_konnect was read over: the import says which runtime group the file is for.',
};

/** The names by which `_info.defaults` knows the kinds. */
const kindsBySingular = new Map(kinds.map((kind) => [kind.collection.replace(/s$/, ''), kind]));

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
  // References find entities with whatever tags, so there is nothing to look up.
  default_lookup_tags: field(json()),
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

function withoutUnsupported(rest: JsonObject): { readonly known: JsonObject; readonly problems: Problem[] } {
  const unsupported = Object.keys(rest).filter((key) => isKnownElsewhere(key));
  const known = Object.fromEntries(Object.entries(rest).filter(([key]) => !unsupported.includes(key)));
  const lost = unsupported.filter((key) => !isEmpty(rest[key] ?? null));
  return { known, problems: lost.map((field) => notSupportedYet.problem({ field }, [documentInput, field])) };
}

function versionProblems(version: Json): Problem[] {
  if (typeof version === 'string' && formatVersions.includes(version)) return [];
  const facts = { received: shown(version), known: formatVersions };
  return [formatVersionUnsupported.problem(facts, [documentInput, '_format_version'])];
}

/** Wrong defaults are told once, here, and not again by every entity that would take them. */
function readDefaults(given: Json | undefined): {
  readonly byKind: ReadonlyMap<Kind, JsonObject>;
  readonly problems: readonly Problem[];
} {
  const defaults = isObject(given) && isObject(given['defaults']) ? given['defaults'] : {};
  const byKind = new Map<Kind, JsonObject>();
  const problems: Problem[] = [];
  for (const [name, kind] of kindsBySingular) {
    const fields = defaults[name];
    if (!isObject(fields)) continue;
    const wrong = normalise(kind, fields).problems.filter(({ path }) => Object.hasOwn(fields, path[0] ?? ''));
    const names = new Set(wrong.map(({ path }) => path[0]));
    const origin = [documentInput, '_info', 'defaults', name];
    problems.push(...wrong.map((problem) => at(origin, problem)));
    byKind.set(kind, Object.fromEntries(Object.entries(fields).filter(([key]) => !names.has(key))));
  }
  return { byKind, problems };
}
