import { Directive, ID, InputType, Int, ObjectType, type ClassType } from 'type-graphql';
import { connectionOf } from '../../../foundation/graphql/connection.js';
import { filterInputFor, type FilterField } from '../../../foundation/graphql/filter-input.js';
import {
  BooleanFilter,
  enumFilter,
  IdFilter,
  IntegerFilter,
  NumberFilter,
  StringFilter,
  TagsFilter,
  TimestampFilter,
} from '../../../foundation/graphql/filter.js';
import {
  addField,
  generatedClass,
  oncePerName,
  type GeneratedField,
} from '../../../foundation/graphql/generated-class.js';
import { listArgumentsFor } from '../../../foundation/graphql/list-arguments.js';
import { Node } from '../../../foundation/graphql/node.js';
import { orderInputFor } from '../../../foundation/graphql/order-input.js';
import { GraphQLDateTimeISO, GraphQLJSON } from '../../../foundation/graphql/scalars.js';
import { UserError } from '../../../foundation/graphql/user-error.js';
import { ConfigurationWriteInput } from '../../../foundation/graphql/write-options.js';
import { asOfDescription, AsOfInput } from '../../runtime-groups/index.js';
import type { FieldType } from '../field.js';
import type { Kind } from '../kind.js';
import { camelCase, schemaName } from '../schema-names.js';
import { ConfigChange } from './config-change.graphql.js';
import { addFields, graphqlType } from './field-types.js';
import { EntityOwner } from './owner.graphql.js';
import { warningsField } from './warning.graphql.js';

/** The GraphQL types of a kind, made from its descriptor. */
export interface KindTypes {
  readonly object: ClassType;
  readonly createInput: ClassType;
  readonly updateInput: ClassType;
  readonly deleteInput: ClassType;
  readonly createPayload: ClassType;
  readonly updatePayload: ClassType;
  readonly deletePayload: ClassType;
  readonly connection: ClassType;
  readonly listArguments: ClassType;
}

/** The types of a kind, made at the first call. */
export const typesOf = (kind: Kind): KindTypes => makeTypes(kind.typeName, kind);

const makeTypes = oncePerName((typeName: string, kind: Kind): KindTypes => {
  const object = objectOf(kind);
  const filter = filterInputFor(typeName, filterFields(kind));
  const order = orderInputFor(typeName, orderFields(kind));
  return {
    object,
    createInput: createInput(kind),
    updateInput: updateInput(kind),
    deleteInput: deleteInput(kind),
    createPayload: payloadOf(kind, 'Create', object),
    updatePayload: payloadOf(kind, 'Update', object),
    deletePayload: payloadOf(kind, 'Delete', object),
    connection: connectionOf(typeName, () => object),
    listArguments: listArguments(typeName, { filter, order }),
  };
});

/** The arguments of a list, which can also be read as it was. */
function listArguments(typeName: string, inputs: Parameters<typeof listArgumentsFor>[1]): ClassType {
  const args = listArgumentsFor(typeName, inputs);
  addField(args, 'asOf', { type: () => AsOfInput, nullable: true, description: asOfDescription });
  return args;
}

function objectOf(kind: Kind): ClassType {
  const object = generatedClass(kind.typeName);
  addField(object, 'id', { type: () => ID, description: 'Globally unique; never changes.' });
  addFields(object, kind.fields, 'object');
  addField(object, 'tags', { type: () => String, isList: true, description: tagsDescription });
  addField(object, 'owner', {
    type: () => EntityOwner,
    nullable: true,
    description:
      'What has made it and alone changes it. Null for what people and files have made, and in the past, of which that is not known.',
  });
  addField(object, 'revision', {
    type: () => Int,
    description: 'The revision of the runtime group that last changed it.',
  });
  addField(object, 'createdAt', { type: () => GraphQLDateTimeISO, description: 'When it was made.' });
  addField(object, 'updatedAt', { type: () => GraphQLDateTimeISO, description: 'When it was last changed.' });
  Directive('@key(fields: "id")')(object);
  ObjectType(kind.typeName, {
    description: kind.description,
    implements: Node,
    simpleResolvers: true,
  })(object);
  return object;
}

const tagsDescription = 'Words to group and to find entities by, across kinds.';

function createInput(kind: Kind): ClassType {
  const input = generatedClass(`Create${kind.typeName}Input`, ConfigurationWriteInput);
  addField(input, 'runtimeGroupId', {
    type: () => ID,
    description: 'The runtime group that it will belong to.',
  });
  addField(input, 'id', {
    type: () => ID,
    nullable: true,
    description: 'The id that it is to have, a UUID. One is made if this is absent.',
  });
  addEntityFields(input, kind);
  InputType(input.name, { description: `A new ${kind.typeName}.` })(input);
  return input;
}

function updateInput(kind: Kind): ClassType {
  const input = generatedClass(`Update${kind.typeName}Input`, ConfigurationWriteInput);
  addTarget(input, kind, 'change');
  addEntityFields(input, kind);
  const description = `Changes to a ${kind.typeName}. What is absent stays as it is; null asks for the default.`;
  InputType(input.name, { description })(input);
  return input;
}

function deleteInput(kind: Kind): ClassType {
  const input = generatedClass(`Delete${kind.typeName}Input`, ConfigurationWriteInput);
  addTarget(input, kind, 'delete');
  addField(input, 'cascade', {
    type: () => Boolean,
    nullable: true,
    description:
      'Delete what refers to it too, in the same revision. Otherwise a deletion that leaves loose ends is refused.',
  });
  InputType(input.name, { description: `A ${kind.typeName} to delete.` })(input);
  return input;
}

function addTarget(input: ClassType, kind: Kind, verb: string): void {
  addField(input, 'id', { type: () => ID, description: `The ${kind.typeName} to ${verb}.` });
  addField(input, 'runtimeGroupId', {
    type: () => ID,
    nullable: true,
    description: 'If given, the entity must be in this runtime group.',
  });
}

function addEntityFields(input: ClassType, kind: Kind): void {
  addFields(input, kind.fields, 'input');
  for (const [name, { description }] of Object.entries(kind.shorthands ?? {})) {
    addField(input, camelCase(name), { type: () => String, nullable: true, description });
  }
  const tags = { type: () => String, isList: true, nullable: true, description: tagsDescription };
  addField(input, 'tags', tags);
}

/** The field of a payload that holds the entity: `gatewayService`, where there are `gatewayServices`. */
export function entityField(kind: Kind): string {
  return camelCase(kind.listField).replace(/s$/, '');
}

function payloadOf(kind: Kind, verb: string, object: ClassType): ClassType {
  const payload = generatedClass(`${verb}${kind.typeName}Payload`);
  const deleted = verb === 'Delete';
  addField(payload, entityField(kind), {
    type: () => object,
    nullable: true,
    description: deleted
      ? 'What was deleted, as it was. Null if the deletion was refused.'
      : 'What was written, as it is now. Null if the write was refused.',
  });
  addField(payload, 'revision', {
    type: () => Int,
    nullable: true,
    description:
      'The revision that this write produced; the current one if there was nothing to change, or on a dry run. Null if the write was refused.',
  });
  addField(payload, 'changes', {
    type: () => ConfigChange,
    isList: true,
    nullable: true,
    description:
      'Everything that was, or on a dry run would be, changed, cascades included. Null if the write was refused.',
  });
  addField(payload, 'warnings', warningsField);
  if (kind.generate && !deleted) addField(payload, 'generated', generatedValues);
  addField(payload, 'userErrors', {
    type: () => UserError,
    isList: true,
    description: 'Why the write was refused; empty if it was not.',
  });
  ObjectType(payload.name, {
    description: `The answer to a write of a ${kind.typeName}.`,
    simpleResolvers: true,
  })(payload);
  return payload;
}

const generatedValues: GeneratedField = {
  type: () => GraphQLJSON,
  nullable: true,
  description:
    'What was made because the input left it open, under Kong’s field names, secrets included: nothing else ever shows those. Null if nothing was made.',
};

function filterFields(kind: Kind): Record<string, FilterField> {
  const own = Object.entries(kind.fields).flatMap(([name, { type, description, secret }]) => {
    const filter = secret ? undefined : filterOf(type);
    return filter ? [[schemaName(name, type), { filter, description }] as const] : [];
  });
  return {
    id: { filter: () => IdFilter, description: 'Its id.' },
    ...Object.fromEntries(own),
    tags: { filter: () => TagsFilter, description: 'Its tags.' },
    revision: { filter: () => IntegerFilter, description: 'The revision that last changed it.' },
    createdAt: { filter: () => TimestampFilter, description: 'When it was made.' },
    updatedAt: { filter: () => TimestampFilter, description: 'When it was last changed.' },
  };
}

function filterOf(type: FieldType): (() => ClassType) | undefined {
  if (type.is === 'string') return () => StringFilter;
  if (type.is === 'integer') return () => IntegerFilter;
  if (type.is === 'number') return () => NumberFilter;
  if (type.is === 'boolean') return () => BooleanFilter;
  if (type.is === 'reference') return () => IdFilter;
  if (type.is === 'enum') return () => enumFilter(type.name, () => graphqlType(type, 'input'));
  if (type.is === 'list' && (type.of.is === 'string' || type.of.is === 'reference')) return () => TagsFilter;
  return undefined;
}

function orderFields(kind: Kind): Record<string, string> {
  const orderable: readonly FieldType['is'][] = ['string', 'integer', 'number', 'boolean', 'enum'];
  const own = Object.entries(kind.fields).filter(
    ([, { type, secret }]) => !secret && orderable.includes(type.is),
  );
  return {
    ...Object.fromEntries(own.map(([name, { type, description }]) => [schemaName(name, type), description])),
    revision: 'The revision that last changed it.',
    createdAt: 'When it was made.',
    updatedAt: 'When it was last changed.',
  };
}
