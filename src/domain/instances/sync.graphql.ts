import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { GraphQLDateTimeISO } from '../../foundation/graphql/scalars.js';
import { Bookmark, Goodbye, Resync } from '../../foundation/graphql/stream-messages.js';
import { UserError } from '../../foundation/graphql/user-error.js';
import { ConfigDelta, ConfigFold, ConfigSnapshot } from '../gateway-config/index.js';
import { RuntimeGroupType } from '../runtime-groups/index.js';
import { ConnectionState, RuntimeInstanceType, SyncReasonEnum, SyncStatusEnum } from './instance.graphql.js';

export enum SyncOutcome {
  APPLIED = 'APPLIED',
  REJECTED = 'REJECTED',
}
registerEnumType(SyncOutcome, {
  name: 'SyncOutcome',
  description: 'What became of a configuration at an instance.',
  valuesConfig: {
    APPLIED: { description: 'The instance runs it.' },
    REJECTED: { description: 'The instance refused it, and still runs the one before.' },
  },
});

@InputType({ description: 'What an instance says about a configuration that it was sent.' })
export class ReportSyncInput {
  @Field(() => Int, {
    description:
      'The number of the session, from `SessionOpened`. Reports of older sessions are not accepted.',
  })
  session!: number;

  @Field(() => String, { description: 'The cursor of the configuration that was applied or refused.' })
  cursor!: string;

  @Field(() => SyncOutcome, { description: 'What became of it.' })
  outcome!: SyncOutcome;

  @Field(() => String, {
    nullable: true,
    description: 'Why it was refused, in the gateway’s words; up to 2,000 characters are kept.',
  })
  message?: string | null;

  @Field(() => String, { nullable: true, description: 'The cursor of what runs now, where that is another.' })
  runningCursor?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The hash of what runs now, in hex, as the instance itself has computed it. It shows whether contents have diverged.',
  })
  stateHash?: string | null;
}

@ObjectType({ description: 'The answer to a report.', simpleResolvers: true })
export class ReportSyncPayload {
  @Field(() => RuntimeInstanceType, { nullable: true, description: 'The instance as it now stands.' })
  runtimeInstance?: object | null;

  @Field(() => Boolean, {
    description:
      'False if the report came too late: of an older session, or about less than what is known already.',
  })
  accepted!: boolean;

  @Field(() => [UserError], { description: 'Why the report was refused; empty if it was not.' })
  userErrors!: readonly UserError[];
}

@InputType({
  description:
    'Which instances to follow: those whose status has, for each list that is given, one of its values.',
})
export class InstanceStatusFilter {
  @Field(() => [ConnectionState], {
    nullable: true,
    description: 'Whether it has a live session. Null: any. Empty: none.',
  })
  connections?: readonly ConnectionState[] | null;

  @Field(() => [SyncStatusEnum], {
    nullable: true,
    description: 'Whether it runs what it should. Null: any. Empty: none.',
  })
  syncStatuses?: readonly SyncStatusEnum[] | null;

  @Field(() => [SyncReasonEnum], { nullable: true, description: 'Why. Null: any. Empty: none.' })
  syncReasons?: readonly SyncReasonEnum[] | null;
}

@ObjectType({ description: 'The state of one instance, as it is now known.', simpleResolvers: true })
export class RuntimeInstanceStatus {
  @Field(() => ID, { description: 'The instance.' })
  runtimeInstanceId!: string;

  @Field(() => Boolean, {
    description:
      'True when the instance was removed, or is not among those any more that the filter means; the rest is then as it was when it last was.',
  })
  removed!: boolean;

  @Field(() => String, { description: 'Its hostname.' })
  hostname!: string;

  @Field(() => ConnectionState, { description: 'Whether it has a live session.' })
  connection!: ConnectionState;

  @Field(() => SyncStatusEnum, { description: 'Whether it runs what it should.' })
  syncStatus!: SyncStatusEnum;

  @Field(() => SyncReasonEnum, { description: 'Why.' })
  syncReason!: SyncReasonEnum;

  @Field(() => String, { description: 'Why, in a sentence.' })
  syncMessage!: string;

  @Field(() => Int, { description: 'The revision that it should have run then.' })
  targetRevision!: number;

  @Field(() => Int, { nullable: true, description: 'The revision that it says it runs.' })
  appliedRevision?: number | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When this became known; null in a snapshot.',
  })
  changedAt?: Date | null;
}

@ObjectType({
  description:
    'One part of the states of all instances that are meant. It counts only together with all the other parts.',
  simpleResolvers: true,
})
export class SyncStatusSnapshot {
  @Field(() => String, { description: 'Where to continue from, once all parts are there.' })
  cursor!: string;

  @Field(() => Int, { description: 'The number of this part, from 1.' })
  part!: number;

  @Field(() => Int, { description: 'How many parts there are.' })
  parts!: number;

  @Field(() => [RuntimeInstanceStatus], { description: 'The instances in this part.' })
  instances!: readonly RuntimeInstanceStatus[];
}

@ObjectType({
  description:
    'Changes of states, in order. States that an instance passed through quickly may be left out; the last never is.',
  simpleResolvers: true,
})
export class SyncStatusDelta {
  @Field(() => String, { description: 'The cursor that these changes follow on.' })
  fromCursor!: string;

  @Field(() => String, { description: 'Where to continue from.' })
  cursor!: string;

  @Field(() => [RuntimeInstanceStatus], { description: 'The instances that changed, in order.' })
  changes!: readonly RuntimeInstanceStatus[];
}

/** A message of a status stream. Its source carries the name of its type. */
export const SyncStatusMessage = createUnionType({
  name: 'SyncStatusMessage',
  description: 'What a watcher of instances is told (docs/watch-protocol.md).',
  types: () => [SyncStatusSnapshot, SyncStatusDelta, Bookmark, Resync, Goodbye] as const,
  resolveType: (message: unknown) => (message as { __typename: string }).__typename,
});

@ObjectType({
  description:
    'The first message of an instance’s stream. While the stream is open, the instance is connected.',
  simpleResolvers: true,
})
export class SessionOpened {
  @Field(() => Int, { description: 'The number that the instance’s reports must carry.' })
  session!: number;

  @Field(() => RuntimeInstanceType, { description: 'The instance that was let in.' })
  runtimeInstance!: object;

  @Field(() => RuntimeGroupType, { description: 'The group whose configuration it gets.' })
  runtimeGroup!: object;

  @Field(() => [String], {
    description: 'The arrays of a declarative file, in the order in which they stand there.',
  })
  collections!: readonly string[];
}

/** A message of an instance's own stream. Its source carries the name of its type. */
export const RuntimeConfigMessage = createUnionType({
  name: 'RuntimeConfigMessage',
  description: 'What an instance is told (docs/watch-protocol.md).',
  types: () => [SessionOpened, ConfigSnapshot, ConfigDelta, ConfigFold, Bookmark, Resync, Goodbye] as const,
  resolveType: (message: unknown) => (message as { __typename: string }).__typename,
});
