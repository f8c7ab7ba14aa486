import { cursorDigest, isOrderable, positionValueSql, type CursorKey, type Position } from './cursor.js';
import { columnNamed, type Bind, type Column, type Columns } from './list-column.js';
import { orderInvalid } from './list-refusals.js';

/** One field of an order. Rows without a value come last in either direction. */
export interface OrderTerm {
  readonly field: string;
  readonly direction: Direction;
}

export type Direction = 'ASC' | 'DESC';

/** A total order over rows: the fields asked for, then the id, in the direction of the last field. */
export interface Ordering extends CursorKey {
  readonly terms: readonly Term[];
}

interface Term extends Column {
  readonly direction: Direction;
}

/** How many fields an order may have. */
export const longestOrder = 5;

/**
 * Makes a total order of what was asked for. Refuses `ORDER_INVALID` for a field that the list does not have, for one
 * that has no order (a list, an object), and for too many of them.
 */
export function orderingOf(
  source: { readonly name: string; readonly id: string; readonly columns: Columns },
  orderBy: readonly OrderTerm[],
): Ordering {
  if (orderBy.length > longestOrder) throw tooLong(orderBy.length);
  const asked = orderBy.map((term, index) => termOf(source.columns, term, index));
  const direction = asked.at(-1)?.direction ?? 'ASC';
  const terms: Term[] = [...asked, { sql: source.id, type: 'uuid', required: true, direction }];
  const words = orderBy.flatMap(({ field, direction }) => [field, direction]);
  return { terms, columns: terms, digest: cursorDigest(source.name, ...words) };
}

/** The ORDER BY clause, or its exact reverse. */
export function orderBySql(ordering: Ordering, backward: boolean): string {
  return ordering.terms.map((term) => termSql(term, backward)).join(', ');
}

/** Which side of a position is meant, and whether what stands at the position itself belongs to it. */
export interface Side {
  readonly of: 'after' | 'before';
  readonly inclusive?: boolean;
}

/** The condition that holds for exactly the rows on one side of a position. Needs no function of the position's row. */
export function beyondSql(ordering: Ordering, position: Position, side: Side, bind: Bind): string {
  const steps = ordering.terms.map((term, index) => stepOf(term, position[index] ?? null, bind));
  return isUniform(ordering.terms) ? rowComparison(steps, side) : beyond(steps, side);
}

/** A term together with the value that the position has for it, as bound; null for null. */
interface Step {
  readonly term: Term;
  readonly value: string | null;
}

function termOf(columns: Columns, { field, direction }: OrderTerm, index: number): Term {
  const column = columnNamed(columns, field);
  const path = ['orderBy', String(index), 'field'];
  if (!column || !isOrderable(column)) {
    throw orderInvalid(
      { reason: `This list cannot be ordered by \`${field}\`. Choose another field.` },
      path,
    );
  }
  return { ...column, direction: direction === 'DESC' ? 'DESC' : 'ASC' };
}

function tooLong(count: number): Error {
  const reason = `An order of ${count} fields was asked for, and ${longestOrder} are the most. Leave some out.`;
  return orderInvalid({ reason }, ['orderBy']);
}

/** Says nothing about nulls where there are none: only then does an index with PostgreSQL's default order serve. */
function termSql(term: Term, backward: boolean): string {
  const direction = (term.direction === 'DESC') !== backward ? 'desc' : 'asc';
  if (term.required) return `${term.sql} ${direction}`;
  return `${term.sql} ${direction} nulls ${backward ? 'first' : 'last'}`;
}

function stepOf(term: Term, value: string | null, bind: Bind): Step {
  return { term, value: value === null ? null : positionValueSql(term, bind(value, 'text')) };
}

function isUniform(terms: readonly Term[]): boolean {
  return terms.every((term) => term.required === true && term.direction === terms[0]?.direction);
}

/** Unlike the nested form, an index on these columns finds the place at once, however many rows tie. */
function rowComparison(steps: readonly Step[], side: Side): string {
  const columns = steps.map(({ term }) => term.sql).join(', ');
  const values = steps.map(({ value }) => value).join(', ');
  const operator = operatorOf(steps[0]?.term.direction ?? 'ASC', side);
  return `((${columns}) ${operator}${side.inclusive ? '=' : ''} (${values}))`;
}

/** Beyond in the first column, or level with it there and beyond in the rest. */
function beyond([step, ...rest]: readonly Step[], side: Side): string {
  if (!step) return side.inclusive ? 'true' : 'false';
  const further = strictlyBeyond(step, side);
  const level = `(${levelWith(step)} and ${beyond(rest, side)})`;
  return further === null ? level : `(${further} or ${level})`;
}

/** Null if nothing can be beyond: no row comes after those without a value. */
function strictlyBeyond({ term, value }: Step, side: Side): string | null {
  if (value === null) return side.of === 'after' ? null : `${term.sql} is not null`;
  const compared = `${term.sql} ${operatorOf(term.direction, side)} ${value}`;
  return side.of === 'after' && !term.required ? `${compared} or ${term.sql} is null` : compared;
}

function levelWith({ term, value }: Step): string {
  return value === null ? `${term.sql} is null` : `${term.sql} = ${value}`;
}

function operatorOf(direction: Direction, side: Side): '<' | '>' {
  return (direction === 'ASC') === (side.of === 'after') ? '>' : '<';
}
