import { canonicalJson, type Json, type JsonObject } from '../../../foundation/kernel/json.js';
import type { EntityDraft } from '../config-entity.js';
import { referenceIn } from '../field.js';
import { kindNamed, kinds } from '../kinds/index.js';
import { nameField, nameOf } from '../naming.js';
import { textAt } from '../reading.js';
import type { Placed } from './export.store.js';

/** A tree of entities as people keep it: what belongs to one thing stands in it, references are names. */
export function treeContent(tree: readonly Placed[]): {
  readonly root: Placed;
  readonly content: JsonObject;
} {
  const held = new Map<string, Placed[]>();
  for (const placed of tree) {
    const key = keyOf(placed.holder, placed.entity.kind);
    const others = held.get(key);
    if (others) others.push(placed);
    else held.set(key, [placed]);
  }
  const root = tree.find(({ holder }) => holder === null);
  if (!root) throw new Error('A tree of entities came without its root.');
  return { root, content: contentOf(root, held) };
}

interface Node {
  readonly title: string;
  readonly content: JsonObject;
}

type Held = ReadonlyMap<string, readonly Placed[]>;

function nodeOf(placed: Placed, held: Held): Node {
  const { kind: name, document } = placed.entity;
  const kind = kindNamed(name);
  return {
    title: nameOf(kind, document) ?? textAt(document, 'name'),
    content: contentOf(placed, held),
  };
}

/** What an entity says, its name first; then what it holds. */
function contentOf({ entity, parentField, needsId, names }: Placed, held: Held): JsonObject {
  const kind = kindNamed(entity.kind);
  const first = ['name', nameField(kind)];
  const rank = (field: string): number => (first.includes(field) ? 0 : 1);
  const fields = Object.keys(entity.document)
    .filter((field) => field !== parentField)
    .sort((a, b) => rank(a) - rank(b) || bytewise(a, b));
  const content: Record<string, Json> = needsId ? { id: entity.id } : {};
  for (const field of fields) content[field] = shownValue(entity, field, names);
  for (const { name, collection } of kinds) {
    const children = held.get(keyOf(entity.id, name));
    if (children) content[collection] = inOrder(children.map((child) => nodeOf(child, held)));
  }
  return content;
}

/** The value of a field, with references as names. */
function shownValue({ kind, document }: EntityDraft, field: string, names: Placed['names']): Json {
  const value = document[field] ?? null;
  const type = kindNamed(kind).fields[field]?.type;
  if (!type || !referenceIn(type)) return value;
  const nameOfId = (id: string): string => names[id] ?? id;
  if (!Array.isArray(value)) return nameOfId(value as string);
  const all = (value as readonly string[]).map(nameOfId);
  // A list that both sides can hold is one of objects in decK: the groups of a consumer.
  return field === 'groups' ? all.map((name) => ({ name })) : all;
}

function inOrder(nodes: readonly Node[]): readonly JsonObject[] {
  const withKeys = nodes.map((node) => ({ ...node, key: canonicalJson(node.content) }));
  withKeys.sort((a, b) => bytewise(a.title, b.title) || bytewise(a.key, b.key));
  return withKeys.map(({ content }) => content);
}

function keyOf(holder: string | null, kind: string): string {
  return `${holder ?? ''} ${kind}`;
}

function bytewise(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
