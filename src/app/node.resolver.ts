import { Arg, Ctx, ID, Query, Resolver, type ClassType } from 'type-graphql';
import { asOfDescription, AsOfInput } from '../domain/runtime-groups/slice.js';
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

const historyMissing = defineRefusal<{ type: string }>(
  'HISTORY_MISSING',
  'invalid',
  ({ type }) =>
    `This is a ${type}, of which no earlier states can be read. Leave out “asOf”; it is for runtime groups and what their configuration is made of.`,
);

/** `node` and `nodes`: anything by its id. Each place where there are ids is asked once for all ids of an operation. */
export function nodeResolver(references: readonly Reference[]): ClassType {
  const places = references.filter((reference) => reference.node);

  const find = (context: GraphqlContext, id: string): Promise<object | null> =>
    firstOf(places.map((place) => place.resolve(context, { id })));

  const findThen = async (context: GraphqlContext, id: string, asOf: AsOfInput): Promise<object | null> => {
    const then = await firstOf(places.map((place) => place.resolveThen?.(context, id, asOf) ?? null));
    if (then) return then;
    const others = places.filter((place) => !place.resolveThen);
    const now = await firstOf(others.map((place) => place.resolve(context, { id })));
    if (now) throw historyMissing({ type: (now as { readonly __typename: string }).__typename }, ['asOf']);
    return null;
  };

  @Resolver()
  class NodeResolver {
    @Query(() => Node, {
      nullable: true,
      description: 'Anything by its id, or null if there is no such thing for you.',
    })
    node(
      @Arg('id', () => ID, { description: 'The id.' }) id: string,
      @Ctx() context: GraphqlContext,
      @Arg('asOf', () => AsOfInput, {
        nullable: true,
        description: `${asOfDescription} Refused with HISTORY_MISSING for what is neither a runtime group nor a part of its configuration.`,
      })
      asOf?: AsOfInput | null,
    ) {
      return asOf ? findThen(context, id, asOf) : find(context, id);
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

/** What is found in any of some places. */
async function firstOf(looking: readonly (Promise<object | null> | null)[]): Promise<object | null> {
  const found = await Promise.all(looking.map(async (each) => each?.catch(nothingIfDenied) ?? null));
  return found.find((each) => each !== null) ?? null;
}

/** What somebody may not read anything of does not exist for them, and stands in nobody's way. */
function nothingIfDenied(error: unknown): null {
  if (error instanceof Refusal && error.kind === 'denied') return null;
  throw error;
}
