import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  Info,
  Mutation,
  Query,
  Resolver,
  Root,
  type ClassType,
} from 'type-graphql';
import type { Command } from '../../foundation/commands/command.js';
import { toConnection } from '../../foundation/graphql/connection.js';
import type { GraphqlContext } from '../../foundation/graphql/context.js';
import { Label, labelList } from '../../foundation/graphql/labels.js';
import { levelLoader } from '../../foundation/graphql/level-loader.js';
import { askedList, type ListArguments } from '../../foundation/graphql/list-arguments.js';
import { payload } from '../../foundation/graphql/user-error.js';
import { inputArgument, writeOptions } from '../../foundation/graphql/write-options.js';
import { mapPage } from '../../foundation/postgres/list.js';
import { loadMoment } from './as-of.graphql.js';
import type { Moment } from './moment.js';
import { groupsAt } from './moment.queries.js';
import { noApprovals, type ApprovalPolicy, type RuntimeGroup } from './runtime-group.js';
import {
  createRuntimeGroup,
  updateRuntimeGroup,
  type DeletedGroup,
  type DeleteRuntimeGroup,
} from './runtime-group.commands.js';
import {
  type ApprovalPolicyInput,
  CreateRuntimeGroupInput,
  DeleteRuntimeGroupInput,
  DeleteRuntimeGroupPayload,
  OrganizationType,
  RuntimeGroupArguments,
  RuntimeGroupConnection,
  RuntimeGroupListArguments,
  RuntimeGroupPayload,
  RuntimeGroupType,
  RuntimeTypeEnum,
  UpdateRuntimeGroupInput,
} from './runtime-group.graphql.js';
import { defaultGroup, groupsByKey, groupsPage, organization } from './runtime-group.queries.js';
import { oneKeyNeeded } from './runtime-group.refusals.js';

/** A group as its GraphQL type shows it. What is below one that was read at a moment is read at it, too. */
type GroupNode = RuntimeGroup & { readonly __typename: 'RuntimeGroup'; readonly moment?: Moment };

function nodeOf(group: RuntimeGroup): GroupNode {
  return { ...group, __typename: 'RuntimeGroup' };
}

/** Groups by id or by name, all of a level by one statement; null for what is not there for the actor. */
export function loadGroup(
  context: GraphqlContext,
  key: string,
  by: 'id' | 'name' = 'id',
): Promise<GroupNode | null> {
  const loader = levelLoader(context, `runtime-group by ${by}`, async (keys) => {
    const groups = await context.ask(groupsByKey, { by, keys });
    return groups.map((group) => (group ? nodeOf(group) : null));
  });
  return loader.load(key);
}

/** Groups as they were, all of a level by the same statements; null for what was not there, or is not for the actor. */
export function loadGroupAt(context: GraphqlContext, moment: Moment): Promise<GroupNode | null> {
  const loader = levelLoader(context, 'runtime-group at', async (keys) => {
    const moments = keys.map((key) => JSON.parse(key) as Moment);
    const groups = await context.ask(groupsAt, moments);
    return groups.map((group, index) =>
      group ? { ...nodeOf(group), moment: moments[index] as Moment } : null,
    );
  });
  return loader.load(JSON.stringify(moment));
}

/** Reads and writes of groups. Deleting one is given by the slice that knows what stands in the way. */
export function runtimeGroupResolver(remove: Command<DeleteRuntimeGroup, DeletedGroup>): ClassType {
  @Resolver(() => RuntimeGroupType)
  class RuntimeGroupResolver {
    @Query(() => RuntimeGroupType, {
      nullable: true,
      description: 'One runtime group, or null if there is none for you.',
    })
    async runtimeGroup(
      @Args(() => RuntimeGroupArguments) { id, name, asOf }: RuntimeGroupArguments,
      @Ctx() context: GraphqlContext,
    ) {
      if ((id == null) === (name == null)) throw oneKeyNeeded({});
      const group = await (id == null ? loadGroup(context, name as string, 'name') : loadGroup(context, id));
      return group && asOf ? loadGroupAt(context, await loadMoment(context, group.id, asOf)) : group;
    }

    @Query(() => RuntimeGroupConnection, { description: 'The runtime groups that you may see.' })
    async runtimeGroups(
      @Args(() => RuntimeGroupListArguments) args: ListArguments,
      @Ctx() context: GraphqlContext,
      @Info() info: GraphQLResolveInfo,
    ) {
      return toConnection(mapPage(await context.ask(groupsPage, askedList(args, info)), nodeOf));
    }

    @FieldResolver(() => [Label])
    labels(@Root() group: RuntimeGroup): Label[] {
      return labelList(group.labels);
    }

    @Mutation(() => RuntimeGroupPayload, {
      description: 'Adds a custom runtime group, as far as the plan allows.',
    })
    createRuntimeGroup(
      @Arg('input', () => CreateRuntimeGroupInput, inputArgument) input: CreateRuntimeGroupInput,
      @Ctx() context: GraphqlContext,
    ) {
      const command = {
        name: input.name,
        description: input.description ?? '',
        runtimeType: input.runtimeType ?? RuntimeTypeEnum.KONG_GATEWAY,
        labels: input.labels ?? [],
        approvalPolicy: readPolicy(input.approvalPolicy) ?? noApprovals,
      };
      return written(context, () => context.execute(createRuntimeGroup, command, writeOptions(input)));
    }

    @Mutation(() => RuntimeGroupPayload, { description: 'Renames, describes or labels a runtime group.' })
    updateRuntimeGroup(
      @Arg('input', () => UpdateRuntimeGroupInput, inputArgument) input: UpdateRuntimeGroupInput,
      @Ctx() context: GraphqlContext,
    ) {
      const command = {
        id: input.id,
        name: input.name ?? undefined,
        description: input.description ?? undefined,
        labels: input.labels ?? undefined,
        approvalPolicy: readPolicy(input.approvalPolicy),
        expectedVersion: input.expectedVersion ?? undefined,
      };
      return written(context, () => context.execute(updateRuntimeGroup, command, writeOptions(input)));
    }

    @Mutation(() => DeleteRuntimeGroupPayload, {
      description: 'Deletes a custom runtime group with its configuration and its instances.',
    })
    deleteRuntimeGroup(
      @Arg('input', () => DeleteRuntimeGroupInput, inputArgument) input: DeleteRuntimeGroupInput,
      @Ctx() context: GraphqlContext,
    ) {
      return payload(async () => {
        const runtimeGroup = await loadGroup(context, input.id);
        const { id, expectedVersion } = input;
        // A dry run is to say what would go, connected instances or not.
        const force = input.force === true || input.dryRun === true;
        const command = { id, force, expectedVersion: expectedVersion ?? undefined };
        const { result, revision } = await context.execute(remove, command, writeOptions(input));
        const { instances: deletedInstances, entities: deletedEntities, liveServiceVersions } = result;
        const deleted = {
          deletedInstances,
          deletedEntities,
          deletedLiveServiceVersions: liveServiceVersions,
        };
        return { runtimeGroup, ...deleted, revision };
      });
    }
  }
  return RuntimeGroupResolver;
}

function readPolicy(input: ApprovalPolicyInput | null | undefined): ApprovalPolicy | undefined {
  if (!input) return undefined;
  const { required, expiresAfterSeconds } = input;
  return { required, expiresAfterSeconds: expiresAfterSeconds ?? noApprovals.expiresAfterSeconds };
}

function written(
  context: GraphqlContext,
  execute: () => Promise<{ readonly result: { readonly id: string }; readonly revision: number }>,
): Promise<object> {
  return payload(async () => {
    const { result, revision } = await execute();
    return { runtimeGroup: await loadGroup(context, result.id), revision };
  });
}

/** The organization with this id, which is that of the actor, or nothing. */
export async function loadOrganization(context: GraphqlContext, id: string): Promise<object | null> {
  return id.toLowerCase() === context.actor.organizationId ? ownOrganization(context) : null;
}

async function ownOrganization(context: GraphqlContext): Promise<object> {
  return { ...(await context.ask(organization, null)), __typename: 'Organization' };
}

@Resolver(() => OrganizationType)
export class OrganizationResolver {
  @Query(() => OrganizationType, { description: 'The organization that your token belongs to.' })
  organization(@Ctx() context: GraphqlContext) {
    return ownOrganization(context);
  }

  @FieldResolver(() => RuntimeGroupType, {
    nullable: true,
    description: 'The group that the organization started with; null if your token may not see it.',
  })
  async defaultRuntimeGroup(@Ctx() context: GraphqlContext) {
    const group = await context.ask(defaultGroup, null);
    return group ? nodeOf(group) : null;
  }
}
