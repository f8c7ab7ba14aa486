export { findSameHolder, findTokensBySecrets, insertToken } from './access.store.js';
export { OrganizationTable, type OrganizationRow } from './access.table.js';
export { mayRead } from './decide.js';
export { itself } from './itself.js';
export { newTokenSecret, tokenCreated } from './tokens.commands.js';
export { CreateAccessTokenPayload } from './tokens.graphql.js';
export { loadToken } from './tokens.resolver.js';
