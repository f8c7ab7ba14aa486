import type { Visibility } from '../../foundation/commands/command.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { statement } from '../../foundation/postgres/statement.js';

const liveVersions = statement(
  'services.live_versions_of_configurations',
  `select c.id, v.id as version_id from runtime_configuration c
   join service s on s.id = c.service_id
   join service_version v on v.service_id = c.service_id and v.runtime_group_id = c.runtime_group_id
     and v.stage = 'LIVE' and (c.service_version_id is null or c.service_version_id = v.id)
   where c.id = any($1::uuid[]) and s.organization_id = $2 and ($3::uuid is null or c.runtime_group_id = $3)`,
);

/** The live versions that run with these runtime configurations, which own their entities: by the configurations' ids. */
export async function findLiveVersions(
  reader: Reader,
  { organizationId, runtimeGroupId }: Visibility,
  configurationIds: readonly string[],
): Promise<Map<string, string>> {
  const values = [configurationIds, organizationId, runtimeGroupId];
  const rows = await reader.rows<{ id: string; version_id: string }>(liveVersions, values);
  return new Map(rows.map((row) => [row.id, row.version_id]));
}
