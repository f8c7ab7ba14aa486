import type { JsonObject } from '../../src/foundation/kernel/json.js';
import type { Change, Message, Trace } from './trace.js';

/** A subscription that tests follow, and how its messages become those of a trace. */
export interface Stream {
  readonly of: Trace['of'];
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const general = `
  ... on Bookmark { cursor headRevision stale }
  ... on Resync { reason }
  ... on Goodbye { cause retryAfterMs }`;

const configuration = `
  ... on ConfigSnapshot { cursor revision stateHash part parts items: entities { kind id document secrets { path value } } }
  ... on ConfigDelta {
    fromCursor cursor stateHash
    revisions { revision hash stateHash changes { kind id operation before after secrets { path value } } }
  }`;

const status = 'runtimeInstanceId hostname connection syncStatus syncReason appliedRevision';

/** The configuration of a group. */
export function configChanges(runtimeGroupId: string): Stream {
  const query = `subscription ($runtimeGroupId: ID!, $after: String) {
    message: configChanges(runtimeGroupId: $runtimeGroupId, after: $after) { __typename ${configuration} ${general} }
  }`;
  return { of: 'configuration', query, variables: { runtimeGroupId } };
}

/** What the instance that asks should run. */
export function runtimeConfig(variables: Readonly<Record<string, unknown>> = {}): Stream {
  const query = `subscription ($after: String, $runtimeVersion: String) {
    message: runtimeConfig(after: $after, runtimeVersion: $runtimeVersion) {
      __typename ... on SessionOpened { session } ${configuration} ${general}
    }
  }`;
  return { of: 'configuration', query, variables };
}

/** The state of a group's instances. */
export function syncStatus(runtimeGroupId: string): Stream {
  const query = `subscription ($runtimeGroupId: ID!, $after: String) {
    message: syncStatus(runtimeGroupId: $runtimeGroupId, after: $after) {
      __typename
      ... on SyncStatusSnapshot { cursor part parts instances { ${status} } }
      ... on SyncStatusDelta { fromCursor cursor instances: changes { ${status} removed } }
      ${general}
    }
  }`;
  return { of: 'status', query, variables: { runtimeGroupId } };
}

/** What was on the wire, as a trace has it. */
export function messageOf(wire: WireMessage): Message {
  switch (wire.__typename) {
    case 'SessionOpened':
      return { ...wire, is: 'session' };
    case 'ConfigSnapshot':
      return { ...wire, is: 'snapshot' };
    case 'ConfigDelta':
      return { ...wire, is: 'delta', changes: wire.revisions.flatMap(({ changes }) => changes) };
    case 'SyncStatusSnapshot':
      return { ...wire, ...noRevision, is: 'snapshot', items: wire.instances.map(itemOf) };
    case 'SyncStatusDelta':
      return { ...wire, ...noRevision, is: 'delta', revisions: [], changes: wire.instances.map(changeOf) };
    case 'Bookmark':
      return { ...wire, is: 'bookmark' };
    case 'Resync':
      return { ...wire, is: 'resync' };
    case 'Goodbye':
      return { ...wire, is: 'goodbye' };
  }
}

const noRevision = { revision: null, stateHash: null } as const;

type Wire<Name extends string, Is extends Message['is'], Without extends string = never> = {
  readonly __typename: Name;
} & Omit<Extract<Message, { is: Is }>, 'is' | Without>;

/** A message as it is on the wire. */
export type WireMessage =
  | Wire<'SessionOpened', 'session'>
  | Wire<'ConfigSnapshot', 'snapshot'>
  | Wire<'ConfigDelta', 'delta', 'changes'>
  | (Wire<'SyncStatusSnapshot', 'snapshot', 'items' | 'revision' | 'stateHash'> & Instances)
  | (Wire<'SyncStatusDelta', 'delta', 'changes' | 'revisions' | 'stateHash'> & Instances)
  | Wire<'Bookmark', 'bookmark'>
  | Wire<'Resync', 'resync'>
  | Wire<'Goodbye', 'goodbye'>;

interface Instances {
  readonly instances: readonly InstanceSeen[];
}

type InstanceSeen = JsonObject & { readonly runtimeInstanceId: string; readonly removed?: boolean };

function itemOf({ runtimeInstanceId: id, ...document }: InstanceSeen): {
  kind: string;
  id: string;
  document: JsonObject;
} {
  return { kind: 'runtime_instance', id, document: document };
}

function changeOf({ removed = false, ...instance }: InstanceSeen): Change {
  const { kind, id, document } = itemOf(instance);
  return { kind, id, after: removed ? null : document };
}
