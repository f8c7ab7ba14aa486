import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { toConnection } from '../../foundation/graphql/connection.js';
import type { GraphqlContext } from '../../foundation/graphql/context.js';
import { Label, labelList } from '../../foundation/graphql/labels.js';
import { levelLoader } from '../../foundation/graphql/level-loader.js';
import { askedList, type ListArguments } from '../../foundation/graphql/list-arguments.js';
import { listField } from '../../foundation/graphql/list-field.js';
import { payload } from '../../foundation/graphql/user-error.js';
import { inputArgument, writeOptions } from '../../foundation/graphql/write-options.js';
import { mapPage } from '../../foundation/postgres/list.js';
import { CreateAccessTokenPayload, loadToken, newTokenSecret } from '../access/index.js';
import { loadGroup, RuntimeGroupType, type Labels } from '../runtime-groups/index.js';
import {
  createInstance,
  createInstanceToken,
  deleteRuntimeInstance,
  updateRuntimeInstance,
} from './instance.commands.js';
import {
  CreateRuntimeInstanceInput,
  CreateRuntimeInstancePayload,
  CreateRuntimeInstanceTokenInput,
  DeleteRuntimeInstanceInput,
  RuntimeInstanceConnection,
  RuntimeInstanceListArguments,
  RuntimeInstancePayload,
  RuntimeInstanceType,
  UpdateRuntimeInstanceInput,
} from './instance.graphql.js';
import { nodeOf, type InstanceNode } from './instance.messages.js';
import { activeCounts, instancePages, instancesById } from './instance.queries.js';

/** Instances by id, all of a level by one statement; null for what is not there for the actor. */
export function loadInstance(context: GraphqlContext, id: string): Promise<InstanceNode | null> {
  const loader = levelLoader(context, 'runtime-instance', async (ids) => {
    const instances = await context.ask(instancesById, ids);
    return instances.map((instance) => (instance ? nodeOf(instance) : null));
  });
  return loader.load(id);
}

@Resolver(() => RuntimeInstanceType)
export class RuntimeInstanceResolver {
  @Query(() => RuntimeInstanceType, {
    nullable: true,
    description: 'One instance, or null if there is none for you.',
  })
  runtimeInstance(
    @Arg('id', () => ID, { description: 'The id of the instance.' }) id: string,
    @Ctx() context: GraphqlContext,
  ) {
    return loadInstance(context, id);
  }

  @Query(() => RuntimeInstanceConnection, { description: 'The instances that you may see, of all groups.' })
  async runtimeInstances(
    @Args(() => RuntimeInstanceListArguments) args: ListArguments,
    @Ctx() context: GraphqlContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const [page] = await context.ask(instancePages, { ...askedList(args, info), groupIds: null });
    return page && toConnection(mapPage(page, nodeOf));
  }

  @FieldResolver(() => [Label])
  labels(@Root() instance: { readonly labels: Labels }): Label[] {
    return labelList(instance.labels);
  }

  @FieldResolver(() => RuntimeGroupType, { description: 'The group that it belongs to.' })
  runtimeGroup(@Root() instance: InstanceNode, @Ctx() context: GraphqlContext) {
    return loadGroup(context, instance.runtimeGroupId);
  }

  @Mutation(() => CreateRuntimeInstancePayload, {
    description: 'Enrols an instance in a runtime group, and makes the token that it will come with.',
  })
  createRuntimeInstance(
    @Arg('input', () => CreateRuntimeInstanceInput, inputArgument) input: CreateRuntimeInstanceInput,
    @Ctx() context: GraphqlContext,
  ) {
    return payload(async () => {
      const { secret, hash } = newTokenSecret();
      const { runtimeGroupId, hostname, ipAddress = null, runtimeVersion = null } = input;
      const labels = input.labels ?? [];
      const secretHash = hash.toString('hex');
      const command = { runtimeGroupId, hostname, ipAddress, runtimeVersion, labels, secretHash };
      const { result, revision, committed } = await context.execute(
        createInstance,
        command,
        writeOptions(input),
      );
      const runtimeInstance = await loadInstance(context, result.id);
      return { runtimeInstance, token: committed ? secret : null, revision };
    });
  }

  @Mutation(() => CreateAccessTokenPayload, {
    description:
      'Makes one more token for an instance, and shows its secret once. Those that it has stay good until `revokeAccessToken` withdraws them.',
  })
  createRuntimeInstanceToken(
    @Arg('input', () => CreateRuntimeInstanceTokenInput, inputArgument)
    input: CreateRuntimeInstanceTokenInput,
    @Ctx() context: GraphqlContext,
  ) {
    return payload(async () => {
      const { secret, hash } = newTokenSecret();
      const command = { id: input.runtimeInstanceId, secretHash: hash.toString('hex') };
      const written = await context.execute(createInstanceToken, command, writeOptions(input));
      const accessToken = await loadToken(context, written.result.tokenId);
      return { accessToken, secret: written.committed ? secret : null, revision: written.revision };
    });
  }

  @Mutation(() => RuntimeInstancePayload, { description: 'Renames or labels an instance.' })
  updateRuntimeInstance(
    @Arg('input', () => UpdateRuntimeInstanceInput, inputArgument) input: UpdateRuntimeInstanceInput,
    @Ctx() context: GraphqlContext,
  ) {
    return payload(async () => {
      const { id, hostname, labels } = input;
      const command = { id, hostname: hostname ?? undefined, labels: labels ?? undefined };
      const { revision } = await context.execute(updateRuntimeInstance, command, writeOptions(input));
      return { runtimeInstance: await loadInstance(context, input.id), revision };
    });
  }

  @Mutation(() => RuntimeInstancePayload, { description: 'Removes an instance and its tokens.' })
  deleteRuntimeInstance(
    @Arg('input', () => DeleteRuntimeInstanceInput, inputArgument) input: DeleteRuntimeInstanceInput,
    @Ctx() context: GraphqlContext,
  ) {
    return payload(async () => {
      const runtimeInstance = await loadInstance(context, input.id);
      const { revision } = await context.execute(
        deleteRuntimeInstance,
        { id: input.id },
        writeOptions(input),
      );
      return { runtimeInstance, revision };
    });
  }
}

@Resolver(() => RuntimeGroupType)
export class GroupInstancesResolver {
  @FieldResolver(() => RuntimeInstanceConnection, { description: 'Its instances.' })
  instances(
    @Root() group: { readonly id: string },
    @Args(() => RuntimeInstanceListArguments) args: ListArguments,
    @Ctx() context: GraphqlContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return listField(
      { edge: 'RuntimeGroup.instances', parentId: group.id, args, context, info },
      async (groupIds, asked) => {
        const pages = await context.ask(instancePages, { ...asked, groupIds });
        return pages.map((page) => mapPage(page, nodeOf));
      },
    );
  }

  @FieldResolver(() => Int, { description: 'How many of its instances are connected and in sync.' })
  activeInstanceCount(@Root() group: { readonly id: string }, @Ctx() context: GraphqlContext) {
    const loader = levelLoader(context, 'active-instances', (ids) => context.ask(activeCounts, ids));
    return loader.load(group.id);
  }
}
