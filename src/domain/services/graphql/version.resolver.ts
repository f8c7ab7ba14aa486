import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import { toConnection, type Connection } from '../../../foundation/graphql/connection.js';
import type { GraphqlContext } from '../../../foundation/graphql/context.js';
import { levelLoader } from '../../../foundation/graphql/level-loader.js';
import { askedList, type ListArguments } from '../../../foundation/graphql/list-arguments.js';
import { listField } from '../../../foundation/graphql/list-field.js';
import { mapPage } from '../../../foundation/postgres/list.js';
import { loadGroup, RuntimeGroupType } from '../../runtime-groups/index.js';
import {
  configurationsById,
  configurationsOfVersions,
  versionPages,
  versionsById,
} from '../services.queries.js';
import { considerAll } from '../transitions.js';
import { isOneLive, type ServiceVersion } from '../version.js';
import { showImplementation } from './implementation.graphql.js';
import { configurationNode, RuntimeConfigurationType } from './runtime-configuration.graphql.js';
import { ServiceType } from './service.graphql.js';
import { loadService } from './service.resolver.js';
import {
  AllowedTransition,
  DeprecationType,
  ServiceVersionConnection,
  ServiceVersionListArguments,
  ServiceVersionType,
} from './version.graphql.js';

export function versionNode({ implementation, digest, deprecation, ...version }: ServiceVersion) {
  return {
    ...version,
    __typename: 'ServiceVersion' as const,
    digest: digest.toString('hex'),
    /** Made only if it is asked for. */
    get implementation() {
      return showImplementation(implementation);
    },
    deprecation: deprecation && {
      ...deprecation,
      date: new Date(deprecation.date),
      sunset: deprecation.sunset === null ? null : new Date(deprecation.sunset),
    },
  };
}

export type VersionNode = ReturnType<typeof versionNode>;

/** Versions by id, all of a level by one statement; null for what is not there for the actor. */
export function loadVersion(context: GraphqlContext, id: string): Promise<VersionNode | null> {
  const loader = levelLoader(context, 'service-version', async (ids) => {
    const versions = await context.ask(versionsById, ids);
    return versions.map((version) => (version ? versionNode(version) : null));
  });
  return loader.load(id);
}

/** What a version runs with, all of a level by one statement. */
export function loadConfigurationOf(context: GraphqlContext, versionId: string) {
  const loader = levelLoader(context, 'runtime-configuration of version', async (ids) => {
    const configurations = await context.ask(configurationsOfVersions, ids);
    return configurations.map((configuration) => (configuration ? configurationNode(configuration) : null));
  });
  return loader.load(versionId);
}

/** Runtime configurations by id, all of a level by one statement; null for what is not there for the actor. */
export function loadConfiguration(context: GraphqlContext, id: string) {
  const loader = levelLoader(context, 'runtime-configuration', async (ids) => {
    const configurations = await context.ask(configurationsById, ids);
    return configurations.map((configuration) => (configuration ? configurationNode(configuration) : null));
  });
  return loader.load(id);
}

@Resolver(() => ServiceVersionType)
export class ServiceVersionResolver {
  @Query(() => ServiceVersionType, {
    nullable: true,
    description: 'One version, or null if there is none for you.',
  })
  serviceVersion(
    @Arg('id', () => ID, { description: 'The id of the version.' }) id: string,
    @Ctx() context: GraphqlContext,
  ) {
    return loadVersion(context, id);
  }

  @Query(() => ServiceVersionConnection, { description: 'The versions that you may see, of all services.' })
  async serviceVersions(
    @Args(() => ServiceVersionListArguments) args: ListArguments,
    @Ctx() context: GraphqlContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const [page] = await context.ask(versionPages, { ...askedList(args, info), of: { of: 'organization' } });
    return page && toConnection(mapPage(page, versionNode));
  }

  @FieldResolver(() => ServiceType, { description: 'The service that it is a version of.' })
  service(@Root() version: VersionNode, @Ctx() context: GraphqlContext) {
    return loadService(context, version.serviceId);
  }

  @FieldResolver(() => RuntimeGroupType, { description: 'The runtime group that it belongs to for ever.' })
  runtimeGroup(@Root() version: VersionNode, @Ctx() context: GraphqlContext) {
    return loadGroup(context, version.runtimeGroupId);
  }

  @FieldResolver(() => DeprecationType, {
    nullable: true,
    description: 'What is told of its end, if it is deprecated.',
  })
  deprecation(@Root() { deprecation }: VersionNode) {
    return deprecation;
  }

  @FieldResolver(() => RuntimeConfigurationType, {
    nullable: true,
    description: 'What it runs with, or would run with if it were live. The canary that is running is there.',
  })
  runtimeConfiguration(@Root() version: VersionNode, @Ctx() context: GraphqlContext) {
    return loadConfigurationOf(context, version.id);
  }

  @FieldResolver(() => [AllowedTransition], {
    description: 'Every step that concerns it: whether it can be taken now, and why not.',
  })
  async allowedTransitions(@Root() version: VersionNode, @Ctx() context: GraphqlContext) {
    const service = await loadService(context, version.serviceId);
    const oneLive = service !== null && isOneLive(service);
    return considerAll(version, { oneLive }).map(({ step, to, why }) => ({
      ...{ step, to },
      allowed: to !== null,
      reason: why,
    }));
  }
}

@Resolver(() => DeprecationType)
export class DeprecationResolver {
  @FieldResolver(() => ServiceVersionType, { nullable: true, description: 'The version to use instead.' })
  successor(
    @Root() { successorId }: { readonly successorId: string | null },
    @Ctx() context: GraphqlContext,
  ) {
    return successorId === null ? null : loadVersion(context, successorId);
  }
}

@Resolver(() => ServiceType)
export class ServiceVersionsResolver {
  @FieldResolver(() => ServiceVersionConnection, { description: 'Its versions, in all runtime groups.' })
  versions(
    @Root() service: { readonly id: string },
    @Args(() => ServiceVersionListArguments) args: ListArguments,
    @Ctx() context: GraphqlContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return versionsOf('service', { parentId: service.id, args, context, info });
  }
}

@Resolver(() => RuntimeGroupType)
export class GroupServiceVersionsResolver {
  @FieldResolver(() => ServiceVersionConnection, { description: 'The versions of services in it.' })
  serviceVersions(
    @Root() group: { readonly id: string },
    @Args(() => ServiceVersionListArguments) args: ListArguments,
    @Ctx() context: GraphqlContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return versionsOf('group', { parentId: group.id, args, context, info });
  }
}

function versionsOf(
  of: 'service' | 'group',
  field: {
    readonly parentId: string;
    readonly args: ListArguments;
    readonly context: GraphqlContext;
    readonly info: GraphQLResolveInfo;
  },
): Promise<Connection<VersionNode>> {
  return listField({ edge: `${of}.versions`, ...field }, async (ids, asked) => {
    const pages = await field.context.ask(versionPages, { ...asked, of: { of, ids } });
    return pages.map((page) => mapPage(page, versionNode));
  });
}

@Resolver(() => RuntimeConfigurationType)
export class RuntimeConfigurationResolver {
  @FieldResolver(() => ServiceType, { description: 'The service that runs with it.' })
  service(@Root() { serviceId }: { readonly serviceId: string }, @Ctx() context: GraphqlContext) {
    return loadService(context, serviceId);
  }

  @FieldResolver(() => RuntimeGroupType, { description: 'The runtime group that it is for.' })
  runtimeGroup(
    @Root() { runtimeGroupId }: { readonly runtimeGroupId: string },
    @Ctx() context: GraphqlContext,
  ) {
    return loadGroup(context, runtimeGroupId);
  }
}
