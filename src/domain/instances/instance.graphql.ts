import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../foundation/graphql/connection.js';
import { filterInputFor } from '../../foundation/graphql/filter-input.js';
import {
  enumFilter,
  IdFilter,
  IntegerFilter,
  LabelsFilter,
  StringFilter,
  TimestampFilter,
} from '../../foundation/graphql/filter.js';
import { Label, LabelInput } from '../../foundation/graphql/labels.js';
import { listArgumentsFor } from '../../foundation/graphql/list-arguments.js';
import { Node } from '../../foundation/graphql/node.js';
import { orderInputFor } from '../../foundation/graphql/order-input.js';
import { GraphQLDateTimeISO } from '../../foundation/graphql/scalars.js';
import { OrganizationWritePayload } from '../../foundation/graphql/user-error.js';
import { WriteInput } from '../../foundation/graphql/write-options.js';

export enum ConnectionState {
  CONNECTED = 'CONNECTED',
  DISCONNECTED = 'DISCONNECTED',
}
registerEnumType(ConnectionState, {
  name: 'ConnectionState',
  description: 'Whether an instance has a live session.',
  valuesConfig: {
    CONNECTED: { description: 'It has.' },
    DISCONNECTED: { description: 'It has not.' },
  },
});

export enum SyncStatusEnum {
  IN_SYNC = 'IN_SYNC',
  OUT_OF_SYNC = 'OUT_OF_SYNC',
}
registerEnumType(SyncStatusEnum, {
  name: 'SyncStatus',
  description: 'Whether an instance runs what it should.',
  valuesConfig: {
    IN_SYNC: { description: 'It runs what it should.' },
    OUT_OF_SYNC: { description: 'It does not; `syncReason` says why.' },
  },
});

export enum SyncReasonEnum {
  APPLIED = 'APPLIED',
  NEVER_SEEN = 'NEVER_SEEN',
  SYNCING = 'SYNCING',
  LAGGING = 'LAGGING',
  REJECTED = 'REJECTED',
  DIVERGED = 'DIVERGED',
  OFFLINE = 'OFFLINE',
  REVOKED = 'REVOKED',
}
registerEnumType(SyncReasonEnum, {
  name: 'SyncReason',
  description: 'Why an instance is, or is not, in sync. Derived from facts whenever it is read.',
  valuesConfig: {
    APPLIED: { description: 'It runs the target revision, and its content is that revision’s.' },
    NEVER_SEEN: { description: 'It is enrolled, and has not connected yet.' },
    SYNCING: { description: 'It is behind, for less than 30 seconds.' },
    LAGGING: { description: 'It is behind, for longer than 30 seconds.' },
    REJECTED: { description: 'It refused the target revision, and runs the last good one.' },
    DIVERGED: { description: 'Its content is not that of the revision that it says it runs.' },
    OFFLINE: { description: 'It has no live session, and was last heard of more than 30 seconds ago.' },
    REVOKED: { description: 'All its tokens were withdrawn.' },
  },
});

@ObjectType('RuntimeInstance', {
  description: 'One running gateway of a runtime group: what it should run, and what it says it runs.',
  implements: Node,
  simpleResolvers: true,
})
@Directive('@key(fields: "id")')
export class RuntimeInstanceType {
  @Field(() => ID, { description: 'Globally unique; never changes.' })
  id!: string;

  @Field(() => String, { description: 'The name of the machine that it runs on.' })
  hostname!: string;

  @Field(() => String, { nullable: true, description: 'The address that it last connected from.' })
  ipAddress?: string | null;

  @Field(() => String, { nullable: true, description: 'The version of the gateway, as it says.' })
  runtimeVersion?: string | null;

  @Field(() => [Label], { description: 'What it is sorted by, by key.' })
  labels!: readonly Label[];

  @Field(() => ConnectionState, { description: 'Whether it has a live session.' })
  connection!: ConnectionState;

  @Field(() => SyncStatusEnum, { description: 'Whether it runs what it should.' })
  syncStatus!: SyncStatusEnum;

  @Field(() => SyncReasonEnum, { description: 'Why.' })
  syncReason!: SyncReasonEnum;

  @Field(() => String, { description: 'Why, in a sentence.' })
  syncMessage!: string;

  @Field(() => Int, { description: 'The revision that it should run: the newest of its group.' })
  targetRevision!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'The revision that it says it runs; null before its first report.',
  })
  appliedRevision?: number | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it last gave a sign of life, to about ten seconds; null if it never did.',
  })
  lastSeenAt?: Date | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was enrolled.' })
  createdAt!: Date;
}

export const RuntimeInstanceConnection = connectionOf('RuntimeInstance', () => RuntimeInstanceType);

const fields = {
  hostname: 'Its hostname.',
  connection: 'Whether it is connected.',
  syncStatus: 'Whether it runs what it should.',
  syncReason: 'Why.',
  appliedRevision: 'The revision that it says it runs.',
  lastSeenAt: 'When it last gave a sign of life.',
  createdAt: 'When it was enrolled.',
};

const filter = filterInputFor('RuntimeInstance', {
  id: { filter: () => IdFilter, description: 'Its id.' },
  runtimeGroupId: { filter: () => IdFilter, description: 'The id of its group.' },
  hostname: { filter: () => StringFilter, description: fields.hostname },
  ipAddress: { filter: () => StringFilter, description: 'The address that it last connected from.' },
  runtimeVersion: { filter: () => StringFilter, description: 'The version of the gateway.' },
  labels: { filter: () => LabelsFilter, description: 'Its labels.' },
  connection: {
    filter: () => enumFilter('ConnectionState', () => ConnectionState),
    description: fields.connection,
  },
  syncStatus: {
    filter: () => enumFilter('SyncStatus', () => SyncStatusEnum),
    description: fields.syncStatus,
  },
  syncReason: {
    filter: () => enumFilter('SyncReason', () => SyncReasonEnum),
    description: fields.syncReason,
  },
  appliedRevision: { filter: () => IntegerFilter, description: fields.appliedRevision },
  lastSeenAt: { filter: () => TimestampFilter, description: fields.lastSeenAt },
  createdAt: { filter: () => TimestampFilter, description: fields.createdAt },
});

export const RuntimeInstanceListArguments = listArgumentsFor('RuntimeInstance', {
  filter,
  order: orderInputFor('RuntimeInstance', fields),
});

@InputType({ description: 'A new instance of a runtime group.' })
export class CreateRuntimeInstanceInput extends WriteInput {
  @Field(() => ID, { description: 'The group that it will belong to.' })
  runtimeGroupId!: string;

  @Field(() => String, { description: 'The name of the machine that it runs on.' })
  hostname!: string;

  @Field(() => String, { nullable: true, description: 'Its address, if it is known.' })
  ipAddress?: string | null;

  @Field(() => String, { nullable: true, description: 'The version of the gateway, if it is known.' })
  runtimeVersion?: string | null;

  @Field(() => [LabelInput], { nullable: true, description: 'Its labels. Default: none.' })
  labels?: readonly LabelInput[] | null;
}

@InputType({ description: 'Changes to an instance. What is absent or null stays.' })
export class UpdateRuntimeInstanceInput extends WriteInput {
  @Field(() => ID, { description: 'The instance to change.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Its new hostname.' })
  hostname?: string | null;

  @Field(() => [LabelInput], { nullable: true, description: 'All its labels: others that it had are gone.' })
  labels?: readonly LabelInput[] | null;
}

@InputType({ description: 'An instance to make one more token for.' })
export class CreateRuntimeInstanceTokenInput extends WriteInput {
  @Field(() => ID, { description: 'The instance that will come with it.' })
  runtimeInstanceId!: string;
}

@InputType({ description: 'An instance to remove, with its tokens: its process is let in no more.' })
export class DeleteRuntimeInstanceInput extends WriteInput {
  @Field(() => ID, { description: 'The instance to remove.' })
  id!: string;
}

@ObjectType({ description: 'The answer to the enrolment of an instance.', simpleResolvers: true })
export class CreateRuntimeInstancePayload extends OrganizationWritePayload {
  @Field(() => RuntimeInstanceType, {
    nullable: true,
    description: 'The new instance. Null if it was refused.',
  })
  runtimeInstance?: object | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The instance’s own token. It is shown this once and kept nowhere: an answer repeated by its idempotency key comes without it.',
  })
  token?: string | null;
}

@ObjectType({ description: 'The answer to a write of an instance.', simpleResolvers: true })
export class RuntimeInstancePayload extends OrganizationWritePayload {
  @Field(() => RuntimeInstanceType, {
    nullable: true,
    description:
      'The instance as it is now, or as it was before it was removed. Null if the write was refused.',
  })
  runtimeInstance?: object | null;
}
