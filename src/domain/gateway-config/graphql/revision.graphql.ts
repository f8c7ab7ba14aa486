import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../../../foundation/graphql/connection.js';
import { filterInputFor } from '../../../foundation/graphql/filter-input.js';
import {
  IdFilter,
  IntegerFilter,
  StringFilter,
  TagsFilter,
  TimestampFilter,
} from '../../../foundation/graphql/filter.js';
import { listArgumentsFor } from '../../../foundation/graphql/list-arguments.js';
import { GraphQLDateTimeISO } from '../../../foundation/graphql/scalars.js';
import { UserError } from '../../../foundation/graphql/user-error.js';
import { ConfigurationWriteInput } from '../../../foundation/graphql/write-options.js';
import { RuntimeGroupType } from '../../runtime-groups/index.js';
import { ConfigChange } from './config-change.graphql.js';

@ObjectType({ description: 'How many entities were made, changed and deleted.', simpleResolvers: true })
export class ChangeCounts {
  @Field(() => Int, { description: 'How many are new.' })
  created!: number;

  @Field(() => Int, { description: 'How many were changed.' })
  updated!: number;

  @Field(() => Int, { description: 'How many were deleted.' })
  deleted!: number;
}

@ObjectType({ description: 'Who wrote a revision.', simpleResolvers: true })
export class RevisionActor {
  @Field(() => ID, { description: 'The id of the token.' })
  id!: string;

  @Field(() => String, { description: 'The name of the token, as it was then.' })
  name!: string;
}

@ObjectType({
  description: 'One write to the configuration of a runtime group, as its history tells it.',
  simpleResolvers: true,
})
export class RuntimeGroupRevision {
  @Field(() => Int, { description: 'Its number: 1, 2, 3, … without a hole.' })
  revision!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was written, by the clock of the database.' })
  at!: Date;

  @Field(() => RevisionActor, { description: 'Who wrote it.' })
  actor!: RevisionActor;

  @Field(() => String, { description: 'By which command, as `gateway-config.import`.' })
  command!: string;

  @Field(() => String, { nullable: true, description: 'Why, if its writer said so.' })
  reason!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The earlier revision whose state it brought back, if it is a restoration.',
  })
  restoredRevision!: number | null;

  @Field(() => String, {
    description: 'What it did, in one line for people, as “Created route checkout and 3 more”.',
  })
  summary!: string;

  @Field(() => ChangeCounts, { description: 'How much it changed.' })
  counts!: ChangeCounts;

  @Field(() => String, { description: 'The hash over the whole history up to here, in hex.' })
  hash!: string;

  @Field(() => String, {
    description: 'The hash of the configuration after it, in hex: that of the group as of this revision.',
  })
  stateHash!: string;
}

@InputType({
  description: 'An earlier revision of a runtime group, to be brought back as a new one.',
})
export class RestoreRevisionInput extends ConfigurationWriteInput {
  @Field(() => ID, { description: 'The runtime group.' })
  runtimeGroupId!: string;

  @Field(() => Int, { description: 'The revision whose configuration it is to have again.' })
  revision!: number;
}

@ObjectType({ description: 'The answer to a restoration.', simpleResolvers: true })
export class RestoreRevisionPayload {
  @Field(() => RuntimeGroupType, {
    nullable: true,
    description: 'The group as it is now. Null if the restoration was refused.',
  })
  runtimeGroup?: object | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The revision that the restoration produced; the current one if there was nothing to change, or on a dry run. Null if it was refused.',
  })
  revision?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The earlier revision whose configuration the group has again. Null if the restoration was refused.',
  })
  restoredRevision?: number | null;

  @Field(() => [ConfigChange], {
    nullable: true,
    description:
      'Everything that was, or on a dry run would be, changed. Null if the restoration was refused.',
  })
  changes?: readonly ConfigChange[] | null;

  @Field(() => [UserError], { description: 'Why the restoration was refused; empty if it was not.' })
  userErrors!: readonly UserError[];
}

export const RevisionConnection = connectionOf('RuntimeGroupRevision', () => RuntimeGroupRevision);
export const ConfigChangeConnection = connectionOf('ConfigChange', () => ConfigChange);

const filter = filterInputFor('RuntimeGroupRevision', {
  revision: { filter: () => IntegerFilter, description: 'Its number.' },
  at: { filter: () => TimestampFilter, description: 'When it was written.' },
  actor: { filter: () => StringFilter, description: 'The name of the token that wrote it.' },
  actorId: { filter: () => IdFilter, description: 'The id of the token that wrote it.' },
  command: { filter: () => StringFilter, description: 'The command that wrote it.' },
  reason: { filter: () => StringFilter, description: 'Why it was written.' },
  kinds: { filter: () => TagsFilter, description: 'The kinds of what it changed, as `route`.' },
});

export const RevisionListArguments = listArgumentsFor('RuntimeGroupRevision', { filter });
