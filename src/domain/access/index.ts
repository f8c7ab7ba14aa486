export { findTokenBySecret, insertToken } from './access.store.js';
export { OrganizationTable, type OrganizationRow } from './access.table.js';
export { newTokenSecret } from './tokens.commands.js';
