import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Mutation, Resolver, Root } from 'type-graphql';
import type { GraphqlContext } from '../../../foundation/graphql/context.js';
import type { ListArguments } from '../../../foundation/graphql/list-arguments.js';
import { listField } from '../../../foundation/graphql/list-field.js';
import { PageArguments } from '../../../foundation/graphql/page-arguments.js';
import { payload } from '../../../foundation/graphql/user-error.js';
import { inputArgument, writeOptions } from '../../../foundation/graphql/write-options.js';
import { mapPage } from '../../../foundation/postgres/list.js';
import { loadGroup, RuntimeGroupType, type Moment } from '../../runtime-groups/index.js';
import { changeOf } from '../gateway-config.commands.js';
import { restoreRevision, type Restored } from '../history/restore.command.js';
import { changePages, revisionPages } from '../history/revisions.queries.js';
import type { HistoryOf, RevisionOf, RevisionRecord } from '../history/revision-record.js';
import { summaryOf } from '../history/summary.js';
import {
  ConfigChangeConnection,
  RestoreRevisionInput,
  RestoreRevisionPayload,
  RevisionConnection,
  RevisionListArguments,
  RuntimeGroupRevision,
} from './revision.graphql.js';
import { withCollection } from './with-collection.js';

@Resolver(() => RuntimeGroupType)
export class GroupRevisionsResolver {
  @FieldResolver(() => RevisionConnection, {
    description: 'Its history, as far as it is kept, the newest revision first.',
  })
  revisions(
    @Root() group: { readonly id: string; readonly moment?: Moment },
    @Args(() => RevisionListArguments) args: ListArguments,
    @Ctx() context: GraphqlContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const of: HistoryOf = { runtimeGroupId: group.id, upTo: group.moment?.revision ?? null };
    const field = { edge: 'RuntimeGroup.revisions', parentId: JSON.stringify(of), args, context, info };
    return listField(field, (keys, asked) =>
      context.ask(revisionPages, { ...asked, of: keys.map((key) => JSON.parse(key) as HistoryOf) }),
    );
  }
}

@Resolver()
export class RestoreResolver {
  @Mutation(() => RestoreRevisionPayload, {
    description:
      'Gives a runtime group the configuration that it had at an earlier revision, as a new revision. History is not rewritten.',
  })
  restoreRevision(
    @Arg('input', () => RestoreRevisionInput, inputArgument) input: RestoreRevisionInput,
    @Ctx() context: GraphqlContext,
  ) {
    return payload(async () => {
      const { runtimeGroupId, revision: restoredRevision } = input;
      const command = { runtimeGroupId, revision: restoredRevision };
      const { result, revision } = await context.execute(restoreRevision, command, writeOptions(input));
      const { changes } = result as unknown as Restored;
      return {
        runtimeGroup: await loadGroup(context, runtimeGroupId),
        ...{ revision, restoredRevision },
        changes: changes.map(withCollection),
      };
    });
  }
}

@Resolver(() => RuntimeGroupRevision)
export class RevisionResolver {
  @FieldResolver(() => String)
  summary(@Root() record: RevisionRecord): string {
    return summaryOf(record);
  }

  @FieldResolver(() => ConfigChangeConnection, {
    description: 'What it changed; what is referred to comes before what refers to it.',
  })
  changes(
    @Root() { runtimeGroupId, revision }: RevisionRecord,
    @Args(() => PageArguments) args: PageArguments,
    @Ctx() context: GraphqlContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const of: RevisionOf = { runtimeGroupId, revision };
    const field = { edge: 'RuntimeGroupRevision.changes', parentId: JSON.stringify(of), args, context, info };
    return listField(field, async (keys, asked) => {
      const revisions = keys.map((key) => JSON.parse(key) as RevisionOf);
      const pages = await context.ask(changePages, { ...asked, of: revisions });
      return pages.map((page) => mapPage(page, (event) => withCollection(changeOf(event))));
    });
  }
}
