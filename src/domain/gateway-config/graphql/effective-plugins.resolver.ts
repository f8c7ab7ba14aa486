import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { GraphqlContext } from '../../../foundation/graphql/context.js';
import type { ConfigEntity } from '../config-entity.js';
import type { EffectivePlugins as Effective } from '../effective-plugins.js';
import { effectivePluginsOf } from '../effective-plugins.queries.js';
import { nodeOf } from './documents.js';
import { EffectivePlugins } from './effective-plugins.graphql.js';

@Resolver()
export class EffectivePluginsResolver {
  @Query(() => EffectivePlugins, {
    description: 'Which plugins run for requests of a route, in which order, and why the others do not.',
  })
  async effectivePlugins(
    @Arg('routeId', () => ID, { description: 'The route that the requests match.' }) routeId: string,
    @Ctx() context: GraphqlContext,
    @Arg('consumerId', () => ID, { nullable: true, description: 'Who sends them, if that is known.' })
    consumerId?: string | null,
  ): Promise<object> {
    const request = { routeId, consumerId: consumerId ?? null };
    return shownPlugins(await context.ask(effectivePluginsOf, request));
  }
}

/** Plugins as the schema shows them. */
export function shownPlugins({ running, passedOver }: Effective<ConfigEntity>): object {
  return {
    running: running.map(({ plugin, ...rest }) => ({ ...rest, plugin: nodeOf(plugin) })),
    passedOver: passedOver.map(({ plugin, because, inFavourOf }) => ({
      because,
      plugin: nodeOf(plugin),
      inFavourOf: inFavourOf ? nodeOf(inFavourOf) : null,
    })),
  };
}
