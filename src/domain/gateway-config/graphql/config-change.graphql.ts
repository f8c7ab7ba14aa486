import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { GraphQLJSON } from '../../../foundation/graphql/scalars.js';

export enum ChangeOperation {
  CREATED = 'CREATED',
  UPDATED = 'UPDATED',
  DELETED = 'DELETED',
}
registerEnumType(ChangeOperation, {
  name: 'ChangeOperation',
  description: 'What happened to an entity.',
  valuesConfig: {
    CREATED: { description: 'It was made.' },
    UPDATED: { description: 'It was changed.' },
    DELETED: { description: 'It was deleted.' },
  },
});

@ObjectType({ description: 'A secret of an entity, for the instances that need it.', simpleResolvers: true })
export class EntitySecret {
  @Field(() => [String], {
    description:
      'Where in the document it belongs, in the place of its hidden form: the names of the fields that lead there.',
  })
  path!: readonly string[];

  @Field(() => String, { description: 'The secret itself.' })
  value!: string;
}

@ObjectType({ description: 'One entity before and after a revision.', simpleResolvers: true })
export class ConfigChange {
  @Field(() => String, { description: 'The kind of the entity, as `route`.' })
  kind!: string;

  @Field(() => String, { description: 'The array of declarative files that it stands in, as `routes`.' })
  collection!: string;

  @Field(() => ID, { description: 'The id of the entity.' })
  id!: string;

  @Field(() => ChangeOperation, { description: 'What happened to it.' })
  operation!: ChangeOperation;

  @Field(() => GraphQLJSON, {
    nullable: true,
    description:
      'What it was, under Kong’s field names, references as ids, secrets as `***` and their fingerprints. Null if it was made.',
  })
  before!: unknown;

  @Field(() => GraphQLJSON, {
    nullable: true,
    description:
      'What it is now, under Kong’s field names, references as ids, secrets as `***` and their fingerprints. Null if it was deleted.',
  })
  after!: unknown;

  @Field(() => [EntitySecret], {
    nullable: true,
    description:
      'For instances: the secrets of what it is now. Null for everybody else, and where there are none.',
  })
  secrets?: readonly EntitySecret[] | null;
}
