import { Field, Float, ID, InputType, Int } from 'type-graphql';
import { GraphQLDateTimeISO } from '../../../foundation/graphql/scalars.js';
import { ConfigurationWriteInput } from '../../../foundation/graphql/write-options.js';
import { ServiceImplementationInput } from './implementation.graphql.js';
import {
  CanaryConditionInput,
  RuntimeConfigurationInput,
  ServiceTargetInput,
} from './runtime-configuration.graphql.js';

/** What the input of every write to what is live can carry. */
@InputType()
export abstract class LifecycleInput extends ConfigurationWriteInput {
  @Field(() => String, {
    nullable: true,
    description:
      'The token of a plan, from a dry run: refuse with PLAN_STALE unless the write would do exactly what the plan says.',
  })
  planToken?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Change nothing, and ask others to agree to what this would do, in each runtime group that asks for approvals: the answer has the requests. Once others have approved, the same write does it. With `dryRun`, nobody is asked. Default: false.',
  })
  requestApproval?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Do it although routes get in the way of those of others in the group, or these in theirs. Default: false, refused with ROUTES_OVERLAP.',
  })
  allowOverlaps?: boolean | null;
}

@InputType({
  description: 'A new version of a service whose versions live side by side. It is live at once.',
})
export class CreateServiceVersionInput extends LifecycleInput {
  @Field(() => ID, { description: 'The service.' })
  serviceId!: string;

  @Field(() => ID, { description: 'The runtime group that it will belong to for ever.' })
  runtimeGroupId!: string;

  @Field(() => String, {
    description: 'Its number, such as 2.1.0: any text that is valid as the name of a file.',
  })
  number!: string;

  @Field(() => ServiceImplementationInput, { description: 'What it does with requests.' })
  implementation!: ServiceImplementationInput;

  @Field(() => RuntimeConfigurationInput, { description: 'What it runs with.' })
  runtimeConfiguration!: RuntimeConfigurationInput;

  @Field(() => String, { nullable: true, description: 'What is new in it. Default: empty.' })
  notes?: string | null;
}

@InputType({ description: 'Changes to a version. What is absent or null stays.' })
export class UpdateServiceVersionInput extends LifecycleInput {
  @Field(() => ID, { description: 'The version to change.' })
  id!: string;

  @Field(() => ServiceImplementationInput, {
    nullable: true,
    description:
      'The parts to change, each as a whole. Only where versions live side by side: else it is sealed.',
  })
  implementation?: ServiceImplementationInput | null;

  @Field(() => String, { nullable: true, description: 'What is new in it.' })
  notes?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The runtime group that it is in; it cannot move to another.',
  })
  runtimeGroupId?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with VERSION_STALE unless it has had this many changes.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'A version to delete.' })
export class DeleteServiceVersionInput extends LifecycleInput {
  @Field(() => ID, { description: 'The version to delete.' })
  id!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Delete it although it is live: requests for it will fail.',
  })
  force?: boolean | null;
}

@InputType({ description: 'A service to publish.' })
export class PublicationInput {
  @Field(() => ID, { description: 'The service whose template to publish.' })
  serviceId!: string;

  @Field(() => String, {
    description:
      'The number of the version: any text that is valid as the name of a file. It stands for this content for ever.',
  })
  number!: string;

  @Field(() => String, { nullable: true, description: 'What is new in it. Default: as it was, or empty.' })
  notes?: string | null;

  @Field(() => RuntimeConfigurationInput, {
    nullable: true,
    description:
      'What it runs with in these runtime groups. Default: what the service runs with there already.',
  })
  runtimeConfiguration?: RuntimeConfigurationInput | null;
}

@InputType({
  description:
    'Services to publish to runtime groups: to each group all of them in one revision, or none. What would be refused in any group is found before the first is written to.',
})
export class PublishServiceVersionInput extends LifecycleInput {
  @Field(() => [PublicationInput], { description: 'The services, each with its number.' })
  publications!: readonly PublicationInput[];

  @Field(() => [ID], { description: 'The runtime groups, one after the other.' })
  runtimeGroupIds!: readonly string[];
}

@InputType({
  description: 'A live version to bring to other runtime groups, with the same number and content.',
})
export class PromoteServiceVersionInput extends LifecycleInput {
  @Field(() => ID, { description: 'The live version.' })
  serviceVersionId!: string;

  @Field(() => [ID], { description: 'The runtime groups to bring it to, one after the other.' })
  runtimeGroupIds!: readonly string[];

  @Field(() => RuntimeConfigurationInput, {
    nullable: true,
    description: 'What it runs with there. Default: what the service runs with there already.',
  })
  runtimeConfiguration?: RuntimeConfigurationInput | null;
}

@InputType({
  description: 'A service to take back to a version, in one runtime group. A canary that is running ends.',
})
export class RollbackServiceInput extends LifecycleInput {
  @Field(() => ID, { description: 'The service.' })
  serviceId!: string;

  @Field(() => ID, { description: 'The runtime group.' })
  runtimeGroupId!: string;

  @Field(() => String, { description: 'The number of the version to go back to.' })
  number!: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Also go back to what the version ran with when it was last live. Default: what the service runs with now is kept.',
  })
  restoreRuntimeConfiguration?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Also to a version that was never live in this runtime group, but is there in another. Default: false.',
  })
  allowNeverLive?: boolean | null;
}

@InputType({ description: 'A version that will go, and what is told to those who use it.' })
export class DeprecateServiceVersionInput extends LifecycleInput {
  @Field(() => ID, { description: 'The version.' })
  id!: string;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description:
      'Since when it should not be used any more: the `Deprecation` header. Default: since today began, in UTC.',
  })
  date?: Date | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it is expected to cease: the `Sunset` header. Default: not said.',
  })
  sunset?: Date | null;

  @Field(() => ID, { nullable: true, description: 'A live version of the same service to use instead.' })
  successorId?: string | null;

  @Field(() => String, { nullable: true, description: 'What to do instead, for people. Default: empty.' })
  message?: string | null;
}

@InputType({ description: 'A version to take out of the catalogue.' })
export class UnpublishServiceVersionInput extends LifecycleInput {
  @Field(() => ID, { description: 'The version.' })
  id!: string;
}

@InputType({ description: 'A version to bring back into the catalogue.' })
export class RepublishServiceVersionInput extends LifecycleInput {
  @Field(() => ID, { description: 'The version.' })
  id!: string;
}

@InputType({
  description: 'Changes to what a service runs with in a runtime group. What is absent or null stays.',
})
export class UpdateRuntimeConfigurationInput extends LifecycleInput {
  @Field(() => ID, { description: 'The runtime configuration to change.' })
  id!: string;

  @Field(() => [String], { nullable: true, description: 'The hosts of routes that name none.' })
  hosts?: readonly string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'What comes before the paths of all routes; empty: nothing.',
  })
  pathPrefix?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the prefix is cut off before a request goes on.',
  })
  stripPathPrefix?: boolean | null;

  @Field(() => ServiceTargetInput, { nullable: true, description: 'Where the API is, as a whole.' })
  target?: ServiceTargetInput | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with VERSION_STALE unless it has had this many changes.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'A second target for a part of the requests of a live version.' })
export class StartCanaryInput extends LifecycleInput {
  @Field(() => ID, { description: 'The live version whose requests are split.' })
  serviceVersionId!: string;

  @Field(() => ServiceTargetInput, { description: 'Where the part goes.' })
  target!: ServiceTargetInput;

  @Field(() => Float, {
    nullable: true,
    description:
      'The share, in percent, of the requests that meet the conditions. Default: 100 with conditions, else 0.',
  })
  weight?: number | null;

  @Field(() => [CanaryConditionInput], {
    nullable: true,
    description: 'What a request must have, all of it. Default: every request is meant.',
  })
  conditions?: readonly CanaryConditionInput[] | null;
}

@InputType({ description: 'Another share for a canary.' })
export class ShiftCanaryInput extends LifecycleInput {
  @Field(() => ID, { description: 'The live version whose canary is running.' })
  serviceVersionId!: string;

  @Field(() => Float, { description: 'The new share, in percent.' })
  weight!: number;
}

@InputType({ description: 'A canary whose target is to be the target of all requests.' })
export class PromoteCanaryInput extends LifecycleInput {
  @Field(() => ID, { description: 'The live version whose canary is running.' })
  serviceVersionId!: string;
}

@InputType({ description: 'A canary to end, as if it had not been.' })
export class AbortCanaryInput extends LifecycleInput {
  @Field(() => ID, { description: 'The live version whose canary is running.' })
  serviceVersionId!: string;
}
