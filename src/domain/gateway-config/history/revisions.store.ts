import type { NewEvent, Visibility } from '../../../foundation/commands/command.js';
import type { Reader } from '../../../foundation/postgres/database.js';
import {
  list,
  mapPage,
  type ListPage,
  type ListRequest,
  type ListSource,
} from '../../../foundation/postgres/list.js';
import type { HistoryOf, RevisionOf, RevisionRecord } from './revision-record.js';
import type { ChangeCounts, FirstChange } from './summary.js';

interface RevisionRow {
  readonly scope_id: string;
  readonly revision: string;
  readonly at: Date;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly command: string;
  readonly reason: string | null;
  readonly restored_revision: string | null;
  readonly hash: Buffer;
  readonly state_hash: Buffer;
  readonly counts: ChangeCounts;
  readonly first: FirstChange | null;
}

const ownEvents = `from stream_event v
  where v.topic = r.topic and v.scope_id = r.scope_id and v.revision = r.revision`;

const revisions: ListSource = {
  name: 'gateway_config.revisions',
  from: `stream_revision r
    join stream_head h on h.topic = r.topic and h.scope_id = r.scope_id
    join runtime_group g on g.id = r.scope_id`,
  select: `r.scope_id, r.revision, r.at, r.actor_id, r.actor_name, r.command, r.reason, r.restored_revision, r.hash,
    r.state_hash,
    (select json_build_object(
       'created', count(*) filter (where v.operation = 'CREATED'),
       'updated', count(*) filter (where v.operation = 'UPDATED'),
       'deleted', count(*) filter (where v.operation = 'DELETED')
     ) ${ownEvents}) as counts,
    (select json_build_object(
       'kind', v.kind, 'id', v.subject_id, 'operation', v.operation, 'document', coalesce(v.after, v.before)
     ) ${ownEvents} order by v.ordinal limit 1) as first`,
  id: 'r.scope_id',
  where: `r.topic = 'config' and r.revision >= h.floor_revision
    and r.revision <= ($3::bigint[])[list_parent.place::int]
    and g.organization_id = $1 and ($2::uuid is null or g.id = $2)`,
  columns: {
    revision: { sql: 'r.revision', type: 'integer', required: true },
    at: { sql: 'r.at', type: 'timestamp', required: true },
    actor: { sql: 'r.actor_name', type: 'text', required: true },
    actorId: { sql: 'r.actor_id', type: 'uuid', required: true },
    command: { sql: 'r.command', type: 'text', required: true },
    reason: { sql: 'r.reason', type: 'text' },
    kinds: { sql: `array(select v.kind ${ownEvents})`, type: 'text[]' },
  },
};

/** Pages of the kept history of groups, the newest revision first. */
export async function listRevisions(
  reader: Reader,
  { organizationId, runtimeGroupId }: Visibility,
  { of, ...request }: ListRequest & { readonly of: readonly HistoryOf[] },
): Promise<ListPage<RevisionRecord>[]> {
  const bounds = of.map(({ upTo }) => upTo ?? Number.MAX_SAFE_INTEGER);
  const pages = await list<RevisionRow>(reader, revisions, {
    ...request,
    orderBy: [{ field: 'revision', direction: 'DESC' }],
    fixed: [organizationId, runtimeGroupId, bounds],
    parents: { sql: 'r.scope_id', ids: of.map((each) => each.runtimeGroupId) },
  });
  return pages.map((page) => mapPage(page, recordOf));
}

function recordOf(row: RevisionRow): RevisionRecord {
  return {
    runtimeGroupId: row.scope_id,
    revision: Number(row.revision),
    at: row.at,
    actor: { id: row.actor_id, name: row.actor_name },
    command: row.command,
    reason: row.reason,
    restoredRevision: row.restored_revision === null ? null : Number(row.restored_revision),
    hash: row.hash.toString('hex'),
    stateHash: row.state_hash.toString('hex'),
    counts: row.counts,
    first: row.first,
  };
}

const changes: ListSource = {
  name: 'gateway_config.changes',
  from: 'stream_event v join runtime_group g on g.id = v.scope_id',
  select: 'v.type, v.kind, v.subject_id as "subjectId", v.operation, v.before, v.after',
  id: 'v.subject_id',
  where: `v.topic = 'config' and v.revision = ($3::bigint[])[list_parent.place::int]
    and g.organization_id = $1 and ($2::uuid is null or g.id = $2)`,
  columns: { ordinal: { sql: 'v.ordinal', type: 'integer', required: true } },
};

/** Pages of what revisions changed, in the order in which it is to be applied. */
export function listChanges(
  reader: Reader,
  { organizationId, runtimeGroupId }: Visibility,
  { of, ...request }: ListRequest & { readonly of: readonly RevisionOf[] },
): Promise<ListPage<NewEvent>[]> {
  return list<NewEvent>(reader, changes, {
    ...request,
    orderBy: [{ field: 'ordinal', direction: 'ASC' }],
    fixed: [organizationId, runtimeGroupId, of.map(({ revision }) => revision)],
    parents: { sql: 'v.scope_id', ids: of.map((each) => each.runtimeGroupId) },
  });
}
