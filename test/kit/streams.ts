import type { JsonObject } from '../../src/foundation/kernel/json.js';
import type { Change, Delta, Filter, Item, Message, Trace } from './trace.js';

/** A subscription that tests follow, and how its messages become those of a trace. */
export interface Stream {
  readonly of: Trace['of'];
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What of the stream is asked for, if not all of it. */
  readonly filter?: Filter;
}

const general = `
  ... on Bookmark { fromCursor cursor headRevision stale }
  ... on Resync { reason }
  ... on Goodbye { cause retryAfterMs }`;

const configuration = `
  ... on ConfigSnapshot { cursor revision stateHash part parts items: entities { kind id document secrets { path value } } }
  ... on ConfigDelta {
    fromCursor cursor stateHash
    revisions { revision hash stateHash changes { kind id operation before after secrets { path value } } }
  }
  ... on ConfigFold {
    fromCursor cursor fromRevision revision revisionCount stateHash
    changes { kind id operation before after secrets { path value } }
  }`;

const status = 'runtimeInstanceId hostname connection syncStatus syncReason appliedRevision';

/** The configuration of a group. */
export function configChanges(runtimeGroupId: string): Stream {
  const query = `subscription ($runtimeGroupId: ID!, $after: String) {
    message: configChanges(runtimeGroupId: $runtimeGroupId, after: $after) { __typename ${configuration} ${general} }
  }`;
  return { of: 'configuration', query, variables: { runtimeGroupId } };
}

/** Some of the configuration of a group. */
export function filteredChanges(runtimeGroupId: string, filter: Filter): Stream {
  const query = `subscription ($runtimeGroupId: ID!, $after: String, $kinds: [String!], $tags: [String!]) {
    message: configChanges(runtimeGroupId: $runtimeGroupId, after: $after, kinds: $kinds, tags: $tags) {
      __typename ${configuration} ${general}
    }
  }`;
  return { of: 'configuration', query, variables: { runtimeGroupId, ...filter }, filter };
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

/** Which statuses to follow: each of these fields has one of its values. */
export interface StatusValues {
  readonly connection?: readonly string[];
  readonly syncStatus?: readonly string[];
  readonly syncReason?: readonly string[];
}

/** The state of a group's instances, or of some. */
export function syncStatus(runtimeGroupId: string, values?: StatusValues): Stream {
  const query = `subscription ($runtimeGroupId: ID!, $after: String, $filter: InstanceStatusFilter) {
    message: syncStatus(runtimeGroupId: $runtimeGroupId, after: $after, filter: $filter) {
      __typename
      ... on SyncStatusSnapshot { cursor part parts instances { ${status} } }
      ... on SyncStatusDelta { fromCursor cursor instances: changes { ${status} removed } }
      ${general}
    }
  }`;
  const variables = { runtimeGroupId };
  if (!values) return { of: 'status', query, variables };
  const { connection: connections, syncStatus: syncStatuses, syncReason: syncReasons } = values;
  const filter = { connections, syncStatuses, syncReasons };
  return {
    ...{ of: 'status', query, variables: { ...variables, filter } },
    filter: { kinds: null, tags: [], values: { ...values } },
  };
}

const version = 'number stage state digest';

/** The versions of one service, or of all. */
export function serviceVersions(serviceId: string | null = null): Stream {
  const query = `subscription ($serviceId: ID, $after: String) {
    message: serviceVersions(serviceId: $serviceId, after: $after) {
      __typename
      ... on ServiceVersionsSnapshot { cursor revision part parts versions: serviceVersions { id ${version} } }
      ... on ServiceVersionsDelta {
        fromCursor cursor transitions { revision serviceVersionId before { ${version} } after { ${version} } }
      }
      ${general}
    }
  }`;
  return { of: 'versions', query, variables: { serviceId } };
}

const told = `number cursor stream revision actor { name } command reason summary
  entries { type kind subjectId subjectName operation runtimeGroupId serviceName summary labels { key value }
    fields { path before after } }`;

/** Everything that happens in the organization. */
export function changes(variables: Readonly<Record<string, unknown>> = {}): Stream {
  const query = `subscription ($after: String, $from: ChangesOrigin! = NOW, $filter: ChangesFilter) {
    message: changes(after: $after, from: $from, filter: $filter) {
      __typename ... on ChangesDelta { fromCursor cursor told: changes { ${told} } } ${general}
    }
  }`;
  return { of: 'changes', query, variables };
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
    case 'ConfigFold':
      return { ...wire, is: 'fold' };
    case 'SyncStatusSnapshot':
      return { ...wire, ...noRevision, is: 'snapshot', items: wire.instances.map(itemOf) };
    case 'SyncStatusDelta':
      return { ...wire, ...noRevision, is: 'delta', revisions: [], changes: wire.instances.map(changeOf) };
    case 'ServiceVersionsSnapshot':
      return { ...wire, is: 'snapshot', stateHash: null, items: wire.versions.map(versionItem) };
    case 'ServiceVersionsDelta':
      return { ...wire, is: 'delta', stateHash: null, ...transitionsOf(wire.transitions) };
    case 'ChangesDelta':
      return { ...wire, is: 'delta', stateHash: null, ...writesOf(wire.told) };
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
  | Wire<'ConfigFold', 'fold'>
  | (Wire<'SyncStatusSnapshot', 'snapshot', 'items' | 'revision' | 'stateHash'> & Instances)
  | (Wire<'SyncStatusDelta', 'delta', 'changes' | 'revisions' | 'stateHash'> & Instances)
  | (Wire<'ServiceVersionsSnapshot', 'snapshot', 'items' | 'stateHash'> & {
      readonly versions: readonly VersionSeen[];
    })
  | (Wire<'ServiceVersionsDelta', 'delta', 'changes' | 'revisions' | 'stateHash'> & {
      readonly transitions: readonly TransitionSeen[];
    })
  | (Wire<'ChangesDelta', 'delta', 'changes' | 'revisions' | 'stateHash'> & {
      readonly told: readonly WriteSeen[];
    })
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

type VersionSeen = JsonObject & { readonly id: string };

interface TransitionSeen {
  readonly revision: number;
  readonly serviceVersionId: string;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

function versionItem({ id, ...document }: VersionSeen): Item {
  return { kind: 'service_version', id, document };
}

/** The transitions of a delta, by their revisions; those that are about nothing here do not appear. */
function transitionsOf(transitions: readonly TransitionSeen[]): Pick<Delta, 'revisions' | 'changes'> {
  const changes = transitions.map(({ serviceVersionId: id, before, after }) => ({
    ...{ kind: 'service_version', id, before, after },
  }));
  const numbers = [...new Set(transitions.map(({ revision }) => revision))];
  const revisions = numbers.map((revision) => ({
    ...{ revision, hash: null, stateHash: null },
    changes: changes.filter((_, index) => transitions[index]?.revision === revision),
  }));
  return { revisions, changes };
}

interface WriteSeen {
  readonly number: number;
  readonly entries: readonly { readonly kind: string; readonly subjectId: string }[];
}

/** Changes as revisions of the order. What a thing is afterwards, they do not tell. */
function writesOf(told: readonly WriteSeen[]): Pick<Delta, 'revisions' | 'changes'> {
  const revisions = told.map((write) => ({
    ...{ revision: write.number, hash: null, stateHash: null, told: write },
    changes: write.entries.map(({ kind, subjectId: id }) => ({ kind, id, after: null })),
  }));
  return { revisions, changes: revisions.flatMap((each) => each.changes) };
}
