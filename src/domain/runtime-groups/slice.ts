import type { Slice } from '../../foundation/graphql/slice.js';
import { deleteRuntimeGroup, type GroupContents } from './runtime-group.commands.js';
import { OrganizationType, RuntimeGroupType } from './runtime-group.graphql.js';
import { loadMoment } from './as-of.graphql.js';
import {
  loadGroup,
  loadGroupAt,
  loadOrganization,
  OrganizationResolver,
  runtimeGroupResolver,
} from './runtime-group.resolver.js';

export { asOfDescription, AsOfInput } from './as-of.graphql.js';
export { RuntimeGroupTable } from './runtime-group.table.js';
export { ensureAdminToken, ensureOrganization } from './bootstrap.store.js';

/** Groups, given who counts what is in them. */
export function runtimeGroupsSlice(contents: GroupContents): Slice {
  return {
    name: 'runtime-groups',
    resolvers: [OrganizationResolver, runtimeGroupResolver(deleteRuntimeGroup(contents))],
    types: [OrganizationType, RuntimeGroupType],
    references: [
      {
        typeName: 'Organization',
        node: true,
        resolve: async (context, { id }) => loadOrganization(context, String(id)),
      },
      {
        typeName: 'RuntimeGroup',
        node: true,
        resolve: (context, { id, name }) =>
          typeof id === 'string' ? loadGroup(context, id) : loadGroup(context, String(name), 'name'),
        resolveThen: async (context, id, asOf) =>
          (await loadGroup(context, id)) && loadGroupAt(context, await loadMoment(context, id, asOf)),
      },
    ],
  };
}
