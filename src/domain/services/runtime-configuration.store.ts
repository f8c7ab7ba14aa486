import type { Visibility } from '../../foundation/commands/command.js';
import { isId } from '../../foundation/kernel/id.js';
import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import { columnsOf } from '../../foundation/postgres/insert-rows.js';
import { statement } from '../../foundation/postgres/statement.js';
import type { Canary, RuntimeConfiguration, RuntimeSettings } from './runtime-configuration.js';

export interface RuntimeConfigurationRow {
  readonly id: string;
  readonly service_id: string;
  readonly runtime_group_id: string;
  readonly service_version_id: string | null;
  readonly document: RuntimeSettings;
  readonly canary: Canary | null;
  readonly version: number;
  readonly updated_at: Date;
}

export const configurationColumns =
  'c.id, c.service_id, c.runtime_group_id, c.service_version_id, c.document, c.canary, c.version, c.updated_at';

/** The runtime configuration that a row stands for. */
export function configurationOf(row: RuntimeConfigurationRow): RuntimeConfiguration {
  return {
    id: row.id,
    serviceId: row.service_id,
    runtimeGroupId: row.runtime_group_id,
    serviceVersionId: row.service_version_id,
    settings: row.document,
    canary: row.canary,
    version: row.version,
    updatedAt: row.updated_at,
  };
}

const ofServices = statement(
  'runtime_configurations.of_services',
  `select ${configurationColumns} from runtime_configuration c
   where c.service_id = any($1::uuid[]) and c.runtime_group_id = $2 order by c.id`,
);

/** The runtime configurations of services in a group: for each service one, or one for each version. */
export async function findConfigurations(
  reader: Reader,
  serviceIds: readonly string[],
  runtimeGroupId: string,
): Promise<RuntimeConfiguration[]> {
  const rows = await reader.rows<RuntimeConfigurationRow>(ofServices, [serviceIds, runtimeGroupId]);
  return rows.map(configurationOf);
}

const ofVersions = statement(
  'runtime_configurations.of_versions',
  `select ${configurationColumns}, v.id as version_id from service_version v
   join runtime_configuration c on c.service_id = v.service_id and c.runtime_group_id = v.runtime_group_id
     and (c.service_version_id is null or c.service_version_id = v.id)
   where v.id = any($1::uuid[])`,
);

/** What each of these versions runs with. */
export async function findConfigurationsOfVersions(
  reader: Reader,
  versionIds: readonly string[],
): Promise<Map<string, RuntimeConfiguration>> {
  if (versionIds.length === 0) return new Map();
  const rows = await reader.rows<RuntimeConfigurationRow & { version_id: string }>(ofVersions, [versionIds]);
  return new Map(rows.map((row) => [row.version_id, configurationOf(row)]));
}

const byIds = statement(
  'runtime_configurations.by_ids',
  `select ${configurationColumns} from runtime_configuration c join service s on s.id = c.service_id
   where c.id = any($1::uuid[]) and s.organization_id = $2 and ($3::uuid is null or c.runtime_group_id = $3)`,
);

/** The visible ones of the runtime configurations asked for, in any order. */
export async function findConfigurationsById(
  reader: Reader,
  { organizationId, runtimeGroupId }: Visibility,
  ids: readonly string[],
): Promise<RuntimeConfiguration[]> {
  const known = ids.filter(isId);
  if (known.length === 0) return [];
  const rows = await reader.rows<RuntimeConfigurationRow>(byIds, [known, organizationId, runtimeGroupId]);
  return rows.map(configurationOf);
}

const ofWholeService = statement(
  'runtime_configurations.of_whole_service',
  `select ${configurationColumns} from runtime_configuration c where c.service_id = $1 order by c.id`,
);

/** The runtime configurations of a service, in all groups. */
export async function findConfigurationsOf(
  reader: Reader,
  serviceId: string,
): Promise<RuntimeConfiguration[]> {
  return (await reader.rows<RuntimeConfigurationRow>(ofWholeService, [serviceId])).map(configurationOf);
}

const inGroup = statement(
  'runtime_configurations.in_group',
  `select ${configurationColumns} from runtime_configuration c where c.runtime_group_id = $1 order by c.id`,
);

/** All runtime configurations in a group. */
export async function findConfigurationsInGroup(
  reader: Reader,
  runtimeGroupId: string,
): Promise<RuntimeConfiguration[]> {
  return (await reader.rows<RuntimeConfigurationRow>(inGroup, [runtimeGroupId])).map(configurationOf);
}

const put = statement(
  'runtime_configurations.put',
  `insert into runtime_configuration as c (id, service_id, runtime_group_id, service_version_id, document, canary)
   select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::jsonb[], $6::jsonb[])
   on conflict (id) do update set document = excluded.document, canary = excluded.canary, version = c.version + 1,
     updated_at = clock_timestamp()`,
);

export type ConfigurationDraft = Omit<RuntimeConfiguration, 'version' | 'updatedAt'>;

/** Adds runtime configurations, or makes them these. */
export async function putConfigurations(
  tx: Transaction,
  configurations: readonly ConfigurationDraft[],
): Promise<void> {
  if (configurations.length === 0) return;
  const rows = configurations.map(({ id, serviceId, runtimeGroupId, serviceVersionId, settings, canary }) => {
    const documents = [JSON.stringify(settings), canary && JSON.stringify(canary)];
    return [id, serviceId, runtimeGroupId, serviceVersionId, ...documents];
  });
  await tx.rows(put, columnsOf(rows));
}
