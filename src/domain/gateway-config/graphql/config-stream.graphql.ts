import { createUnionType, Field, ID, Int, ObjectType } from 'type-graphql';
import { GraphQLDateTimeISO, GraphQLJSON } from '../../../foundation/graphql/scalars.js';
import { Bookmark, Goodbye, Resync } from '../../../foundation/graphql/stream-messages.js';
import { ConfigChange, EntitySecret } from './config-change.graphql.js';

@ObjectType({ description: 'An entity as a gateway reads it.', simpleResolvers: true })
export class ConfigEntityState {
  @Field(() => String, { description: 'The kind of the entity, as `route`.' })
  kind!: string;

  @Field(() => String, { description: 'The array of declarative files that it stands in, as `routes`.' })
  collection!: string;

  @Field(() => ID, { description: 'The id of the entity.' })
  id!: string;

  @Field(() => GraphQLJSON, {
    description:
      'Its content under Kong’s field names, references as ids, secrets as `***` and their fingerprints.',
  })
  document!: unknown;

  @Field(() => [EntitySecret], {
    nullable: true,
    description: 'For instances: its secrets. Null for everybody else, and where there are none.',
  })
  secrets?: readonly EntitySecret[] | null;
}

@ObjectType({
  description:
    'One part of the whole configuration at a revision. It counts only together with all the other parts.',
  simpleResolvers: true,
})
export class ConfigSnapshot {
  @Field(() => String, { description: 'Where to continue from, once all parts are there.' })
  cursor!: string;

  @Field(() => Int, { description: 'The revision that the snapshot is of.' })
  revision!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'The hash of the configuration: the sum of the digests of all entities, in hex (docs/watch-protocol.md). Null where only some kinds or tags are asked for: who has some of the entities cannot check it.',
  })
  stateHash!: string | null;

  @Field(() => Int, { description: 'The number of this part, from 1.' })
  part!: number;

  @Field(() => Int, { description: 'How many parts there are.' })
  parts!: number;

  @Field(() => [ConfigEntityState], { description: 'The entities in this part.' })
  entities!: readonly ConfigEntityState[];
}

@ObjectType({ description: 'One committed write: everything that it changed.', simpleResolvers: true })
export class ConfigRevision {
  @Field(() => Int, { description: 'Its number: 1, 2, 3, … without a hole.' })
  revision!: number;

  @Field(() => String, { description: 'The hash over the whole history up to here, in hex.' })
  hash!: string;

  @Field(() => String, {
    description: 'The hash of the whole configuration after it, in hex, whatever is asked for.',
  })
  stateHash!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was written, by the clock of the database.' })
  at!: Date;

  @Field(() => String, { description: 'Who wrote it: the name of the token.' })
  actor!: string;

  @Field(() => String, { description: 'By which command.' })
  command!: string;

  @Field(() => String, { nullable: true, description: 'Why, if its writer said so.' })
  reason!: string | null;

  @Field(() => [ConfigChange], {
    description: 'What it changed; what is referred to comes before what refers to it.',
  })
  changes!: readonly ConfigChange[];
}

@ObjectType({
  description:
    'Whole revisions, in order, without a hole. Where only some kinds or tags are asked for: what these revisions have of that; those that have nothing are left out.',
  simpleResolvers: true,
})
export class ConfigDelta {
  @Field(() => String, { description: 'The cursor that these revisions follow on.' })
  fromCursor!: string;

  @Field(() => String, { description: 'Where to continue from.' })
  cursor!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The hash of the configuration after the last revision, in hex. Null where only some kinds or tags are asked for.',
  })
  stateHash!: string | null;

  @Field(() => [ConfigRevision], { description: 'The revisions.' })
  revisions!: readonly ConfigRevision[];
}

@ObjectType({
  description:
    'Whole revisions, in order, without a hole, as what they come to together: for a watcher that is far behind.',
  simpleResolvers: true,
})
export class ConfigFold {
  @Field(() => String, { description: 'The cursor that these revisions follow on.' })
  fromCursor!: string;

  @Field(() => String, { description: 'Where to continue from.' })
  cursor!: string;

  @Field(() => Int, { description: 'The revision that these follow on.' })
  fromRevision!: number;

  @Field(() => Int, { description: 'The last of them.' })
  revision!: number;

  @Field(() => Int, { description: 'How many they are.' })
  revisionCount!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'The hash of the configuration after the last of them, in hex. Null where only some kinds or tags are asked for.',
  })
  stateHash!: string | null;

  @Field(() => [ConfigChange], {
    description:
      'One change for each entity that is another one than before, from what it was before the first revision to what it is after the last; deletions come first. What came and went, or is again as it was, is left out.',
  })
  changes!: readonly ConfigChange[];
}

/** A message of a configuration stream. Its source carries the name of its type. */
export const ConfigMessage = createUnionType({
  name: 'ConfigMessage',
  description: 'What a watcher of a configuration is told (docs/watch-protocol.md).',
  types: () => [ConfigSnapshot, ConfigDelta, ConfigFold, Bookmark, Resync, Goodbye] as const,
  resolveType: (message: unknown) => (message as { __typename: string }).__typename,
});
