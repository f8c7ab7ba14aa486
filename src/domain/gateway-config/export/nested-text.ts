import { yamlText } from '../../../foundation/declarative/yaml-writer.js';
import { canonicalJson, type Json, type JsonObject } from '../../../foundation/kernel/json.js';
import type { EntityDraft } from '../config-entity.js';
import { kindNamed, kinds } from '../kinds/index.js';
import { nameField, nameOf } from '../naming.js';
import { textAt } from '../reading.js';
import { hasTags } from '../select-tags.js';
import { Outline } from './outline.js';

/**
 * The configuration as people keep it, in the form of decK: what belongs to one thing stands in it, references are names.
 * Nothing in the text depends on ids, so that the same configuration gives the same bytes in every group; only what is
 * referred to, has no name, and cannot hold what refers to it, keeps its id. With tags, the text is about what has them.
 */
export function nestedText(entities: readonly EntityDraft[], selectTags: readonly string[]): string {
  const outline = new Outline(entities, (entity) => hasTags(entity, selectTags));
  const collections = kinds.map(({ name, collection }): [string, Json] => {
    return [collection, nodesOf(outline, outline.roots(name))];
  });
  return yamlText({
    _format_version: '3.0',
    ...(selectTags.length > 0 && { _info: { select_tags: selectTags } }),
    ...Object.fromEntries(collections.filter(([, nodes]) => (nodes as readonly Json[]).length > 0)),
  });
}

interface Node {
  readonly name: string;
  readonly content: JsonObject;
}

function nodesOf(outline: Outline, entities: readonly EntityDraft[]): readonly JsonObject[] {
  const nodes = entities.map((entity): Node => {
    const kind = kindNamed(entity.kind);
    const name = nameOf(kind, entity.document) ?? textAt(entity.document, 'name');
    return { name, content: contentOf(outline, entity) };
  });
  nodes.sort(
    (a, b) => bytewise(a.name, b.name) || bytewise(canonicalJson(a.content), canonicalJson(b.content)),
  );
  return nodes.map(({ content }) => content);
}

/** What an entity says, its name first; then what it holds. */
function contentOf(outline: Outline, entity: EntityDraft): JsonObject {
  const kind = kindNamed(entity.kind);
  const parent = outline.parentField(entity);
  const first = ['name', nameField(kind)];
  const rank = (field: string): number => (first.includes(field) ? 0 : 1);
  const fields = Object.keys(entity.document)
    .filter((field) => field !== parent)
    .sort((a, b) => rank(a) - rank(b) || bytewise(a, b));
  const content: Record<string, Json> = outline.needsId(entity) ? { id: entity.id } : {};
  for (const field of fields) content[field] = outline.shownValue(entity, field);
  for (const { name, collection } of kinds) {
    const held = outline.children(entity, name);
    if (held.length > 0) content[collection] = nodesOf(outline, held);
  }
  return content;
}

function bytewise(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
