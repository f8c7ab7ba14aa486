import { Field, Int, ObjectType } from 'type-graphql';
import { UserError } from '../../../foundation/graphql/user-error.js';
import { ConfigChange, ConfigurationWarning } from '../../gateway-config/index.js';
import { RuntimeGroupType } from '../../runtime-groups/index.js';
import { ApprovalRequestType } from './approval.graphql.js';
import { RuntimeConfigurationType } from './runtime-configuration.graphql.js';
import { ServiceVersionType } from './version.graphql.js';

@ObjectType({
  description:
    'The instances of a runtime group that run one version of the gateway, and cannot take what is planned.',
  simpleResolvers: true,
})
export class IncompatibleInstances {
  @Field(() => String, { description: 'The version of the gateway, as they say.' })
  runtimeVersion!: string;

  @Field(() => String, { description: 'Why they cannot, in a sentence.' })
  reason!: string;

  @Field(() => Int, { description: 'How many they are.' })
  count!: number;

  @Field(() => [String], { description: 'The machines that the first ten run on, by name.' })
  hostnames!: readonly string[];
}

@ObjectType({
  description: 'The instances that a plan is about: all those of its runtime group.',
  simpleResolvers: true,
})
export class AffectedInstances {
  @Field(() => Int, { description: 'How many there are.' })
  total!: number;

  @Field(() => Int, {
    description:
      'How many have not said the version of their gateway: whether these can take it, is not known.',
  })
  versionUnknown!: number;

  @Field(() => [IncompatibleInstances], {
    description:
      'Those whose gateway is too old for a plugin, or for a setting that is not as it would be anyway; version by version.',
  })
  incompatible!: readonly IncompatibleInstances[];
}

@ObjectType({
  description: 'What a write does, or would do, to the configuration of one runtime group.',
  simpleResolvers: true,
})
export class GroupPlan {
  @Field(() => RuntimeGroupType, { description: 'The runtime group.' })
  runtimeGroup!: object;

  @Field(() => Int, {
    description:
      'The revision that the write produced; on a dry run, or if nothing changed, the one that the group is at.',
  })
  revision!: number;

  @Field(() => [ConfigChange], { description: 'Every gateway entity that changes.' })
  changes!: readonly object[];

  @Field(() => [ConfigurationWarning], {
    description: 'What may not be meant so, such as routes that overlap.',
  })
  warnings!: readonly ConfigurationWarning[];
}

@ObjectType({
  description: 'Everything that a write to what is live does, or on a dry run would do.',
  simpleResolvers: true,
})
export class LifecyclePlan {
  @Field(() => String, {
    nullable: true,
    description:
      'Of a dry run: pass it as `planToken` with the same input to do exactly this. Null after the fact.',
  })
  token?: string | null;

  @Field(() => [GroupPlan], { description: 'What changes in each runtime group, in the order asked for.' })
  groups!: readonly GroupPlan[];
}

@ObjectType({ description: 'The answer to a write to what is live.', simpleResolvers: true })
export class LifecyclePayload {
  @Field(() => ServiceVersionType, {
    nullable: true,
    description:
      'The version that was written, as it is now: the first, if there are several. Null after a dry run of what would be new, or if the write was refused.',
  })
  serviceVersion?: object | null;

  @Field(() => [ServiceVersionType], {
    description: 'The versions that were written, as they are now; of a deletion, as they were.',
  })
  serviceVersions!: readonly object[];

  @Field(() => RuntimeConfigurationType, {
    nullable: true,
    description: 'What the version runs with, as it is now.',
  })
  runtimeConfiguration?: object | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Of a rollback: true if what the version ran with was restored; false if what the service runs with was kept.',
  })
  runtimeConfigurationRestored?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The revision of the runtime group that the write produced: of the first, if there are several.',
  })
  revision?: number | null;

  @Field(() => LifecyclePlan, {
    nullable: true,
    description:
      'What was done, or on a dry run would be. Null if the write was refused; of a write to several groups that one of them refused, what was done in the others before.',
  })
  plan?: LifecyclePlan | null;

  @Field(() => [ApprovalRequestType], {
    description: 'With `requestApproval`: the requests, one for each runtime group that asks for approvals.',
  })
  approvalRequests!: readonly object[];

  @Field(() => [UserError], {
    description: 'Why the write was refused; empty if it was not. Nothing was changed but what `plan` says.',
  })
  userErrors!: readonly UserError[];
}
