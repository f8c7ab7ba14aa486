import { OnceEach } from '../../foundation/live/once-each.js';
import type { StreamMessage } from '../event-log/index.js';
import { collections, configMessage, type ShowToGateways } from '../gateway-config/index.js';
import type { Instance, InstanceStatus } from './instance.js';
import type { PublishedStatus } from './published-status.store.js';
import type { RunMessage } from './instance.watches.js';

/** An instance as its GraphQL type shows it. */
export interface InstanceNode extends Omit<Instance, 'status'>, InstanceStatus {
  readonly __typename: 'RuntimeInstance';
}

export function nodeOf({ status, ...instance }: Instance): InstanceNode {
  return { ...status, ...instance, __typename: 'RuntimeInstance' };
}

/** A message of a status stream, as its GraphQL type shows it. Made once, however many watchers the message goes to. */
export function statusMessage(message: StreamMessage<PublishedStatus>): object {
  return statuses.of(message, '', () => statusSeen(message));
}

const statuses = new OnceEach<StreamMessage<PublishedStatus>, object>();

function statusSeen(message: StreamMessage<PublishedStatus>): object {
  if (message.is === 'snapshot') {
    const instances = message.items.map(({ instanceId, state }) => shown(instanceId, state, null, false));
    return { ...message, __typename: 'SyncStatusSnapshot', instances };
  }
  if (message.is === 'delta') {
    const changes = message.revisions.flatMap(({ at, events }) =>
      events.map(({ subjectId, operation, before, after }) =>
        shown(subjectId, (after ?? before) as unknown as InstanceStatus, at, operation === 'DELETED'),
      ),
    );
    return { ...message, __typename: 'SyncStatusDelta', changes };
  }
  return configMessage(message);
}

function shown(id: string, state: InstanceStatus, changedAt: Date | null, removed: boolean): object {
  return { ...state, runtimeInstanceId: id, changedAt, removed };
}

/** A message of an instance's stream, as its GraphQL type shows it; the session's edges are loaded when they are asked for. */
export function runMessage(
  message: RunMessage,
  groupId: string,
  show: ShowToGateways,
): object | Promise<object> {
  return message.is === 'session'
    ? { ...message, __typename: 'SessionOpened', collections }
    : show(message, groupId);
}
