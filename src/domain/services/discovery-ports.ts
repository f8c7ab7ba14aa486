import type { Execute } from '../../foundation/commands/execute.js';
import { itself } from '../access/index.js';
import type { FoundNodes } from '../registries/index.js';
import { applyFoundNodes } from './runtime-configuration.commands.js';
import { readLookups } from './lookups.store.js';

/** What services have the discovery do. */
export const discoveryPorts = {
  lookupsInUse: readLookups,
  apply: async (execute: Execute, found: FoundNodes): Promise<void> => {
    await execute(itself(found.connection.organizationId), applyFoundNodes, found);
  },
};
