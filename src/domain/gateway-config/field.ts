import type { Json, JsonObject } from '../../foundation/kernel/json.js';

/** The type of a configuration field: enough to check a value, to fill it, and to show it in GraphQL. */
export type FieldType =
  | TextType
  | { readonly is: 'integer'; readonly min: number; readonly max: number; readonly oneOf?: readonly number[] }
  | { readonly is: 'number'; readonly min: number; readonly max: number; readonly above?: number }
  | { readonly is: 'boolean' }
  | EnumType
  | ListType
  | { readonly is: 'map'; readonly of: FieldType; readonly checkKey?: Check<string> }
  | RecordType
  | JsonType
  | ReferenceType;

/** The id of an entity of a kind. A field holds one, or a set of them; references stand nowhere else. */
export interface ReferenceType {
  readonly is: 'reference';
  readonly to: string;
  readonly onDelete: OnDelete;
}

/** A JSON object. */
export interface JsonType {
  readonly is: 'json';
  /** Says by their names which of its members are secrets; these are text. */
  readonly isSecret?: (name: string) => boolean;
  /**
   * True if only the runtime group knows which of the texts in it are secrets. Those that are stored are then known by their
   * sealed form, and are not in lists; whoever has the group's schemas seals the others, and looks at what is sealed.
   */
  readonly secretsBySeal?: true;
}

/** Text. */
export interface TextType {
  readonly is: 'string';
  readonly check?: Check<string>;
  /** The only values that it may have. Unlike those of an enumeration, they need no type in GraphQL. */
  readonly oneOf?: readonly string[];
  /** True if it may have no character at all. */
  readonly mayBeEmpty?: true;
  /** True if a reference to a vault may stand for it: `{vault://env/password}`. No check looks at a reference. */
  readonly referenceable?: true;
}

/** Values in order; repetitions are dropped if the list is unique. */
export interface ListType {
  readonly is: 'list';
  readonly of: FieldType;
  readonly min?: number;
  readonly max?: number;
  readonly unique?: boolean;
}

/** An enumeration. Enumerations of the same name are the same object, so that GraphQL has one type for it. */
export interface EnumType {
  readonly is: 'enum';
  readonly name: string;
  readonly description: string;
  readonly values: readonly EnumValue[];
}

/** A value of an enumeration, as Kong writes it, with what it means. GraphQL shows it in upper case with underscores. */
export interface EnumValue {
  readonly value: string;
  readonly description: string;
}

/** An object with known fields. Records of the same name are the same object, so that GraphQL has one type for it. */
export interface RecordType {
  readonly is: 'record';
  readonly name: string;
  readonly description: string;
  readonly fields: Fields;
  /** Looks at the whole record, once its fields are right. */
  readonly check?: Check<JsonObject>;
  /**
   * Names that fields had in former versions, each with the place where the value is now: `redis_host` at `redis.host`. They
   * are read as if the value stood there already, unless another one does. Null stands for a field that is no more.
   */
  readonly former?: Readonly<Record<string, string | null>>;
}

/** What deleting an entity does to those that refer to it: it is refused, they go with it, or they stay without the reference. */
export type OnDelete = 'restrict' | 'cascade' | 'unlink';

/**
 * Says what an unacceptable value must do, as the end of the sentence "<field> must …", or nothing if the value will do.
 * The caller adds what was received.
 */
export type Check<T> = (value: T) => string | undefined;

/** One field, under its name in Kong's files (snake case). */
export interface Field {
  readonly type: FieldType;
  readonly description: string;
  /** Must be given, and never be null. */
  readonly required?: boolean;
  /**
   * Filled in when the field is absent or null; itself completed with the defaults inside it. A field with neither default
   * nor `required` may be absent, and an empty list or map given for it is the same as absence.
   */
  readonly default?: Json;
  /**
   * Can be written but not read: gateways alone receive it. It is text, or a map of texts, each of which is a secret; it
   * stands in the entity itself or in a record, not in a list or a map.
   */
  readonly secret?: boolean;
  /** The first version of the gateway that knows the field; without it, all that are supported do. */
  readonly since?: string;
}

/** Fields by their names in Kong's files, in the order in which they are shown. */
export type Fields = Readonly<Record<string, Field>>;

/** Text of one character or more, free of control characters, that passes the check. */
export function text(check?: Check<string>): TextType {
  return check ? { is: 'string', check } : { is: 'string' };
}

/** Text for which a reference to a vault may stand. */
export function referenceable(type: TextType = text()): TextType {
  return { ...type, referenceable: true };
}

/** One of a few texts. */
export function choice(...oneOf: readonly string[]): TextType {
  return { is: 'string', oneOf };
}

/** A whole number, both ends included. */
export function integer(min: number, max = Number.MAX_SAFE_INTEGER): FieldType {
  return { is: 'integer', min, max };
}

/** One of a few whole numbers. */
export function oneOfNumbers(...values: readonly number[]): FieldType {
  return { is: 'integer', min: Math.min(...values), max: Math.max(...values), oneOf: values };
}

/** A number, both ends included. */
export function number(min = -Number.MAX_VALUE, max = Number.MAX_VALUE): FieldType {
  return { is: 'number', min, max };
}

/** A number that is greater than the given one. */
export function numberAbove(above: number): FieldType {
  return { is: 'number', min: above, max: Number.MAX_VALUE, above };
}

/** True or false. */
export function boolean(): FieldType {
  return { is: 'boolean' };
}

/** One of the named values; each comes with its description. */
export function oneOf(name: string, description: string, values: Readonly<Record<string, string>>): EnumType {
  const entries = Object.entries(values).map(([value, meaning]) => ({ value, description: meaning }));
  return { is: 'enum', name, description, values: entries };
}

/** Values in order, repetitions kept. */
export function list(of: FieldType, min = 0, max = Infinity): ListType {
  return { is: 'list', of, min, max };
}

/** Values of which each counts once: repetitions are dropped, the order of first occurrence is kept. */
export function set(of: FieldType, min = 0): FieldType {
  return { is: 'list', of, min, unique: true };
}

/** Values by keys that the caller chooses. */
export function map(of: FieldType, checkKey?: Check<string>): FieldType {
  return checkKey ? { is: 'map', of, checkKey } : { is: 'map', of };
}

/** An object with exactly these fields. */
export function record(
  name: string,
  description: string,
  fields: Fields,
  check?: Check<JsonObject>,
): RecordType {
  return { is: 'record', name, description, fields, ...(check && { check }) };
}

/** A JSON object of any shape. It is kept as it was given, nulls included. */
export function json(isSecret?: (name: string) => boolean): JsonType {
  return isSecret ? { is: 'json', isSecret } : { is: 'json' };
}

/** The id of an entity of the named kind in the same runtime group. */
export function reference(to: string, onDelete: OnDelete): ReferenceType {
  return { is: 'reference', to, onDelete };
}

/** The reference that a field of this type holds, be it one or a list of them; nothing if it holds other things. */
export function referenceIn(type: FieldType): ReferenceType | undefined {
  if (type.is === 'list') return type.of.is === 'reference' ? type.of : undefined;
  return type.is === 'reference' ? type : undefined;
}
