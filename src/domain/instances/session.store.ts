import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import { statement } from '../../foundation/postgres/statement.js';
import { leaseMs } from './instance.js';

const openSession = statement(
  'instances.open_session',
  `insert into instance_session (instance_id, session, replica_id, opened_at, last_seen_at)
   select i.id, 1, $2, clock_timestamp(), clock_timestamp() from runtime_instance i where i.id = $1 for key share
   on conflict (instance_id) do update set session = instance_session.session + 1, replica_id = $2,
     opened_at = clock_timestamp(), closed_at = null, last_seen_at = clock_timestamp()
   returning session`,
);

/** Begins a session; from now on the older ones are fenced off. Nothing if the instance is gone. */
export async function insertSession(
  tx: Transaction,
  instanceId: string,
  replicaId: string,
): Promise<number | undefined> {
  const [row] = await tx.rows<{ session: string }>(openSession, [instanceId, replicaId]);
  return row && Number(row.session);
}

const closeSession = statement(
  'instances.close_session',
  `update instance_session set closed_at = clock_timestamp(), last_seen_at = clock_timestamp()
   where instance_id = $1 and session = $2 and closed_at is null`,
);

/** Ends a session, unless a newer one has taken its place. */
export async function endSession(reader: Reader, instanceId: string, session: number): Promise<void> {
  await reader.rows(closeSession, [instanceId, session]);
}

const report = statement(
  'instances.report',
  `insert into instance_report as r (instance_id, session, applied_revision, applied_hash, applied_at,
     rejected_revision, rejected_message, rejected_at)
   select s.instance_id, s.session, $3, $4, case when $3::bigint is not null then clock_timestamp() end,
     $5, $6, case when $5::bigint is not null then clock_timestamp() end
   from instance_session s join runtime_instance i on i.id = s.instance_id
   where s.instance_id = $1 and s.session = $2
   for key share of i
   on conflict (instance_id) do update set
     session = excluded.session,
     applied_revision = coalesce(excluded.applied_revision, r.applied_revision),
     applied_hash = case when excluded.applied_revision is null then r.applied_hash else excluded.applied_hash end,
     -- A report that is repeated tells nothing new: what it says holds since it was told first.
     applied_at = case
       when excluded.applied_revision = r.applied_revision
         and excluded.applied_hash is not distinct from r.applied_hash then r.applied_at
       else coalesce(excluded.applied_at, r.applied_at)
     end,
     rejected_revision = excluded.rejected_revision,
     rejected_message = excluded.rejected_message,
     rejected_at = case
       when excluded.rejected_revision = r.rejected_revision then r.rejected_at else excluded.rejected_at
     end
   where r.session < excluded.session
     or excluded.applied_revision is null or r.applied_revision is null
     or excluded.applied_revision >= r.applied_revision
     -- What is known is ahead of the history that there is now, as after a restore: it counts no more.
     or r.applied_revision > (
       select h.revision from runtime_instance i
       join stream_head h on h.topic = 'config' and h.scope_id = i.runtime_group_id where i.id = r.instance_id
     )
   returning instance_id`,
);

export interface Report {
  readonly instanceId: string;
  readonly session: number;
  readonly appliedRevision: number | null;
  readonly appliedHash: Buffer | null;
  readonly rejectedRevision: number | null;
  readonly rejectedMessage: string | null;
}

/** Stores a report, unless it is late: of a session that is no longer the instance's, or older than what is known. */
export async function storeReport(tx: Transaction, entry: Report): Promise<boolean> {
  const rows = await tx.rows(report, [
    entry.instanceId,
    entry.session,
    entry.appliedRevision,
    entry.appliedHash,
    entry.rejectedRevision,
    entry.rejectedMessage,
  ]);
  return rows.length > 0;
}

const heartbeat = statement(
  'instances.heartbeat',
  `update instance_session s set last_seen_at = greatest(s.last_seen_at, clock_timestamp())
   from unnest($1::uuid[], $2::bigint[]) u(instance_id, session)
   where s.instance_id = u.instance_id and s.session = u.session and s.closed_at is null
   returning s.instance_id`,
);

/** Renews sessions in one statement. Answers the instances whose session still holds. */
export async function renew(
  reader: Reader,
  sessions: readonly { readonly instanceId: string; readonly session: number }[],
): Promise<Set<string>> {
  const rows = await reader.rows<{ instance_id: string }>(heartbeat, [
    sessions.map((each) => each.instanceId),
    sessions.map((each) => each.session),
  ]);
  return new Set(rows.map((row) => row.instance_id));
}

const lease = statement(
  'instances.lease',
  `with gone as (delete from replica r where r.lease_until < now() - interval '1 day')
   insert into replica (id, lease_until) values ($1, clock_timestamp() + interval '${leaseMs} milliseconds')
   on conflict (id) do update set lease_until = excluded.lease_until`,
);

/** Renews the lease: by itself, so that it waits for no session that somebody else holds. */
export async function renewLease(reader: Reader, replicaId: string): Promise<void> {
  await reader.rows(lease, [replicaId]);
}
