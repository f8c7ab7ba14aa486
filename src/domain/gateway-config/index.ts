export type { ConfigEntity } from './config-entity.js';
export { collections } from './gateway-config.queries.js';
export { followConfiguration } from './gateway-config.watches.js';
export { configMessage, showToGateways, type ShowToGateways } from './graphql/config-messages.js';
export { ConfigDelta, ConfigSnapshot } from './graphql/config-stream.graphql.js';
export type { ReadSnapshot } from './snapshot.js';
