import { encodeCursor } from './cursor.js';
import type { Reader } from './database.js';
import { composeList, type ComposedList, type ListRequest, type ListSource } from './list-sql.js';

export type { OrderTerm } from './keyset.js';
export type { Column } from './list-column.js';
export type { Filter } from './list-filter.js';
export type { ListRequest, ListSource } from './list-sql.js';

/** A part of a list. */
export interface ListPage<Row> {
  /** As PostgreSQL answered them: besides the source's columns they have the list's own, which begin with `list_`. */
  readonly rows: readonly Row[];
  /** True if there are rows after, or before, this page's. */
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Null unless it was asked for. */
  readonly totalCount: number | null;
  /** The cursor of the row at an index of `rows`. */
  cursorOf(index: number): string;
}

/**
 * Reads one page for each parent, in the order of the parents, by one statement; for no parents by none. A parent that
 * does not exist, or occurs twice, has a page like any other. Pages of one request are of one moment. Refuses
 * `PAGE_INVALID`, `PAGE_TOO_LARGE`, `CURSOR_INVALID`, `FILTER_INVALID`, `FILTER_TOO_LARGE` and `ORDER_INVALID`.
 */
export async function list<Row extends object>(
  reader: Reader,
  source: ListSource,
  request: ListRequest,
): Promise<ListPage<Row>[]> {
  if (request.parents?.ids.length === 0) return [];
  const composed = composeList(source, request);
  const answer = await reader.rows<ListedRow<Row>>(composed.statement, composed.values);
  return [...byPlace(answer, request.parents?.ids.length ?? 1)].map((rows) => pageOf(composed, rows));
}

/** The same page with other rows, one for one: a store's rows made into what the domain calls them. */
export function mapPage<Row, Other>(page: ListPage<Row>, map: (row: Row) => Other): ListPage<Other> {
  return { ...page, rows: page.rows.map(map) };
}

/** What the statement answers beside the source's columns. */
interface Listing {
  readonly list_place: number;
  readonly list_position?: string | null;
  readonly list_total?: number;
  readonly list_some_before?: boolean;
  readonly list_some_after?: boolean;
}

type ListedRow<Row> = Row & Listing;

function byPlace<Row>(answer: readonly ListedRow<Row>[], places: number): ListedRow<Row>[][] {
  const pages: ListedRow<Row>[][] = Array.from({ length: places }, () => []);
  for (const row of answer) pages[row.list_place - 1]?.push(row);
  return pages;
}

function pageOf<Row>({ window, ordering }: ComposedList, answered: readonly ListedRow<Row>[]): ListPage<Row> {
  const listed = answered.filter((row) => typeof row.list_position === 'string');
  const isMore = listed.length > window.size;
  const kept = isMore ? listed.slice(0, window.size) : listed;
  if (window.backward) kept.reverse();
  const { list_some_after, list_some_before, list_total }: Partial<Listing> = answered[0] ?? {};
  const isMoreBefore = window.backward && isMore;
  return {
    rows: kept,
    hasNextPage: list_some_after === true || (isMore && !window.backward),
    hasPreviousPage: list_some_before === true || isMoreBefore,
    totalCount: list_total ?? null,
    cursorOf: (index) => encodeCursor(ordering.digest, kept[index]?.list_position ?? ''),
  };
}
