import { Directive, Field, ID, ObjectType, registerEnumType, Int } from 'type-graphql';
import { connectionOf } from '../../../foundation/graphql/connection.js';
import { filterInputFor } from '../../../foundation/graphql/filter-input.js';
import { enumFilter, IdFilter, StringFilter, TimestampFilter } from '../../../foundation/graphql/filter.js';
import { listArgumentsFor } from '../../../foundation/graphql/list-arguments.js';
import { Node } from '../../../foundation/graphql/node.js';
import { orderInputFor } from '../../../foundation/graphql/order-input.js';
import { GraphQLDateTimeISO } from '../../../foundation/graphql/scalars.js';
import { ServiceImplementation } from './implementation.graphql.js';

export enum ServiceVersionState {
  PUBLISHED = 'PUBLISHED',
  DEPRECATED = 'DEPRECATED',
  UNPUBLISHED = 'UNPUBLISHED',
}
registerEnumType(ServiceVersionState, {
  name: 'ServiceVersionState',
  description:
    'What readers of the catalogue are told of a version. Requests reach it in each of these states.',
  valuesConfig: {
    PUBLISHED: { description: 'It is listed, and anybody may ask for access. This is the default.' },
    DEPRECATED: { description: 'It is still listed, with a notice that it will go.' },
    UNPUBLISHED: { description: 'It is not listed; who has access already keeps it.' },
  },
});

export enum ServiceVersionStage {
  LIVE = 'LIVE',
  HISTORY = 'HISTORY',
}
registerEnumType(ServiceVersionStage, {
  name: 'ServiceVersionStage',
  description: 'Whether a version is reachable.',
  valuesConfig: {
    LIVE: { description: 'It is reachable in its runtime group.' },
    HISTORY: { description: 'It was live before. It is read-only, and what one rolls back to.' },
  },
});

export enum LifecycleStep {
  DEPRECATE = 'DEPRECATE',
  UNPUBLISH = 'UNPUBLISH',
  REPUBLISH = 'REPUBLISH',
  ROLL_BACK = 'ROLL_BACK',
}
registerEnumType(LifecycleStep, {
  name: 'LifecycleStep',
  description: 'What can be done to a version as a whole (docs/lifecycle.md).',
  valuesConfig: {
    DEPRECATE: { description: 'Tell those who use it that it will go: `deprecateServiceVersion`.' },
    UNPUBLISH: { description: 'Take it out of the catalogue: `unpublishServiceVersion`.' },
    REPUBLISH: { description: 'Bring it back into the catalogue: `republishServiceVersion`.' },
    ROLL_BACK: { description: 'Make it live again: `rollbackService`.' },
  },
});

@ObjectType({ description: 'A step that a version can or cannot take now.', simpleResolvers: true })
export class AllowedTransition {
  @Field(() => LifecycleStep, { description: 'The step.' })
  step!: LifecycleStep;

  @Field(() => Boolean, { description: 'Whether it can be taken.' })
  allowed!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The state or stage that it leads to; null if it is refused.',
  })
  to?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why it is refused, in a sentence; null if it is not.',
  })
  reason?: string | null;
}

@ObjectType('ServiceVersionDeprecation', {
  description: 'What is told to those who use a version that will go.',
  simpleResolvers: true,
})
export class DeprecationType {
  @Field(() => GraphQLDateTimeISO, { description: 'Since when it should not be used any more.' })
  date!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it is expected to cease.' })
  sunset?: Date | null;

  @Field(() => String, { description: 'What to do instead, for people.' })
  message!: string;
}

@ObjectType('ServiceVersion', {
  description: 'A version of a service, in the one runtime group that it belongs to for ever.',
  implements: Node,
  simpleResolvers: true,
})
@Directive('@key(fields: "id")')
export class ServiceVersionType {
  @Field(() => ID, { description: 'Globally unique; never changes.' })
  id!: string;

  @Field(() => String, {
    description: 'Its number, such as 2.1.0; unique for its service in its runtime group.',
  })
  number!: string;

  @Field(() => ServiceVersionStage, { description: 'Whether it is reachable.' })
  stage!: ServiceVersionStage;

  @Field(() => ServiceVersionState, { description: 'What readers of the catalogue are told of it.' })
  state!: ServiceVersionState;

  @Field(() => ServiceImplementation, { description: 'What it does with requests.' })
  implementation!: ServiceImplementation;

  @Field(() => String, {
    description:
      'The digest of what it does, in hex. Versions of one number of a service with one live version have the same one in all runtime groups.',
  })
  digest!: string;

  @Field(() => String, { description: 'What is new in it, for people.' })
  notes!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When it last became live.' })
  publishedAt!: Date;

  @Field(() => String, { description: 'Who made it live: the name of the token.' })
  publishedBy!: string;

  @Field(() => Int, { description: 'Counts its changes, for `expectedVersion`.' })
  version!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was last changed.' })
  updatedAt!: Date;
}

export const ServiceVersionConnection = connectionOf('ServiceVersion', () => ServiceVersionType);

const filter = filterInputFor('ServiceVersion', {
  id: { filter: () => IdFilter, description: 'Its id.' },
  number: { filter: () => StringFilter, description: 'Its number.' },
  stage: {
    filter: () => enumFilter('ServiceVersionStage', () => ServiceVersionStage),
    description: 'Its stage.',
  },
  state: {
    filter: () => enumFilter('ServiceVersionState', () => ServiceVersionState),
    description: 'Its state.',
  },
  serviceId: { filter: () => IdFilter, description: 'Its service.' },
  runtimeGroupId: { filter: () => IdFilter, description: 'Its runtime group.' },
  publishedAt: { filter: () => TimestampFilter, description: 'When it last became live.' },
  updatedAt: { filter: () => TimestampFilter, description: 'When it was last changed.' },
});

const order = orderInputFor('ServiceVersion', {
  rank: 'Its number, semantic versions as such: 1.9 before 1.10.',
  publishedAt: 'When it last became live.',
  updatedAt: 'When it was last changed.',
});

export const ServiceVersionListArguments = listArgumentsFor('ServiceVersion', { filter, order });
