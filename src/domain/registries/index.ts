export { findNodes, RegistryFailure } from './consul.js';
export type { FoundNodes } from './discovery.js';
export { findFindings, putFinding } from './lookup.store.js';
export { lookupId, type FoundNode, type Lookup, type ServiceRegistry } from './registry.js';
export { getRegistry } from './registry.commands.js';
export { ServiceRegistryType } from './registry.graphql.js';
export { findingsById } from './registry.queries.js';
export {
  nothingFound,
  registryElsewhere,
  registryNotFound,
  registryUnreachable,
} from './registry.refusals.js';
export { loadRegistry } from './registry.resolver.js';
export { findConnections, holdRegistry } from './registry.store.js';
export { Slots } from './slots.js';
export { openedConnection } from './token-seal.js';
