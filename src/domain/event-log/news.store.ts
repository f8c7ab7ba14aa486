import type { Reader } from '../../foundation/postgres/database.js';
import { statement } from '../../foundation/postgres/statement.js';
import {
  extentOf,
  rangeSql,
  revisionOf,
  type Extent,
  type ExtentRow,
  type KnownStream,
  type RevisionRow,
} from './event-log.store.js';
import type { Revision } from './revision.js';

/** How far a stream goes, and what is new in it. */
export interface News {
  readonly extent: Extent;
  /** The revisions after the one that was known, in order; fewer than there are, where they are many. */
  readonly revisions: readonly Revision[];
}

const news = statement(
  'event_log.news',
  `select s.revision as head_revision, s.floor_revision, s.hash as head_hash, k.hash as hash_at_known, n.*
   from stream_head s
   left join stream_revision k on k.topic = s.topic and k.scope_id = s.scope_id and k.revision = $3
   left join lateral (${rangeSql}) n on true
   where s.topic = $1 and s.scope_id = $2
   order by n.revision`,
);

type NewsRow = Pick<ExtentRow, 'floor_revision' | 'hash_at_known'> & {
  readonly head_revision: string;
  readonly head_hash: Buffer;
} & (RevisionRow | { readonly revision: null });

/** What is new in a stream, in one statement; at most `limit` revisions. Nothing: the stream is gone. */
export async function readNews(
  reader: Reader,
  { stream, known }: KnownStream,
  limit: number,
): Promise<News | undefined> {
  const rows = await reader.rows<NewsRow>(news, [stream.topic, stream.scopeId, known, limit]);
  const [first] = rows;
  if (!first) return undefined;
  const extent = extentOf({ ...first, revision: first.head_revision, hash: first.head_hash });
  return { extent, revisions: rows.flatMap((row) => (row.revision === null ? [] : [revisionOf(row)])) };
}
