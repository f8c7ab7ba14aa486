import type { Query } from '../../foundation/commands/command.js';
import type { ListPage, ListRequest } from '../../foundation/postgres/list.js';
import { organizationWide } from '../runtime-groups/index.js';
import { findFindings, type Finding } from './lookup.store.js';
import type { ServiceRegistry } from './registry.js';
import { findRegistries, listRegistries } from './registry.store.js';

/** Registries by their ids, one answer for each; nothing for those that are not there for the actor. */
export const registriesById: Query<readonly string[], (ServiceRegistry | undefined)[]> = {
  name: 'registries.by-id',
  action: 'registry:read',
  scope: organizationWide,
  run: async (reader, ids, { visibility }) => {
    const found = await findRegistries(reader, visibility, ids);
    const registries = new Map(found.map((registry) => [registry.id, registry]));
    return ids.map((id) => registries.get(id.toLowerCase()));
  },
};

/** Pages of registries, one for each group. */
export const registryPages: Query<
  ListRequest & { readonly groupIds: readonly string[] },
  ListPage<ServiceRegistry>[]
> = {
  name: 'registries.pages',
  action: 'registry:read',
  scope: organizationWide,
  run: (reader, request, { visibility }) => listRegistries(reader, visibility, request),
};

/** What lookups that were seen already last found, one answer for each. */
export const findingsById: Query<readonly string[], (Finding | undefined)[]> = {
  name: 'registries.findings',
  action: 'registry:read',
  scope: organizationWide,
  run: async (reader, ids) => {
    const findings = await findFindings(reader, ids);
    return ids.map((id) => findings.get(id));
  },
};
