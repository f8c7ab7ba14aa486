import type { Query } from '../../foundation/commands/command.js';
import type { ListPage, ListRequest } from '../../foundation/postgres/list.js';
import { organizationWide } from '../runtime-groups/index.js';
import {
  listConfigurationChanges,
  type ConfigurationChange,
  type ConfigurationHistory,
} from './configuration-history.store.js';
import type { RuntimeConfiguration } from './runtime-configuration.js';
import { findConfigurationsById, findConfigurationsOfVersions } from './runtime-configuration.store.js';
import type { Service } from './service.js';
import { findServices, findServicesByName, listServices } from './service.store.js';
import type { ServiceVersion } from './version.js';
import { findLiveVersions } from './owned-entities.store.js';
import { findVersions, listVersions, type VersionList } from './version.store.js';

/** Services by their ids or names, one answer for each key; nothing for those that are not there for the actor. */
export const servicesByKey: Query<
  { readonly by: 'id' | 'name'; readonly keys: readonly string[] },
  (Service | undefined)[]
> = {
  name: 'services.by-key',
  action: 'service:read',
  scope: organizationWide,
  run: async (reader, { by, keys }, { visibility }) => {
    const found =
      by === 'id'
        ? await findServices(reader, visibility, keys)
        : await findServicesByName(reader, visibility, keys);
    const services = new Map(found.map((service) => [service[by], service]));
    return keys.map((key) => services.get(by === 'id' ? key.toLowerCase() : key));
  },
};

/** A page of the services that the actor may see. */
export const servicesPage: Query<ListRequest, ListPage<Service>> = {
  name: 'services.page',
  action: 'service:read',
  scope: organizationWide,
  run: (reader, request, { visibility }) => listServices(reader, visibility, request),
};

/** Versions by their ids, one answer for each; nothing for those that are not there for the actor. */
export const versionsById: Query<readonly string[], (ServiceVersion | undefined)[]> = {
  name: 'services.versions-by-id',
  action: 'service:read',
  scope: organizationWide,
  run: async (reader, ids, { visibility }) => {
    const found = await findVersions(reader, visibility, ids);
    const versions = new Map(found.map((version) => [version.id, version]));
    return ids.map((id) => versions.get(id.toLowerCase()));
  },
};

/** Pages of versions, one for each parent. */
export const versionPages: Query<VersionList, ListPage<ServiceVersion>[]> = {
  name: 'services.version-pages',
  action: 'service:read',
  scope: organizationWide,
  run: (reader, request, { visibility }) => listVersions(reader, visibility, request),
};

/** What versions run with, one answer for each that was seen already. */
export const configurationsOfVersions: Query<readonly string[], (RuntimeConfiguration | undefined)[]> = {
  name: 'services.configurations-of-versions',
  action: 'service:read',
  scope: organizationWide,
  run: async (reader, ids) => {
    const configurations = await findConfigurationsOfVersions(reader, ids);
    return ids.map((id) => configurations.get(id));
  },
};

/** The versions behind the owners of entities, as their ids, one answer for each; nothing for those that the actor may not see. */
export const ownersById: Query<readonly string[], (string | undefined)[]> = {
  name: 'services.owners-by-id',
  action: 'service:read',
  scope: organizationWide,
  run: async (reader, ids, { visibility }) => {
    const versions = await findLiveVersions(reader, visibility, ids);
    return ids.map((id) => versions.get(id));
  },
};

/** Runtime configurations by their ids, one answer for each; nothing for those that are not there for the actor. */
export const configurationsById: Query<readonly string[], (RuntimeConfiguration | undefined)[]> = {
  name: 'services.configurations-by-id',
  action: 'service:read',
  scope: organizationWide,
  run: async (reader, ids, { visibility }) => {
    const found = await findConfigurationsById(reader, visibility, ids);
    const configurations = new Map(found.map((each) => [each.id, each]));
    return ids.map((id) => configurations.get(id.toLowerCase()));
  },
};

/** Pages of what became of runtime configurations, one for each. */
export const configurationHistory: Query<ConfigurationHistory, ListPage<ConfigurationChange>[]> = {
  name: 'services.configuration-history',
  action: 'service:read',
  scope: organizationWide,
  run: (reader, request, { visibility }) => listConfigurationChanges(reader, visibility, request),
};
