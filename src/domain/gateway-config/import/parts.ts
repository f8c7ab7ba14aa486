import type { Json, JsonObject } from '../../../foundation/kernel/json.js';
import { referenceIn } from '../field.js';
import type { Kind } from '../kind.js';
import { kindNamed, kinds } from '../kinds/index.js';
import { whyNotSupported } from './not-supported-yet.js';

/** What an entity in a file consists of. */
export interface Parts {
  readonly id: Json;
  readonly fields: JsonObject;
  readonly references: readonly GivenReference[];
  readonly children: readonly Children[];
  readonly members: readonly Members[];
  /** The keys of it that Kong or decK know, and that would be lost here; each with the reason. */
  readonly unsupported: readonly Unsupported[];
}

export interface Unsupported {
  readonly field: string;
  readonly because: string;
}

/** A list of entities that stand elsewhere, each of which refers to the one that lists them. */
export interface Members {
  readonly collection: string;
  readonly kind: Kind;
  readonly field: string;
  readonly list: Json;
}

export interface GivenReference {
  readonly field: string;
  readonly to: Kind;
  readonly value: Json;
}

/** A list of entities inside another, to which all of them refer by one field. */
export interface Children {
  readonly collection: string;
  readonly kind: Kind;
  readonly field: string;
  readonly list: Json;
}

/** Takes an entity apart. Every kind nests under each kind that it refers to. */
export function partsOf(kind: Kind, item: JsonObject): Parts {
  const roles = rolesOf(kind);
  const fields: Record<string, Json> = {};
  const parts: OpenParts = {
    id: item['id'] ?? null,
    fields,
    references: [],
    children: [],
    members: [],
    unsupported: [],
  };
  for (const [key, value] of Object.entries(item))
    assign(parts, { key, value }, roles.get(key) ?? otherRole(kind, key));
  return parts;
}

interface OpenParts extends Parts {
  readonly fields: Record<string, Json>;
  readonly references: GivenReference[];
  readonly children: Children[];
  readonly members: Members[];
  readonly unsupported: Unsupported[];
}

interface Member {
  readonly key: string;
  readonly value: Json;
}

function assign(parts: OpenParts, { key, value }: Member, role: Role): void {
  switch (role.is) {
    case 'apart':
      return;
    case 'field':
      parts.fields[key] = value;
      return;
    case 'reference':
      assignReference(parts, { key, value }, role);
      return;
    case 'children':
      parts.children.push({ collection: key, kind: role.kind, field: role.field, list: value });
      return;
    case 'members':
      parts.members.push({ collection: key, kind: role.kind, field: role.field, list: value });
      return;
    case 'unsupported':
      if (!isEmpty(value)) parts.unsupported.push({ field: key, because: role.because });
  }
}

/** What should be a list of references and is none is for the kind to refuse. */
function assignReference(
  parts: OpenParts,
  { key: field, value }: Member,
  { to, isList }: Role & { is: 'reference' },
): void {
  if (value === null) return;
  if (!isList) parts.references.push({ field, to, value });
  else if (!Array.isArray(value)) parts.fields[field] = value;
  else for (const element of value as readonly Json[]) parts.references.push({ field, to, value: element });
}

/** True for what says nothing, and may be left out without loss. */
export function isEmpty(value: Json): boolean {
  return value === null || value === false || (Array.isArray(value) && value.length === 0);
}

/** What a key of an entity is for. */
type Role =
  | { readonly is: 'apart' }
  | { readonly is: 'field' }
  | { readonly is: 'unsupported'; readonly because: string }
  | { readonly is: 'reference'; readonly to: Kind; readonly isList: boolean }
  | { readonly is: 'children' | 'members'; readonly kind: Kind; readonly field: string };

/** Comments, and what is not for the caller to say; Kong writes both into files. */
const apart = ['id', '_comment', '_ignore', 'created_at', 'updated_at'];

const known = new WeakMap<Kind, ReadonlyMap<string, Role>>();

function rolesOf(kind: Kind): ReadonlyMap<string, Role> {
  const roles = known.get(kind) ?? new Map([...childRoles(kind), ...fieldRoles(kind), ...apartRoles()]);
  known.set(kind, roles);
  return roles;
}

/** Shorthands, tags, and what no one knows are for the kind to judge. */
function otherRole(kind: Kind, key: string): Role {
  const because = whyNotSupported(key, kind.collection);
  return because === undefined ? { is: 'field' } : { is: 'unsupported', because };
}

function apartRoles(): (readonly [string, Role])[] {
  return apart.map((key) => [key, { is: 'apart' }]);
}

function fieldRoles(kind: Kind): (readonly [string, Role])[] {
  return Object.entries(kind.fields).map(([name, { type }]) => {
    const reference = referenceIn(type);
    if (!reference) return [name, { is: 'field' }];
    return [name, { is: 'reference', to: kindNamed(reference.to), isList: type.is === 'list' }];
  });
}

/** What refers to one entity stands in it; what refers to several is listed by each. */
function childRoles(parent: Kind): (readonly [string, Role])[] {
  return kinds.flatMap((kind) =>
    Object.entries(kind.fields).flatMap(([field, { type }]) => {
      if (referenceIn(type)?.to !== parent.name) return [];
      return [[kind.collection, { is: type.is === 'list' ? 'members' : 'children', kind, field }] as const];
    }),
  );
}
