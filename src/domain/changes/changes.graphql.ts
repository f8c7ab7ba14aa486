import {
  ArgsType,
  createUnionType,
  Field,
  ID,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from 'type-graphql';
import { Label } from '../../foundation/graphql/labels.js';
import { LabelMatch } from '../../foundation/graphql/filter.js';
import { OrderDirection } from '../../foundation/graphql/order-input.js';
import { PageArguments } from '../../foundation/graphql/page-arguments.js';
import { PageInfo } from '../../foundation/graphql/page-info.js';
import { GraphQLDateTimeISO, GraphQLJSON } from '../../foundation/graphql/scalars.js';
import { Bookmark, Goodbye, Resync } from '../../foundation/graphql/stream-messages.js';
import { ChangeOperation, RevisionActor } from '../gateway-config/index.js';

export enum ChangeStream {
  CONFIG = 'CONFIG',
  STATUS = 'STATUS',
  SERVICES = 'SERVICES',
  ORGANIZATION = 'ORGANIZATION',
}
registerEnumType(ChangeStream, {
  name: 'ChangeStream',
  description: 'The logs that there are in an organization.',
  valuesConfig: {
    CONFIG: { description: 'The configuration of a runtime group.' },
    STATUS: { description: 'The state of the instances of a runtime group.' },
    SERVICES: { description: 'Services, their versions, and what these run with.' },
    ORGANIZATION: {
      description:
        'What else happens: runtime groups, instances, access tokens, service registries, webhooks.',
    },
  },
});

export enum ChangesOrigin {
  START = 'START',
  NOW = 'NOW',
}
registerEnumType(ChangesOrigin, {
  name: 'ChangesOrigin',
  description: 'Where the changes begin for whoever has no cursor.',
  valuesConfig: {
    START: { description: 'With the oldest change that is kept.' },
    NOW: { description: 'With the first change after the stream was opened.' },
  },
});

@ObjectType({ description: 'A place at which something is another than before.', simpleResolvers: true })
export class ChangedField {
  @Field(() => String, { description: 'The place, as `config.minute`.' })
  path!: string;

  @Field(() => GraphQLJSON, {
    nullable: true,
    description:
      'What was there; of a list, the member that left it. Null: nothing. Secrets are `***` and their fingerprints.',
  })
  before!: unknown;

  @Field(() => GraphQLJSON, {
    nullable: true,
    description:
      'What is there now; of a list, the member that came into it. Null: nothing. Secrets are `***` and their fingerprints.',
  })
  after!: unknown;
}

@ObjectType({ description: 'What a write did to one thing.', simpleResolvers: true })
export class ChangeEntry {
  @Field(() => String, { description: 'What happened, in the past tense: `route.created`.' })
  type!: string;

  @Field(() => String, {
    description: 'What sort of thing it is: `route`, `service_version`, `access_token`.',
  })
  kind!: string;

  @Field(() => ID, { description: 'The id of the thing.' })
  subjectId!: string;

  @Field(() => String, { description: 'What people call the thing; its id, if it has no name.' })
  subjectName!: string;

  @Field(() => ChangeOperation, { description: 'Whether it was made, changed, or ended.' })
  operation!: ChangeOperation;

  @Field(() => ID, { nullable: true, description: 'The runtime group that it belongs to, if it does.' })
  runtimeGroupId!: string | null;

  @Field(() => String, { nullable: true, description: 'The name of the runtime group, as it was then.' })
  runtimeGroupName!: string | null;

  @Field(() => ID, { nullable: true, description: 'The service that it belongs to, if it does.' })
  serviceId!: string | null;

  @Field(() => String, { nullable: true, description: 'The name of the service, as it was then.' })
  serviceName!: string | null;

  @Field(() => [Label], {
    description: 'The labels of the thing, of its runtime group and of its service, as they were then.',
  })
  labels!: readonly Label[];

  @Field(() => String, { description: 'The same in a sentence for people.' })
  summary!: string;

  @Field(() => [ChangedField], { description: 'Where it is another than before.' })
  fields!: readonly ChangedField[];
}

@ObjectType({
  description: 'One committed write, at its place in the order of the organization. It is never cut.',
  simpleResolvers: true,
})
export class Change {
  @Field(() => Int, { description: 'Its place in the order: 1, 2, 3, … without a hole.' })
  number!: number;

  @Field(() => String, { description: 'Where to continue from, once this is done with.' })
  cursor!: string;

  @Field(() => ChangeStream, { description: 'The log that it was written to.' })
  stream!: ChangeStream;

  @Field(() => Int, { description: 'Its revision in that log.' })
  revision!: number;

  @Field(() => RevisionActor, { description: 'Who wrote it.' })
  actor!: RevisionActor;

  @Field(() => String, { description: 'By which command.' })
  command!: string;

  @Field(() => String, { nullable: true, description: 'Why, if its writer said so.' })
  reason!: string | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was written, by the clock of the database.' })
  at!: Date;

  @Field(() => String, { description: 'The same in a sentence for people.' })
  summary!: string;

  @Field(() => [ChangeEntry], {
    description: 'What it did, as far as you may see it and have asked for it. At least one.',
  })
  entries!: readonly ChangeEntry[];
}

@InputType({
  description:
    'Which changes are meant: those with entries for which everything holds that is given; of a list, one of its values. Other entries are left out.',
})
export class ChangesFilter {
  @Field(() => [ID], { nullable: true, description: 'What belongs to one of these runtime groups.' })
  runtimeGroupIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'What belongs to one of these services.' })
  serviceIds?: string[] | null;

  @Field(() => [ChangeStream], { nullable: true, description: 'What was written to one of these logs.' })
  streams?: ChangeStream[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Things of these sorts: `route`, `access_token`. One that there is not is refused, with those that there are.',
  })
  kinds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'These things.' })
  subjectIds?: string[] | null;

  @Field(() => [ChangeOperation], { nullable: true, description: 'What was made, changed, or ended.' })
  operations?: ChangeOperation[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'What was written by one of these tokens: their ids, or their names as they were then, letter for letter. Names that nobody has are not refused: somebody may have had them.',
  })
  actors?: string[] | null;

  @Field(() => [LabelMatch], {
    nullable: true,
    description:
      'What has all of these labels, as they were then: itself, its runtime group, or its service.',
  })
  labels?: { key: string; value?: string | null }[] | null;
}

@ArgsType()
export class ChangesArguments extends PageArguments {
  @Field(() => ChangesFilter, { nullable: true, description: 'Only changes that this means.' })
  filter?: ChangesFilter | null;

  @Field(() => OrderDirection, {
    defaultValue: 'ASC',
    description: 'By their numbers: the oldest first, or the newest.',
  })
  orderBy!: 'ASC' | 'DESC';
}

@ObjectType({ description: 'A change with its place in the list.', simpleResolvers: true })
export class ChangeEdge {
  @Field(() => String, { description: 'The cursor of the change, which is good for the stream, too.' })
  cursor!: string;

  @Field(() => Change, { description: 'The change.' })
  node!: Change;
}

@ObjectType({
  description:
    'A page of changes. Where a filter lets little through, a page may have fewer changes than were asked for, or none, and yet have a next one.',
  simpleResolvers: true,
})
export class ChangeConnection {
  @Field(() => [Change], { description: 'The changes of this page.' })
  nodes!: readonly Change[];

  @Field(() => [ChangeEdge], { description: 'The changes of this page, each with its cursor.' })
  edges!: readonly ChangeEdge[];

  @Field(() => PageInfo, {
    description: 'Where this page stands in the list. Its cursors say how far was looked.',
  })
  pageInfo!: PageInfo;
}

@ObjectType({
  description:
    'Changes, in their order. What stands between the cursors and is not among them is not for you, or not asked for.',
  simpleResolvers: true,
})
export class ChangesDelta {
  @Field(() => String, { description: 'The cursor that these changes follow on.' })
  fromCursor!: string;

  @Field(() => String, { description: 'Where to continue from.' })
  cursor!: string;

  @Field(() => [Change], { description: 'The changes: at least one.' })
  changes!: readonly Change[];
}

/** A message of the stream of changes. Its source carries the name of its type. */
export const ChangesMessage = createUnionType({
  name: 'ChangesMessage',
  description: 'What a watcher of changes is told (docs/watch-protocol.md).',
  types: () => [ChangesDelta, Bookmark, Resync, Goodbye] as const,
  resolveType: (message: unknown) => (message as { __typename: string }).__typename,
});
