import type { StreamKey } from '../../foundation/commands/command.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { statement } from '../../foundation/postgres/statement.js';

/** What is kept of each stream: what is young, and the newest revisions whatever their age. */
export interface Retention {
  readonly days: number;
  /** At least 1: the newest is always kept. */
  readonly revisions: number;
}

/** A stream, and its oldest revision that is to be kept. */
export interface Floor {
  readonly stream: StreamKey;
  readonly floor: number;
}

interface FloorRow {
  readonly topic: StreamKey['topic'];
  readonly scope_id: string;
  readonly floor: string;
}

// What was in effect when the kept time began was written before it: that revision is kept, too. What is not numbered yet
// counts for nothing here, so that what the organization's order still leads to is kept.
const due = statement(
  'event_log.due_floors',
  `select h.topic, h.scope_id, least(kept.newest - $3 + 1, old.revision) as floor
   from stream_head h
   left join stream_numbering n on n.topic = h.topic and n.scope_id = h.scope_id
   cross join lateral (select coalesce(n.revision, h.revision) as newest) kept
   cross join lateral (
     select r.revision from stream_revision r
     where r.topic = h.topic and r.scope_id = h.scope_id and r.at <= clock_timestamp() - make_interval(days => $2)
     order by r.at desc, r.revision desc limit 1
   ) old
   where h.topic = any($1::text[]) and least(kept.newest - $3 + 1, old.revision) > h.floor_revision`,
);

/** The streams of these topics that keep more than they must. */
export async function findDueFloors(
  reader: Reader,
  topics: readonly StreamKey['topic'][],
  { days, revisions }: Retention,
): Promise<Floor[]> {
  return (await reader.rows<FloorRow>(due, [topics, days, revisions])).map(floorOf);
}

const move = statement(
  'event_log.move_floor',
  `update stream_head set floor_revision = $3, floor_moved_at = clock_timestamp()
   where topic = $1 and scope_id = $2 and floor_revision < $3 and revision >= $3`,
);

/** From now on, nothing before this revision is read. It never goes back, and never beyond the newest. */
export async function moveFloor(reader: Reader, { stream, floor }: Floor): Promise<void> {
  await reader.rows(move, [stream.topic, stream.scopeId, floor]);
}

const left = statement(
  'event_log.below_floors',
  `select h.topic, h.scope_id, h.floor_revision as floor from stream_head h
   where h.floor_revision > 0 and h.floor_moved_at <= clock_timestamp() - make_interval(secs => $1)
     and exists (
       select from stream_revision r
       where r.topic = h.topic and r.scope_id = h.scope_id and r.revision < h.floor_revision
     )`,
);

/** The streams that still have revisions before a floor that moved at least so long ago. */
export async function findBelowFloors(reader: Reader, graceSeconds: number): Promise<Floor[]> {
  return (await reader.rows<FloorRow>(left, [graceSeconds])).map(floorOf);
}

function floorOf({ topic, scope_id: scopeId, floor }: FloorRow): Floor {
  return { stream: { topic, scopeId }, floor: Number(floor) };
}

/** Revisions are deleted until they held this many events, and at most this many. */
const portion = 1_000;

const remove = statement(
  'event_log.delete_below',
  `with doomed as (
     select s.revision from (
       select r.revision, sum(r.event_count) over (order by r.revision) - r.event_count as events_before
       from (
         select revision, event_count from stream_revision
         where topic = $1 and scope_id = $2 and revision < $3 order by revision limit ${portion}
       ) r
     ) s where s.events_before < ${portion}
   ), events as (
     delete from stream_event e using doomed d
     where e.topic = $1 and e.scope_id = $2 and e.revision = d.revision
   )
   delete from stream_revision r using doomed d
   where r.topic = $1 and r.scope_id = $2 and r.revision = d.revision returning r.revision`,
);

/** Deletes some of the revisions before a floor, the oldest first, with their events. Answers how many. */
export async function deleteSomeBelow(reader: Reader, { stream, floor }: Floor): Promise<number> {
  return (await reader.rows(remove, [stream.topic, stream.scopeId, floor])).length;
}
