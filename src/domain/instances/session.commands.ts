import type { Actor, Command, Scope } from '../../foundation/commands/command.js';
import { refuseAny } from '../../foundation/kernel/refusal.js';
import { instancesOf, versionProblems } from './instance.commands.js';
import { instanceNotFound, notAnInstance } from './instance.refusals.js';
import { instanceExists, updateInstance } from './instance.store.js';
import { endSession, insertSession, storeReport, type Report } from './session.store.js';

export interface OpenSession {
  readonly replicaId: string;
  readonly runtimeVersion: string | null;
  readonly ipAddress: string | null;
}

/** Begins the session of the instance that asks. It fences off older ones: of two with one identity, the newer wins. */
export const openSession: Command<OpenSession, { session: number }> = {
  name: 'instances.open-session',
  action: 'instance:run',
  scope: (_reader, _input, actor) => Promise.resolve(ownScope(actor)),
  run: async (tx, { replicaId, runtimeVersion, ipAddress }, { actor }) => {
    const own = ownIdentity(actor);
    refuseAny(versionProblems(runtimeVersion));
    await updateInstance(tx, own.id, { runtimeVersion, ipAddress });
    const session = await insertSession(tx, own.id, replicaId);
    if (session === undefined) throw instanceNotFound({ id: own.id });
    return { result: { session }, events: [], wakes: [instancesOf(own.groupId)] };
  },
};

/** Ends the session of the instance that asks, at once. */
export const closeSession: Command<{ readonly session: number }, null> = {
  name: 'instances.close-session',
  action: 'instance:run',
  scope: (_reader, _input, actor) => Promise.resolve(ownScope(actor)),
  run: async (tx, { session }, { actor }) => {
    const own = ownIdentity(actor);
    await endSession(tx, own.id, session);
    return { result: null, events: [], wakes: [instancesOf(own.groupId)] };
  },
};

/** What an instance says that it runs, or refuses. Hex, because reports pass the door as plain values. */
export type ReportSync = Omit<Report, 'instanceId' | 'appliedHash'> & { readonly appliedHash: string | null };

/** Takes an instance's report. A late one changes nothing, and is not accepted. */
export const reportSync: Command<ReportSync, { accepted: boolean }> = {
  name: 'instances.report',
  action: 'instance:run',
  scope: (_reader, _input, actor) => Promise.resolve(ownScope(actor)),
  run: async (tx, input, { actor }) => {
    const own = ownIdentity(actor);
    const appliedHash = input.appliedHash === null ? null : Buffer.from(input.appliedHash, 'hex');
    const accepted = await storeReport(tx, { ...input, instanceId: own.id, appliedHash });
    if (!accepted && !(await instanceExists(tx, own.id))) throw instanceNotFound({ id: own.id });
    return { result: { accepted }, events: [], wakes: accepted ? [instancesOf(own.groupId)] : [] };
  },
};

/** Which instance an actor is; refuses actors that are none. */
export function ownIdentity(actor: Actor): { readonly id: string; readonly groupId: string } {
  const { runtimeInstanceId: id, runtimeGroupId: groupId } = actor;
  if (id === null || groupId === null) throw notAnInstance({});
  return { id, groupId };
}

function ownScope(actor: Actor): Scope {
  const { id, groupId } = ownIdentity(actor);
  const { organizationId } = actor;
  return { stream: null, resource: { organizationId, runtimeGroupId: groupId, runtimeInstanceId: id } };
}
