/** What a column holds, which decides how it may be compared. */
export type ColumnType =
  'text' | 'integer' | 'number' | 'boolean' | 'timestamp' | 'uuid' | 'text[]' | 'jsonb';

/** Something that a list can be filtered and ordered by. Its SQL is written in code, never made from input. */
export interface Column {
  readonly sql: string;
  readonly type: ColumnType;
  /** Says that it is never null. Lets an index on it serve the order; rows where it is null may be missed. */
  readonly required?: boolean;
}

/** Columns by the names that callers know them under. */
export type Columns = Readonly<Record<string, Column>>;

/** The column of a name that may be any text, ready to stand in an expression; undefined if there is none. */
export function columnNamed(columns: Columns, name: string): Column | undefined {
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
  return column && { ...column, sql: operand(column.sql) };
}

/** Keeps an expression together where it is compared with something. */
export function operand(sql: string): string {
  return /^[\w.]+$/.test(sql) ? sql : `(${sql})`;
}

/** Adds a value to a statement's parameters, and answers the SQL that stands for it: `$3::text`. */
export type Bind = (value: unknown, sqlType: string) => string;

/** The values of a statement, in the order of their numbers. */
export interface Parameters {
  readonly values: readonly unknown[];
  readonly bind: Bind;
}

/** Starts a parameter list with values that are already numbered: they are `$1`, `$2`, … */
export function parametersAfter(fixed: readonly unknown[]): Parameters {
  const values = [...fixed];
  return { values, bind: (value, sqlType) => `$${values.push(value)}::${sqlType}` };
}

/** The PostgreSQL type that values of a column are bound as. */
export const sqlTypes: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  integer: 'bigint',
  number: 'numeric',
  boolean: 'boolean',
  timestamp: 'timestamptz',
  uuid: 'uuid',
  'text[]': 'text[]',
  jsonb: 'jsonb',
};

/** True for any text that PostgreSQL reads as a uuid with dashes, of whatever version. */
export function isUuidText(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}

/** True if PostgreSQL can store the text: it has no place for the character NUL. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0');
}

/** True if the number fits into a bigint. */
export function isBigint(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}
