import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { GraphqlContext } from '../../../foundation/graphql/context.js';
import { levelLoader } from '../../../foundation/graphql/level-loader.js';
import { GraphQLDateTimeISO } from '../../../foundation/graphql/scalars.js';
import { findingsById, loadRegistry, lookupId, ServiceRegistryType } from '../../registries/index.js';
import { ServiceDiscovery, ServiceNode } from './runtime-configuration.graphql.js';

/** What a lookup is made in, and what it last found. */
@Resolver(() => ServiceDiscovery)
export class ServiceDiscoveryResolver {
  @FieldResolver(() => ServiceRegistryType, {
    nullable: true,
    description: 'The service registry; null if it is there no more, as it may be in history.',
  })
  registry(@Root() { lookup }: ServiceDiscovery, @Ctx() context: GraphqlContext) {
    return loadRegistry(context, lookup.registryId);
  }

  @FieldResolver(() => [ServiceNode], { description: 'The nodes that were last found.' })
  async nodes(@Root() discovery: ServiceDiscovery, @Ctx() context: GraphqlContext) {
    return (await findingOf(discovery, context))?.nodes ?? [];
  }

  @FieldResolver(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Since when the nodes are these; null if none were ever found.',
  })
  async foundAt(@Root() discovery: ServiceDiscovery, @Ctx() context: GraphqlContext) {
    return (await findingOf(discovery, context))?.foundAt ?? null;
  }
}

function findingOf({ lookup }: ServiceDiscovery, context: GraphqlContext) {
  const loader = levelLoader(context, 'registry-finding', (ids) => context.ask(findingsById, ids));
  return loader.load(lookupId(lookup));
}
