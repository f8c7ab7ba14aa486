import type { Query } from '../../foundation/commands/command.js';
import type { ListPage, ListRequest } from '../../foundation/postgres/list.js';
import { organizationWide } from '../runtime-groups/index.js';
import type { Instance, InstanceClass } from './instance.js';
import { countActive, findInstanceClasses, findInstances, listInstances } from './instance.store.js';

/** Instances by their ids, one answer for each; nothing for those that are not there for the actor. */
export const instancesById: Query<readonly string[], (Instance | undefined)[]> = {
  name: 'instances.by-id',
  action: 'instance:read',
  scope: organizationWide,
  run: async (reader, ids, { visibility }) => {
    const found = await findInstances(reader, visibility, ids);
    const instances = new Map(found.map((instance) => [instance.id, instance]));
    return ids.map((id) => instances.get(id.toLowerCase()));
  },
};

/** Pages of instances: one for each group, or one over all that the actor may see. */
export const instancePages: Query<
  ListRequest & { readonly groupIds: readonly string[] | null },
  ListPage<Instance>[]
> = {
  name: 'instances.pages',
  action: 'instance:read',
  scope: organizationWide,
  run: (reader, request, { visibility }) => listInstances(reader, visibility, request),
};

/** How many instances of each group are connected and in sync. */
export const activeCounts: Query<readonly string[], number[]> = {
  name: 'instances.active',
  action: 'instance:read',
  scope: organizationWide,
  run: async (reader, groupIds) => {
    const counts = await countActive(reader, groupIds);
    return groupIds.map((id) => counts.get(id) ?? 0);
  },
};

/** All instances of each group, by the version of the gateway that they run. */
export const instanceClasses: Query<readonly string[], (readonly InstanceClass[])[]> = {
  name: 'instances.classes',
  action: 'instance:read',
  scope: organizationWide,
  run: async (reader, groupIds, { visibility }) => {
    const classes = await findInstanceClasses(reader, visibility, groupIds);
    return groupIds.map((id) => classes.get(id.toLowerCase()) ?? []);
  },
};
