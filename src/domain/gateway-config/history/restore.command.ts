import type { Command } from '../../../foundation/commands/command.js';
import type { Json } from '../../../foundation/kernel/json.js';
import { getMoment } from '../../runtime-groups/index.js';
import { applyChanges, type Change } from '../apply-changes.js';
import { changeOf, groupScope, type ConfigurationChange } from '../gateway-config.commands.js';
import type { TwoSides } from './difference.js';
import { readNetChanges } from './net-changes.store.js';

export interface RestoreRevision {
  readonly runtimeGroupId: string;
  readonly revision: number;
}

/** What a restoration did. */
export interface Restored {
  readonly changes: readonly ConfigurationChange[];
}

/**
 * Brings back the configuration that a group had at an earlier revision, as a new one: entities have the ids and the content
 * that they had, and what came later is gone. Costs what has changed since. Where nothing has, there is no revision.
 */
export const restoreRevision: Command<RestoreRevision, Json> = {
  name: 'gateway-config.restore',
  action: 'config:write',
  scope: (reader, { runtimeGroupId }, actor) => groupScope(runtimeGroupId, actor, reader),
  run: async (tx, { revision }, { actor, head, scope, secrets }) => {
    const groupId = scope.resource.runtimeGroupId as string;
    await getMoment(tx, actor, { runtimeGroupId: groupId, revision, time: null });
    const back = await readNetChanges(tx, groupId, { from: head.revision, to: revision });
    const changes = back.map(changeTo);
    const { events, stateHash } = await applyChanges(tx, { groupId, head, secrets, changes, cascade: false });
    const restored: Restored = { changes: events.map(changeOf) };
    return { result: restored as unknown as Json, events, stateHash, restoredRevision: revision };
  },
};

function changeTo({ kind, id, before, after }: TwoSides): Change {
  if (!after) return { is: 'delete', kind, id, origin: [] };
  return { is: before ? 'replace' : 'create', kind, id, fields: after, origin: [] };
}
