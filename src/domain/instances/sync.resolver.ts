import {
  Arg,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Resolver,
  Root,
  Subscription,
  type ClassType,
} from 'type-graphql';
import type { GraphqlContext } from '../../foundation/graphql/context.js';
import { payload } from '../../foundation/graphql/user-error.js';
import { inputArgument } from '../../foundation/graphql/write-options.js';
import { mapMessages } from '../../foundation/live/map-messages.js';
import { showToGateways } from '../gateway-config/index.js';
import { loadGroup, RuntimeGroupType } from '../runtime-groups/index.js';
import { RuntimeInstanceType } from './instance.graphql.js';
import { runMessage, statusMessage } from './instance.messages.js';
import { loadInstance } from './instance.resolver.js';
import { runtimeConfig, syncStatus, type InstancePorts } from './instance.watches.js';
import { readReport } from './report.js';
import { reportSync } from './session.commands.js';
import {
  ReportSyncInput,
  ReportSyncPayload,
  RuntimeConfigMessage,
  SessionOpened,
  InstanceStatusFilter,
  SyncStatusMessage,
} from './sync.graphql.js';

@Resolver(() => SessionOpened)
export class SessionResolver {
  @FieldResolver(() => RuntimeInstanceType)
  runtimeInstance(@Root() session: { readonly runtimeInstanceId: string }, @Ctx() context: GraphqlContext) {
    return loadInstance(context, session.runtimeInstanceId);
  }

  @FieldResolver(() => RuntimeGroupType)
  runtimeGroup(@Root() session: { readonly runtimeGroupId: string }, @Ctx() context: GraphqlContext) {
    return loadGroup(context, session.runtimeGroupId);
  }
}

interface SyncStatusArguments {
  readonly runtimeGroupId: string;
  readonly after?: string | null;
  readonly filter?: InstanceStatusFilter | null;
}

/** The streams about instances, the one for them, and what they say. */
export function syncResolver(ports: InstancePorts): ClassType {
  const status = syncStatus(ports);
  const run = runtimeConfig(ports);
  const show = showToGateways(ports.secrets);

  @Resolver()
  class SyncResolver {
    @Mutation(() => ReportSyncPayload, {
      description:
        'For instances: says what became of a configuration. May be repeated; late reports change nothing.',
    })
    reportSync(
      @Arg('input', () => ReportSyncInput, inputArgument) input: ReportSyncInput,
      @Ctx() context: GraphqlContext,
    ) {
      return payload(async () => {
        const { result } = await context.execute(reportSync, readReport(input, context.actor));
        const id = context.actor.runtimeInstanceId;
        return { accepted: result.accepted, runtimeInstance: id && (await loadInstance(context, id)) };
      }).then((answer) => ({ accepted: false, ...answer }));
    }

    @Subscription(() => SyncStatusMessage, {
      description:
        'The state of every instance of a runtime group, or of those that `filter` means, then each change. An instance that comes to be meant is told like a new one; one that is meant no more, as removed.',
      subscribe: async ({ args, context }) => {
        const { runtimeGroupId, after = null, filter } = args as SyncStatusArguments;
        const asked = { runtimeGroupId, after, filter: filter ?? {} };
        const messages = await (context as GraphqlContext).watch(status, asked);
        return mapMessages(messages, statusMessage) as never;
      },
    })
    syncStatus(
      @Root() message: object,
      @Arg('runtimeGroupId', () => ID, { description: 'The group whose instances to follow.' })
      _group: string,
      @Arg('after', () => String, {
        nullable: true,
        description: 'The last cursor that you have. Without one, a snapshot comes first.',
      })
      _after?: string | null,
      @Arg('filter', () => InstanceStatusFilter, {
        nullable: true,
        description: 'Which instances to follow, by their status. Null: all.',
      })
      _filter?: InstanceStatusFilter | null,
    ): typeof SyncStatusMessage {
      return message as never;
    }

    @Subscription(() => RuntimeConfigMessage, {
      description:
        'For instances: what to run. The stream is the session of the instance: while it is open, it is connected; a newer one ends it.',
      subscribe: async ({ args, context }) => {
        const { after = null, runtimeVersion = null } = args as {
          after?: string | null;
          runtimeVersion?: string | null;
        };
        const doors = context as GraphqlContext;
        const messages = await doors.watch(run, { after, runtimeVersion, ipAddress: doors.ipAddress });
        // The door lets nobody through but instances, which have a group.
        const groupId = doors.actor.runtimeGroupId ?? '';
        return mapMessages(messages, (message) => runMessage(message, groupId, show)) as never;
      },
    })
    runtimeConfig(
      @Root() message: object,
      @Arg('after', () => String, {
        nullable: true,
        description: 'The last cursor that you have applied. Without one, a snapshot comes first.',
      })
      _after?: string | null,
      @Arg('runtimeVersion', () => String, { nullable: true, description: 'The version of the gateway.' })
      _version?: string | null,
    ): typeof RuntimeConfigMessage {
      return message as never;
    }
  }
  return SyncResolver;
}
