import { isIP } from 'node:net';
import type { Actor, Command, Hint, NewEvent, Scope, StreamKey } from '../../foundation/commands/command.js';
import { newId } from '../../foundation/kernel/id.js';
import { equalJson, type JsonObject } from '../../foundation/kernel/json.js';
import { refuseAny, type Problem } from '../../foundation/kernel/refusal.js';
import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import { insertToken, tokenCreated } from '../access/index.js';
import { getGroup, labelMap, labelProblems, type GivenLabels, type Labels } from '../runtime-groups/index.js';
import type { Instance } from './instance.js';
import {
  hostnameInvalid,
  instanceNotFound,
  ipAddressInvalid,
  runtimeVersionInvalid,
} from './instance.refusals.js';
import { deleteInstance, findInstances, insertInstance, updateInstance } from './instance.store.js';

export interface CreateInstance {
  readonly runtimeGroupId: string;
  readonly hostname: string;
  readonly ipAddress: string | null;
  readonly runtimeVersion: string | null;
  readonly labels: GivenLabels;
  /** The hash of the token that the instance will come with; the token itself never passes the door. */
  readonly secretHash: string;
}

/** Enrols an instance in a group, with a token of its own that is good for nothing else. */
export const createInstance: Command<CreateInstance, { id: string }> = {
  name: 'instances.create',
  action: 'instance:create',
  fresh: ['secretHash'],
  scope: async (reader, input, actor) =>
    organizationScope(actor, (await getGroup(reader, input.runtimeGroupId, actor)).id),
  run: async (tx, input, { actor, scope }) => {
    refuseAny(problemsOf(input));
    const id = newId();
    const runtimeGroupId = scope.resource.runtimeGroupId as string;
    const { hostname } = input;
    const labels = labelMap(input.labels);
    await insertInstance(tx, { ...input, labels, runtimeGroupId, id });
    const token = await issueToken(tx, actor, { id, hostname, runtimeGroupId }, input.secretHash);
    const after = { hostname, runtimeGroupId, labels };
    return {
      result: { id },
      events: [
        { ...subject(id), type: 'runtime-instance.created', operation: 'CREATED', before: null, after },
        token.event,
      ],
      wakes: [instancesOf(runtimeGroupId)],
    };
  },
};

export interface CreateInstanceToken {
  readonly id: string;
  /** The hash of the new token; the token itself never passes the door. */
  readonly secretHash: string;
}

/** Makes one more token for an instance. Those that it has stay good until they are withdrawn. */
export const createInstanceToken: Command<CreateInstanceToken, { tokenId: string }> = {
  name: 'instances.create-token',
  action: 'instance:update',
  fresh: ['secretHash'],
  scope: (reader, input, actor) => instanceScope(reader, input.id, actor),
  run: async (tx, input, { actor }) => {
    const instance = await getInstance(tx, input.id, actor);
    const token = await issueToken(tx, actor, instance, input.secretHash);
    return {
      result: { tokenId: token.id },
      events: [token.event],
      wakes: [instancesOf(instance.runtimeGroupId)],
    };
  },
};

/** Makes a token that is good for running one instance, and for nothing else. */
async function issueToken(
  tx: Transaction,
  actor: Actor,
  instance: Pick<Instance, 'id' | 'hostname' | 'runtimeGroupId'>,
  secretHash: string,
): Promise<{ readonly id: string; readonly event: NewEvent }> {
  const token = await insertToken(tx, {
    id: newId(),
    organization_id: actor.organizationId,
    name: `instance ${instance.hostname}`,
    role: 'INSTANCE',
    secret_hash: Buffer.from(secretHash, 'hex'),
    runtime_group_id: instance.runtimeGroupId,
    runtime_instance_id: instance.id,
    made_by: actor.tokenId,
    expires_at: null,
  });
  return { id: token.id, event: tokenCreated(token) };
}

export interface UpdateInstance {
  readonly id: string;
  readonly hostname?: string | undefined;
  readonly labels?: GivenLabels | undefined;
}

/** Renames or labels an instance. What is absent stays. */
export const updateRuntimeInstance: Command<UpdateInstance, { id: string }> = {
  name: 'instances.update',
  action: 'instance:update',
  scope: (reader, input, actor) => instanceScope(reader, input.id, actor),
  run: async (tx, input, { actor }) => {
    const instance = await getInstance(tx, input.id, actor);
    const before = facts(instance);
    const after = {
      ...before,
      hostname: input.hostname ?? instance.hostname,
      labels: input.labels ? labelMap(input.labels) : instance.labels,
    };
    refuseAny(problemsOf({ hostname: after.hostname, labels: input.labels ?? [] }));
    if (equalJson(before, after)) return { result: { id: instance.id }, events: [] };
    await updateInstance(tx, instance.id, after);
    return {
      result: { id: instance.id },
      events: [
        { ...subject(instance.id), type: 'runtime-instance.updated', operation: 'UPDATED', before, after },
      ],
      wakes: [instancesOf(instance.runtimeGroupId)],
    };
  },
};

/** Removes an instance and its tokens: if the process still runs, it is let in no more. */
export const deleteRuntimeInstance: Command<{ readonly id: string }, { id: string; runtimeGroupId: string }> =
  {
    name: 'instances.delete',
    action: 'instance:delete',
    scope: (reader, input, actor) => instanceScope(reader, input.id, actor),
    run: async (tx, { id }, { actor }) => {
      const instance = await getInstance(tx, id, actor);
      await deleteInstance(tx, id);
      const before = facts(instance);
      return {
        result: { id, runtimeGroupId: instance.runtimeGroupId },
        events: [
          { ...subject(id), type: 'runtime-instance.deleted', operation: 'DELETED', before, after: null },
        ],
        wakes: [instancesOf(instance.runtimeGroupId)],
      };
    },
  };

/** The stream that tells what the status of a group's instances is. */
export function statusStream(groupId: string): StreamKey {
  return { topic: 'status', scopeId: groupId };
}

/** The hint that something has happened from which statuses of the group's instances are derived. */
export function instancesOf(groupId: string): Hint {
  return { topic: 'instances', scopeId: groupId };
}

/** The instance as the actor may see it; refuses one that is not there. */
async function getInstance(reader: Reader, id: string, actor: Actor): Promise<Instance> {
  const visibility = { organizationId: actor.organizationId, runtimeGroupId: actor.runtimeGroupId };
  const [instance] = await findInstances(reader, visibility, [id]);
  if (!instance) throw instanceNotFound({ id }, ['id']);
  return instance;
}

async function instanceScope(reader: Reader, id: string, actor: Actor): Promise<Scope> {
  return organizationScope(actor, (await getInstance(reader, id, actor)).runtimeGroupId);
}

function organizationScope(actor: Actor, runtimeGroupId: string): Scope {
  return {
    resource: { organizationId: actor.organizationId, runtimeGroupId },
    stream: { topic: 'organization', scopeId: actor.organizationId },
  };
}

function subject(id: string): { readonly kind: string; readonly subjectId: string } {
  return { kind: 'runtime_instance', subjectId: id };
}

function facts(instance: Instance): JsonObject & { hostname: string; labels: Labels } {
  const { hostname, runtimeGroupId, labels } = instance;
  return { hostname, runtimeGroupId, labels };
}

interface Described {
  readonly hostname: string;
  readonly labels: GivenLabels;
  readonly ipAddress?: string | null;
  readonly runtimeVersion?: string | null;
}

function problemsOf({ hostname, labels, ipAddress, runtimeVersion }: Described): Problem[] {
  const isHostname = /^[^\s\p{Cc}\p{Cs}]{1,253}$/u.test(hostname);
  const isAddress = ipAddress == null || isIP(ipAddress) !== 0;
  return [
    ...(isHostname ? [] : [hostnameInvalid.problem({}, ['hostname'])]),
    ...(isAddress ? [] : [ipAddressInvalid.problem({ received: ipAddress.slice(0, 100) }, ['ipAddress'])]),
    ...versionProblems(runtimeVersion ?? null),
    ...labelProblems(labels),
  ];
}

/** What is wrong with the version that a gateway is said to have; null: it is not said. */
export function versionProblems(version: string | null): Problem[] {
  const isVersion = version === null || /^[^\p{Cc}\p{Cs}]{1,100}$/u.test(version);
  return isVersion ? [] : [runtimeVersionInvalid.problem({}, ['runtimeVersion'])];
}
