import { keysOf } from './document.js';
import type { Document, Kind } from './kind.js';

/** Which of a kind's unique keys files refer to its entities by: the first that is one field. -1 if there is none. */
export function nameSlot(kind: Kind): number {
  return kind.unique.findIndex(({ fields }) => fields.length === 1);
}

/** The field by which files refer to entities of a kind, if there is one. */
export function nameField(kind: Kind): string | undefined {
  return kind.unique[nameSlot(kind)]?.fields[0];
}

/** The name by which files refer to this entity, if it has one. */
export function nameOf(kind: Kind, document: Document): string | undefined {
  const field = nameField(kind);
  const name = field === undefined ? undefined : document[field];
  return typeof name === 'string' ? name : undefined;
}

/** A unique key that an entity has. */
export interface Key {
  readonly slot: number;
  readonly key: string;
}

/** The unique keys that an entity has, first things first. */
export function keysPresent(kind: Kind, document: Document): readonly Key[] {
  const present: Key[] = [];
  keysOf(kind, document).forEach((key, slot) => {
    if (key !== null) present.push({ slot, key });
  });
  return present;
}

/** An entity as people speak of it: route “orders-list”. */
export function describe(kind: Kind, document: Document): string {
  const sort = kind.name.replaceAll('_', ' ');
  const fields = kind.unique.flatMap((key) => key.fields.filter((field) => isSayable(kind, field)));
  const name = fields.map((field) => document[field]).find((value) => typeof value === 'string');
  return typeof name === 'string' ? `${sort} “${name}”` : sort;
}

/** False for ids, which tell people nothing, and for secrets, which must not be told. */
function isSayable(kind: Kind, field: string): boolean {
  const { type, secret } = kind.fields[field] ?? {};
  return type?.is !== 'reference' && secret !== true;
}
