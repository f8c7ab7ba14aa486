import type { Slice } from '../../foundation/graphql/slice.js';
import { AccessToken } from './tokens.graphql.js';
import { AccessTokenResolver, loadToken } from './tokens.resolver.js';

export { AccessTokenTable, OrganizationTable } from './access.table.js';
export { claimKey, recordAnswer } from './access.store.js';
export { makeAuthenticator, type Authenticator } from './authenticate.js';
export { decide } from './decide.js';
export { forgetKeys } from './forget-keys.js';
export { newTokenSecret } from './tokens.commands.js';

export const accessSlice: Slice = {
  name: 'access',
  resolvers: [AccessTokenResolver],
  types: [AccessToken],
  references: [
    {
      typeName: 'AccessToken',
      node: true,
      resolve: async (context, { id }) => loadToken(context, String(id)),
    },
  ],
};
