import type { Visibility } from '../../foundation/commands/command.js';
import { isId } from '../../foundation/kernel/id.js';
import type { JsonObject } from '../../foundation/kernel/json.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { statement } from '../../foundation/postgres/statement.js';
import type { Located, Moment, Point } from './moment.js';
import type { Labels } from './labels.js';
import type { ApprovalPolicy } from './runtime-group.js';

// What callers are told of times ends with milliseconds, so what was written within the millisecond counts as at it.
const locate = statement(
  'runtime_groups.locate',
  `select k.place, h.revision as head, h.floor_revision as floor, oldest.at as floor_at,
     coalesce(k.time > clock_timestamp(), false) as is_future, r.revision, r.state_hash, r.at
   from unnest($1::uuid[], $2::bigint[], $3::timestamptz[]) with ordinality k(group_id, revision, time, place)
   join runtime_group g on g.id = k.group_id
   join stream_head h on h.topic = 'config' and h.scope_id = g.id
   left join stream_revision oldest
     on oldest.topic = 'config' and oldest.scope_id = g.id and oldest.revision = h.floor_revision
   left join lateral (
     select r.revision, r.state_hash, r.at from stream_revision r
     where r.topic = 'config' and r.scope_id = g.id and k.time is null and r.revision = coalesce(k.revision, h.revision)
     union all
     (select r.revision, r.state_hash, r.at from stream_revision r
      where r.topic = 'config' and r.scope_id = g.id and r.at < k.time + interval '1 millisecond'
      order by r.at desc, r.revision desc limit 1)
   ) r on true
   where g.organization_id = $4 and ($5::uuid is null or g.id = $5)`,
);

interface LocatedRow {
  readonly place: string;
  readonly head: string;
  readonly floor: string;
  readonly floor_at: Date | null;
  readonly is_future: boolean;
  readonly revision: string | null;
  readonly state_hash: Buffer;
  readonly at: Date;
}

/** What the log says about each point, in their order; nothing for those of groups that may not be seen. */
export async function locatePoints(
  reader: Reader,
  { organizationId, runtimeGroupId }: Visibility,
  points: readonly Point[],
): Promise<(Located | undefined)[]> {
  const rows = await reader.rows<LocatedRow>(locate, [
    points.map((point) => (isId(point.runtimeGroupId) ? point.runtimeGroupId : null)),
    points.map((point) => point.revision),
    points.map((point) => point.time),
    organizationId,
    runtimeGroupId,
  ]);
  const byPlace = new Map(rows.map((row) => [Number(row.place), locatedOf(row)]));
  return points.map((_, index) => byPlace.get(index + 1));
}

function locatedOf(row: LocatedRow): Located {
  return {
    head: Number(row.head),
    floor: Number(row.floor),
    floorAt: row.floor_at,
    isFuture: row.is_future,
    found:
      row.revision === null
        ? null
        : { revision: Number(row.revision), configHash: row.state_hash.toString('hex'), at: row.at },
  };
}

/** What the organization's log says about a group at a time, as far as it differs from now. */
export interface GroupThen {
  /** Its properties before the first change after the time; null if there was none. */
  readonly before:
    | (JsonObject & { name: string; description: string; labels: Labels } & {
        /** Absent before groups had one. */
        approvalPolicy?: ApprovalPolicy & JsonObject;
      })
    | null;
  readonly isUnmade: boolean;
  /** How often it was changed since. */
  readonly changes: number;
  readonly lastChangedAt: Date | null;
}

const propertiesAt = statement(
  'runtime_groups.properties_at',
  `select k.place,
     (array_agg(e.before order by e.revision) filter (where e.is_later))[1] as before,
     coalesce(bool_or(e.operation = 'CREATED' and e.is_later), false) as "isUnmade",
     (count(*) filter (where e.operation = 'UPDATED' and e.is_later))::int as changes,
     max(e.at) filter (where not e.is_later) as "lastChangedAt"
   from unnest($2::uuid[], $3::timestamptz[]) with ordinality k(id, at, place)
   left join lateral (
     select v.before, v.operation, v.revision, r.at,
       case when k.at is null then v.operation <> 'CREATED' else r.at >= k.at + interval '1 millisecond' end as is_later
     from stream_event v join stream_revision r using (topic, scope_id, revision)
     where v.topic = 'organization' and v.scope_id = $1 and v.subject_id = k.id
   ) e on true
   group by k.place order by k.place`,
);

/** What groups of an organization were at moments, in their order. */
export function readGroupsThen(
  reader: Reader,
  organizationId: string,
  moments: readonly Moment[],
): Promise<GroupThen[]> {
  return reader.rows<GroupThen>(propertiesAt, [
    organizationId,
    moments.map((moment) => moment.runtimeGroupId),
    moments.map((moment) => moment.at),
  ]);
}
