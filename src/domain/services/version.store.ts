import type { Visibility } from '../../foundation/commands/command.js';
import { isId } from '../../foundation/kernel/id.js';
import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import { columnsOf } from '../../foundation/postgres/insert-rows.js';
import { list, mapPage, type ListPage, type ListRequest } from '../../foundation/postgres/list.js';
import { statement } from '../../foundation/postgres/statement.js';
import type { Implementation } from './implementation.js';
import type { RuntimeSettings } from './runtime-configuration.js';
import { rankOf } from './version-number.js';
import type { Deprecation, ServiceVersion, VersionStage, VersionState } from './version.js';

interface VersionRow {
  readonly id: string;
  readonly service_id: string;
  readonly runtime_group_id: string;
  readonly number: string;
  readonly implementation: Implementation;
  readonly digest: Buffer;
  readonly stage: VersionStage;
  readonly state: VersionState;
  readonly deprecation: Deprecation | null;
  readonly notes: string;
  readonly last_runtime_configuration: RuntimeSettings | null;
  readonly published_at: Date;
  readonly published_by: string;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const versionColumns = `v.id, v.service_id, v.runtime_group_id, v.number, v.implementation, v.digest, v.stage, v.state,
  v.deprecation, v.notes, v.last_runtime_configuration, v.published_at, v.published_by, v.version, v.created_at, v.updated_at`;

function versionOf(row: VersionRow): ServiceVersion {
  return {
    id: row.id,
    serviceId: row.service_id,
    runtimeGroupId: row.runtime_group_id,
    number: row.number,
    implementation: row.implementation,
    digest: row.digest,
    stage: row.stage,
    state: row.state,
    deprecation: row.deprecation,
    notes: row.notes,
    lastRuntimeConfiguration: row.last_runtime_configuration,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

const versionFrom = 'service_version v join service s on s.id = v.service_id';
const visible = (organization: string, group: string): string =>
  `s.organization_id = ${organization} and (${group}::uuid is null or v.runtime_group_id = ${group})`;

const byIds = statement(
  'service_versions.by_ids',
  `select ${versionColumns} from ${versionFrom} where v.id = any($1::uuid[]) and ${visible('$2', '$3')}`,
);

/** The visible ones of the versions asked for, in any order. What is no id finds nothing. */
export async function findVersions(
  reader: Reader,
  { organizationId, runtimeGroupId }: Visibility,
  ids: readonly string[],
): Promise<ServiceVersion[]> {
  const known = ids.filter(isId);
  if (known.length === 0) return [];
  return (await reader.rows<VersionRow>(byIds, [known, organizationId, runtimeGroupId])).map(versionOf);
}

const ofServices = statement(
  'service_versions.of_services',
  `select ${versionColumns} from service_version v
   where v.service_id = any($1::uuid[]) and ($2::uuid is null or v.runtime_group_id = $2) order by v.number_rank desc, v.id`,
);

/** All versions of these services, in one group or in all, the highest number first. */
export async function findVersionsOf(
  reader: Reader,
  serviceIds: readonly string[],
  runtimeGroupId: string | null = null,
): Promise<ServiceVersion[]> {
  return (await reader.rows<VersionRow>(ofServices, [serviceIds.filter(isId), runtimeGroupId])).map(
    versionOf,
  );
}

const liveNumbers = statement(
  'service_versions.live_numbers',
  `select service_id, number from service_version
   where runtime_group_id = $1 and service_id = any($2::uuid[]) and stage = 'LIVE' order by number_rank`,
);

/** The numbers of the live versions of these services in a group: for each service, the highest. */
export async function findLiveNumbers(
  reader: Reader,
  runtimeGroupId: string,
  serviceIds: readonly string[],
): Promise<Map<string, string>> {
  const known = serviceIds.filter(isId);
  const rows = await reader.rows<Pick<VersionRow, 'service_id' | 'number'>>(liveNumbers, [
    runtimeGroupId,
    known,
  ]);
  return new Map(rows.map((row) => [row.service_id, row.number]));
}

const inGroup = statement(
  'service_versions.in_group',
  `select ${versionColumns} from service_version v where v.runtime_group_id = $1 order by v.id`,
);

/** All versions in a group. */
export async function findVersionsInGroup(reader: Reader, runtimeGroupId: string): Promise<ServiceVersion[]> {
  return (await reader.rows<VersionRow>(inGroup, [runtimeGroupId])).map(versionOf);
}

const all = statement(
  'service_versions.all',
  `select ${versionColumns} from ${versionFrom}
   where ${visible('$1', '$2')} and ($3::uuid is null or v.service_id = $3) order by v.id`,
);

/** All versions of an organization that may be seen, or those of one service. */
export async function readAllVersions(
  reader: Reader,
  { organizationId, runtimeGroupId }: Visibility,
  serviceId: string | null,
): Promise<ServiceVersion[]> {
  const rows = await reader.rows<VersionRow>(all, [organizationId, runtimeGroupId, serviceId]);
  return rows.map(versionOf);
}

/** Whose versions a list is of. */
type VersionParents =
  { readonly of: 'organization' } | { readonly of: 'service' | 'group'; readonly ids: readonly string[] };

export interface VersionList extends ListRequest {
  readonly of: VersionParents;
}

const columns = {
  id: { sql: 'v.id', type: 'uuid', required: true },
  number: { sql: 'v.number', type: 'text', required: true },
  rank: { sql: 'v.number_rank', type: 'text', required: true },
  stage: { sql: 'v.stage', type: 'text', required: true },
  state: { sql: 'v.state', type: 'text', required: true },
  serviceId: { sql: 'v.service_id', type: 'uuid', required: true },
  runtimeGroupId: { sql: 'v.runtime_group_id', type: 'uuid', required: true },
  publishedAt: { sql: 'v.published_at', type: 'timestamp', required: true },
  updatedAt: { sql: 'v.updated_at', type: 'timestamp', required: true },
} as const;

const versions = {
  name: 'service_versions.page',
  from: versionFrom,
  select: versionColumns,
  id: 'v.id',
  where: visible('$1', '$2'),
  columns,
} as const;

const parentColumns = { service: 'v.service_id', group: 'v.runtime_group_id' } as const;

/** Pages of versions that may be seen, one for each parent. */
export async function listVersions(
  reader: Reader,
  { organizationId, runtimeGroupId }: Visibility,
  { of: parents, ...request }: VersionList,
): Promise<ListPage<ServiceVersion>[]> {
  const fixed = [organizationId, runtimeGroupId];
  const within = parents.of === 'organization' ? null : { sql: parentColumns[parents.of], ids: parents.ids };
  const pages = await list<VersionRow>(reader, versions, { ...request, parents: within, fixed });
  return pages.map((page) => mapPage(page, versionOf));
}

const put = statement(
  'service_versions.put',
  `insert into service_version as v (id, service_id, runtime_group_id, number, number_rank, implementation, digest, one_live,
     stage, state, deprecation, notes, last_runtime_configuration, published_at, published_by)
   select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::jsonb[], $7::bytea[], $8::boolean[],
     $9::text[], $10::text[], $11::jsonb[], $12::text[], $13::jsonb[], $14::timestamptz[], $15::text[])
   on conflict (id) do update set implementation = excluded.implementation, digest = excluded.digest,
     stage = excluded.stage, state = excluded.state, deprecation = excluded.deprecation, notes = excluded.notes,
     last_runtime_configuration = excluded.last_runtime_configuration, published_at = excluded.published_at,
     published_by = excluded.published_by, version = v.version + 1, updated_at = clock_timestamp()`,
);

/** A version as it is to be stored; the store counts its changes. */
export type VersionDraft = Omit<ServiceVersion, 'version' | 'createdAt' | 'updatedAt'>;

/** Adds versions, or makes them these, one after the other: what becomes history makes room for what becomes live. */
export async function putVersions(
  tx: Transaction,
  versions: readonly VersionDraft[],
  { oneLive }: { readonly oneLive: boolean },
): Promise<void> {
  if (versions.length === 0) return;
  const rows = versions.map((version) => {
    const { lastRuntimeConfiguration: last, deprecation } = version;
    return [
      ...[version.id, version.serviceId, version.runtimeGroupId, version.number, rankOf(version.number)],
      ...[JSON.stringify(version.implementation), version.digest, oneLive, version.stage, version.state],
      ...[deprecation && JSON.stringify(deprecation), version.notes, last && JSON.stringify(last)],
      ...[version.publishedAt, version.publishedBy],
    ];
  });
  await tx.rows(put, columnsOf(rows));
}

const remove = statement('service_versions.delete', 'delete from service_version where id = $1');

export async function deleteVersionRow(tx: Transaction, id: string): Promise<void> {
  await tx.rows(remove, [id]);
}
