import type { Action, Resource, Rights } from '../../foundation/commands/command.js';
import { defineRefusal, type Refusal } from '../../foundation/kernel/refusal.js';

const actionDenied = defineRefusal(
  'ACTION_DENIED',
  'denied',
  (facts: { action: Action; role: string }) =>
    `This token has the role ${facts.role}, which may not do “${facts.action}”. Ask an administrator for a token that may.`,
);

const outsideScope = defineRefusal(
  'OUTSIDE_TOKEN_SCOPE',
  'denied',
  (facts: { action: Action }) =>
    `This token is good for one runtime group, and “${facts.action}” reaches beyond it.`,
);

/** What each role may do. An action that stands nowhere is allowed to nobody. */
const allowed: Readonly<Record<Rights['role'], readonly Action[]>> = {
  ADMIN: [
    'organization:read',
    'changes:read',
    'webhook:read',
    'webhook:write',
    'group:read',
    'group:create',
    'group:update',
    'group:delete',
    'config:read',
    'config:write',
    'config:read-secrets',
    'registry:read',
    'registry:write',
    'service:read',
    'service:write',
    'service:deploy',
    'service:approve',
    'instance:read',
    'instance:create',
    'instance:update',
    'instance:delete',
    'token:read',
    'token:create',
    'token:revoke',
  ],
  VIEWER: [
    'organization:read',
    'changes:read',
    'group:read',
    'config:read',
    'registry:read',
    'service:read',
    'instance:read',
  ],
  INSTANCE: ['organization:read', 'group:read', 'config:read', 'instance:read', 'instance:run'],
};

/** The one decision on access: a refusal, or nothing if the actor may. Deny is the default. */
export function decide(actor: Rights, action: Action, resource: Resource): Refusal | undefined {
  if (actor.organizationId !== resource.organizationId) return actionDenied({ action, role: actor.role });
  if (!allowed[actor.role].includes(action)) return actionDenied({ action, role: actor.role });
  const { runtimeGroupId, runtimeInstanceId } = actor;
  if (runtimeGroupId && resource.runtimeGroupId !== runtimeGroupId && !isListing(action, resource)) {
    return outsideScope({ action });
  }
  if (action === 'instance:run' && runtimeInstanceId !== resource.runtimeInstanceId) {
    return outsideScope({ action });
  }
  return undefined;
}

/** Lists over the organization are open to tokens of one group: what they list is narrowed to that group. */
function isListing(action: Action, resource: Resource): boolean {
  return resource.runtimeGroupId === null && action.endsWith(':read');
}

/**
 * Whether one of many things is for the actor, where they are read by different rights. Tokens of one group see what is of
 * that group, and nothing of the organization as a whole.
 */
export function mayRead(
  actor: Rights,
  action: Action,
  { runtimeGroupId }: Pick<Resource, 'runtimeGroupId'>,
): boolean {
  if (actor.runtimeGroupId !== null && actor.runtimeGroupId !== runtimeGroupId) return false;
  return decide(actor, action, { organizationId: actor.organizationId, runtimeGroupId }) === undefined;
}
