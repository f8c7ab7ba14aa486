import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { GraphqlContext } from '../../../foundation/graphql/context.js';
import { levelLoader } from '../../../foundation/graphql/level-loader.js';
import { EntityOwner } from '../../gateway-config/index.js';
import { ownersById } from '../services.queries.js';
import { ServiceVersionType } from './version.graphql.js';
import { loadVersion } from './version.resolver.js';

@Resolver(() => EntityOwner)
export class EntityOwnerResolver {
  @FieldResolver(() => ServiceVersionType, {
    nullable: true,
    description: 'The version of a service that it is; null if you may not see that one.',
  })
  async serviceVersion(@Root() { id }: { readonly id: string }, @Ctx() context: GraphqlContext) {
    const loader = levelLoader(context, 'owners', (ids) => context.ask(ownersById, ids));
    const versionId = await loader.load(id);
    return versionId === undefined ? null : loadVersion(context, versionId);
  }
}
