import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../../foundation/graphql/connection.js';
import { filterInputFor } from '../../../foundation/graphql/filter-input.js';
import { enumFilter, IdFilter, StringFilter, TimestampFilter } from '../../../foundation/graphql/filter.js';
import { listArgumentsFor } from '../../../foundation/graphql/list-arguments.js';
import { Node } from '../../../foundation/graphql/node.js';
import { orderInputFor } from '../../../foundation/graphql/order-input.js';
import { GraphQLDateTimeISO } from '../../../foundation/graphql/scalars.js';
import { UserError } from '../../../foundation/graphql/user-error.js';
import { WriteInput } from '../../../foundation/graphql/write-options.js';
import { ConfigChange, ConfigurationWarning } from '../../gateway-config/index.js';

export enum ApprovalState {
  PENDING = 'PENDING',
  APPROVED = 'APPROVED',
  REJECTED = 'REJECTED',
  EXPIRED = 'EXPIRED',
  SPENT = 'SPENT',
  STALE = 'STALE',
}
registerEnumType(ApprovalState, {
  name: 'ApprovalState',
  description: 'What became of a request for approvals.',
  valuesConfig: {
    PENDING: { description: 'It waits for approvals.' },
    APPROVED: { description: 'It has as many as its runtime group asks for: the write can be done.' },
    REJECTED: { description: 'Somebody said no.' },
    EXPIRED: { description: 'Its time was up before the write was done.' },
    SPENT: { description: 'The write was done. Approvals are good for one.' },
    STALE: {
      description: 'Something that it is about was changed since: the write would do something else.',
    },
  },
});

export enum ApprovalVerdict {
  APPROVED = 'APPROVED',
  REJECTED = 'REJECTED',
}
registerEnumType(ApprovalVerdict, {
  name: 'ApprovalVerdict',
  description: 'What somebody says to a request for approvals.',
  valuesConfig: {
    APPROVED: { description: 'Yes.' },
    REJECTED: { description: 'No, which ends it.' },
  },
});

export enum PlannedSubject {
  SERVICE_VERSION = 'service_version',
  RUNTIME_CONFIGURATION = 'runtime_configuration',
}
registerEnumType(PlannedSubject, {
  name: 'PlannedSubject',
  description: 'What a transition is about.',
  valuesConfig: {
    SERVICE_VERSION: { description: 'A version of a service.' },
    RUNTIME_CONFIGURATION: { description: 'What a service runs with.' },
  },
});

@ObjectType('PlannedTransition', {
  description: 'What would become of a version, or of what a service runs with.',
  simpleResolvers: true,
})
export class PlannedTransitionType {
  @Field(() => PlannedSubject, { description: 'What it is about.' })
  subject!: PlannedSubject;

  @Field(() => String, { description: 'What would happen to it: `published`, `superseded`, `updated`, …' })
  transition!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The number of the version; null where it is not about one.',
  })
  number?: string | null;
}

@ObjectType({ description: 'What somebody said to a request for approvals.', simpleResolvers: true })
export class ApprovalDecision {
  @Field(() => String, { description: 'Who: the name of the token.' })
  actor!: string;

  @Field(() => ApprovalVerdict, { description: 'What they said.' })
  verdict!: ApprovalVerdict;

  @Field(() => String, { description: 'What else they said; empty if nothing.' })
  comment!: string;

  @Field(() => Boolean, {
    description: 'Whether the token was revoked since: an approval of such a token does not count.',
  })
  isRevoked!: boolean;

  @Field(() => GraphQLDateTimeISO, { description: 'When, by the clock of the database.' })
  at!: Date;
}

@ObjectType('ApprovalRequest', {
  description:
    'Somebody asks others to agree to a write to what is live in one runtime group: to exactly what its plan says (docs/lifecycle.md).',
  implements: Node,
  simpleResolvers: true,
})
@Directive('@key(fields: "id")')
export class ApprovalRequestType {
  @Field(() => ID, { description: 'Globally unique; never changes.' })
  id!: string;

  @Field(() => ApprovalState, { description: 'What became of it.' })
  state!: ApprovalState;

  @Field(() => String, { description: 'The command that it is about: `services.publish`, …' })
  command!: string;

  @Field(() => String, {
    description: 'Stands for the plan: pass it as `planToken` to do this, or be refused with PLAN_STALE.',
  })
  planToken!: string;

  @Field(() => [ConfigChange], { description: 'Every gateway entity that would change.' })
  changes!: readonly object[];

  @Field(() => [ConfigurationWarning], {
    description: 'What may not be meant so, such as routes that overlap.',
  })
  warnings!: readonly ConfigurationWarning[];

  @Field(() => [PlannedTransitionType], { description: 'What would become of services and their versions.' })
  transitions!: readonly PlannedTransitionType[];

  @Field(() => String, { nullable: true, description: 'Why, as far as it was said.' })
  reason?: string | null;

  @Field(() => String, { description: 'Who asks: the name of the token.' })
  requestedBy!: string;

  @Field(() => Int, {
    description: 'How many approvals are needed: what the runtime group asks for now.',
  })
  required!: number;

  @Field(() => Int, { description: 'How many there are that count.' })
  given!: number;

  @Field(() => [ApprovalDecision], { description: 'What others have said, in order.' })
  decisions!: readonly ApprovalDecision[];

  @Field(() => GraphQLDateTimeISO, { description: 'When it was asked.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    description: 'Until when others can agree, and the write can be done. Nothing is told when it comes.',
  })
  expiresAt!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it was rejected, or spent.',
  })
  closedAt?: Date | null;
}

export const ApprovalRequestConnection = connectionOf('ApprovalRequest', () => ApprovalRequestType);

const fields = {
  state: 'What became of it.',
  command: 'The command that it is about.',
  requestedBy: 'Who asks: the name of the token.',
  createdAt: 'When it was asked.',
  expiresAt: 'Until when others can agree.',
};

export const ApprovalRequestListArguments = listArgumentsFor('ApprovalRequest', {
  filter: filterInputFor('ApprovalRequest', {
    id: { filter: () => IdFilter, description: 'Its id.' },
    state: { filter: () => enumFilter('ApprovalState', () => ApprovalState), description: fields.state },
    runtimeGroupId: { filter: () => IdFilter, description: 'The runtime group.' },
    command: { filter: () => StringFilter, description: fields.command },
    requestedBy: { filter: () => StringFilter, description: fields.requestedBy },
    createdAt: { filter: () => TimestampFilter, description: fields.createdAt },
    expiresAt: { filter: () => TimestampFilter, description: fields.expiresAt },
  }),
  order: orderInputFor('ApprovalRequest', fields),
});

@ObjectType({ description: 'The approvals that a write needs in one runtime group.', simpleResolvers: true })
export class PlannedApproval {
  @Field(() => Int, { description: 'How many are needed; 0: none.' })
  required!: number;

  @Field(() => Int, { description: 'How many are missing still. After the fact: 0.' })
  missing!: number;

  @Field(() => ApprovalRequestType, {
    nullable: true,
    description:
      'Of a dry run: the last request for exactly this plan, if there was one. Null after the fact.',
  })
  request?: object | null;
}

@InputType()
abstract class DecisionInput extends WriteInput {
  @Field(() => ID, { description: 'The request for approvals.' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What else is to be said, in at most 2,048 characters. Default: empty.',
  })
  comment?: string | null;
}

@InputType({ description: 'A request to agree to.' })
export class ApproveRequestInput extends DecisionInput {}

@InputType({ description: 'A request to say no to.' })
export class RejectRequestInput extends DecisionInput {}

@ObjectType({ description: 'The answer to what is said to a request for approvals.', simpleResolvers: true })
export class ApprovalRequestPayload {
  @Field(() => ApprovalRequestType, {
    nullable: true,
    description: 'The request as it is now. Null if the write was refused.',
  })
  approvalRequest?: object | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The revision of the log of services that this write produced. Null if it was refused.',
  })
  revision?: number | null;

  @Field(() => [UserError], { description: 'Why the write was refused; empty if it was not.' })
  userErrors!: readonly UserError[];
}
