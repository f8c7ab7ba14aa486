import type { StreamKey } from '../../foundation/commands/command.js';

/** The order of everything that happens in an organization. */
export function changesStream({ organizationId }: { readonly organizationId: string }): StreamKey {
  return { topic: 'changes', scopeId: organizationId };
}
