import { Arg, Args, Ctx, Query, Resolver, Root, Subscription, type ClassType } from 'type-graphql';
import type { StreamKey } from '../../foundation/commands/command.js';
import type { GraphqlContext } from '../../foundation/graphql/context.js';
import { mapMessages } from '../../foundation/live/map-messages.js';
import type { ChangesMessage as Told, FeedPorts } from './change-feed.js';
import type { ChangeFilter } from './change-filter.js';
import {
  ChangeConnection,
  ChangesArguments,
  ChangesFilter,
  ChangesMessage,
  ChangesOrigin,
} from './changes.graphql.js';
import { changesPage } from './changes.queries.js';
import { followChanges } from './changes.watches.js';
import { checkKinds } from './known-kinds.js';
import { shownChange } from './shown-change.js';

/** The order of everything that happens: as a stream, and page by page. */
export function changesResolver(ports: FeedPorts): ClassType {
  const watch = followChanges(ports);

  @Resolver()
  class ChangesResolver {
    @Query(() => ChangeConnection, {
      description:
        'What has happened in the organization, as far as it is kept and you may see it, page by page. The cursors are those of the stream.',
    })
    async changes(
      @Args(() => ChangesArguments) { filter, orderBy, ...page }: ChangesArguments,
      @Ctx() context: GraphqlContext,
    ) {
      const asked = { ...page, newestFirst: orderBy === 'DESC', filter: filterOf(filter) };
      const { changes, ...pageInfo } = await context.ask(changesPage, asked);
      const nodes = changes.map(shownChange);
      return { nodes, edges: nodes.map((node) => ({ node, cursor: node.cursor })), pageInfo };
    }

    @Subscription(() => ChangesMessage, {
      name: 'changes',
      description:
        'Everything that happens in the organization, as far as you may see it, in one order: configurations, instances, services, access, and the rest.',
      subscribe: async ({ args, context }) => {
        const { after = null, from, filter } = args as FollowArguments;
        const asked = { after, from, filter: filterOf(filter) };
        return mapMessages(await (context as GraphqlContext).watch(watch, asked), shown) as never;
      },
    })
    follow(
      @Root() message: object,
      @Arg('after', () => String, { nullable: true, description: 'The last cursor that you have.' })
      _after?: string | null,
      @Arg('from', () => ChangesOrigin, {
        defaultValue: ChangesOrigin.NOW,
        description: 'Where to begin without a cursor. The first message says where that is.',
      })
      _from?: ChangesOrigin,
      @Arg('filter', () => ChangesFilter, { nullable: true, description: 'Only changes that this means.' })
      _filter?: ChangesFilter | null,
    ): typeof ChangesMessage {
      return message as never;
    }
  }
  return ChangesResolver;
}

interface FollowArguments {
  readonly after?: string | null;
  readonly from: 'START' | 'NOW';
  readonly filter?: ChangesFilter | null;
}

/** What a filter input asks, for the domain: null and absent ask nothing. Refuses kinds that there are not. */
export function filterOf(input: ChangesFilter | null | undefined): ChangeFilter {
  checkKinds(input?.kinds ?? [], ['filter', 'kinds']);
  const given = Object.entries(input ?? {}).filter(([, value]) => value !== null && value !== undefined);
  const { streams, ...filter } = Object.fromEntries(given) as ChangeFilter & {
    readonly streams?: readonly string[];
  };
  if (!streams) return filter;
  return { ...filter, streams: streams.map((each) => each.toLowerCase() as StreamKey['topic']) };
}

function shown(message: Told): object {
  const { is, ...rest } = message;
  if (message.is === 'changes')
    return { ...rest, changes: message.changes.map(shownChange), __typename: 'ChangesDelta' };
  return { ...rest, __typename: is.charAt(0).toUpperCase() + is.slice(1) };
}
