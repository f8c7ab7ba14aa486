import type { Json, JsonObject } from '../../../foundation/kernel/json.js';
import type { Problem } from '../../../foundation/kernel/refusal.js';
import { fieldInvalid } from '../document.refusals.js';
import type { Kind } from '../kind.js';
import { nearest } from '../nearest.js';
import { isObject, shown } from '../reading.js';
import type { Header } from './header.js';
import { pluginConfigUnknown } from './import.refusals.js';
import { mergeUnder } from './merge-under.js';
import { withMarkedRegexes } from './unmarked-regexes.js';

/** What an entity's own fields come to with all that its file says for it. */
export interface InEffect {
  readonly fields: JsonObject;
  readonly problems: readonly Problem[];
}

/** Adds to an entity's own fields the defaults, the named configuration, and the tags of the file; marks its regexes. */
export function fieldsInEffect(kind: Kind, own: JsonObject, header: Header): InEffect {
  const { fields, problems } = withNamedConfig(kind, withDefaults(kind, own, header), header.pluginConfigs);
  const tagged = withTags(fields, header.selectTags);
  return { fields: header.hasUnmarkedRegexes ? marked(kind, tagged) : tagged, problems };
}

function withDefaults(kind: Kind, own: JsonObject, { defaults }: Header): JsonObject {
  const below = defaults.get(kind);
  return below ? mergeUnder(without(below, saidOtherwise(kind, own)), own) : own;
}

/** The fields that a shorthand says, and the shorthands that would contradict a field. */
function saidOtherwise(kind: Kind, own: JsonObject): ReadonlySet<string> {
  const isGiven = (name: string): boolean => Object.hasOwn(own, name) && own[name] !== null;
  return new Set(
    Object.entries(kind.shorthands ?? {}).flatMap(([shorthand, { replaces }]) => {
      if (isGiven(shorthand)) return replaces;
      return replaces.some(isGiven) ? [shorthand] : [];
    }),
  );
}

function without(fields: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.has(name)));
}

/** The key by which a plugin takes a configuration of the file, over which its own wins. */
const configName = '_config';

function withNamedConfig(kind: Kind, given: JsonObject, configs: JsonObject): InEffect {
  const named = given[configName] ?? null;
  if (named === null || kind.fields['config']?.type.is !== 'json') return { fields: given, problems: [] };
  const fields = without(given, new Set([configName]));
  const shared = configNamed(named, configs);
  if ('code' in shared) return { fields, problems: [shared] };
  const { config: own = {} } = fields;
  return {
    fields: isObject(own) ? { ...fields, config: mergeUnder(shared.config, own) } : fields,
    problems: [],
  };
}

function configNamed(named: Json, configs: JsonObject): { readonly config: JsonObject } | Problem {
  if (typeof named !== 'string') {
    const facts = { field: configName, must: 'be the name of a configuration', received: shown(named) };
    return fieldInvalid.problem(facts, [configName]);
  }
  const config = Object.hasOwn(configs, named) ? configs[named] : undefined;
  if (isObject(config)) return { config };
  return pluginConfigUnknown.problem({ named, meant: nearest(named, Object.keys(configs)) }, [configName]);
}

function withTags(fields: JsonObject, selectTags: readonly Json[]): JsonObject {
  const own = fields['tags'] ?? [];
  if (selectTags.length === 0 || !Array.isArray(own)) return fields;
  return { ...fields, tags: [...(own as readonly Json[]), ...selectTags] };
}

function marked(kind: Kind, fields: JsonObject): JsonObject {
  const { paths } = fields;
  return kind.collection === 'routes' && paths !== undefined
    ? { ...fields, paths: withMarkedRegexes(paths) }
    : fields;
}
