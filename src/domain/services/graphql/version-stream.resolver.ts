import { Arg, ID, Resolver, Root, Subscription, type ClassType } from 'type-graphql';
import type { GraphqlContext } from '../../../foundation/graphql/context.js';
import type { JsonObject } from '../../../foundation/kernel/json.js';
import { mapMessages } from '../../../foundation/live/map-messages.js';
import { OnceEach } from '../../../foundation/live/once-each.js';
import type { Revision } from '../../event-log/index.js';
import { configMessage } from '../../gateway-config/index.js';
import { followVersions, type ServicePorts, type VersionMessage } from '../services.watches.js';
import { ServiceVersionMessage } from './version-stream.graphql.js';
import { versionNode } from './version.resolver.js';

/** The stream of versions, and what it says. */
export function versionStreamResolver(ports: ServicePorts): ClassType {
  const watch = followVersions(ports);

  @Resolver()
  class VersionStreamResolver {
    @Subscription(() => ServiceVersionMessage, {
      description: 'The versions of one service or of all, then each transition as it commits.',
      subscribe: async ({ args, context }) => {
        const { serviceId = null, after = null } = args as {
          serviceId?: string | null;
          after?: string | null;
        };
        const messages = await (context as GraphqlContext).watch(watch, { serviceId, after });
        return mapMessages(messages, (message) => seen.of(message, '', () => shown(message))) as never;
      },
    })
    serviceVersions(
      @Root() message: object,
      @Arg('serviceId', () => ID, { nullable: true, description: 'Only versions of this service.' })
      _service?: string | null,
      @Arg('after', () => String, {
        nullable: true,
        description: 'The last cursor that you have. Without one, a snapshot comes first.',
      })
      _after?: string | null,
    ): typeof ServiceVersionMessage {
      return message as never;
    }
  }
  return VersionStreamResolver;
}

/** Made once, however many watchers the message goes to. */
const seen = new OnceEach<VersionMessage, object>();

function shown(addressed: VersionMessage): object {
  const { message } = addressed;
  if (message.is === 'snapshot') {
    return {
      ...message,
      __typename: 'ServiceVersionsSnapshot',
      serviceVersions: message.items.map(versionNode),
    };
  }
  if (message.is === 'delta') {
    const { cursor, fromCursor, revisions } = message;
    const transitions = revisions.flatMap((revision) => transitionsIn(revision, addressed));
    return { cursor, fromCursor, transitions, __typename: 'ServiceVersionsDelta' };
  }
  return configMessage(message);
}

function transitionsIn(
  { revision, at, actorName: actor, command, reason, effectRevision, events }: Revision,
  { serviceId, runtimeGroupId }: VersionMessage,
): object[] {
  return events
    .filter(({ kind }) => kind === 'service_version')
    .map(({ type, subjectId, before, after }) => {
      const facts = (after ?? before) as JsonObject;
      return {
        ...{ revision, at, actor, command, reason, before, after, serviceVersionId: subjectId },
        configRevision: effectRevision,
        transition: type.slice('service_version.'.length),
        serviceId: facts['service'],
        runtimeGroupId: facts['runtime_group'],
      };
    })
    .filter((each) => (serviceId ?? each.serviceId) === each.serviceId)
    .filter((each) => (runtimeGroupId ?? each.runtimeGroupId) === each.runtimeGroupId);
}
