import { Arg, Ctx, ID, Query, Resolver, type ClassType } from 'type-graphql';
import type { GraphqlContext } from '../foundation/graphql/context.js';
import { Node } from '../foundation/graphql/node.js';
import type { Reference } from '../foundation/graphql/slice.js';
import { defineRefusal, Refusal } from '../foundation/kernel/refusal.js';

/** How many ids may be asked for at once. */
const mostIds = 200;

const tooManyIds = defineRefusal(
  'TOO_MANY_IDS',
  'invalid',
  (facts: { limit: number; actual: number }) =>
    `You asked for ${facts.actual} ids at once, and the limit is ${facts.limit}. Ask in several requests.`,
);

/** `node` and `nodes`: anything by its id. Each place where there are ids is asked once for all ids of an operation. */
export function nodeResolver(references: readonly Reference[]): ClassType {
  const places = references.filter((reference) => reference.node);

  const find = async (context: GraphqlContext, id: string): Promise<object | null> => {
    const found = await Promise.all(
      places.map((place) => place.resolve(context, { id }).catch(nothingIfDenied)),
    );
    return found.find((each) => each !== null) ?? null;
  };

  @Resolver()
  class NodeResolver {
    @Query(() => Node, {
      nullable: true,
      description: 'Anything by its id, or null if there is no such thing for you.',
    })
    node(@Arg('id', () => ID, { description: 'The id.' }) id: string, @Ctx() context: GraphqlContext) {
      return find(context, id);
    }

    @Query(() => [Node], {
      nullable: 'items',
      description: `Anything by its id, up to ${mostIds} at once, in the order of the ids; null for those that are not there for you.`,
    })
    nodes(
      @Arg('ids', () => [ID], { description: 'The ids.' }) ids: readonly string[],
      @Ctx() context: GraphqlContext,
    ) {
      if (ids.length > mostIds) throw tooManyIds({ limit: mostIds, actual: ids.length }, ['ids']);
      return Promise.all(ids.map((id) => find(context, id)));
    }
  }
  return NodeResolver;
}

/** What somebody may not read anything of does not exist for them, and stands in nobody's way. */
function nothingIfDenied(error: unknown): null {
  if (error instanceof Refusal && error.kind === 'denied') return null;
  throw error;
}
