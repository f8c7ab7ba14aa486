import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import type { GraphqlContext } from '../../../foundation/graphql/context.js';
import type { ListArguments } from '../../../foundation/graphql/list-arguments.js';
import { listField } from '../../../foundation/graphql/list-field.js';
import { mapPage } from '../../../foundation/postgres/list.js';
import { configurationHistory } from '../services.queries.js';
import {
  RuntimeConfigurationChangeConnection,
  RuntimeConfigurationChangeListArguments,
} from './configuration-history.graphql.js';
import { RuntimeConfigurationType, showFacts } from './runtime-configuration.graphql.js';

@Resolver(() => RuntimeConfigurationType)
export class ConfigurationHistoryResolver {
  @FieldResolver(() => RuntimeConfigurationChangeConnection, {
    description:
      'Its changes, the newest first, as far as the log of services is kept: if the oldest is not `created`, what came before it is forgotten.',
  })
  history(
    @Root() configuration: { readonly id: string },
    @Args(() => RuntimeConfigurationChangeListArguments) args: ListArguments,
    @Ctx() context: GraphqlContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const field = { edge: 'RuntimeConfiguration.history', parentId: configuration.id, args, context, info };
    return listField(field, async (ids, asked) => {
      const pages = await context.ask(configurationHistory, { ...asked, ids });
      return pages.map((page) =>
        mapPage(page, ({ before, after, ...change }) => ({
          ...change,
          before: before && showFacts(before),
          after: after && showFacts(after),
        })),
      );
    });
  }
}
