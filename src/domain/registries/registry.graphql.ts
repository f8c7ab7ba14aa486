import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../foundation/graphql/connection.js';
import { filterInputFor } from '../../foundation/graphql/filter-input.js';
import { enumFilter, IdFilter, StringFilter, TimestampFilter } from '../../foundation/graphql/filter.js';
import { listArgumentsFor } from '../../foundation/graphql/list-arguments.js';
import { Node } from '../../foundation/graphql/node.js';
import { orderInputFor } from '../../foundation/graphql/order-input.js';
import { GraphQLDateTimeISO } from '../../foundation/graphql/scalars.js';
import { UserError } from '../../foundation/graphql/user-error.js';
import { WriteInput } from '../../foundation/graphql/write-options.js';

export enum ServiceRegistryTypeEnum {
  CONSUL = 'CONSUL',
}
registerEnumType(ServiceRegistryTypeEnum, {
  name: 'ServiceRegistryType',
  description: 'What a service registry is.',
  valuesConfig: { CONSUL: { description: 'Consul, by its HTTP API.' } },
});

export enum RegistryStatusEnum {
  CONNECTING = 'CONNECTING',
  HEALTHY = 'HEALTHY',
  UNREACHABLE = 'UNREACHABLE',
}
registerEnumType(RegistryStatusEnum, {
  name: 'ServiceRegistryStatus',
  description: 'What was found when a service registry was last asked.',
  valuesConfig: {
    CONNECTING: { description: 'It was not asked yet as it is set now.' },
    HEALTHY: { description: 'It answers.' },
    UNREACHABLE: { description: 'It does not answer, or not as it should: what was last found is kept.' },
  },
});

@ObjectType({
  description: 'What was found when a service registry was last asked. Nobody sets it by hand.',
  simpleResolvers: true,
})
export class ServiceRegistryHealth {
  @Field(() => RegistryStatusEnum, { description: 'Whether it answers.' })
  status!: RegistryStatusEnum;

  @Field(() => String, { nullable: true, description: 'Why it is unreachable, in a sentence.' })
  message?: string | null;

  @Field(() => GraphQLDateTimeISO, { description: 'Since when the status is what it is.' })
  since!: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it last answered as it should, to about half a minute; null if it never did.',
  })
  lastSuccessAt?: Date | null;
}

@ObjectType('ServiceRegistry', {
  description: 'A server that knows where services are, as the gateways of one runtime group see them.',
  implements: Node,
  simpleResolvers: true,
})
@Directive('@key(fields: "id")')
export class ServiceRegistryType {
  @Field(() => ID, { description: 'Globally unique; never changes.' })
  id!: string;

  @Field(() => String, { description: 'Unique in the runtime group.' })
  name!: string;

  @Field(() => ServiceRegistryTypeEnum, { description: 'What it is.' })
  type!: ServiceRegistryTypeEnum;

  @Field(() => String, { description: 'The URL of its HTTP API.' })
  address!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The datacenter in which services are looked up; null: the one that the server is in.',
  })
  datacenter?: string | null;

  @Field(() => Boolean, { description: 'Whether it is asked with a token, which nobody is shown.' })
  hasToken!: boolean;

  @Field(() => ServiceRegistryHealth, { description: 'What was found when it was last asked.' })
  health!: ServiceRegistryHealth;

  @Field(() => Int, { description: 'Counts its changes, for `expectedVersion`.' })
  version!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made known.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was last changed.' })
  updatedAt!: Date;
}

export const ServiceRegistryConnection = connectionOf('ServiceRegistry', () => ServiceRegistryType);

const fields = {
  name: 'Its name.',
  address: 'The URL of its HTTP API.',
  status: 'Whether it answers.',
  createdAt: 'When it was made known.',
  updatedAt: 'When it was last changed.',
};

export const ServiceRegistryListArguments = listArgumentsFor('ServiceRegistry', {
  filter: filterInputFor('ServiceRegistry', {
    id: { filter: () => IdFilter, description: 'Its id.' },
    name: { filter: () => StringFilter, description: fields.name },
    address: { filter: () => StringFilter, description: fields.address },
    status: {
      filter: () => enumFilter('ServiceRegistryStatus', () => RegistryStatusEnum),
      description: fields.status,
    },
    createdAt: { filter: () => TimestampFilter, description: fields.createdAt },
    updatedAt: { filter: () => TimestampFilter, description: fields.updatedAt },
  }),
  order: orderInputFor('ServiceRegistry', fields),
});

@InputType({ description: 'A service registry to make known to a runtime group.' })
export class CreateServiceRegistryInput extends WriteInput {
  @Field(() => ID, { description: 'The runtime group whose services are found by it.' })
  runtimeGroupId!: string;

  @Field(() => String, { description: 'Unique in the runtime group; 1 to 100 characters.' })
  name!: string;

  @Field(() => ServiceRegistryTypeEnum, { nullable: true, description: 'What it is. Default: CONSUL.' })
  type?: ServiceRegistryTypeEnum | null;

  @Field(() => String, {
    description:
      'The URL of its HTTP API, as `http://consul.internal:8500`. The control plane asks it, not the gateways. Addresses that are link-local are refused, and those of the control plane’s own machine unless it is set to allow them.',
  })
  address!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The datacenter in which services are looked up. Default: the one that the server is in.',
  })
  datacenter?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The token that it is asked with. It is never shown again. Default: none.',
  })
  token?: string | null;
}

@InputType({ description: 'Changes to a service registry. What is absent or null stays.' })
export class UpdateServiceRegistryInput extends WriteInput {
  @Field(() => ID, { description: 'The service registry to change.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Its new name.' })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Its new address. A token that it is asked with must be given again.',
  })
  address?: string | null;

  @Field(() => String, { nullable: true, description: 'Its new datacenter; empty: none.' })
  datacenter?: string | null;

  @Field(() => String, { nullable: true, description: 'Its new token; empty: none.' })
  token?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with VERSION_STALE unless the registry is at this version.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'A service registry to forget. One by which something is found stays.' })
export class DeleteServiceRegistryInput extends WriteInput {
  @Field(() => ID, { description: 'The service registry to forget.' })
  id!: string;
}

@ObjectType({ description: 'The answer to a write of a service registry.', simpleResolvers: true })
export class ServiceRegistryPayload {
  @Field(() => ServiceRegistryType, {
    nullable: true,
    description:
      'The service registry as it is now, or as it was before it was deleted. Null if the write was refused.',
  })
  serviceRegistry?: object | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The revision of the organization’s own log that this write produced. Null if the write was refused.',
  })
  revision?: number | null;

  @Field(() => [UserError], { description: 'Why the write was refused; empty if it was not.' })
  userErrors!: readonly UserError[];
}
