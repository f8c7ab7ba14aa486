import { equalJson } from '../../foundation/kernel/json.js';
import type { Problem } from '../../foundation/kernel/refusal.js';
import type { Keyring } from '../../foundation/secrets/keyring.js';
import type { EntityDraft } from './config-entity.js';
import { findKeyHolders, readEntitiesOfKinds } from './config-entity.store.js';
import { pluginUnknown } from './document.refusals.js';
import { at, describe, learn, type CheckContext } from './draft-checks.js';
import type { Draft } from './draft.js';
import { schemaNeeded, schemaUnfit } from './plugin-schema.refusals.js';
import { nearestPlugin, pluginSchema } from './plugin-schemas/index.js';
import { labour, type Labour } from './plugin-schemas/json-schema/labour.js';
import { schemaFaults } from './plugin-schemas/json-schema/schema-faults.js';
import { isObject, textAt } from './reading.js';
import { findPluginsNamed } from './registered-plugins.store.js';
import { settledSettings } from './registered-settings.js';

/** How much of one write goes into looking at the settings of such plugins, whoever wrote the schemas. */
const effortOfWrite = 2_000_000;

/**
 * Checks the written plugins that do not come with the gateway by the schemas that the group will have, fills their defaults,
 * and seals their secrets. One without a schema is a problem.
 */
export async function settleWrittenPlugins(
  draft: Draft,
  context: CheckContext,
  secrets: Keyring,
): Promise<void> {
  const written = [...draft.puts()].filter(isRegistered);
  if (written.length === 0) return;
  const schemas = await schemasNamed(draft, context, new Set(written.map(nameOf)));
  const settling: Settling = { draft, context, secrets, labour: labour({ left: effortOfWrite }) };
  const isKnown = written.every((entity) => schemas.has(nameOf(entity)));
  const others = isKnown ? [] : await allNames(draft, context);
  for (const entity of written) {
    const schema = schemas.get(nameOf(entity));
    const problems = schema ? await settle(settling, entity, schema) : [unknown(nameOf(entity), others)];
    draft.problems.push(...problems.map((problem) => at(draft.originOf(entity.id), problem)));
  }
}

/**
 * Sees to it that stored plugins fit the schemas that the group will have: they get new defaults, and text that has become a
 * secret is sealed. Where one would not fit, the schema's change is a problem.
 */
export async function settleStoredPlugins(
  draft: Draft,
  context: CheckContext,
  secrets: Keyring,
): Promise<void> {
  const changed = changedSchemas(draft);
  const names = [...changed.keys()];
  if (names.length === 0) return;
  const schemas = await schemasNamed(draft, context, changed);
  if (!context.complete) {
    const stored = await findPluginsNamed(context.reader, context.groupId, names);
    draft.know(stored.filter(({ id }) => !draft.knows(id)));
  }
  const settling: Settling = { draft, context, secrets, labour: labour({ left: effortOfWrite }) };
  const plugins = [...draft.everything()].filter(
    (entity) => isRegistered(entity) && changed.has(nameOf(entity)),
  );
  for (const [name, schemaId] of changed) {
    const ofName = plugins.filter((entity) => nameOf(entity) === name && !draft.isWritten(entity.id));
    const origin = draft.originOf(schemaId);
    const problem = await settleName(settling, ofName, { name, schema: schemas.get(name) });
    if (problem) draft.problems.push(at(origin, problem));
  }
}

interface Settling {
  readonly draft: Draft;
  readonly context: CheckContext;
  readonly secrets: Keyring;
  readonly labour: Labour;
}

function isRegistered(entity: EntityDraft): boolean {
  const name = entity.document['name'];
  return entity.kind === 'plugin' && typeof name === 'string' && pluginSchema(name) === undefined;
}

function nameOf({ document }: EntityDraft): string {
  return textAt(document, 'name');
}

/** The schemas that the group will have for plugins of these names. */
async function schemasNamed(
  draft: Draft,
  context: CheckContext,
  names: { has(name: string): boolean; keys(): Iterable<string> },
): Promise<ReadonlyMap<string, EntityDraft>> {
  if (!context.complete) {
    const keys = [...names.keys()].map((key) => ({ kind: 'plugin_schema', slot: 0 as const, key }));
    const holders = await findKeyHolders(context.reader, context.groupId, keys);
    const ids = holders.map(({ id }) => id);
    await learn(draft, context, ids);
  }
  const schemas = [...draft.everything()].filter(({ kind }) => kind === 'plugin_schema');
  return new Map(schemas.filter((each) => names.has(nameOf(each))).map((each) => [nameOf(each), each]));
}

/** The names whose stored schemas will change or go, each with the id of the schema. */
function changedSchemas(draft: Draft): ReadonlyMap<string, string> {
  const written = [...draft.puts()].map(({ id }) => id);
  const changed = new Map<string, string>();
  for (const id of [...written, ...draft.removals()]) {
    const before = draft.storedEntity(id);
    if (before?.kind !== 'plugin_schema') continue;
    const after = draft.current(id)?.document ?? {};
    const isSame = ['name', 'schema'].every((field) =>
      equalJson(before.document[field] ?? null, after[field] ?? null),
    );
    if (!isSame) changed.set(nameOf(before), id);
  }
  return changed;
}

function unknown(name: string, others: readonly string[]): Problem {
  return pluginUnknown.problem({ name, meant: nearestPlugin(name, others) }, ['name']);
}

/** The names of all plugins that the group will have schemas for, to say which was meant. */
async function allNames(
  draft: Draft,
  { complete, reader, groupId }: CheckContext,
): Promise<readonly string[]> {
  const stored = complete ? [] : await readEntitiesOfKinds(reader, groupId, ['plugin_schema']);
  draft.know(stored.filter(({ id }) => !draft.knows(id)));
  return [...draft.everything()].filter(({ kind }) => kind === 'plugin_schema').map(nameOf);
}

const pluginsNamed = 10;

/** Settles the stored plugins of one name. */
async function settleName(
  settling: Settling,
  plugins: readonly EntityDraft[],
  { name, schema }: { readonly name: string; readonly schema: EntityDraft | undefined },
): Promise<Problem | undefined> {
  const { draft } = settling;
  const misfits: string[] = [];
  for (const plugin of plugins) {
    const [problem] = schema ? await settle(settling, plugin, schema) : [undefined];
    const described = describe(draft, plugin.id);
    if (!schema) misfits.push(described);
    else if (problem) misfits.push(`${described}: ${problem.message}`);
  }
  if (misfits.length === 0) return undefined;
  const more = Math.max(0, misfits.length - pluginsNamed);
  const facts = { name, plugins: misfits.slice(0, pluginsNamed), more };
  return schema ? schemaUnfit.problem(facts, ['schema']) : schemaNeeded.problem(facts);
}

/** Takes a plugin into the draft as its schema has it; answers what is wrong with it. */
async function settle(
  { draft, context, secrets, labour }: Settling,
  plugin: EntityDraft,
  { id: schemaId, document: { schema } }: EntityDraft,
): Promise<readonly Problem[]> {
  const { config } = plugin.document;
  // What is wrong with the schema or the plugin by itself has been told.
  if (!isObject(schema) || !isObject(config)) return [];
  if (draft.isWritten(schemaId) && schemaFaults(schema).length > 0) return [];
  const before = draft.storedEntity(plugin.id)?.document['config'];
  const asked = { schema, config, stored: isObject(before) ? before : {}, name: nameOf(plugin) };
  const owner = { groupId: context.groupId, id: plugin.id };
  const settled = await secrets.withKeys(() => settledSettings(asked, { secrets, labour, owner }));
  if (settled.problems.length === 0 && !equalJson(settled.config, config)) {
    const document = { ...plugin.document, config: settled.config };
    draft.amend({ ...plugin, document }, draft.originOf(schemaId));
  }
  return settled.problems;
}
