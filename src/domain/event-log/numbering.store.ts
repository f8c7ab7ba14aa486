import type { StreamHead, StreamKey } from '../../foundation/commands/command.js';
import type { JsonObject } from '../../foundation/kernel/json.js';
import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import { statement } from '../../foundation/postgres/statement.js';
import { emptyHead } from './revision.js';

/** A committed revision of some stream that has no place in the order of its organization yet. */
export interface Unnumbered {
  readonly stream: StreamKey;
  readonly revision: number;
  readonly hash: Buffer;
  readonly command: string;
  readonly actorId: string;
  readonly actorName: string;
  readonly reason: string | null;
  /** As text, so that no part of a millisecond is lost. */
  readonly at: string;
}

// A stream whose head is ahead of what is numbered; or one without a head, which has ended and may have left something.
const isBehind = `from stream_numbering n
  left join stream_head h on h.topic = n.topic and h.scope_id = n.scope_id
  where h.revision is distinct from n.revision`;

const behind = statement(
  'event_log.behind',
  `select n.organization_id, bool_or(h.revision is null) as some_ended ${isBehind} group by n.organization_id`,
);

const behindAmong = statement(
  'event_log.behind_among',
  `select n.organization_id, false as some_ended ${isBehind}
     and (n.topic, n.scope_id) in (select * from unnest($1::text[], $2::uuid[]))
   group by n.organization_id`,
);

/** An organization in which something is not numbered yet, or a stream has ended. */
export interface Behind {
  readonly organizationId: string;
  readonly someEnded: boolean;
}

/** The organizations with something to number, among these streams or among all. */
export async function findBehind(reader: Reader, streams?: readonly StreamKey[]): Promise<Behind[]> {
  const rows = streams
    ? await reader.rows<BehindRow>(behindAmong, [
        streams.map(({ topic }) => topic),
        streams.map(({ scopeId }) => scopeId),
      ])
    : await reader.rows<BehindRow>(behind);
  return rows.map((row) => ({ organizationId: row.organization_id, someEnded: row.some_ended }));
}

interface BehindRow {
  readonly organization_id: string;
  readonly some_ended: boolean;
}

/** How many revisions are numbered at once. */
export const numberedAtOnce = 200;

// A clock that went back within a stream does not bring its revisions out of their order.
const unnumbered = statement(
  'event_log.unnumbered',
  `select r.topic, r.scope_id, r.revision, r.hash, r.command, r.actor_id, r.actor_name, r.reason, to_json(r.at)#>>'{}' as at
   from (select n.topic, n.scope_id, n.revision ${isBehind} and n.organization_id = $1) n
   cross join lateral (
     select * from stream_revision r
     where r.topic = n.topic and r.scope_id = n.scope_id and r.revision > n.revision
     order by r.revision limit ${numberedAtOnce}
   ) r
   order by max(r.at) over (partition by r.topic, r.scope_id order by r.revision), r.topic, r.scope_id, r.revision
   limit ${numberedAtOnce}`,
);

interface UnnumberedRow {
  readonly topic: StreamKey['topic'];
  readonly scope_id: string;
  readonly revision: string;
  readonly hash: Buffer;
  readonly command: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly reason: string | null;
  readonly at: string;
}

/**
 * The next revisions of an organization to number: those of one stream in their order and without a hole, since they commit
 * in it; of several, by their time.
 */
export async function findUnnumbered(tx: Transaction, organizationId: string): Promise<Unnumbered[]> {
  const rows = await tx.rows<UnnumberedRow>(unnumbered, [organizationId]);
  return rows.map((row) => ({
    stream: { topic: row.topic, scopeId: row.scope_id },
    revision: Number(row.revision),
    hash: row.hash,
    command: row.command,
    actorId: row.actor_id,
    actorName: row.actor_name,
    reason: row.reason,
    at: row.at,
  }));
}

/** A revision with its number, where the order stands after it, and what is told of it there. */
export interface Numbered {
  readonly of: Unnumbered;
  readonly head: StreamHead;
  readonly content: JsonObject;
}

/** What an event of an organization's order is called: it tells of a revision of another stream. */
export const numberedEvent = 'revision.numbered';

// Times never go back, so that what is old is at the beginning.
const append = statement(
  'event_log.append_numbered',
  `with given as (
     select * from jsonb_to_recordset($2::jsonb) as (
       number bigint, hash text, topic text, scope_id uuid, revision bigint, command text, actor_id uuid, actor_name text,
       reason text, at timestamptz, content jsonb
     )
   ), before as (
     select at from stream_revision where topic = 'changes' and scope_id = $1 order by revision desc limit 1
   ), written as (
     insert into stream_revision (topic, scope_id, revision, hash, state_hash, command, actor_id, actor_name, event_count,
       reason, at)
     select 'changes', $1, g.number, decode(g.hash, 'hex'), $3, g.command, g.actor_id, g.actor_name, 1, g.reason,
       greatest(max(g.at) over (order by g.number), (select at from before))
     from given g
   ), told as (
     insert into stream_event (topic, scope_id, revision, ordinal, type, kind, subject_id, operation, after)
     select 'changes', $1, g.number, 1, '${numberedEvent}', g.topic, g.scope_id, 'CREATED', g.content from given g
   ), reached as (
     update stream_numbering n set revision = g.revision
     from (select topic, scope_id, max(revision) as revision from given group by topic, scope_id) g
     where n.topic = g.topic and n.scope_id = g.scope_id
   )
   update stream_head set revision = $4, hash = $5, moved_at = clock_timestamp()
   where topic = 'changes' and scope_id = $1`,
);

/** Gives revisions their numbers. The caller holds the head of the organization's order. */
export async function appendNumbered(
  tx: Transaction,
  organizationId: string,
  numbered: readonly Numbered[],
): Promise<void> {
  const last = numbered.at(-1);
  if (!last) return;
  const rows = numbered.map(({ of, head, content }) => ({
    ...{ number: head.revision, hash: head.hash.toString('hex'), content },
    ...{ topic: of.stream.topic, scope_id: of.stream.scopeId, revision: of.revision, command: of.command },
    ...{ actor_id: of.actorId, actor_name: of.actorName, reason: of.reason, at: of.at },
  }));
  const { revision, hash } = last.head;
  await tx.rows(append, [organizationId, JSON.stringify(rows), emptyHead.stateHash, revision, hash]);
}

const forget = statement(
  'event_log.forget_ended',
  `delete from stream_numbering n where n.organization_id = $1
     and not exists (select from stream_head h where h.topic = n.topic and h.scope_id = n.scope_id)
     and not exists (
       select from stream_revision r where r.topic = n.topic and r.scope_id = n.scope_id and r.revision > n.revision
     )`,
);

/** Forgets the streams that have ended, and of which everything is numbered. */
export async function forgetEnded(tx: Transaction, organizationId: string): Promise<void> {
  await tx.rows(forget, [organizationId]);
}
