import type { Actor, NewEvent, StreamHead, StreamKey } from '../../foundation/commands/command.js';
import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import type { Cell } from '../../foundation/postgres/copy.js';
import { insertion, insertRows, isMany } from '../../foundation/postgres/insert-rows.js';
import { statement } from '../../foundation/postgres/statement.js';
import { emptyHead, NextHead, textOf, type Revision } from './revision.js';

const create = statement(
  'event_log.create',
  `with begun as (insert into stream_head (topic, scope_id, hash, state_hash) values ($1, $2, $3, $4))
   insert into stream_numbering (topic, scope_id, organization_id) select $1, $2, $5 where $1 <> 'changes'`,
);

/** Begins a stream of an organization. It has no revision yet. */
export async function createStream(
  tx: Transaction,
  stream: StreamKey,
  organizationId: string,
): Promise<void> {
  const { topic, scopeId } = stream;
  await tx.rows(create, [topic, scopeId, emptyHead.hash, emptyHead.stateHash, organizationId]);
}

const remove = statement('event_log.remove', 'delete from stream_head where topic = $1 and scope_id = $2');

/** Ends a stream: nothing can be written to it any more, and its watchers are told that it is gone. */
export async function removeStream(tx: Transaction, stream: StreamKey): Promise<void> {
  await tx.rows(remove, [stream.topic, stream.scopeId]);
}

interface HeadRow {
  readonly revision: string;
  readonly hash: Buffer;
  readonly state_hash: Buffer;
}

const readHead = statement(
  'event_log.head',
  'select revision, hash, state_hash from stream_head where topic = $1 and scope_id = $2',
);
const lock = statement('event_log.lock', `${readHead.text} for update`);

/** The head of a stream, or nothing if there is no such stream. */
export async function findHead(reader: Reader, stream: StreamKey): Promise<StreamHead | undefined> {
  return head(await reader.rows<HeadRow>(readHead, [stream.topic, stream.scopeId]));
}

/** The head of a stream, held until the transaction ends: whoever has it is the stream's only writer. */
export async function lockHead(tx: Transaction, stream: StreamKey): Promise<StreamHead | undefined> {
  return head(await tx.rows<HeadRow>(lock, [stream.topic, stream.scopeId]));
}

function head(rows: readonly HeadRow[]): StreamHead | undefined {
  const row = rows[0];
  return row && { revision: Number(row.revision), hash: row.hash, stateHash: row.state_hash };
}

const append = statement(
  'event_log.append',
  `with moved as (
     update stream_head set revision = $3, hash = $4, state_hash = $5, moved_at = clock_timestamp()
     where topic = $1 and scope_id = $2
   ), written as (
     insert into stream_revision (topic, scope_id, revision, hash, state_hash, command, actor_id, actor_name, event_count,
       reason, restored_revision, effect_revision)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $11, $12, $13)
   )
   insert into stream_event (topic, scope_id, revision, ordinal, type, kind, subject_id, operation, before, after)
   select $1, $2, $3, e.ordinal, e.type, e.kind, e.subject_id, e.operation, e.before, e.after
   from rows from (
     json_to_recordset($10::json) as (type text, kind text, subject_id uuid, operation text, before json, after json)
   ) with ordinality e(type, kind, subject_id, operation, before, after, ordinal)`,
);

export interface Append {
  readonly stream: StreamKey;
  /** The stream before. */
  readonly head: StreamHead;
  /** The hash of the state that the events lead to. */
  readonly stateHash: Buffer;
  readonly command: string;
  readonly actor: Actor;
  readonly reason: string | null;
  readonly restoredRevision: number | null;
  readonly effectRevision: number | null;
  readonly events: readonly NewEvent[];
}

const insertEvents = insertion('event_log.events', 'stream_event', {
  ...{ topic: 'text', scope_id: 'uuid', revision: 'bigint', ordinal: 'integer', type: 'text', kind: 'text' },
  ...{ subject_id: 'uuid', operation: 'text', before: 'json', after: 'json' },
});

/** Writes one revision with all its events, and moves the head, which it answers. The caller holds the head's lock. */
export async function appendRevision(tx: Transaction, entry: Append): Promise<StreamHead> {
  const { stream, events } = entry;
  const next = new NextHead(entry.head);
  const isLong = isMany(events);
  if (isLong) {
    await insertRows(tx, insertEvents, events, (event, index) => {
      next.add(event);
      return cellsOf(stream, next.revision, event, index + 1);
    });
  } else events.forEach((event) => next.add(event));
  const head = next.with(entry.stateHash);
  await tx.rows(append, [
    stream.topic,
    stream.scopeId,
    head.revision,
    head.hash,
    head.stateHash,
    entry.command,
    entry.actor.tokenId,
    entry.actor.name,
    events.length,
    isLong ? '[]' : JSON.stringify(events.map(rowOf)),
    entry.reason,
    entry.restoredRevision,
    entry.effectRevision,
  ]);
  return head;
}

function cellsOf(stream: StreamKey, revision: number, event: NewEvent, ordinal: number): readonly Cell[] {
  const { type, kind, subjectId, operation, before, after } = event;
  const texts = [before, after].map((document) => document && textOf(document)) as (string | null)[];
  return [stream.topic, stream.scopeId, revision, ordinal, type, kind, subjectId, operation, ...texts];
}

/** Few events are one text, which costs far less than an array of texts for each column. */
function rowOf({ subjectId, before, after, ...event }: NewEvent): object {
  return { ...event, subject_id: subjectId, before: before ?? undefined, after: after ?? undefined };
}

/** Where a stream's kept history begins and ends. */
export interface Extent {
  readonly floor: number;
  readonly head: number;
  /** The chain's hash at the head. */
  readonly hash: Buffer;
  /** The chain's hash at the revision that was asked about; null if it is not there. */
  readonly hashAtKnown: Buffer | null;
}

/** A stream, and the newest revision of it that was seen before; 0: none. */
export interface KnownStream {
  readonly stream: StreamKey;
  readonly known: number;
}

const extents = statement(
  'event_log.extents',
  `select s.topic || '/' || s.scope_id as stream, s.revision, s.floor_revision, s.hash, r.hash as hash_at_known
   from unnest($1::text[], $2::uuid[], $3::bigint[]) as k(topic, scope_id, known)
   join stream_head s on s.topic = k.topic and s.scope_id = k.scope_id
   left join stream_revision r on r.topic = k.topic and r.scope_id = k.scope_id and r.revision = k.known`,
);

/** What the database says of an extent. */
export interface ExtentRow {
  readonly revision: string;
  readonly floor_revision: string;
  readonly hash: Buffer;
  readonly hash_at_known: Buffer | null;
}

/** The extents of streams, by stream name. A stream that is gone is absent. */
export async function readExtents(
  reader: Reader,
  streams: readonly KnownStream[],
): Promise<Map<string, Extent>> {
  const rows = await reader.rows<ExtentRow & { readonly stream: string }>(extents, [
    streams.map(({ stream }) => stream.topic),
    streams.map(({ stream }) => stream.scopeId),
    streams.map(({ known }) => known),
  ]);
  return new Map(rows.map((row) => [row.stream, extentOf(row)]));
}

export function extentOf(row: ExtentRow): Extent {
  const { hash, hash_at_known: hashAtKnown } = row;
  return { head: Number(row.revision), floor: Number(row.floor_revision), hash, hashAtKnown };
}

/** What the database says of a revision. */
export interface RevisionRow {
  readonly revision: string;
  readonly hash: Buffer;
  readonly state_hash: Buffer;
  readonly command: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly reason: string | null;
  readonly effect_revision: string | null;
  readonly at: Date;
  readonly events: readonly EventRow[];
}

interface EventRow {
  readonly type: string;
  readonly kind: string;
  readonly subject_id: string;
  readonly operation: NewEvent['operation'];
  readonly before: NewEvent['before'];
  readonly after: NewEvent['after'];
}

/** Revisions are taken until they hold this many events, so that one read stays small; one revision is never cut. */
const eventsPerRead = 5_000;

/** All events of a revision `r`. */
const eventsOf = `select coalesce(json_agg(json_build_object(
       'type', type, 'kind', kind, 'subject_id', subject_id, 'operation', operation, 'before', before, 'after', after
     ) order by ordinal), '[]') as events
     from stream_event e
     where e.topic = r.topic and e.scope_id = r.scope_id and e.revision = r.revision`;

/** Whole revisions of the stream $1, $2 after the revision $3, in order, at most $4. */
export const rangeSql = `select r.revision, r.hash, r.state_hash, r.command, r.actor_id, r.actor_name, r.reason,
     r.effect_revision, r.at, e.events
   from (
     select *, sum(event_count) over (order by revision) - event_count as events_before
     from stream_revision
     where topic = $1 and scope_id = $2 and revision > $3 and revision <= $3 + $4
   ) r
   cross join lateral (${eventsOf}) e
   where r.events_before < ${eventsPerRead}
   order by r.revision`;

const range = statement('event_log.range', rangeSql);

/** Whole revisions after one, in order, at most `limit`. */
export async function readRevisions(
  reader: Reader,
  stream: StreamKey,
  window: { readonly after: number; readonly limit: number },
): Promise<Revision[]> {
  const rows = await reader.rows<RevisionRow>(range, [
    stream.topic,
    stream.scopeId,
    window.after,
    window.limit,
  ]);
  return rows.map(revisionOf);
}

export function revisionOf(row: RevisionRow): Revision {
  return {
    revision: Number(row.revision),
    hash: row.hash,
    stateHash: row.state_hash,
    command: row.command,
    actorId: row.actor_id,
    actorName: row.actor_name,
    reason: row.reason,
    effectRevision: row.effect_revision === null ? null : Number(row.effect_revision),
    at: row.at,
    events: row.events.map(({ subject_id, ...event }) => ({ ...event, subjectId: subject_id })),
  };
}

/** A revision of a stream. */
export interface RevisionKey {
  readonly stream: StreamKey;
  readonly revision: number;
}

const byKeys = statement(
  'event_log.by_keys',
  `select r.topic, r.scope_id, r.revision, r.hash, r.state_hash, r.command, r.actor_id, r.actor_name, r.reason,
     r.effect_revision, r.at, e.events
   from (
     select r.*, k.place, sum(r.event_count) over (order by k.place) - r.event_count as events_before
     from unnest($1::text[], $2::uuid[], $3::bigint[]) with ordinality as k(topic, scope_id, revision, place)
     join stream_revision r on r.topic = k.topic and r.scope_id = k.scope_id and r.revision = k.revision
   ) r
   cross join lateral (${eventsOf}) e
   where r.events_before < ${eventsPerRead}
   order by r.place`,
);

/**
 * Revisions of any streams, in the order in which they are asked for: all, or as many of the first as are read at once. Those
 * that are not there are left out.
 */
export async function readRevisionsByKey(
  reader: Reader,
  keys: readonly RevisionKey[],
): Promise<(RevisionKey & { readonly found: Revision })[]> {
  const rows = await reader.rows<
    RevisionRow & { readonly topic: StreamKey['topic']; readonly scope_id: string }
  >(byKeys, [
    keys.map(({ stream }) => stream.topic),
    keys.map(({ stream }) => stream.scopeId),
    keys.map(({ revision: each }) => each),
  ]);
  return rows.map((row) => ({
    stream: { topic: row.topic, scopeId: row.scope_id },
    revision: Number(row.revision),
    found: revisionOf(row),
  }));
}

const hashAt = statement(
  'event_log.hash_at',
  'select hash from stream_revision where topic = $1 and scope_id = $2 and revision = $3',
);

/** The chain's hash at a revision, or nothing if that revision is not (or no longer) there. */
export async function findHashAt(reader: Reader, stream: StreamKey, at: number): Promise<Buffer | undefined> {
  if (at === 0) return emptyHead.hash;
  const rows = await reader.rows<{ hash: Buffer }>(hashAt, [stream.topic, stream.scopeId, at]);
  return rows[0]?.hash;
}
