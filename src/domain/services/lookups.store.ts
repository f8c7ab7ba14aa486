import type { Reader } from '../../foundation/postgres/database.js';
import { statement } from '../../foundation/postgres/statement.js';
import { lookupId, type Lookup, type ServiceRegistry } from '../registries/index.js';
import { lookupsOf, type RuntimeConfiguration } from './runtime-configuration.js';
import {
  configurationColumns,
  configurationOf,
  type RuntimeConfigurationRow,
} from './runtime-configuration.store.js';
import { titleOf } from './version.js';

/** In these words, so that PostgreSQL finds the index that is on it. */
const discovers = `(c.document->'target' ? 'registry' or c.canary->'target' ? 'registry')`;

const discovering = statement(
  'runtime_configurations.discovering',
  `select ${configurationColumns} from runtime_configuration c where ${discovers}`,
);

/** Everything that is looked up in service registries by what services run with, each once. */
export async function readLookups(reader: Reader): Promise<Lookup[]> {
  const rows = await reader.rows<RuntimeConfigurationRow>(discovering);
  const lookups = rows.flatMap((row) => lookupsOf(configurationOf(row)));
  return [...new Map(lookups.map((lookup) => [lookupId(lookup), lookup])).values()];
}

const discoveringIn = statement(
  'runtime_configurations.discovering_in',
  `${discovering.text} and c.runtime_group_id = $1 order by c.id`,
);

/** The runtime configurations in a group with this lookup. */
export async function findConfigurationsByLookup(
  reader: Reader,
  runtimeGroupId: string,
  lookup: Lookup,
): Promise<RuntimeConfiguration[]> {
  const id = lookupId(lookup);
  const all = (await reader.rows<RuntimeConfigurationRow>(discoveringIn, [runtimeGroupId])).map(
    configurationOf,
  );
  return all.filter((configuration) => lookupsOf(configuration).some((each) => lookupId(each) === id));
}

const registryUsers = statement(
  'runtime_configurations.registry_users',
  `select s.name, v.number from runtime_configuration c join service s on s.id = c.service_id
   left join service_version v on v.id = c.service_version_id
   where ${discovers} and c.runtime_group_id = $1
     and $2 in (c.document->'target'->'registry'->>'registryId', c.canary->'target'->'registry'->>'registryId')
   order by s.name, v.number_rank`,
);

/** The services, and versions with settings of their own, that are found by a service registry. */
export async function usersOfRegistry(
  reader: Reader,
  { id, runtimeGroupId }: Pick<ServiceRegistry, 'id' | 'runtimeGroupId'>,
): Promise<string[]> {
  const rows = await reader.rows<{ name: string; number: string | null }>(registryUsers, [
    runtimeGroupId,
    id,
  ]);
  return rows.map(({ name, number }) => (number === null ? `service ${name}` : titleOf({ name }, number)));
}
