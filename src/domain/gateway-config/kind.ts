import type { Json, JsonObject } from '../../foundation/kernel/json.js';
import type { Problem } from '../../foundation/kernel/refusal.js';
import { tag } from './checks.js';
import { set, text, type Field, type Fields } from './field.js';

/**
 * An entity's content as a gateway reads it: Kong's field names, defaults filled, absent instead of null, references as
 * the id of the entity referred to.
 */
export type Document = JsonObject;

/** One sort of configuration entity. The engine knows kinds only through this; adding one is adding a descriptor. */
export interface Kind {
  /** The stable name, as stored: `gateway_service`. */
  readonly name: string;
  /** The name of its GraphQL type: `GatewayService`. */
  readonly typeName: string;
  /** The name of its array in declarative files: `services`. */
  readonly collection: string;
  /** The name of its list on a runtime group, in snake case: `gateway_services`. */
  readonly listField: string;
  readonly description: string;
  /**
   * True if only the control plane needs it: gateways, and files for them, are without it. Its collection then begins with
   * “_”, as all in files does that is not for gateways, so that agents know it from what is new to them.
   */
  readonly notForGateways?: true;
  /** All fields but `id`, `tags`, and times, which every kind has. */
  readonly fields: Fields;
  /**
   * What must be unique in a runtime group, at most two; a field that is absent makes its key absent, so that it clashes
   * with nothing. The first one whose key is present names the entity in files, and is what an id is derived from when a
   * file gives none.
   */
  readonly unique: readonly UniqueKey[];
  /** Rules across the fields of one entity. */
  readonly rules: readonly Rule[];
  /**
   * Says what an input means beyond the fields in it: what shorthands stand for (a service's `url`), and what one field
   * implies for another (a grpc route's `strip_path`). It comes before all checks, so the input may hold anything. It sees
   * whole entities, and also mere changes to one; null stands for "back to the default". Idempotent.
   */
  readonly expand?: (input: JsonObject) => Expansion;
  /** The shorthands that `expand` takes, by name; GraphQL offers them in inputs. */
  readonly shorthands?: Readonly<Record<string, Shorthand>>;
  /** Derives what Kong derives on write (a target's default port). Gets a document whose fields are right. Idempotent. */
  readonly complete?: (document: Document) => Document;
  /**
   * What sets an entity apart from others of its kind, found by what its fields say; the same object for all that are alike.
   * The input may hold anything.
   */
  readonly variantOf?: (input: JsonObject) => Variant | undefined;
  /**
   * Makes a value for a field that the caller leaves open when the entity comes into being: a credential's key. Unlike a
   * default, the value is another one each time; after that, it stays until the caller asks for a new one with null.
   */
  readonly generate?: Readonly<Record<string, () => Json>>;
  /** Rules that need other entities; they hold after each write, whichever of the entities it changes. */
  readonly rulesWithReferences?: ReferenceRules;
}

/** What must hold between an entity and others. */
export interface ReferenceRules {
  /** What is looked at in the entities referred to: by the field that refers to them, their fields. */
  readonly reads: Readonly<Record<string, readonly string[]>>;
  /**
   * What is looked at in the entities beside it: those of a kind that refer, by a field of the same name, to the same entity
   * as it does. They count when they are changed; one that comes or goes breaks nothing.
   */
  readonly beside: { readonly kind: string; readonly by: string; readonly reads: readonly string[] };
  readonly check: (document: Document, others: OtherEntities) => readonly Problem[];
}

/** The entities that a rule looks at. */
export interface OtherEntities {
  /** The one behind a reference. */
  readonly referred: (field: string) => Document | undefined;
  readonly beside: readonly Document[];
}

/** A sort of entity within a kind, such as the plugins of one name, whose settings are their own. */
export interface Variant {
  /** Fields that take the place of the kind's fields of the same names. */
  readonly fields: Fields;
  /** Rules beside those of the kind. */
  readonly rules: readonly Rule[];
  /** The first version of the gateway that has such entities; without it, all that are supported do. */
  readonly since?: string;
}

/** The fields that an input implies, none of which contradicts its own, and what is wrong with its shorthands. */
export interface Expansion {
  readonly fields: JsonObject;
  readonly problems: readonly Problem[];
}

/** A second way to write some fields. */
export interface Shorthand {
  readonly description: string;
  /** The fields that it stands for, all of them. */
  readonly replaces: readonly string[];
}

/** A uniqueness rule: the fields whose values together may occur once in a group. */
export interface UniqueKey {
  readonly fields: readonly string[];
  /** When true, absent fields count as the empty value instead of making the key absent (a plugin's scopes). */
  readonly absentCounts?: boolean;
  /** Further fields that count only where they are present, so that keys made without them stay as they are. */
  readonly whenPresent?: readonly string[];
}

/** Something that must hold across the fields of one entity. */
export interface Rule {
  /** The fields that it looks at. While one of them is wrong by itself, the rule is not asked. */
  readonly reads: readonly string[];
  /** Says what is wrong with a document, in which defaults are filled. */
  readonly check: (document: Document) => readonly Problem[];
}

/** The field that every kind has beside its own. */
export const tags: Field = {
  type: set(text(tag)),
  description: 'The labels by which entities can be found and synchronized in part.',
};

const known = new WeakMap<Kind | Variant, Fields>();

/** All fields of a kind's documents, or of one variant of them, in the order in which they are shown; made once. */
export function fieldsOf(kind: Kind, variant?: Variant): Fields {
  const made = known.get(variant ?? kind) ?? { ...kind.fields, ...variant?.fields, tags };
  known.set(variant ?? kind, made);
  return made;
}

/** What of a document a change to this variant leaves: nothing that belongs to another one. */
export function withinVariant(kind: Kind, document: Document, variant: Variant | undefined): Document {
  const before = kind.variantOf?.(document);
  if (!before || before === variant) return document;
  const rest = Object.entries(document).filter(([field]) => !Object.hasOwn(before.fields, field));
  return Object.fromEntries(rest);
}
