import { referenceIn } from '../field.js';
import type { FileEntity } from './declarative-file.js';
import type { GatheredEntity } from './gather.js';
import { nameOf } from './naming.js';

/** Leads references by name or id to the entities of the file that they mean, where the file has them. */
export function linkWithinFile(entities: readonly GatheredEntity[]): void {
  const targets = new Map<string, FileEntity>();
  for (const entity of entities) {
    const { kind, id, document } = entity;
    const name = nameOf(kind, document);
    if (name !== undefined) addFirst(targets, nameIn(kind.name, name), entity);
    if (id !== undefined) targets.set(nameIn(kind.name, id), entity);
  }
  for (const { kind, links } of entities) {
    links.forEach(({ field, to }, index) => {
      const type = kind.fields[field]?.type;
      const reference = type && referenceIn(type);
      if (typeof to !== 'string' || !reference) return;
      links[index] = { field, to: targets.get(nameIn(reference.to, to)) ?? to };
    });
  }
}

function addFirst(targets: Map<string, FileEntity>, name: string, entity: FileEntity): void {
  if (!targets.has(name)) targets.set(name, entity);
}

function nameIn(kind: string, name: string): string {
  return `${kind} ${name}`;
}
