import type {
  Actor,
  Command,
  Entry,
  NewEvent,
  Scope,
  StreamHead,
} from '../../foundation/commands/command.js';
import { newEvent } from '../../foundation/commands/new-event.js';
import { newId } from '../../foundation/kernel/id.js';
import { equalJson, type JsonObject } from '../../foundation/kernel/json.js';
import { refuseAny } from '../../foundation/kernel/refusal.js';
import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import { labelMap, type GivenLabels, type Labels } from './labels.js';
import { refuseStaleVersion } from './refuse-stale-version.js';
import {
  customGroupLimits,
  groupProblems,
  type ApprovalPolicy,
  type RuntimeGroup,
  type RuntimeType,
} from './runtime-group.js';
import {
  defaultGroupKept,
  groupInUse,
  groupNotFound,
  nameTaken,
  quotaReached,
} from './runtime-group.refusals.js';
import {
  countCustomGroups,
  deleteGroup,
  findGroups,
  findGroupsByName,
  getOrganization,
  insertGroup,
  streamsOf,
  updateGroup,
} from './runtime-group.store.js';

export interface CreateRuntimeGroup {
  readonly name: string;
  readonly description: string;
  readonly runtimeType: RuntimeType;
  readonly labels: GivenLabels;
  readonly approvalPolicy: ApprovalPolicy;
}

/** Adds a custom group, as far as the organization's plan allows. */
export const createRuntimeGroup: Command<CreateRuntimeGroup, { id: string }> = {
  name: 'runtime-groups.create',
  action: 'group:create',
  scope: (_reader, _input, actor) => Promise.resolve(organizationScope(actor)),
  run: async (tx, input, { actor }) => {
    const name = input.name.trim();
    refuseAny(groupProblems({ ...input, name }));
    const group = { ...input, name, labels: labelMap(input.labels) };
    await refuseTakenName(tx, actor, group.name);
    await refuseBeyondQuota(tx, actor);
    const id = newId();
    await insertGroup(tx, { ...group, id, organizationId: actor.organizationId, isDefault: false });
    return { result: { id }, events: [event('runtime-group.created', id, null, facts(group))] };
  },
};

export interface UpdateRuntimeGroup {
  readonly id: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly labels?: GivenLabels | undefined;
  readonly approvalPolicy?: ApprovalPolicy | undefined;
  readonly expectedVersion?: number | undefined;
}

/** Renames, describes or labels a group. What is absent stays. Labels are replaced as a whole. */
export const updateRuntimeGroup: Command<UpdateRuntimeGroup, { id: string }> = {
  name: 'runtime-groups.update',
  action: 'group:update',
  scope: (reader, input, actor) => groupScope(reader, input.id, actor),
  run: async (tx, input, { actor }) => {
    const group = await getGroup(tx, input.id, actor, ['id']);
    refuseStaleVersion(group, input.expectedVersion);
    const to = {
      name: input.name?.trim() ?? group.name,
      description: input.description ?? group.description,
      labels: input.labels ? labelMap(input.labels) : group.labels,
      approvalPolicy: input.approvalPolicy ?? group.approvalPolicy,
    };
    refuseAny(groupProblems({ ...to, labels: input.labels ?? [] }));
    if (to.name !== group.name) await refuseTakenName(tx, actor, to.name);
    const before = facts(group);
    const after = facts({ ...group, ...to });
    if (equalJson(before, after)) return { result: { id: group.id }, events: [] };
    await updateGroup(tx, group.id, to);
    return { result: { id: group.id }, events: [event('runtime-group.updated', group.id, before, after)] };
  },
};

export interface DeleteRuntimeGroup {
  readonly id: string;
  readonly force: boolean;
  readonly expectedVersion?: number | undefined;
}

/** What a deleted group took with it. */
export interface DeletedGroup extends JsonObject {
  readonly id: string;
  readonly instances: number;
  readonly entities: number;
  readonly liveServiceVersions: number;
}

/** Counts what belongs to a group, and what stands in the way of deleting it; given by the slices that know. */
export interface GroupContents {
  countInstances(
    reader: Reader,
    runtimeGroupId: string,
  ): Promise<{ readonly all: number; readonly connected: number }>;
  countEntities(reader: Reader, runtimeGroupId: string): Promise<number>;
  /** How many versions of services are live in the group, and what is told of services when it goes. */
  endServices(
    reader: Reader,
    runtimeGroupId: string,
    journalHead: StreamHead,
  ): Promise<{ readonly live: number; readonly journal: Entry }>;
}

/** Deletes a custom group with its configuration and instances. One with connected instances or live versions takes `force`. */
export function deleteRuntimeGroup(contents: GroupContents): Command<DeleteRuntimeGroup, DeletedGroup> {
  return {
    name: 'runtime-groups.delete',
    action: 'group:delete',
    scope: async (reader, input, actor) => ({
      ...(await groupScope(reader, input.id, actor)),
      journal: { topic: 'services', scopeId: actor.organizationId },
    }),
    run: async (tx, input, { actor, journalHead }) => {
      const group = await getGroup(tx, input.id, actor, ['id']);
      if (group.isDefault) throw defaultGroupKept({ name: group.name }, ['id']);
      refuseStaleVersion(group, input.expectedVersion);
      const { all, connected } = await contents.countInstances(tx, group.id);
      const { live, journal } = await contents.endServices(tx, group.id, journalHead);
      if (connected + live > 0 && !input.force)
        throw groupInUse({ name: group.name, connected, live }, ['force']);
      const entities = await contents.countEntities(tx, group.id);
      await deleteGroup(tx, group.id);
      return {
        result: { id: group.id, instances: all, entities, liveServiceVersions: live },
        events: [event('runtime-group.deleted', group.id, facts(group), null)],
        journal,
        wakes: streamsOf(group.id),
      };
    },
  };
}

/** The group, if it is there for the actor; else a refusal, which says where in the input the group was named. */
export async function getGroup(
  reader: Reader,
  id: string,
  { organizationId, runtimeGroupId }: Actor,
  path: readonly string[] = ['runtimeGroupId'],
): Promise<RuntimeGroup> {
  const [group] = await findGroups(reader, { organizationId, runtimeGroupId }, [id]);
  if (!group) throw groupNotFound({ id }, path);
  return group;
}

async function groupScope(reader: Reader, id: string, actor: Actor): Promise<Scope> {
  const group = await getGroup(reader, id, actor, ['id']);
  const { stream } = organizationScope(actor);
  return { stream, resource: { organizationId: actor.organizationId, runtimeGroupId: group.id } };
}

function organizationScope(actor: Actor): Scope {
  return {
    resource: { organizationId: actor.organizationId, runtimeGroupId: null },
    stream: { topic: 'organization', scopeId: actor.organizationId },
  };
}

async function refuseTakenName(tx: Transaction, actor: Actor, name: string): Promise<void> {
  const visibility = { organizationId: actor.organizationId, runtimeGroupId: null };
  const taken = await findGroupsByName(tx, visibility, [name]);
  if (taken.length > 0) throw nameTaken({ name }, ['name']);
}

async function refuseBeyondQuota(tx: Transaction, actor: Actor): Promise<void> {
  const { plan } = await getOrganization(tx, actor.organizationId);
  const limit = customGroupLimits[plan] ?? 0;
  const used = await countCustomGroups(tx, actor.organizationId);
  if (used >= limit) throw quotaReached({ plan, limit, used });
}

function facts(group: Omit<CreateRuntimeGroup, 'labels'> & { readonly labels: Labels }): JsonObject {
  const { name, description, runtimeType, labels, approvalPolicy } = group;
  return { name, description, runtimeType, labels, approvalPolicy: { ...approvalPolicy } };
}

function event(type: string, id: string, before: JsonObject | null, after: JsonObject | null): NewEvent {
  return newEvent({ type, kind: 'runtime_group', subjectId: id, before, after });
}
