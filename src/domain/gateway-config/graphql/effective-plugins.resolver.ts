import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { GraphqlContext } from '../../../foundation/graphql/context.js';
import { asOfDescription, AsOfInput, loadMoment, type Moment } from '../../runtime-groups/index.js';
import type { ConfigEntity } from '../config-entity.js';
import type { EffectivePlugins as Effective } from '../effective-plugins.js';
import { effectivePluginsOf, groupOfRoute } from '../effective-plugins.queries.js';
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
    @Arg('asOf', () => AsOfInput, { nullable: true, description: asOfDescription }) asOf?: AsOfInput | null,
  ): Promise<object> {
    const moment = asOf
      ? await loadMoment(context, await context.ask(groupOfRoute, routeId), asOf)
      : undefined;
    const request = { routeId, consumerId: consumerId ?? null, moment };
    return shownPlugins(await context.ask(effectivePluginsOf, request), moment);
  }
}

/** Plugins as the schema shows them, now or as they were. */
export function shownPlugins({ running, passedOver }: Effective<ConfigEntity>, moment?: Moment): object {
  return {
    running: running.map(({ plugin, ...rest }) => ({ ...rest, plugin: nodeOf(plugin, moment) })),
    passedOver: passedOver.map(({ plugin, because, inFavourOf }) => ({
      because,
      plugin: nodeOf(plugin, moment),
      inFavourOf: inFavourOf ? nodeOf(inFavourOf, moment) : null,
    })),
  };
}
