import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Info,
  Mutation,
  Query,
  Resolver,
  Root,
  type ClassType,
} from 'type-graphql';
import type { GraphqlContext } from '../../foundation/graphql/context.js';
import { levelLoader } from '../../foundation/graphql/level-loader.js';
import type { ListArguments } from '../../foundation/graphql/list-arguments.js';
import { listField } from '../../foundation/graphql/list-field.js';
import { payload } from '../../foundation/graphql/user-error.js';
import { inputArgument, writeOptions } from '../../foundation/graphql/write-options.js';
import { mapPage } from '../../foundation/postgres/list.js';
import { loadGroup, RuntimeGroupType } from '../runtime-groups/index.js';
import type { ServiceRegistry } from './registry.js';
import { createRegistry, deleteRegistry, updateRegistry, type RegistryPorts } from './registry.commands.js';
import {
  CreateServiceRegistryInput,
  DeleteServiceRegistryInput,
  ServiceRegistryConnection,
  ServiceRegistryListArguments,
  ServiceRegistryPayload,
  ServiceRegistryType,
  UpdateServiceRegistryInput,
} from './registry.graphql.js';
import { registriesById, registryPages } from './registry.queries.js';

type RegistryNode = ServiceRegistry & { readonly __typename: 'ServiceRegistry' };

function nodeOf(registry: ServiceRegistry): RegistryNode {
  return { ...registry, __typename: 'ServiceRegistry' };
}

/** Registries by id, all of a level by one statement; null for what is not there for the actor. */
export function loadRegistry(context: GraphqlContext, id: string): Promise<RegistryNode | null> {
  const loader = levelLoader(context, 'service-registry', async (ids) => {
    const registries = await context.ask(registriesById, ids);
    return registries.map((registry) => (registry ? nodeOf(registry) : null));
  });
  return loader.load(id);
}

/** Reads and writes of registries. Who uses one is known by a slice that comes later. */
export function registryResolver(ports: RegistryPorts): ClassType {
  const remove = deleteRegistry(ports);

  @Resolver(() => ServiceRegistryType)
  class ServiceRegistryResolver {
    @Query(() => ServiceRegistryType, {
      nullable: true,
      description: 'One service registry, or null if there is none for you.',
    })
    serviceRegistry(
      @Arg('id', () => ID, { description: 'The id of the service registry.' }) id: string,
      @Ctx() context: GraphqlContext,
    ) {
      return loadRegistry(context, id);
    }

    @FieldResolver(() => RuntimeGroupType, {
      description: 'The runtime group whose services are found by it.',
    })
    runtimeGroup(@Root() { runtimeGroupId }: RegistryNode, @Ctx() context: GraphqlContext) {
      return loadGroup(context, runtimeGroupId);
    }

    @Mutation(() => ServiceRegistryPayload, {
      description: 'Makes a service registry known to a runtime group.',
    })
    createServiceRegistry(
      @Arg('input', () => CreateServiceRegistryInput, inputArgument) input: CreateServiceRegistryInput,
      @Ctx() context: GraphqlContext,
    ) {
      const { runtimeGroupId, name, address } = input;
      const given = { runtimeGroupId, name, address, ...optional(input) };
      const command = { ...given, datacenter: given.datacenter ?? null, token: given.token ?? null };
      return written(context, () => context.execute(createRegistry, command, writeOptions(input)));
    }

    @Mutation(() => ServiceRegistryPayload, { description: 'Changes a service registry.' })
    updateServiceRegistry(
      @Arg('input', () => UpdateServiceRegistryInput, inputArgument) input: UpdateServiceRegistryInput,
      @Ctx() context: GraphqlContext,
    ) {
      const command = {
        ...{ id: input.id, name: input.name ?? undefined, address: input.address ?? undefined },
        ...{ ...optional(input), expectedVersion: input.expectedVersion ?? undefined },
      };
      return written(context, () => context.execute(updateRegistry, command, writeOptions(input)));
    }

    @Mutation(() => ServiceRegistryPayload, {
      description: 'Forgets a service registry by which nothing is found any more.',
    })
    deleteServiceRegistry(
      @Arg('input', () => DeleteServiceRegistryInput, inputArgument) input: DeleteServiceRegistryInput,
      @Ctx() context: GraphqlContext,
    ) {
      return payload(async () => {
        const serviceRegistry = await loadRegistry(context, input.id);
        const { revision } = await context.execute(remove, { id: input.id }, writeOptions(input));
        return { serviceRegistry, revision };
      });
    }
  }
  return ServiceRegistryResolver;
}

/** Null where an input is empty, which says that there is to be none; undefined where it says nothing. */
function optional({
  datacenter,
  token,
}: Pick<CreateServiceRegistryInput, 'datacenter' | 'token'>): Record<
  'datacenter' | 'token',
  string | null | undefined
> {
  const read = (text: string | null | undefined) => (text == null ? undefined : text === '' ? null : text);
  return { datacenter: read(datacenter), token: read(token) };
}

function written(
  context: GraphqlContext,
  execute: () => Promise<{ readonly result: { readonly id: string }; readonly revision: number }>,
): Promise<object> {
  return payload(async () => {
    const { result, revision } = await execute();
    return { serviceRegistry: await loadRegistry(context, result.id), revision };
  });
}

@Resolver(() => RuntimeGroupType)
export class GroupRegistriesResolver {
  @FieldResolver(() => ServiceRegistryConnection, { description: 'The service registries that it knows.' })
  serviceRegistries(
    @Root() group: { readonly id: string },
    @Args(() => ServiceRegistryListArguments) args: ListArguments,
    @Ctx() context: GraphqlContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return listField(
      { edge: 'RuntimeGroup.serviceRegistries', parentId: group.id, args, context, info },
      async (groupIds, asked) => {
        const pages = await context.ask(registryPages, { ...asked, groupIds });
        return pages.map((page) => mapPage(page, nodeOf));
      },
    );
  }
}
