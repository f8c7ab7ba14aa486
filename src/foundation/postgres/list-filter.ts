import { columnNamed, type Bind, type Column, type Columns } from './list-column.js';
import { operatorsOf, type Comparison } from './list-operators.js';
import { filterInvalid, filterTooLarge } from './list-refusals.js';

/**
 * Which rows are meant. Everything in one object must hold; a field's operators must all hold. An empty object holds for
 * every row, an empty `or` for none. `not` holds wherever its filter does not, also where a value is missing.
 */
export interface Filter {
  readonly and?: readonly Filter[] | undefined;
  readonly or?: readonly Filter[] | undefined;
  readonly not?: Filter | undefined;
  readonly [field: string]: Comparison | Filter | readonly Filter[] | undefined;
}

/** How many comparisons a filter may have. Below the outermost, an object without any of its own counts as one. */
export const mostConditions = 50;

/** How many values a comparison with a list may have. */
export const mostValues = 500;

/** How many levels of `and`, `or` and `not` a filter may have. */
export const deepestFilter = 5;

/**
 * The condition that holds for exactly the rows that a filter means. Names come from `columns` alone, values are bound.
 * Refuses `FILTER_TOO_LARGE`, and `FILTER_INVALID` for a field, an operator or a value that does not fit.
 */
export function filterSql(filter: Filter, columns: Columns, bind: Bind): string {
  return everything(filter, { columns, bind, conditions: { count: 0 }, depth: 0, path: ['filter'] });
}

/** Where in a filter we are, and how much of it has been seen. */
interface Scope {
  readonly columns: Columns;
  readonly bind: Bind;
  readonly conditions: { count: number };
  readonly depth: number;
  readonly path: readonly string[];
}

function everything(filter: Filter, scope: Scope): string {
  const parts = Object.entries(filter).filter(([, part]) => (part ?? undefined) !== undefined);
  if (scope.depth > 0 && parts.every(([name]) => isConnective(name))) count(scope);
  return joined(
    parts.map(([name, part]) => partSql(name, part, { ...scope, path: [...scope.path, name] })),
    'and',
  );
}

function isConnective(name: string): boolean {
  return name === 'and' || name === 'or' || name === 'not';
}

function partSql(name: string, part: Filter[string], scope: Scope): string {
  if (name === 'and') return joined(branches(part as readonly Filter[], scope), 'and');
  if (name === 'or') return joined(branches(part as readonly Filter[], scope), 'or');
  // Three-valued logic would drop the rows whose value is missing.
  if (name === 'not') return `(${everything(part as Filter, deeper(scope))} is not true)`;
  return comparisonSql(name, part as Comparison, scope);
}

function branches(filters: readonly Filter[], scope: Scope): string[] {
  const below = deeper(scope);
  return filters.map((filter, index) =>
    everything(filter, { ...below, path: [...scope.path, String(index)] }),
  );
}

function deeper(scope: Scope): Scope {
  if (scope.depth === deepestFilter) {
    throw filterTooLarge({ what: 'levels of `and`, `or` and `not`', limit: deepestFilter }, ['filter']);
  }
  return { ...scope, depth: scope.depth + 1 };
}

function count({ conditions }: Scope): void {
  conditions.count += 1;
  if (conditions.count > mostConditions) {
    throw filterTooLarge({ what: 'conditions', limit: mostConditions }, ['filter']);
  }
}

function comparisonSql(field: string, comparison: Comparison, scope: Scope): string {
  const column = columnNamed(scope.columns, field);
  if (!column) throw filterInvalid({ reason: `This list cannot be filtered by \`${field}\`.` }, scope.path);
  const operators = Object.entries(comparison).filter(([, value]) => value !== undefined && value !== null);
  if (operators.length === 0) count(scope);
  return joined(
    operators.map(([name, value]) => operatorSql(column, name, value, scope)),
    'and',
  );
}

function operatorSql(column: Column, name: string, value: unknown, scope: Scope): string {
  count(scope);
  const path = [...scope.path, name];
  const operators = operatorsOf(column.type);
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (!operator) {
    const known = Object.keys(operators).join(', ');
    throw filterInvalid({ reason: `There is no operator \`${name}\` here. There are: ${known}.` }, path);
  }
  if (Array.isArray(value) && value.length > mostValues) {
    throw filterTooLarge({ what: `values for \`${name}\``, limit: mostValues }, path);
  }
  const sql = operator(column, value, scope.bind);
  if (sql === null) throw filterInvalid({ reason: `\`${name}\` cannot compare with ${shown(value)}.` }, path);
  return sql;
}

function shown(value: unknown): string {
  // For what JSON has no text for, it gives none, whatever its type says.
  const text = (JSON.stringify(value) as string | undefined) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function joined(conditions: readonly string[], word: 'and' | 'or'): string {
  if (conditions.length === 0) return word === 'and' ? 'true' : 'false';
  return `(${conditions.join(` ${word} `)})`;
}
