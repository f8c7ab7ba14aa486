import { sha256 } from '../../../foundation/kernel/id.js';
import { canonicalJson, type Json } from '../../../foundation/kernel/json.js';
import type { ConfigEntity } from '../config-entity.js';
import { keysOf } from '../document.js';
import { referenceIn } from '../field.js';
import type { Document, Kind } from '../kind.js';
import { kindNamed, kinds } from '../kinds/index.js';
import { redacted } from '../secrets.js';
import type { TwoSides } from './difference.js';

/**
 * The entities of two groups, side by side: those are the same that have the same natural key. Ids count for nothing, and
 * references are what names the entity referred to. Entities without a key of their own are the same if their content is.
 */
export function sideBySide(from: readonly ConfigEntity[], to: readonly ConfigEntity[]): TwoSides[] {
  const [before, after] = [byNaturalKey(from), byNaturalKey(to)];
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys.flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)];
    const some = is ?? was;
    return some
      ? [{ kind: some.kind, id: some.id, before: was?.document ?? null, after: is?.document ?? null }]
      : [];
  });
}

/** An entity with names in the place of ids. */
interface Named {
  readonly kind: string;
  readonly id: string;
  readonly document: Document;
}

function byNaturalKey(entities: readonly ConfigEntity[]): Map<string, Named> {
  const names = new Map<string, string>();
  const found = new Map<string, Named>();
  const rank = new Map(kinds.map((kind, index) => [kind.name, index]));
  // What is referred to comes before what refers to it, so that its name is known.
  const ordered = [...entities].sort((a, b) => (rank.get(a.kind) ?? 0) - (rank.get(b.kind) ?? 0));
  for (const { id, kind: name, document } of ordered) {
    const kind = kindNamed(name);
    const named = withNames(kind, document, names);
    const key = naturalKey(kind, named);
    names.set(id, key.split('\u001f').filter(Boolean).join(' / '));
    found.set(unoccupied(found, `${name} ${key}`), { kind: name, id, document: named });
  }
  return found;
}

function withNames(kind: Kind, document: Document, names: ReadonlyMap<string, string>): Document {
  const nameOf = (value: Json): Json => (typeof value === 'string' ? (names.get(value) ?? value) : value);
  const named = Object.entries(document).map(([field, value]): [string, Json] => {
    const type = kind.fields[field]?.type;
    if (!type || !referenceIn(type)) return [field, value];
    return [field, Array.isArray(value) ? (value as readonly Json[]).map(nameOf) : nameOf(value)];
  });
  return Object.fromEntries(named);
}

function naturalKey(kind: Kind, document: Document): string {
  const key = keysOf(kind, document).find((each) => each !== null);
  return key ?? sha256(canonicalJson(redacted(kind, document))).toString('hex', 0, 8);
}

/** Entities without a key of their own may be there several times. */
function unoccupied(found: ReadonlyMap<string, unknown>, key: string): string {
  let free = key;
  for (let count = 2; found.has(free); count += 1) free = `${key} #${count}`;
  return free;
}
