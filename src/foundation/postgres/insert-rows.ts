import type { Cell } from './copy.js';
import type { Transaction } from './database.js';
import { statement, type Statement } from './statement.js';

/** Rows for a table: the columns that are given, the others have their defaults. */
export interface Insertion {
  readonly few: Statement;
  readonly many: Statement;
}

/** Says how rows get into a table, by the names of its columns and their types. */
export function insertion(name: string, table: string, columns: Readonly<Record<string, string>>): Insertion {
  const names = Object.keys(columns).join(', ');
  const given = Object.values(columns).map((type, index) => `$${index + 1}::${type}[]`);
  return {
    few: statement(name, `insert into ${table} (${names}) select * from unnest(${given.join(', ')})`),
    many: statement(`${name}_copy`, `copy ${table} (${names}) from stdin`),
  };
}

/** From here on, what COPY saves for each row is more than what it takes to begin. */
const many = 100;

/** So many rows at most by one COPY: for that statement, and not for all that is written, there is a time limit. */
const mostAtOnce = 10_000;

/**
 * Inserts a row for each item, in their order. Of many, the rows are made while those before them are on their way; few are
 * one statement.
 */
export async function insertRows<Item>(
  tx: Transaction,
  into: Insertion,
  items: readonly Item[],
  rowOf: (item: Item, index: number) => readonly Cell[],
): Promise<void> {
  if (items.length === 0) return;
  if (isMany(items)) return copyRows(tx, into.many, items, rowOf);
  await tx.rows(into.few, columnsOf(items.map(rowOf)));
}

/** Rows as `unnest` takes them: a list for each column. There is at least one row. */
export function columnsOf<Value>(rows: readonly (readonly Value[])[]): Value[][] {
  const [first = []] = rows;
  return first.map((_, column) => rows.map((row) => row[column] as Value));
}

/** True for as many items as are sent while they are made. */
export function isMany(items: readonly unknown[]): boolean {
  return items.length >= many;
}

async function copyRows<Item>(
  tx: Transaction,
  copy: Statement,
  items: readonly Item[],
  rowOf: (item: Item, index: number) => readonly Cell[],
): Promise<void> {
  for (let from = 0; from < items.length; from += mostAtOnce) {
    const part = items.slice(from, from + mostAtOnce);
    await tx.copy(
      copy,
      rowsOf(part, (item, index) => rowOf(item, from + index)),
    );
  }
}

function* rowsOf<Item>(
  items: readonly Item[],
  rowOf: (item: Item, index: number) => readonly Cell[],
): Iterable<readonly Cell[]> {
  let index = 0;
  for (const item of items) yield rowOf(item, index++);
}
