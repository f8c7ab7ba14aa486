import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import { statement } from '../../foundation/postgres/statement.js';
import type { InstanceStatus, SyncReason } from './instance.js';
import { instanceFrom } from './instance.store.js';

/** An instance's status as its stream last told it. */
export interface PublishedStatus {
  readonly instanceId: string;
  readonly state: InstanceStatus;
}

interface PublishedRow {
  readonly instance_id: string;
  readonly state: InstanceStatus;
}

const published = statement(
  'instances.published',
  'select instance_id, state from instance_status where runtime_group_id = $1 order by instance_id',
);

/** What was last told of all instances of a group. */
export async function readPublished(reader: Reader, groupId: string): Promise<PublishedStatus[]> {
  return (await reader.rows<PublishedRow>(published, [groupId])).map(publishedOf);
}

const publishedByIds = statement(
  'instances.published_by_ids',
  'select instance_id, state from instance_status where runtime_group_id = $1 and instance_id = any($2::uuid[])',
);

/** What was last told of these instances of a group, in any order. */
export async function findPublished(
  reader: Reader,
  groupId: string,
  instanceIds: readonly string[],
): Promise<PublishedStatus[]> {
  return (await reader.rows<PublishedRow>(publishedByIds, [groupId, instanceIds])).map(publishedOf);
}

function publishedOf({ instance_id: instanceId, state }: PublishedRow): PublishedStatus {
  return { instanceId, state };
}

const publish = statement(
  'instances.publish',
  `with gone as (delete from instance_status where instance_id = any($4::uuid[]))
   insert into instance_status (instance_id, runtime_group_id, state)
   select n.instance_id, $1, n.state from unnest($2::uuid[], $3::jsonb[]) n(instance_id, state)
   on conflict (instance_id) do update set state = excluded.state`,
);

/** Keeps what the stream is about to tell. */
export async function storePublished(
  tx: Transaction,
  groupId: string,
  told: { readonly changed: readonly PublishedStatus[]; readonly removed: readonly string[] },
): Promise<void> {
  await tx.rows(publish, [
    groupId,
    told.changed.map((each) => each.instanceId),
    told.changed.map((each) => JSON.stringify(each.state)),
    told.removed,
  ]);
}

const countPublished = statement(
  'instances.count_published',
  `select state->>'syncReason' as reason, count(*) from instance_status group by 1`,
);

/** How many instances there are in all groups, by the reason of their state as it was last told. */
export async function countByReason(reader: Reader): Promise<Map<SyncReason, number>> {
  const rows = await reader.rows<{ reason: SyncReason; count: string }>(countPublished);
  return new Map(rows.map(({ reason, count }) => [reason, Number(count)]));
}

/** The instances of a group whose status is no longer what was last told. */
export interface OutdatedGroup {
  readonly runtimeGroupId: string;
  readonly organizationId: string;
  readonly instanceIds: readonly string[];
}

/** Compares what `isNews` (publish-status.ts) compares. */
const outdatedOf = (scope: (alias: string) => string): string => `
  select g.id as runtime_group_id, g.organization_id, array_agg(o.id) as instance_ids
  from (
    select i.runtime_group_id, i.id
    from ${instanceFrom} left join instance_status k on k.instance_id = i.id
    where ${scope('i')} and (k.state is null
      or k.state->>'hostname' <> i.hostname
      or k.state->>'connection' <> d.connection
      or k.state->>'syncReason' <> d.reason
      or (k.state->>'appliedRevision')::bigint is distinct from a.applied_revision
      or k.state->>'rejectedMessage' is distinct from case d.reason when 'REJECTED' then a.rejected_message end)
    union all
    select k.runtime_group_id, k.instance_id
    from instance_status k
    where ${scope('k')} and not exists (select from runtime_instance i where i.id = k.instance_id)
  ) o
  join runtime_group g on g.id = o.runtime_group_id
  group by g.id`;

const outdated = statement(
  'instances.outdated',
  outdatedOf(() => 'true'),
);
const outdatedAmong = statement(
  'instances.outdated_among',
  outdatedOf((alias) => `${alias}.runtime_group_id = any($1::uuid[])`),
);

/** What is no longer as it was last told, in these groups or in all. */
export async function findOutdated(reader: Reader, groupIds?: readonly string[]): Promise<OutdatedGroup[]> {
  const rows = await (groupIds
    ? reader.rows<OutdatedRow>(outdatedAmong, [groupIds])
    : reader.rows<OutdatedRow>(outdated));
  return rows.map((row) => ({
    runtimeGroupId: row.runtime_group_id,
    organizationId: row.organization_id,
    instanceIds: row.instance_ids,
  }));
}

interface OutdatedRow {
  readonly runtime_group_id: string;
  readonly organization_id: string;
  readonly instance_ids: readonly string[];
}
