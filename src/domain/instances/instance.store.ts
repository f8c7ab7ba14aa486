import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import type { Visibility } from '../../foundation/commands/command.js';
import { isId } from '../../foundation/kernel/id.js';
import { list, mapPage, type ListPage, type ListRequest } from '../../foundation/postgres/list.js';
import { statement } from '../../foundation/postgres/statement.js';
import {
  heartbeatMs,
  objectiveMs,
  syncMessage,
  type Instance,
  type InstanceClass,
  type InstanceStatus,
  type SyncReason,
} from './instance.js';

/**
 * Instances with their status, derived from facts: the group's head, the session, the last report, and the log's own
 * record of the revision that is said to run. The one place where the rules of design.md, "RuntimeInstance", stand.
 */
export const instanceFrom = `runtime_instance i
  join runtime_group g on g.id = i.runtime_group_id
  join stream_head h on h.topic = 'config' and h.scope_id = i.runtime_group_id
  left join instance_session s on s.instance_id = i.id
  left join replica p on p.id = s.replica_id
  left join instance_report a on a.instance_id = i.id
  left join stream_revision ran on ran.topic = 'config' and ran.scope_id = g.id and ran.revision = a.applied_revision
  left join stream_revision due on due.topic = 'config' and due.scope_id = g.id and due.revision = a.applied_revision + 1
  cross join lateral (select
    s.closed_at is null and p.lease_until > now() as connected,
    coalesce(ran.state_hash, case when a.applied_revision = 0 then decode(repeat('00', 32), 'hex') end) as ran_hash,
    -- What is no longer kept cannot be compared.
    coalesce(a.applied_revision = 0 or a.applied_revision >= h.floor_revision, false) as is_known,
    coalesce(due.at, s.opened_at) as behind_since
  ) f
  cross join lateral (select
    case when f.connected then 'CONNECTED' else 'DISCONNECTED' end as connection,
    case
      when not exists (
        select from access_token t where t.runtime_instance_id = i.id and t.revoked_at is null
      ) then 'REVOKED'
      when s.instance_id is null then 'NEVER_SEEN'
      when f.connected is not true and s.last_seen_at < now() - interval '${3 * heartbeatMs} milliseconds' then 'OFFLINE'
      when a.applied_hash is not null and f.is_known and f.ran_hash is distinct from a.applied_hash then 'DIVERGED'
      when a.applied_revision = h.revision then 'APPLIED'
      when a.rejected_revision = h.revision then 'REJECTED'
      when f.behind_since > now() - interval '${objectiveMs} milliseconds' then 'SYNCING'
      else 'LAGGING'
    end as reason
  ) d`;

const instanceColumns = `i.id, i.runtime_group_id, i.hostname, i.ip_address, i.runtime_version, i.labels,
  i.created_at, s.last_seen_at, h.revision as target_revision, a.applied_revision, a.rejected_message, d.connection,
  d.reason`;

interface InstanceRow {
  readonly id: string;
  readonly runtime_group_id: string;
  readonly hostname: string;
  readonly ip_address: string | null;
  readonly runtime_version: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly created_at: Date;
  readonly last_seen_at: Date | null;
  readonly target_revision: string;
  readonly applied_revision: string | null;
  readonly rejected_message: string | null;
  readonly connection: InstanceStatus['connection'];
  readonly reason: SyncReason;
}

/** The instance that a row stands for. */
function instanceOf(row: InstanceRow): Instance {
  return {
    id: row.id,
    runtimeGroupId: row.runtime_group_id,
    hostname: row.hostname,
    ipAddress: row.ip_address,
    runtimeVersion: row.runtime_version,
    labels: row.labels,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    status: statusOf(row),
  };
}

function statusOf(row: InstanceRow): InstanceStatus {
  const targetRevision = Number(row.target_revision);
  const appliedRevision = row.applied_revision === null ? null : Number(row.applied_revision);
  const facts = {
    reason: row.reason,
    targetRevision,
    appliedRevision,
    rejectedMessage: row.rejected_message,
  };
  return {
    hostname: row.hostname,
    connection: row.connection,
    syncStatus: row.reason === 'APPLIED' ? 'IN_SYNC' : 'OUT_OF_SYNC',
    syncReason: row.reason,
    syncMessage: syncMessage(facts),
    targetRevision,
    appliedRevision,
    rejectedMessage: row.reason === 'REJECTED' ? row.rejected_message : null,
  };
}

const byIds = statement(
  'instances.by_ids',
  `select ${instanceColumns} from ${instanceFrom}
   where i.id = any($1::uuid[]) and g.organization_id = $2 and ($3::uuid is null or g.id = $3)`,
);

/** The visible ones of the instances asked for, in any order. What is no id finds nothing. */
export async function findInstances(
  reader: Reader,
  visibility: Visibility,
  ids: readonly string[],
): Promise<Instance[]> {
  const { organizationId, runtimeGroupId } = visibility;
  return (await reader.rows<InstanceRow>(byIds, [ids.filter(isId), organizationId, runtimeGroupId])).map(
    instanceOf,
  );
}

const instances = {
  name: 'instances.page',
  from: instanceFrom,
  select: instanceColumns,
  id: 'i.id',
  where: 'g.organization_id = $1 and ($2::uuid is null or g.id = $2)',
  columns: {
    id: { sql: 'i.id', type: 'uuid', required: true },
    runtimeGroupId: { sql: 'i.runtime_group_id', type: 'uuid', required: true },
    hostname: { sql: 'i.hostname', type: 'text', required: true },
    ipAddress: { sql: 'i.ip_address', type: 'text' },
    runtimeVersion: { sql: 'i.runtime_version', type: 'text' },
    labels: { sql: 'i.labels', type: 'jsonb', required: true },
    connection: { sql: 'd.connection', type: 'text', required: true },
    syncStatus: {
      sql: `case d.reason when 'APPLIED' then 'IN_SYNC' else 'OUT_OF_SYNC' end`,
      type: 'text',
      required: true,
    },
    syncReason: { sql: 'd.reason', type: 'text', required: true },
    appliedRevision: { sql: 'a.applied_revision', type: 'integer' },
    lastSeenAt: { sql: 's.last_seen_at', type: 'timestamp' },
    createdAt: { sql: 'i.created_at', type: 'timestamp', required: true },
  },
} as const;

/** Pages of instances: one for each group asked for, or one over all that may be seen. */
export async function listInstances(
  reader: Reader,
  visibility: Visibility,
  request: ListRequest & { readonly groupIds: readonly string[] | null },
): Promise<ListPage<Instance>[]> {
  const { groupIds, ...rest } = request;
  const fixed = [visibility.organizationId, visibility.runtimeGroupId];
  const parents = groupIds && { sql: 'i.runtime_group_id', ids: groupIds };
  const pages = await list<InstanceRow>(reader, instances, { ...rest, fixed, parents });
  return pages.map((page) => mapPage(page, instanceOf));
}

const ofGroup = statement(
  'instances.of_group',
  `select ${instanceColumns} from ${instanceFrom} where i.runtime_group_id = $1 and i.id = any($2::uuid[])`,
);

/** Those of these instances that belong to the group, in any order. */
export async function readInstancesOfGroup(
  reader: Reader,
  groupId: string,
  ids: readonly string[],
): Promise<Instance[]> {
  return (await reader.rows<InstanceRow>(ofGroup, [groupId, ids])).map(instanceOf);
}

const active = statement(
  'instances.active',
  `select i.runtime_group_id as id, count(*)::int as active from ${instanceFrom}
   where i.runtime_group_id = any($1::uuid[]) and d.connection = 'CONNECTED' and d.reason = 'APPLIED'
   group by i.runtime_group_id`,
);

/** How many instances of each group are connected and in sync; groups without any are absent. */
export async function countActive(reader: Reader, groupIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await reader.rows<{ id: string; active: number }>(active, [groupIds]);
  return new Map(rows.map((row) => [row.id, row.active]));
}

const classes = statement(
  'instances.classes',
  `select i.runtime_group_id, i.runtime_version, count(*)::int as count,
     (array_agg(i.hostname order by i.hostname))[:10] as hostnames
   from runtime_instance i join runtime_group g on g.id = i.runtime_group_id
   where g.id = any($1::uuid[]) and g.organization_id = $2 and ($3::uuid is null or g.id = $3)
   group by i.runtime_group_id, i.runtime_version order by i.runtime_version`,
);

/** All instances of each visible group, by the version of the gateway that they run; groups without any are absent. */
export async function findInstanceClasses(
  reader: Reader,
  { organizationId, runtimeGroupId }: Visibility,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, readonly InstanceClass[]>> {
  const rows = await reader.rows<{
    readonly runtime_group_id: string;
    readonly runtime_version: string | null;
    readonly count: number;
    readonly hostnames: readonly string[];
  }>(classes, [groupIds.filter(isId), organizationId, runtimeGroupId]);
  const found = new Map<string, InstanceClass[]>();
  for (const { runtime_group_id: groupId, runtime_version: runtimeVersion, count, hostnames } of rows) {
    found.set(groupId, [...(found.get(groupId) ?? []), { runtimeVersion, count, hostnames }]);
  }
  return found;
}

const counts = statement(
  'instances.counts',
  `select count(*)::int as all, count(*) filter (where d.connection = 'CONNECTED')::int as connected
   from ${instanceFrom} where i.runtime_group_id = $1`,
);

/** How many instances a group has, and how many of them are connected. */
export async function countInstances(
  reader: Reader,
  groupId: string,
): Promise<{ readonly all: number; readonly connected: number }> {
  const [row] = await reader.rows<{ all: number; connected: number }>(counts, [groupId]);
  return row ?? { all: 0, connected: 0 };
}

const insert = statement(
  'instances.insert',
  `insert into runtime_instance (id, runtime_group_id, hostname, ip_address, runtime_version, labels)
   values ($1, $2, $3, $4, $5, $6)`,
);

export interface NewInstance {
  readonly id: string;
  readonly runtimeGroupId: string;
  readonly hostname: string;
  readonly ipAddress: string | null;
  readonly runtimeVersion: string | null;
  readonly labels: Readonly<Record<string, string>>;
}

export async function insertInstance(tx: Transaction, row: NewInstance): Promise<void> {
  const { id, runtimeGroupId, hostname, ipAddress, runtimeVersion, labels } = row;
  await tx.rows(insert, [id, runtimeGroupId, hostname, ipAddress, runtimeVersion, JSON.stringify(labels)]);
}

const update = statement(
  'instances.update',
  `update runtime_instance set hostname = coalesce($2, hostname), labels = coalesce($3::jsonb, labels),
     runtime_version = coalesce($4, runtime_version), ip_address = coalesce($5, ip_address), updated_at = now()
   where id = $1`,
);

export interface InstanceChange {
  readonly hostname?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly runtimeVersion?: string | null | undefined;
  readonly ipAddress?: string | null | undefined;
}

/** Changes what is given, and leaves the rest. */
export async function updateInstance(tx: Transaction, id: string, to: InstanceChange): Promise<void> {
  const labels = to.labels ? JSON.stringify(to.labels) : null;
  await tx.rows(update, [id, to.hostname ?? null, labels, to.runtimeVersion ?? null, to.ipAddress ?? null]);
}

const exists = statement('instances.exists', 'select 1 as found from runtime_instance where id = $1');

/** True if the instance is there, as of now. */
export async function instanceExists(reader: Reader, id: string): Promise<boolean> {
  return (await reader.rows(exists, [id])).length > 0;
}

const remove = statement(
  'instances.delete',
  `with tokens as (delete from access_token where runtime_instance_id = $1)
   delete from runtime_instance where id = $1`,
);

/** Removes an instance and its token. */
export async function deleteInstance(tx: Transaction, id: string): Promise<void> {
  await tx.rows(remove, [id]);
}
