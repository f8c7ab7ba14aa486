import type { NewEvent, StreamKey } from '../../foundation/commands/command.js';
import { equalJson } from '../../foundation/kernel/json.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { statement } from '../../foundation/postgres/statement.js';

/** What became of one thing over several revisions: how it was before the first, and how it is after the last. */
export type NetChange = Pick<NewEvent, 'kind' | 'subjectId' | 'operation' | 'before' | 'after'>;

/** The revisions of a stream after one, up to another. */
export interface Range {
  readonly stream: StreamKey;
  readonly after: number;
  readonly to: number;
}

const behind = statement(
  'event_log.range_size',
  `select count(*)::int as revisions, coalesce(sum(event_count), 0)::int as events from stream_revision
   where topic = $1 and scope_id = $2 and revision > $3 and revision <= $4`,
);

/** How much there is in a range. */
export async function countBehind(
  reader: Reader,
  { stream, after, to }: Range,
): Promise<{ readonly revisions: number; readonly events: number }> {
  const [row] = await reader.rows<{ revisions: number; events: number }>(behind, [
    ...[stream.topic, stream.scopeId, after, to],
  ]);
  return row ?? { revisions: 0, events: 0 };
}

const fold = statement(
  'event_log.fold',
  `with touched as (
     select kind, subject_id, min(array[revision, ordinal]) as first, max(array[revision, ordinal]) as last
     from stream_event where topic = $1 and scope_id = $2 and revision > $3 and revision <= $4
     group by kind, subject_id
   ), net as (
     select t.kind, t.subject_id, t.last, b.before, a.after
     from touched t
     join stream_event b on b.topic = $1 and b.scope_id = $2 and b.revision = t.first[1] and b.ordinal = t.first[2]
     join stream_event a on a.topic = $1 and a.scope_id = $2 and a.revision = t.last[1] and a.ordinal = t.last[2]
     where b.before is not null or a.after is not null
   ), size as (
     select count(*)::int as changes, (count(before) + count(after))::int as documents from net
   )
   select r.hash, r.state_hash, s.changes as change_count, s.documents,
     (select count(*)::int from stream_revision
      where topic = $1 and scope_id = $2 and revision > $3 and revision <= $4) as revisions,
     (select coalesce(json_agg(json_build_object(
        'kind', kind, 'subject_id', subject_id, 'before', before, 'after', after
      ) order by after is not null, last), '[]')
      from net where (select changes from size) <= $5) as changes
   from stream_revision r cross join size s
   where r.topic = $1 and r.scope_id = $2 and r.revision = $4`,
);

interface FoldRow {
  readonly hash: Buffer;
  readonly state_hash: Buffer;
  readonly change_count: number;
  readonly documents: number;
  readonly revisions: number;
  readonly changes: readonly {
    readonly kind: string;
    readonly subject_id: string;
    readonly before: NewEvent['before'];
    readonly after: NewEvent['after'];
  }[];
}

/** A range as what it comes to. */
export interface Folded {
  /** The chain's hash at its end. */
  readonly hash: Buffer;
  readonly stateHash: Buffer;
  /** How many documents it names: what things were, and what they are. */
  readonly documents: number;
  /** In an order in which what is gone comes first. Nothing: there are more than were allowed. */
  readonly changes: readonly NetChange[] | undefined;
}

/** Folds a range, if it comes to at most so many changes. Nothing if not all of it is there any more. */
export async function readFold(
  reader: Reader,
  { stream, after, to }: Range,
  limit: number,
): Promise<Folded | undefined> {
  const [row] = await reader.rows<FoldRow>(fold, [stream.topic, stream.scopeId, after, to, limit]);
  if (row?.revisions !== to - after) return undefined;
  const { hash, state_hash: stateHash, documents } = row;
  const changes = row.change_count <= limit ? row.changes.flatMap(netChange) : undefined;
  return { hash, stateHash, documents, changes };
}

/** What was changed and changed back is as it was. */
function netChange({ kind, subject_id: subjectId, before, after }: FoldRow['changes'][number]): NetChange[] {
  if (before && after && equalJson(before, after)) return [];
  const made = before ? 'UPDATED' : 'CREATED';
  return [{ kind, subjectId, operation: after ? made : 'DELETED', before, after }];
}
