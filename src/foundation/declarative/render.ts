import type { JsonObject } from '../kernel/json.js';
import { keyText, scalarText } from './scalar.js';
import { yamlText, YamlWriter } from './yaml-writer.js';

/** An entity as a gateway reads it. Its references are ids; a rendered file keeps them as they are. */
export interface DeclarativeEntity {
  readonly collection: string;
  readonly id: string;
  readonly document: JsonObject;
}

/**
 * The text of a declarative file with exactly these entities, in Kong's flat format, loadable by a gateway without a
 * database. The collections come in the order given, without the empty ones; in each the entities are sorted by id, and
 * in an entity the fields by name, after its id. The same configuration gives the same bytes on every machine.
 *
 * Throws if an entity's collection is not among those given: a file never leaves something out in silence. The text of
 * an entity is kept with the object, so that rendering again costs what was changed; entities must not be mutated.
 */
export function renderDeclarative(
  collections: readonly string[],
  entities: Iterable<DeclarativeEntity>,
): string {
  const members = byCollection(collections, entities);
  const sections = collections.flatMap((collection) => section(collection, members.get(collection) ?? []));
  return [...heading, ...sections].join('');
}

/** `_transform` asks the gateway to derive what it derives on write, such as digests. */
export const flatHeader = { _format_version: '3.0', _transform: true } as const;

const heading = [yamlText(flatHeader)];

function byCollection(
  collections: readonly string[],
  entities: Iterable<DeclarativeEntity>,
): ReadonlyMap<string, DeclarativeEntity[]> {
  const members = new Map<string, DeclarativeEntity[]>(collections.map((collection) => [collection, []]));
  for (const entity of entities) {
    const section = members.get(entity.collection);
    if (!section) throw new Error(unlisted(entity, collections));
    section.push(entity);
  }
  return members;
}

function unlisted(entity: DeclarativeEntity, collections: readonly string[]): string {
  return `The entity ${entity.id} is in the collection “${entity.collection}”, which is not among the known ones: ${collections.join(', ')}.`;
}

function section(collection: string, entities: DeclarativeEntity[]): readonly string[] {
  if (entities.length === 0) return [];
  entities.sort((a, b) => bytewise(a.id, b.id));
  return [`${keyText(collection)}:\n`, ...entities.map(entityText)];
}

const rendered = new WeakMap<DeclarativeEntity, string>();

function entityText(entity: DeclarativeEntity): string {
  const known = rendered.get(entity);
  if (known !== undefined) return known;
  const text = flatItem(entity.id, entity.document);
  rendered.set(entity, text);
  return text;
}

/** An entity as an item of its collection. */
export function flatItem(id: string, document: JsonObject): string {
  const writer = new YamlWriter(sortedKeys);
  writer.write(`  - id: ${scalarText(id, '    ')}\n`);
  for (const name of sortedKeys(document)) {
    if (name !== 'id') writer.member('    ', name, document[name] ?? null);
  }
  return writer.text();
}

function sortedKeys(record: JsonObject): readonly string[] {
  return Object.keys(record).sort(bytewise);
}

function bytewise(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
