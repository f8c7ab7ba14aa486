import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import { statement } from '../../foundation/postgres/statement.js';
import type { InstanceStatus } from './instance.js';
import { instanceFrom } from './instance.store.js';

/** An instance's status as its stream last told it. */
export interface PublishedStatus {
  readonly instanceId: string;
  readonly state: InstanceStatus;
}

const published = statement(
  'instances.published',
  'select instance_id, state from instance_status where runtime_group_id = $1 order by instance_id',
);

export async function readPublished(reader: Reader, groupId: string): Promise<PublishedStatus[]> {
  const rows = await reader.rows<{ instance_id: string; state: InstanceStatus }>(published, [groupId]);
  return rows.map((row) => ({ instanceId: row.instance_id, state: row.state }));
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

const outdated = statement(
  'instances.outdated',
  `select distinct i.runtime_group_id
   from ${instanceFrom} left join instance_status k on k.instance_id = i.id
   where k.state is null or k.state->>'syncReason' <> d.reason or k.state->>'connection' <> d.connection
     or (k.state->>'appliedRevision')::bigint is distinct from a.applied_revision
   union
   select k.runtime_group_id from instance_status k
   where not exists (select from runtime_instance i where i.id = k.instance_id)`,
);

/** The groups in which some instance's status is no longer what was last told. */
export async function findOutdatedGroups(reader: Reader): Promise<string[]> {
  const rows = await reader.rows<{ runtime_group_id: string }>(outdated);
  return rows.map((row) => row.runtime_group_id);
}

const organizationOf = statement(
  'instances.organization_of',
  'select organization_id from runtime_group where id = $1',
);

/** The organization that a group belongs to; nothing if the group is gone. */
export async function findOrganizationOf(reader: Reader, groupId: string): Promise<string | undefined> {
  const [row] = await reader.rows<{ organization_id: string }>(organizationOf, [groupId]);
  return row?.organization_id;
}
