import { createUnionType, Field, ID, Int, ObjectType } from 'type-graphql';
import { GraphQLDateTimeISO } from '../../../foundation/graphql/scalars.js';
import { Bookmark, Goodbye, Resync } from '../../../foundation/graphql/stream-messages.js';
import { ServiceVersionStage, ServiceVersionState, ServiceVersionType } from './version.graphql.js';

@ObjectType({ description: 'A version as it was after a transition.', simpleResolvers: true })
export class ServiceVersionFacts {
  @Field(() => String, { description: 'Its number.' })
  number!: string;

  @Field(() => ServiceVersionStage, { description: 'Whether it was reachable.' })
  stage!: ServiceVersionStage;

  @Field(() => ServiceVersionState, { description: 'What readers of the catalogue were told of it.' })
  state!: ServiceVersionState;

  @Field(() => String, { description: 'The digest of what it did, in hex.' })
  digest!: string;
}

@ObjectType({ description: 'Something that became of a version.', simpleResolvers: true })
export class ServiceVersionTransition {
  @Field(() => Int, { description: 'The revision of the log of services that it belongs to.' })
  revision!: number;

  @Field(() => String, {
    description:
      'What happened: `created`, `updated`, `published`, `promoted`, `superseded`, `rolled_back`, `deprecated`, `unpublished`, `republished`, or `deleted`.',
  })
  transition!: string;

  @Field(() => ID, { description: 'The version.' })
  serviceVersionId!: string;

  @Field(() => ID, { description: 'Its service.' })
  serviceId!: string;

  @Field(() => ID, { description: 'Its runtime group.' })
  runtimeGroupId!: string;

  @Field(() => ServiceVersionFacts, { nullable: true, description: 'What it was before; null if it is new.' })
  before?: ServiceVersionFacts | null;

  @Field(() => ServiceVersionFacts, {
    nullable: true,
    description: 'What it is after; null if it was deleted.',
  })
  after?: ServiceVersionFacts | null;

  @Field(() => String, { description: 'Who did it: the name of the token.' })
  actor!: string;

  @Field(() => String, { description: 'By which command.' })
  command!: string;

  @Field(() => String, { nullable: true, description: 'Why, as far as it was said.' })
  reason?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The revision of the runtime group that came of it: what changed there is its plan, carried out. Null if nothing changed there.',
  })
  configRevision?: number | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When, by the clock of the database.' })
  at!: Date;
}

@ObjectType({
  description: 'One part of all versions at a revision. It counts only together with all the other parts.',
  simpleResolvers: true,
})
export class ServiceVersionsSnapshot {
  @Field(() => String, { description: 'Where to continue from, once all parts are there.' })
  cursor!: string;

  @Field(() => Int, { description: 'The revision of the log of services that the snapshot is of.' })
  revision!: number;

  @Field(() => Int, { description: 'The number of this part, from 1.' })
  part!: number;

  @Field(() => Int, { description: 'How many parts there are.' })
  parts!: number;

  @Field(() => [ServiceVersionType], { description: 'The versions in this part.' })
  serviceVersions!: readonly object[];
}

@ObjectType({
  description:
    'What became of versions, in order, without a gap. Empty where whole revisions were about other services, or about nothing that you may see.',
  simpleResolvers: true,
})
export class ServiceVersionsDelta {
  @Field(() => String, { description: 'The cursor that these transitions follow on.' })
  fromCursor!: string;

  @Field(() => String, { description: 'Where to continue from.' })
  cursor!: string;

  @Field(() => [ServiceVersionTransition], { description: 'The transitions.' })
  transitions!: readonly ServiceVersionTransition[];
}

/** A message of the stream of versions. Its source carries the name of its type. */
export const ServiceVersionMessage = createUnionType({
  name: 'ServiceVersionMessage',
  description: 'What a watcher of versions is told (docs/watch-protocol.md).',
  types: () => [ServiceVersionsSnapshot, ServiceVersionsDelta, Bookmark, Resync, Goodbye] as const,
  resolveType: (message: unknown) => (message as { __typename: string }).__typename,
});
