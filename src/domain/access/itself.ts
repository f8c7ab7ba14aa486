import type { Actor } from '../../foundation/commands/command.js';

/** The control plane acting on its own account. */
export function itself(organizationId: string): Actor {
  return {
    tokenId: '00000000-0000-0000-0000-000000000000',
    name: 'signalbox',
    role: 'ADMIN',
    organizationId,
    runtimeGroupId: null,
    runtimeInstanceId: null,
    expiresAt: null,
  };
}
