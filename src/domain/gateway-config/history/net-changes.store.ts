import type { Reader } from '../../../foundation/postgres/database.js';
import { statement } from '../../../foundation/postgres/statement.js';
import type { Document } from '../kind.js';
import type { TwoSides } from './difference.js';

const net = statement(
  'gateway_config.net_changes',
  `select a.subject_id as id, a.kind as kind_before, a.before, b.kind as kind_after, b.after
   from (
     select distinct on (v.subject_id) v.subject_id, v.kind, v.before from stream_event v
     where v.topic = 'config' and v.scope_id = $1 and v.revision > $2 and v.revision <= $3
     order by v.subject_id, v.revision, v.ordinal
   ) a join (
     select distinct on (v.subject_id) v.subject_id, v.kind, v.after from stream_event v
     where v.topic = 'config' and v.scope_id = $1 and v.revision > $2 and v.revision <= $3
     order by v.subject_id, v.revision desc, v.ordinal desc
   ) b using (subject_id)
   where a.before is not null or b.after is not null
   order by a.subject_id`,
);

interface NetRow {
  readonly id: string;
  readonly kind_before: string;
  readonly before: Document | null;
  readonly kind_after: string;
  readonly after: Document | null;
}

/**
 * What leads from one revision of a group to another, earlier or later one: every entity that was touched between them and
 * is there at one of them. Costs what happened between, whatever the size of the group.
 */
export async function readNetChanges(
  reader: Reader,
  groupId: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<TwoSides[]> {
  const rows = await reader.rows<NetRow>(net, [groupId, Math.min(from, to), Math.max(from, to)]);
  const sides = rows.flatMap(sidesOf);
  return from <= to
    ? sides
    : sides.map(({ before, after, ...rest }) => ({ ...rest, before: after, after: before }));
}

/** An id that came to stand for an entity of another kind is two entities. */
function sidesOf({ id, kind_before, before, kind_after, after }: NetRow): TwoSides[] {
  if (kind_before === kind_after) return [{ kind: kind_before, id, before, after }];
  return [
    ...(before ? [{ kind: kind_before, id, before, after: null }] : []),
    ...(after ? [{ kind: kind_after, id, before: null, after }] : []),
  ];
}
