import type { Actor, Query, Resource, Visibility } from '../../foundation/commands/command.js';
import type { Reader } from '../../foundation/postgres/database.js';
import type { ListPage, ListRequest } from '../../foundation/postgres/list.js';
import type { OrganizationRow } from '../access/index.js';
import type { RuntimeGroup } from './runtime-group.js';
import {
  findGroups,
  findGroupsByName,
  getDefaultGroup,
  getOrganization,
  listGroups,
} from './runtime-group.store.js';

/** The organization of the actor. */
export const organization: Query<null, OrganizationRow> = {
  name: 'runtime-groups.organization',
  action: 'organization:read',
  scope: organizationWide,
  run: (reader, _input, { visibility }) => getOrganization(reader, visibility.organizationId),
};

/** The default group of the actor's organization, if the actor may see it. */
export const defaultGroup: Query<null, RuntimeGroup | undefined> = {
  name: 'runtime-groups.default',
  action: 'group:read',
  scope: organizationWide,
  run: async (reader, _input, { visibility }) => {
    const group = await getDefaultGroup(reader, visibility.organizationId);
    return sees(visibility, group.id) ? group : undefined;
  },
};

/** Groups by their ids or names, one answer for each key; nothing for those that are not there for the actor. */
export const groupsByKey: Query<
  { readonly by: 'id' | 'name'; readonly keys: readonly string[] },
  (RuntimeGroup | undefined)[]
> = {
  name: 'runtime-groups.by-key',
  action: 'group:read',
  scope: organizationWide,
  run: async (reader, { by, keys }, { visibility }) => {
    const found =
      by === 'id'
        ? await findGroups(reader, visibility, keys)
        : await findGroupsByName(reader, visibility, keys);
    const groups = new Map(found.map((group) => [group[by], group]));
    return keys.map((key) => groups.get(by === 'id' ? key.toLowerCase() : key));
  },
};

/** A page of the groups that the actor may see. */
export const groupsPage: Query<ListRequest, ListPage<RuntimeGroup>> = {
  name: 'runtime-groups.page',
  action: 'group:read',
  scope: organizationWide,
  run: (reader, request, { visibility }) => listGroups(reader, visibility, request),
};

/** What is asked for reaches over the organization; what is read is narrowed to what the actor may see. */
export function organizationWide(_reader: Reader, _input: unknown, actor: Actor): Promise<Resource> {
  return Promise.resolve({ organizationId: actor.organizationId, runtimeGroupId: null });
}

function sees({ runtimeGroupId }: Visibility, id: string): boolean {
  return runtimeGroupId === null || runtimeGroupId === id;
}
