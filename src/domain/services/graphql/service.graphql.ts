import { ArgsType, Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../../foundation/graphql/connection.js';
import { filterInputFor } from '../../../foundation/graphql/filter-input.js';
import {
  enumFilter,
  IdFilter,
  LabelsFilter,
  StringFilter,
  TimestampFilter,
} from '../../../foundation/graphql/filter.js';
import { Label, LabelInput } from '../../../foundation/graphql/labels.js';
import { listArgumentsFor } from '../../../foundation/graphql/list-arguments.js';
import { Node } from '../../../foundation/graphql/node.js';
import { orderInputFor } from '../../../foundation/graphql/order-input.js';
import { GraphQLDateTimeISO } from '../../../foundation/graphql/scalars.js';
import { UserError } from '../../../foundation/graphql/user-error.js';
import { WriteInput } from '../../../foundation/graphql/write-options.js';
import { ServiceImplementation, ServiceImplementationInput } from './implementation.graphql.js';

export enum ReleasePolicyEnum {
  SIDE_BY_SIDE = 'SIDE_BY_SIDE',
  ONE_LIVE = 'ONE_LIVE',
}
registerEnumType(ReleasePolicyEnum, {
  name: 'ReleasePolicy',
  description: 'How versions of a service come about.',
  valuesConfig: {
    SIDE_BY_SIDE: {
      description:
        'Each version is made and edited in its runtime group, and many are live there side by side.',
    },
    ONE_LIVE: {
      description:
        'The one template is published under a number and sealed by it; in each runtime group at most one version is live, and the ones before are history.',
    },
  },
});

@ObjectType({
  description:
    'The draft of what is published next of a service. It is reachable nowhere, and has no number.',
  simpleResolvers: true,
})
export class ServiceTemplate {
  @Field(() => ServiceImplementation, { description: 'What the service would do.' })
  implementation!: ServiceImplementation;

  @Field(() => String, {
    description: 'Equal for equal implementations, in hex: compare it with those of versions.',
  })
  digest!: string;

  @Field(() => Int, { description: 'Counts its changes, for `expectedVersion`.' })
  version!: number;
}

@ObjectType('Service', {
  description:
    'An application, or a service outside, with all its APIs; made available by versions in runtime groups.',
  implements: Node,
  simpleResolvers: true,
})
@Directive('@key(fields: "id")')
@Directive('@key(fields: "name")')
export class ServiceType {
  @Field(() => ID, { description: 'Globally unique; never changes.' })
  id!: string;

  @Field(() => String, { description: 'Unique in the organization.' })
  name!: string;

  @Field(() => String, { description: 'What it is for, in free text.' })
  description!: string;

  @Field(() => [Label], { description: 'What it is sorted by, by key.' })
  labels!: readonly Label[];

  @Field(() => ReleasePolicyEnum, { description: 'How its versions come about; never changes.' })
  releasePolicy!: ReleasePolicyEnum;

  @Field(() => ServiceTemplate, {
    nullable: true,
    description: 'The draft of what is published next; null for services whose versions live side by side.',
  })
  template?: ServiceTemplate | null;

  @Field(() => Int, { description: 'Counts the changes of its own properties, for `expectedVersion`.' })
  version!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was last changed, its template included.' })
  updatedAt!: Date;
}

export const ServiceConnection = connectionOf('Service', () => ServiceType);

const filter = filterInputFor('Service', {
  id: { filter: () => IdFilter, description: 'Its id.' },
  name: { filter: () => StringFilter, description: 'Its name.' },
  releasePolicy: {
    filter: () => enumFilter('ReleasePolicy', () => ReleasePolicyEnum),
    description: 'How its versions come about.',
  },
  labels: { filter: () => LabelsFilter, description: 'Its labels.' },
  createdAt: { filter: () => TimestampFilter, description: 'When it was made.' },
  updatedAt: { filter: () => TimestampFilter, description: 'When it was last changed.' },
});

const order = orderInputFor('Service', {
  name: 'Its name.',
  createdAt: 'When it was made.',
  updatedAt: 'When it was last changed.',
});

export const ServiceListArguments = listArgumentsFor('Service', { filter, order });

@ArgsType()
export class ServiceArguments {
  @Field(() => ID, { nullable: true, description: 'The id of the service. Give this or the name.' })
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'The name of the service. Give this or the id.' })
  name?: string | null;
}

@InputType({ description: 'A new service.' })
export class CreateServiceInput extends WriteInput {
  @Field(() => String, {
    description: 'Unique in the organization; 1 to 60 letters, digits, “-”, “.” and “_”.',
  })
  name!: string;

  @Field(() => ReleasePolicyEnum, { description: 'How its versions come about; it never changes.' })
  releasePolicy!: ReleasePolicyEnum;

  @Field(() => String, { nullable: true, description: 'What it is for. Default: empty.' })
  description?: string | null;

  @Field(() => [LabelInput], { nullable: true, description: 'Its labels. Default: none.' })
  labels?: readonly LabelInput[] | null;

  @Field(() => ServiceImplementationInput, {
    nullable: true,
    description: 'What the template begins with. Only for services with one live version.',
  })
  template?: ServiceImplementationInput | null;
}

@InputType({ description: 'Changes to a service. What is absent or null stays.' })
export class UpdateServiceInput extends WriteInput {
  @Field(() => ID, { description: 'The service to change.' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its new name. Gateway entities get it with the next publication.',
  })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Its new description.' })
  description?: string | null;

  @Field(() => [LabelInput], { nullable: true, description: 'All its labels: others that it had are gone.' })
  labels?: readonly LabelInput[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with VERSION_STALE unless the service is at this version.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'A service to delete, with the history of its versions. None may be live.' })
export class DeleteServiceInput extends WriteInput {
  @Field(() => ID, { description: 'The service to delete.' })
  id!: string;

  @Field(() => Boolean, { nullable: true, description: 'Say what would happen, and delete nothing.' })
  dryRun?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with VERSION_STALE unless the service is at this version.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'Changes to the template of a service. Nothing that is published changes.' })
export class UpdateServiceTemplateInput extends WriteInput {
  @Field(() => ID, { description: 'The service.' })
  serviceId!: string;

  @Field(() => ServiceImplementationInput, { description: 'The parts to change, each as a whole.' })
  implementation!: ServiceImplementationInput;

  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with VERSION_STALE unless the template is at this version.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'Makes the template of a service what one of its versions is.' })
export class ResetServiceTemplateInput extends WriteInput {
  @Field(() => ID, { description: 'The service.' })
  serviceId!: string;

  @Field(() => ID, { description: 'The version that it gets the content of.' })
  serviceVersionId!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with VERSION_STALE unless the template is at this version.',
  })
  expectedVersion?: number | null;
}

@ObjectType({ description: 'The answer to a write of a service.', simpleResolvers: true })
export class ServicePayload {
  @Field(() => ServiceType, {
    nullable: true,
    description: 'The service as it is now; of a deletion, as it was. Null if the write was refused.',
  })
  service?: object | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The revision of the log of services that this write produced. Null if the write was refused.',
  })
  revision?: number | null;

  @Field(() => [UserError], { description: 'Why the write was refused; empty if it was not.' })
  userErrors!: readonly UserError[];
}
