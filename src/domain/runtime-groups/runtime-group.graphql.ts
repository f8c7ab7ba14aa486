import { ArgsType, Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../foundation/graphql/connection.js';
import { filterInputFor } from '../../foundation/graphql/filter-input.js';
import {
  BooleanFilter,
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
import { asOfDescription, AsOfInput } from './as-of.graphql.js';

export enum RuntimeTypeEnum {
  KONG_GATEWAY = 'KONG_GATEWAY',
  NGINX = 'NGINX',
}
registerEnumType(RuntimeTypeEnum, {
  name: 'RuntimeType',
  description: 'What all instances of a runtime group are.',
  valuesConfig: {
    KONG_GATEWAY: { description: 'Kong Gateway.' },
    NGINX: { description: 'nginx, by way of the agent.' },
  },
});

@ObjectType({
  description: 'What is asked of others before services go live in a runtime group (docs/lifecycle.md).',
  simpleResolvers: true,
})
export class ApprovalPolicy {
  @Field(() => Int, { description: 'How many others are to approve; 0: nobody.' })
  required!: number;

  @Field(() => Int, {
    description:
      'After how many seconds a request for approvals expires, with all approvals that it has; of requests made from now on.',
  })
  expiresAfterSeconds!: number;
}

@InputType({ description: 'What is to be asked of others before services go live in a runtime group.' })
export class ApprovalPolicyInput {
  @Field(() => Int, { description: 'How many others are to approve: 0, nobody, to 20.' })
  required!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'After how many seconds a request for approvals expires, from 60 to 2592000 (30 days). Default: 86400, a day.',
  })
  expiresAfterSeconds?: number | null;
}

@ObjectType('RuntimeGroup', {
  description:
    'A set of gateway instances that share their configuration. The configuration is a small versioned database: every write to it is one revision.',
  implements: Node,
  simpleResolvers: true,
})
@Directive('@key(fields: "id")')
@Directive('@key(fields: "name")')
export class RuntimeGroupType {
  @Field(() => ID, { description: 'Globally unique; never changes.' })
  id!: string;

  @Field(() => String, { description: 'Unique in the organization.' })
  name!: string;

  @Field(() => String, { description: 'What it is for, in free text.' })
  description!: string;

  @Field(() => RuntimeTypeEnum, { description: 'What all its instances are.' })
  runtimeType!: RuntimeTypeEnum;

  @Field(() => [Label], { description: 'What it is sorted by, by key.' })
  labels!: readonly Label[];

  @Field(() => Boolean, {
    description:
      'True for the one group that every organization starts with. It can be renamed, and never deleted.',
  })
  isDefault!: boolean;

  @Field(() => ApprovalPolicy, { description: 'What is asked of others before services go live in it.' })
  approvalPolicy!: ApprovalPolicy;

  @Field(() => Int, {
    description: 'Counts the changes of the group’s own properties, for `expectedVersion`.',
  })
  version!: number;

  @Field(() => Int, { description: 'The newest revision of its configuration; 0 before the first write.' })
  revision!: number;

  @Field(() => String, {
    description:
      'The hash of its configuration, in hex: equal for equal configurations of the group, whatever way led there.',
  })
  configHash!: string;

  @Field(() => Int, {
    description:
      'The oldest revision of its configuration that is kept, to be read, compared and restored; 0 while all are.',
  })
  oldestRevision!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'When its own properties were last changed.' })
  updatedAt!: Date;
}

export const RuntimeGroupConnection = connectionOf('RuntimeGroup', () => RuntimeGroupType);

const filter = filterInputFor('RuntimeGroup', {
  id: { filter: () => IdFilter, description: 'Its id.' },
  name: { filter: () => StringFilter, description: 'Its name.' },
  isDefault: { filter: () => BooleanFilter, description: 'Whether it is the default group.' },
  runtimeType: {
    filter: () => enumFilter('RuntimeType', () => RuntimeTypeEnum),
    description: 'What its instances are.',
  },
  labels: { filter: () => LabelsFilter, description: 'Its labels.' },
  revision: { filter: () => IntegerFilter, description: 'The revision of its configuration.' },
  createdAt: { filter: () => TimestampFilter, description: 'When it was made.' },
  updatedAt: { filter: () => TimestampFilter, description: 'When it was last changed.' },
});

const order = orderInputFor('RuntimeGroup', {
  name: 'Its name.',
  revision: 'The revision of its configuration.',
  createdAt: 'When it was made.',
  updatedAt: 'When it was last changed.',
});

export const RuntimeGroupListArguments = listArgumentsFor('RuntimeGroup', { filter, order });

@ArgsType()
export class RuntimeGroupArguments {
  @Field(() => ID, { nullable: true, description: 'The id of the group. Give this or the name.' })
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'The name of the group. Give this or the id.' })
  name?: string | null;

  @Field(() => AsOfInput, { nullable: true, description: asOfDescription })
  asOf?: AsOfInput | null;
}

export enum PlanEnum {
  FREE = 'FREE',
  ENTERPRISE = 'ENTERPRISE',
  UNLIMITED = 'UNLIMITED',
}
registerEnumType(PlanEnum, {
  name: 'Plan',
  description: 'What an organization may have.',
  valuesConfig: {
    FREE: { description: 'The default runtime group only.' },
    ENTERPRISE: { description: 'The default runtime group and two custom ones.' },
    UNLIMITED: { description: 'Any number of runtime groups.' },
  },
});

@ObjectType('Organization', {
  description: 'Who owns runtime groups. Nothing is shared between organizations.',
  implements: Node,
  simpleResolvers: true,
})
@Directive('@key(fields: "id")')
export class OrganizationType {
  @Field(() => ID, { description: 'Globally unique; never changes.' })
  id!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => PlanEnum, { description: 'What it may have.' })
  plan!: PlanEnum;
}

@InputType({ description: 'A new runtime group.' })
export class CreateRuntimeGroupInput extends WriteInput {
  @Field(() => String, { description: 'Unique in the organization; 1 to 100 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is for. Default: empty.' })
  description?: string | null;

  @Field(() => RuntimeTypeEnum, {
    nullable: true,
    description: 'What all its instances are. Default: KONG_GATEWAY.',
  })
  runtimeType?: RuntimeTypeEnum | null;

  @Field(() => [LabelInput], { nullable: true, description: 'Its labels. Default: none.' })
  labels?: readonly LabelInput[] | null;

  @Field(() => ApprovalPolicyInput, {
    nullable: true,
    description: 'What is asked of others before services go live in it. Default: nothing.',
  })
  approvalPolicy?: ApprovalPolicyInput | null;
}

@InputType({ description: 'Changes to a runtime group. What is absent or null stays.' })
export class UpdateRuntimeGroupInput extends WriteInput {
  @Field(() => ID, { description: 'The group to change.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Its new name.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Its new description.' })
  description?: string | null;

  @Field(() => [LabelInput], { nullable: true, description: 'All its labels: others that it had are gone.' })
  labels?: readonly LabelInput[] | null;

  @Field(() => ApprovalPolicyInput, {
    nullable: true,
    description:
      'What is asked of others before services go live in it, as a whole. How many count is decided when something goes live, by the policy of then; when a request expires, when it is made.',
  })
  approvalPolicy?: ApprovalPolicyInput | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with VERSION_STALE unless the group is at this version.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'A runtime group to delete, with its configuration and its instances.' })
export class DeleteRuntimeGroupInput extends WriteInput {
  @Field(() => ID, { description: 'The group to delete.' })
  id!: string;

  @Field(() => Boolean, { nullable: true, description: 'Delete it although instances are connected.' })
  force?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Say what would go, and delete nothing.' })
  dryRun?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with VERSION_STALE unless the group is at this version.',
  })
  expectedVersion?: number | null;
}

@ObjectType({ description: 'The answer to a write of a runtime group.', simpleResolvers: true })
export class RuntimeGroupPayload extends OrganizationWritePayload {
  @Field(() => RuntimeGroupType, {
    nullable: true,
    description: 'The group as it is now. Null if the write was refused.',
  })
  runtimeGroup?: object | null;
}

@ObjectType({ description: 'The answer to the deletion of a runtime group.', simpleResolvers: true })
export class DeleteRuntimeGroupPayload extends OrganizationWritePayload {
  @Field(() => RuntimeGroupType, {
    nullable: true,
    description: 'The group as it was. Null if the deletion was refused.',
  })
  runtimeGroup?: object | null;

  @Field(() => Int, { nullable: true, description: 'How many instances went, or would go, with it.' })
  deletedInstances?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many entities of its configuration went, or would go, with it.',
  })
  deletedEntities?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many live versions of services went, or would go, with it.',
  })
  deletedLiveServiceVersions?: number | null;
}
