import { createUnionType, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { GraphQLDateTimeISO } from '../../foundation/graphql/scalars.js';
import { Goodbye } from '../../foundation/graphql/stream-messages.js';
import { SyncReasonEnum } from './instance.graphql.js';

export enum RequiredInstancesEnum {
  CONNECTED = 'CONNECTED',
  PRESENT = 'PRESENT',
  ALL = 'ALL',
}
registerEnumType(RequiredInstancesEnum, {
  name: 'RequiredInstances',
  description:
    'Which instances a revision has to reach. One that is not waited for counts neither as applied nor as missing.',
  valuesConfig: {
    CONNECTED: {
      description:
        'Those that are connected now. One that leaves is waited for no more, even if the revision is why it left.',
    },
    PRESENT: {
      description:
        'Those that are connected, or were heard of later than 30 seconds before the revision was committed; not those whose tokens were all withdrawn.',
    },
    ALL: {
      description:
        'Every instance that is enrolled, also those that never came, are gone for long, or had all their tokens withdrawn.',
    },
  },
});

@ObjectType({ description: 'How many instances are missing for one reason.', simpleResolvers: true })
export class MissingCount {
  @Field(() => SyncReasonEnum, { description: 'The reason.' })
  syncReason!: SyncReasonEnum;

  @Field(() => Int, { description: 'How many there are; at least one.' })
  count!: number;
}

@ObjectType('MissingInstance', {
  description: 'An instance that a revision has not reached.',
  simpleResolvers: true,
})
export class MissingInstanceType {
  @Field(() => ID, { description: 'The instance.' })
  runtimeInstanceId!: string;

  @Field(() => String, { description: 'Its hostname.' })
  hostname!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The revision that it says it runs; null before its first report.',
  })
  appliedRevision?: number | null;

  @Field(() => SyncReasonEnum, { description: 'Why it is missing: why it does not run what it should.' })
  syncReason!: SyncReasonEnum;

  @Field(() => String, { description: 'Why, in a sentence; with the gateway’s own words if it refused.' })
  syncMessage!: string;

  @Field(() => GraphQLDateTimeISO, {
    description:
      'Since when: when it refused, was last heard of, was enrolled, or had its last token withdrawn; or when the first revision that it lacks was committed.',
  })
  since!: Date;
}

@ObjectType('AppliedStatus', {
  description:
    'How far a revision of a runtime group has come: on how many of the instances that count it runs, and why not on the others.',
  simpleResolvers: true,
})
export class AppliedStatusType {
  @Field(() => Int, { description: 'The revision that was asked about.' })
  revision!: number;

  @Field(() => RequiredInstancesEnum, { description: 'Which instances count.' })
  required!: RequiredInstancesEnum;

  @Field(() => Boolean, {
    description:
      'True if all instances that count run this revision or a later one. False if none counts: what nothing runs is not everywhere.',
  })
  everywhere!: boolean;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Since when the revision is there. Null for revision 0, and for one that is no longer kept.',
  })
  committedAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description:
      'Since when it is everywhere; null if it is not. When the last instance began to run what it runs now, so once later revisions were applied: at the latest.',
  })
  everywhereSince?: Date | null;

  @Field(() => Int, { description: 'How many instances count.' })
  totalCount!: number;

  @Field(() => Int, {
    description:
      'How many of them run the revision or a later one of the same history, with the content that it has there.',
  })
  appliedCount!: number;

  @Field(() => Int, { description: 'How many of them do not.' })
  missingCount!: number;

  @Field(() => [MissingCount], {
    description: 'The same by reason, without those that nothing is missing for.',
  })
  missingByReason!: readonly MissingCount[];
}

/** A message of the stream about a revision. Its source carries the name of its type. */
export const AppliedMessage = createUnionType({
  name: 'AppliedMessage',
  description: 'What a watcher of a revision is told (docs/barrier.md).',
  types: () => [AppliedStatusType, Goodbye] as const,
  resolveType: (message: unknown) => (message as { __typename: string }).__typename,
});
