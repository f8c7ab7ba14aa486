import type { Reader } from '../../foundation/postgres/database.js';
import { statement } from '../../foundation/postgres/statement.js';
import { maxMissing, type AppliedQuestion, type MissingInstance } from './applied.js';
import { heartbeatMs, syncMessage, type SyncReason } from './instance.js';
import { instanceFrom } from './instance.store.js';

/** What the log says about a revision of a group. */
export interface RevisionFacts {
  readonly head: number;
  /** Null if the revision is 0, to come, or no longer kept. */
  readonly committedAt: Date | null;
  /** When it, or else the oldest after it that is kept, was committed; null if there is none. */
  readonly committedBy: Date | null;
}

const revisionFacts = statement(
  'instances.revision_facts',
  `select h.revision as head, r.revision, r.at
   from stream_head h
   left join lateral (
     select r.revision, r.at from stream_revision r
     where r.topic = h.topic and r.scope_id = h.scope_id and r.revision >= $2 order by r.revision limit 1
   ) r on true
   where h.topic = 'config' and h.scope_id = $1`,
);

interface RevisionFactsRow {
  readonly head: string;
  readonly revision: string | null;
  readonly at: Date | null;
}

/** The facts about a revision; nothing if the group is gone. */
export async function findRevisionFacts(
  reader: Reader,
  groupId: string,
  revision: number,
): Promise<RevisionFacts | undefined> {
  const [row] = await reader.rows<RevisionFactsRow>(revisionFacts, [groupId, revision]);
  if (!row) return undefined;
  const isKept = Number(row.revision) === revision && row.revision !== null;
  return { head: Number(row.head), committedAt: isKept ? row.at : null, committedBy: row.at };
}

/**
 * An instance runs a revision if it says that it runs it or a later one that there is, and its content is that one's.
 * Who was heard of at most three life signs before the revision was committed, was there.
 */
const tally = statement(
  'instances.applied',
  `with counted as (
     select i.id, i.hostname, h.revision as target, a.applied_revision, a.applied_at, a.rejected_message, d.reason,
       coalesce(a.applied_revision between $2 and h.revision
         and (a.applied_hash is null or a.applied_hash = f.ran_hash), false) as runs_it,
       coalesce(case d.reason
         when 'NEVER_SEEN' then i.created_at
         when 'REVOKED' then (select max(t.revoked_at) from access_token t where t.runtime_instance_id = i.id)
         when 'OFFLINE' then s.last_seen_at
         when 'REJECTED' then a.rejected_at
         when 'DIVERGED' then a.applied_at
         else f.behind_since
       end, i.created_at) as since
     from ${instanceFrom}
     where i.runtime_group_id = $1 and case $3::text
       when 'ALL' then true
       when 'CONNECTED' then f.connected and d.reason <> 'REVOKED'
       else d.reason <> 'REVOKED' and (f.connected
         or s.last_seen_at >= coalesce($4::timestamptz - interval '${3 * heartbeatMs} milliseconds', '-infinity'))
     end
   ), ranked as (
     select *, row_number() over (partition by runs_it order by since, hostname, id) as place from counted
   )
   select runs_it, reason, count(*)::int as count, max(applied_at) as last_applied_at,
     coalesce(json_agg(json_build_object(
       'place', place, 'id', id, 'hostname', hostname, 'since', since, 'target', target,
       'applied_revision', applied_revision, 'rejected_message', rejected_message
     )) filter (where not runs_it and place <= ${maxMissing}), '[]') as missing
   from ranked group by runs_it, reason order by reason`,
);

interface TallyRow {
  readonly runs_it: boolean;
  readonly reason: SyncReason;
  readonly count: number;
  readonly last_applied_at: Date | null;
  readonly missing: readonly MissingRow[];
}

interface MissingRow {
  readonly place: number;
  readonly id: string;
  readonly hostname: string;
  readonly since: string;
  readonly target: number;
  readonly applied_revision: number | null;
  readonly rejected_message: string | null;
}

/** The instances that count, told apart by whether they run the revision, and by their reasons. */
export interface Tally {
  readonly appliedCount: number;
  /** When the last one began to run what it runs now; null if none runs the revision. */
  readonly lastAppliedAt: Date | null;
  readonly missingByReason: readonly { readonly syncReason: SyncReason; readonly count: number }[];
  readonly missing: readonly MissingInstance[];
}

/** Counts who runs a revision. `committedBy` is what the revision's facts say. */
export async function tallyInstances(
  reader: Reader,
  { runtimeGroupId, revision, required }: AppliedQuestion,
  committedBy: Date | null,
): Promise<Tally> {
  const rows = await reader.rows<TallyRow>(tally, [runtimeGroupId, revision, required, committedBy]);
  const applied = rows.filter((row) => row.runs_it);
  const missing = rows.filter((row) => !row.runs_it);
  const times = applied.flatMap((row) => row.last_applied_at?.getTime() ?? []);
  return {
    appliedCount: applied.reduce((sum, { count }) => sum + count, 0),
    lastAppliedAt: times.length > 0 ? new Date(Math.max(...times)) : null,
    missingByReason: missing.map(({ reason, count }) => ({ syncReason: reason, count })),
    missing: missing
      .flatMap(({ reason, missing: instances }) => instances.map((row) => ({ reason, ...row })))
      .sort((a, b) => a.place - b.place)
      .map(missingInstance),
  };
}

function missingInstance(row: MissingRow & { readonly reason: SyncReason }): MissingInstance {
  const { reason, target: targetRevision, applied_revision: appliedRevision } = row;
  return {
    runtimeInstanceId: row.id,
    hostname: row.hostname,
    appliedRevision,
    syncReason: reason,
    syncMessage: syncMessage({
      reason,
      targetRevision,
      appliedRevision,
      rejectedMessage: row.rejected_message,
    }),
    since: new Date(row.since),
  };
}
