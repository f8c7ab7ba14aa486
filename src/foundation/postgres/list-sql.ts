import { positionSql, decodeCursor } from './cursor.js';
import { beyondSql, orderBySql, orderingOf, type Ordering, type OrderTerm, type Side } from './keyset.js';
import { operand, parametersAfter, type Bind, type Columns } from './list-column.js';
import { filterSql, type Filter } from './list-filter.js';
import { pageWindow, type PageRequest, type PageWindow } from './list-page.js';
import { preparedShape } from './prepared-shape.js';
import type { Statement } from './statement.js';

/**
 * Something that can be listed, as its slice's store declares it. Texts are SQL. Aliases and columns that begin with
 * `list_` are taken.
 */
export interface ListSource {
  /** What its statements are called in the server's logs: `gateway_config.routes`. Also tells its cursors from others. */
  readonly name: string;
  /** Common tables for `from`, as they stand after `with`: computed once, however many parents there are. */
  readonly with?: string;
  readonly from: string;
  /** The columns of a row, each with a name of its own. */
  readonly select: string;
  /** The row's uuid; decides between rows that are otherwise level. */
  readonly id: string;
  /** Always holds. May use `$1`, `$2`, …: the request's `fixed` values. So may `from` and `select`. */
  readonly where?: string;
  /** What it can be filtered and ordered by, under the names that the API has for them; not `and`, `or`, `not`. */
  readonly columns: Columns;
}

/** Which rows of a source are asked for. */
export interface ListRequest {
  /** The values of `$1`, `$2`, … in the source. Each must be used there. */
  readonly fixed?: readonly unknown[];
  /** One page for each of these, or a single page of all rows if absent. */
  readonly parents?: Parents | null;
  readonly filter?: Filter | null | undefined;
  readonly orderBy?: readonly OrderTerm[] | null | undefined;
  readonly page?: PageRequest;
  /** Counts all rows that the filter means, whatever the page. Absent: not counted. */
  readonly totalCount?: boolean;
  /** False: only counts. */
  readonly rows?: boolean;
}

/** The other end of an edge. */
export interface Parents {
  /** What a row has of its parent's id: `e.runtime_group_id`. */
  readonly sql: string;
  /** Joined to the source when the edge goes through another table; at most one match for each row and parent. */
  readonly join?: string;
  /** Pages are answered in this order. */
  readonly ids: readonly string[];
}

/** A statement that reads a whole level, and what is needed to understand its answer. */
export interface ComposedList {
  readonly statement: Statement;
  readonly values: readonly unknown[];
  readonly window: PageWindow;
  readonly ordering: Ordering;
}

/**
 * Composes the one statement for a list of each parent. It answers at least one row for every parent, with `list_place`
 * (the parent's, from 1), `list_position` (null where there is no row), and where asked for `list_total`,
 * `list_some_before` and `list_some_after`; a parent's rows are in order. One row more than the page is read.
 */
export function composeList(source: ListSource, request: ListRequest): ComposedList {
  const { values, bind } = parametersAfter(request.fixed ?? []);
  const window = pageWindow(request.page ?? {});
  const ordering = orderingOf(source, request.orderBy ?? []);
  const keys = request.parents
    ? `unnest(${bind(request.parents.ids, 'uuid[]')}) with ordinality`
    : '(select null, 1)';
  const rows: Rows = { source, from: fromSql(source, request, bind), ordering, window, bind };
  const parts = [
    ...(request.totalCount ? [countSql(rows)] : []),
    ...(request.rows === false ? [] : pageSqls(rows)),
  ];
  const text = [
    ...(source.with === undefined ? [] : [`with ${source.with}`]),
    `select ${[`list_parent.place::int as list_place`, ...parts.map((_, index) => `list_${index}.*`)].join(', ')}`,
    `from ${keys} as list_parent (id, place)`,
    ...parts.map((part, index) => `left join lateral (${part}) list_${index} on true`),
  ].join('\n');
  return { statement: preparedShape(source.name, text), values, window, ordering };
}

/** All rows of a parent that the filter means, and how they are to be cut into pages. */
interface Rows {
  readonly source: ListSource;
  readonly from: string;
  readonly ordering: Ordering;
  readonly window: PageWindow;
  readonly bind: Bind;
}

function fromSql(source: ListSource, { parents, filter }: ListRequest, bind: Bind): string {
  const conditions = [
    ...(source.where === undefined ? [] : [`(${source.where})`]),
    ...(parents ? [`${operand(parents.sql)} = list_parent.id`] : []),
    ...(filter ? [filterSql(filter, source.columns, bind)] : []),
  ];
  return `from ${source.from} ${parents?.join ?? ''} where ${conditions.join(' and ') || 'true'}`;
}

function countSql({ from }: Rows): string {
  return `select count(*)::int as list_total ${from}`;
}

/** The page, and whether anything lies on the other sides of its cursors. */
function pageSqls(rows: Rows): string[] {
  const { after, before } = rows.window;
  const beginning = after === null ? null : boundAt(rows, after, 'after');
  const end = before === null ? null : boundAt(rows, before, 'before');
  const within = [beginning, end].flatMap((bound) => (bound ? [` and ${bound.within}`] : [])).join('');
  return [
    pageSql(rows, within),
    ...(beginning ? [`select ${beginning.someBeyond} as list_some_before`] : []),
    ...(end ? [`select ${end.someBeyond} as list_some_after`] : []),
  ];
}

// No order is asked of the outermost query: PostgreSQL joins a lateral subquery with LIMIT by a nested loop only, which
// keeps the subquery's order, and sorting by the same expressions again would mean to select each of them.
function pageSql({ source, from, ordering, window, bind }: Rows, within: string): string {
  const position = positionSql(ordering.columns);
  return [
    `select ${source.select}, ${position} as list_position ${from}${within}`,
    `order by ${orderBySql(ordering, window.backward)} limit ${bind(window.size + 1, 'bigint')}`,
  ].join(' ');
}

/** What a cursor means for a page that begins after it, or ends before it. */
interface Bound {
  /** The condition for rows on the page's side. */
  readonly within: string;
  /** Whether there are rows on the other side; what stands at the cursor itself is one of them. */
  readonly someBeyond: string;
}

function boundAt({ from, ordering, bind }: Rows, cursor: string, side: Side['of']): Bound {
  const position = decodeCursor(ordering, cursor, side);
  const otherSide: Side = { of: side === 'after' ? 'before' : 'after', inclusive: true };
  const beyond = beyondSql(ordering, position, otherSide, bind);
  // Asks for the nearest one, which an index finds at once; EXISTS would leave the order out, and may read everything.
  const nearest = `order by ${orderBySql(ordering, side === 'after')} limit 1`;
  return {
    within: beyondSql(ordering, position, { of: side }, bind),
    someBeyond: `coalesce((select true ${from} and ${beyond} ${nearest}), false)`,
  };
}
