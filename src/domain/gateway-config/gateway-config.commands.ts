import type { Actor, Command, NewEvent, Scope } from '../../foundation/commands/command.js';
import { isId } from '../../foundation/kernel/id.js';
import type { Json } from '../../foundation/kernel/json.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { getGroup } from '../runtime-groups/index.js';
import { applyChanges, type Change } from './apply-changes.js';
import { findGroupsOfEntities } from './config-entity.store.js';
import { entityNotFound } from './gateway-config.refusals.js';
import type { Document } from './kind.js';
import { kindNamed } from './kinds/index.js';
import { redacted } from './secrets.js';
import type { Warning } from './warning.js';

/** A write to the configuration of one group: one revision, or nothing. */
export interface WriteConfiguration {
  /** Where it is null, the group is that of the first change's entity. */
  readonly runtimeGroupId: string | null;
  readonly changes: readonly Change[];
  readonly cascade: boolean;
}

/** What a write did: the entities that were asked for, and everything that changed, cascades included. */
export interface ConfigurationWritten {
  readonly runtimeGroupId: string;
  readonly ids: readonly string[];
  readonly changes: readonly ConfigurationChange[];
  readonly warnings: readonly Warning[];
}

/** One entity before and after, with secrets hidden. */
export interface ConfigurationChange {
  readonly kind: string;
  readonly id: string;
  readonly operation: 'CREATED' | 'UPDATED' | 'DELETED';
  readonly before: Json;
  readonly after: Json;
}

export const writeConfiguration: Command<WriteConfiguration, Json> = {
  name: 'gateway-config.write',
  action: 'config:write',
  scope: async (reader, input, actor) => groupScope(await groupOf(reader, input, actor), actor, reader),
  run: async (tx, input, { head, scope, secrets }) => {
    const groupId = scope.resource.runtimeGroupId as string;
    const { changes: asked, cascade } = input;
    const applied = await applyChanges(tx, { groupId, head, secrets, changes: asked, cascade });
    const { events, stateHash, ids, warnings } = applied;
    const changes = events.map(changeOf);
    const result: ConfigurationWritten = { runtimeGroupId: groupId, ids, changes, warnings };
    return { result: result as unknown as Json, events, stateHash };
  },
};

/** What an event says to whoever caused it. */
export function changeOf({ kind, subjectId: id, operation, before, after }: NewEvent): ConfigurationChange {
  const seen = (document: Json): Json => document && redacted(kindNamed(kind), document as Document);
  return { kind, id, operation, before: seen(before), after: seen(after) };
}

/** Locks the group's configuration stream; refuses a group that the actor does not see. */
export async function groupScope(groupId: string, actor: Actor, reader: Reader): Promise<Scope> {
  const group = await getGroup(reader, groupId, actor);
  return {
    resource: { organizationId: group.organizationId, runtimeGroupId: group.id },
    stream: { topic: 'config', scopeId: group.id },
  };
}

async function groupOf(reader: Reader, input: WriteConfiguration, actor: Actor): Promise<string> {
  if (input.runtimeGroupId !== null) return input.runtimeGroupId;
  const [change] = input.changes;
  const id = change?.id ?? '';
  const groups = isId(id) ? await findGroupsOfEntities(reader, [id], actor.organizationId) : new Map();
  const group = groups.get(id.toLowerCase()) as string | undefined;
  const isSeen = actor.runtimeGroupId === null || actor.runtimeGroupId === group;
  if (group === undefined || !isSeen) {
    throw entityNotFound({ typeName: kindNamed(change?.kind ?? '').typeName, id }, ['id']);
  }
  return group;
}
