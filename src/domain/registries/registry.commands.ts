import type { Actor, Command, NewEvent, Scope } from '../../foundation/commands/command.js';
import { newEvent } from '../../foundation/commands/new-event.js';
import { newId } from '../../foundation/kernel/id.js';
import { equalJson, type JsonObject } from '../../foundation/kernel/json.js';
import { refuseAny } from '../../foundation/kernel/refusal.js';
import type { Outbound } from '../../foundation/outbound/outbound.js';
import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import { getGroup, refuseStaleVersion } from '../runtime-groups/index.js';
import {
  addressOf,
  registryProblems,
  type Connection,
  type RegistryHealth,
  type ServiceRegistry,
} from './registry.js';
import {
  addressForbidden,
  registryInUse,
  registryNameTaken,
  registryNotFound,
  tokenNeeded,
} from './registry.refusals.js';
import {
  deleteRegistryRow,
  findRegistries,
  holdRegistryAlone,
  insertRegistry,
  isNameTaken,
  putHealth,
  updateRegistryRow,
  type RegistryDraft,
} from './registry.store.js';
import { sealedToken } from './token-seal.js';

export interface CreateRegistry {
  readonly runtimeGroupId: string;
  readonly name: string;
  readonly address: string;
  readonly datacenter: string | null;
  readonly token: string | null;
}

/** Makes a service registry known to a group. */
export const createRegistry: Command<CreateRegistry, { id: string }> = {
  name: 'registries.create',
  action: 'registry:write',
  scope: async (reader, { runtimeGroupId }, actor) =>
    scopeOf(actor, (await getGroup(reader, runtimeGroupId, actor)).id),
  prepare: (given, { outbound }) => {
    const input = { ...given, name: given.name.trim() };
    refuseAny(registryProblems(input));
    refuseForbidden(outbound, input.address);
    return input;
  },
  run: async (tx, { token, ...input }, { scope, secrets }) => {
    const draft = { ...input, id: newId(), runtimeGroupId: scope.resource.runtimeGroupId as string };
    await refuseTakenName(tx, draft);
    await insertRegistry(tx, draft, sealedToken(secrets, draft, token));
    const after = facts({ ...draft, hasToken: token !== null });
    return { result: { id: draft.id }, events: [event('created', draft.id, null, after)] };
  },
};

export interface UpdateRegistry {
  readonly id: string;
  readonly name?: string | undefined;
  readonly address?: string | undefined;
  /** Null: the one that the server itself is in. */
  readonly datacenter?: string | null | undefined;
  /** Null: none. */
  readonly token?: string | null | undefined;
  readonly expectedVersion?: number | undefined;
}

/** Changes a service registry. What is absent stays. */
export const updateRegistry: Command<UpdateRegistry, { id: string }> = {
  name: 'registries.update',
  action: 'registry:write',
  scope: registryScope,
  prepare: (input, { outbound }) => {
    if (input.address !== undefined && addressOf(input.address)) refuseForbidden(outbound, input.address);
    return input;
  },
  run: async (tx, { id, expectedVersion, ...input }, { actor, secrets }) => {
    const before = await getRegistry(tx, id, actor);
    refuseStaleVersion(before, expectedVersion);
    const to = revised(before, input);
    refuseAny(registryProblems({ ...to, token: input.token ?? null }));
    if (to.address !== before.address && before.hasToken && input.token === undefined)
      throw tokenNeeded({ name: before.name }, ['token']);
    if (to.name !== before.name) await refuseTakenName(tx, to);
    // Of a token nobody is told whether it is another one.
    if (equalJson(facts(before), facts(to)) && input.token == null)
      return { result: { id: before.id }, events: [] };
    await updateRegistryRow(tx, to, input.token && sealedToken(secrets, to, input.token));
    return { result: { id: before.id }, events: [event('updated', before.id, facts(before), facts(to))] };
  },
};

function revised(before: ServiceRegistry, input: Omit<UpdateRegistry, 'id'>): ServiceRegistry {
  return {
    ...before,
    name: input.name?.trim() ?? before.name,
    address: input.address ?? before.address,
    datacenter: input.datacenter === undefined ? before.datacenter : input.datacenter,
    hasToken: input.token === undefined ? before.hasToken : input.token !== null,
  };
}

export interface RegistryPorts {
  /** What is found by a registry, as people speak of it. */
  readonly usersOf: (reader: Reader, registry: ServiceRegistry) => Promise<readonly string[]>;
}

/** Forgets a service registry by which nothing is found any more. */
export function deleteRegistry({ usersOf }: RegistryPorts): Command<{ readonly id: string }, { id: string }> {
  return {
    name: 'registries.delete',
    action: 'registry:write',
    scope: registryScope,
    run: async (tx, { id }, { actor }) => {
      const registry = await getRegistry(tx, id, actor);
      await holdRegistryAlone(tx, registry.id);
      const users = await usersOf(tx, registry);
      if (users.length > 0) throw registryInUse({ name: registry.name, users }, ['id']);
      await deleteRegistryRow(tx, registry.id);
      return { result: { id: registry.id }, events: [event('deleted', registry.id, facts(registry), null)] };
    },
  };
}

export interface RecordHealth {
  readonly connection: Connection;
  readonly health: Pick<RegistryHealth, 'status' | 'message'>;
}

/** Writes down how a registry was found to be. That is no event: it is told to whoever looks. */
export const recordHealth: Command<RecordHealth, null> = {
  name: 'registries.record-health',
  action: 'registry:write',
  scope: (_reader, { connection: { organizationId, runtimeGroupId } }) =>
    Promise.resolve({ resource: { organizationId, runtimeGroupId }, stream: null }),
  run: async (tx, { connection, health }) => {
    await putHealth(tx, connection, health);
    return { result: null, events: [] };
  },
};

/** The registry, if it is there for the actor; else a refusal, which says where in the input it was named. */
export async function getRegistry(
  reader: Reader,
  id: string,
  { organizationId, runtimeGroupId }: Actor,
  path: readonly string[] = ['id'],
): Promise<ServiceRegistry> {
  const [registry] = await findRegistries(reader, { organizationId, runtimeGroupId }, [id]);
  if (!registry) throw registryNotFound({ id }, path);
  return registry;
}

async function registryScope(reader: Reader, { id }: { readonly id: string }, actor: Actor): Promise<Scope> {
  return scopeOf(actor, (await getRegistry(reader, id, actor)).runtimeGroupId);
}

function scopeOf({ organizationId }: Actor, runtimeGroupId: string): Scope {
  return {
    resource: { organizationId, runtimeGroupId },
    stream: { topic: 'organization', scopeId: organizationId },
  };
}

function refuseForbidden(outbound: Outbound, address: string): void {
  if (outbound.refuses(new URL(address))) throw addressForbidden({ address }, ['address']);
}

async function refuseTakenName(tx: Transaction, { runtimeGroupId, name }: RegistryDraft): Promise<void> {
  if (await isNameTaken(tx, runtimeGroupId, name)) throw registryNameTaken({ name }, ['name']);
}

function facts(registry: RegistryDraft & { readonly hasToken: boolean }): JsonObject {
  const { runtimeGroupId, name, address, datacenter, hasToken } = registry;
  return { runtime_group: runtimeGroupId, name, address, datacenter, has_token: hasToken };
}

function event(past: string, id: string, before: JsonObject | null, after: JsonObject | null): NewEvent {
  return newEvent({
    type: `service-registry.${past}`,
    kind: 'service_registry',
    subjectId: id,
    before,
    after,
  });
}
