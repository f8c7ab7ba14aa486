import { Float, ID, InputType, Int, ObjectType, registerEnumType, type ClassType } from 'type-graphql';
import { GraphQLJSON } from '../../../foundation/graphql/scalars.js';
import { addField, generatedClass, oncePerName } from '../../../foundation/graphql/generated-class.js';
import { referenceIn, type Field, type Fields, type FieldType } from '../field.js';
import { hiddenSecret } from '../secrets.js';
import { schemaName } from '../schema-names.js';

/** What type-graphql takes for a type: a scalar, an enum, a class, or a list of one. */
export type GraphqlType = object | [object];

/** The GraphQL type that shows a field, or takes it. References are shown as edges, so that only inputs ask for them here. */
export function graphqlType(type: FieldType, side: 'object' | 'input'): GraphqlType {
  switch (type.is) {
    case 'string':
      return String;
    case 'integer':
      return Int;
    case 'number':
      return Float;
    case 'boolean':
      return Boolean;
    case 'reference':
      return ID;
    case 'enum':
      return enumOf(type);
    case 'list':
      return [graphqlType(type.of, side)];
    case 'record':
      return side === 'object' ? recordObject(type) : recordInput(type);
    case 'map':
    case 'json':
      return GraphQLJSON;
  }
}

/** The enum of a field, made once under its name. */
const enumOf = (type: FieldType & { readonly is: 'enum' }): object => makeEnum(type.name, type);

const makeEnum = oncePerName((name: string, type: FieldType & { readonly is: 'enum' }): object => {
  const members = Object.fromEntries(type.values.map(({ value }) => [enumName(value), value]));
  const valuesConfig = Object.fromEntries(
    type.values.map(({ value, description }) => [enumName(value), { description }]),
  );
  registerEnumType(members, { name, description: type.description, valuesConfig });
  return members;
});

/** `tls_passthrough` as `TLS_PASSTHROUGH`, `round-robin` as `ROUND_ROBIN`. */
function enumName(value: string): string {
  return value.replaceAll(/[^A-Za-z0-9]/g, '_').toUpperCase();
}

type RecordType = FieldType & { readonly is: 'record' };

const recordObject = (type: RecordType): object => makeRecordObject(type.name, type);
const recordInput = (type: RecordType): object => makeRecordInput(`${type.name}Input`, type);

const makeRecordObject = oncePerName((name: string, type: RecordType): object => {
  const record = generatedClass(name);
  addFields(record, type.fields, 'object');
  ObjectType(name, { description: type.description, simpleResolvers: true })(record);
  return record;
});

const makeRecordInput = oncePerName((name: string, type: RecordType): object => {
  const record = generatedClass(name);
  addFields(record, type.fields, 'input');
  InputType(name, { description: type.description })(record);
  return record;
});

/**
 * Declares the fields of a type on its class. In inputs everything may be absent: what must be there is for the kind to
 * say, which says it with a code and a path. Secrets are in inputs alone.
 */
export function addFields(target: ClassType, fields: Fields, side: 'object' | 'input'): void {
  for (const [name, field] of Object.entries(fields)) {
    if (side === 'object' && (field.secret || referenceIn(field.type))) continue;
    const type = graphqlType(field.type, side);
    addField(target, schemaName(name, field.type), {
      type: () => (Array.isArray(type) ? (type[0] as object) : type),
      isList: Array.isArray(type),
      nullable: side === 'input' || !alwaysThere(field),
      description: describe(field, side),
    });
  }
}

function alwaysThere(field: Field): boolean {
  return field.required === true || (field.default !== undefined && field.default !== null);
}

function describe(field: Field, side: 'object' | 'input'): string {
  if (field.secret) return `${field.description} It cannot be read back; ${hiddenSecret} leaves it as it is.`;
  if (side === 'object' || field.default === undefined || field.default === null) return field.description;
  const simple = typeof field.default !== 'object' || Array.isArray(field.default);
  return simple ? `${field.description} Default: ${JSON.stringify(field.default)}.` : field.description;
}
