import { InputType, ObjectType, type ClassType } from 'type-graphql';
import { addField, generatedClass } from '../../../foundation/graphql/generated-class.js';
import type { JsonObject } from '../../../foundation/kernel/json.js';
import type { Fields } from '../field.js';
import type { Kind } from '../kind.js';
import { camelCase } from '../schema-names.js';
import { redacted } from '../secrets.js';
import { inputPath, toDocument, toSchema } from './documents.js';
import { addFields } from './field-types.js';

/** A part of a kind's fields as GraphQL types of its own, for what makes entities of it. */
export interface PartTypes {
  readonly object: ClassType;
  readonly input: ClassType;
  /** What an input stands for, under Kong's names. */
  readonly read: (input: Readonly<Record<string, unknown>>) => JsonObject;
  /** What a document looks like under the schema's names, with secrets hidden. */
  readonly show: (document: JsonObject) => Record<string, unknown>;
  /** The place in the input that a problem of the document is about. */
  readonly path: (path: readonly string[]) => readonly string[];
}

/** Makes the types of those fields of a kind that are named. */
export function partTypes(
  kind: Kind,
  part: { readonly name: string; readonly description: string; readonly fields: readonly string[] },
): PartTypes {
  const fields: Fields = Object.fromEntries(
    Object.entries(kind.fields).filter(([name]) => part.fields.includes(name)),
  );
  const partial: Kind = { ...kind, fields };
  const shorthands = Object.entries(kind.shorthands ?? {}).filter(([, { replaces }]) =>
    replaces.every((field) => part.fields.includes(field)),
  );
  const object = generatedClass(part.name);
  addFields(object, fields, 'object');
  const input = generatedClass(`${part.name}Input`);
  addFields(input, fields, 'input');
  for (const [name, { description }] of shorthands) {
    addField(input, camelCase(name), { type: () => String, nullable: true, description });
  }
  const tags = {
    type: () => String,
    isList: true,
    description: 'Words to group and to find its entities by.',
  };
  if (part.fields.includes('tags')) {
    addField(object, 'tags', tags);
    addField(input, 'tags', { ...tags, nullable: true });
  }
  ObjectType(part.name, { description: part.description, simpleResolvers: true })(object);
  InputType(input.name, { description: part.description })(input);
  return {
    ...{ object, input, path: inputPath(kind) },
    read: (given) => toDocument(partial, given),
    show: (document) => ({
      ...toSchema(fields, redacted(kind, document)),
      tags: document['tags'] ?? [],
    }),
  };
}
