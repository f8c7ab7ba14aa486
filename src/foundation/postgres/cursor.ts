import { sha256 } from '../kernel/id.js';
import { isBigint, isStorableText, isUuidText, type Column, type ColumnType } from './list-column.js';
import { cursorInvalid } from './list-refusals.js';

/** A place in an ordered list: what the row there has in each column of the order, as text; null for null. */
export type Position = readonly (string | null)[];

/** What says that a cursor belongs to an order: the columns that it has values of, and a digest. */
export interface CursorKey {
  readonly columns: readonly Column[];
  readonly digest: string;
}

/** Makes the digest of an order from everything that tells it from others. */
export function cursorDigest(...parts: readonly string[]): string {
  return sha256(JSON.stringify(parts)).toString('base64url').slice(0, digestLength);
}

/** The SQL of a row's position, as the text of a JSON array. It is exact: no precision is lost on the way. */
export function positionSql(columns: readonly Column[]): string {
  return `json_build_array(${columns.map((column) => forms[column.type].toText(column.sql)).join(', ')})::text`;
}

/** The SQL that turns one bound value of a position back into what its column compares with. */
export function positionValueSql(column: Column, placeholder: string): string {
  return forms[column.type].fromText(placeholder);
}

/** True if a column has an order that a cursor can point into. */
export function isOrderable(column: Column): boolean {
  return column.type !== 'text[]' && column.type !== 'jsonb';
}

/** Makes a cursor of a position as `positionSql` gives it. */
export function encodeCursor(digest: string, position: string): string {
  return Buffer.from(digest + position).toString('base64url');
}

/** Reads a cursor. Refuses with `CURSOR_INVALID` what is damaged, and what was made for another order. */
export function decodeCursor(key: CursorKey, cursor: string, argument: string): Position {
  const text = Buffer.from(cursor, 'base64url').toString();
  const position = text.startsWith(key.digest) ? parsed(text.slice(key.digest.length)) : undefined;
  if (!isPosition(position, key.columns)) throw cursorInvalid({ argument }, [argument]);
  return position;
}

const digestLength = 8;

/** How a column's values travel in a cursor, and which texts PostgreSQL will read back without an error. */
interface Form {
  readonly toText: (sql: string) => string;
  readonly fromText: (placeholder: string) => string;
  readonly isValid: (text: string) => boolean;
}

const plain = (type: string, isValid: (text: string) => boolean): Form => ({
  toText: (sql) => `(${sql})::text`,
  fromText: (placeholder) => `${placeholder}::${type}`,
  isValid,
});

const forms: Readonly<Record<ColumnType, Form>> = {
  text: plain('text', isStorableText),
  integer: plain('bigint', (text) => /^-?\d{1,19}$/.test(text) && isBigint(BigInt(text))),
  number: plain('numeric', isNumberText),
  boolean: plain('boolean', (text) => text === 'true' || text === 'false'),
  // In UTC, so that a cursor means the same whatever time zone a session has.
  timestamp: {
    toText: (sql) => `(${sql} at time zone 'UTC')::text`,
    fromText: (placeholder) => `(${placeholder}::timestamp at time zone 'UTC')`,
    isValid: isTimestampText,
  },
  uuid: plain('uuid', isUuidText),
  'text[]': plain('text[]', () => false),
  jsonb: plain('jsonb', () => false),
};

function isNumberText(text: string): boolean {
  if (/^-?Infinity$|^NaN$/.test(text)) return true;
  return /^-?\d+(\.\d+)?(e[+-]?\d{1,3})?$/.test(text) && Number.isFinite(Number(text));
}

function isTimestampText(text: string): boolean {
  if (text === 'infinity' || text === '-infinity') return true;
  const [, year, month, day] =
    /^(\d{4,5})-(\d\d)-(\d\d) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?$/.exec(text) ?? [];
  return Number(year) > 0 && isDay(Number(year), Number(month), Number(day));
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPosition(position: unknown, columns: readonly Column[]): position is Position {
  if (!Array.isArray(position) || position.length !== columns.length) return false;
  return columns.every((column, index) => isValueOf(column, position[index]));
}

function isValueOf(column: Column, value: unknown): boolean {
  if (value === null) return column.required !== true;
  return typeof value === 'string' && forms[column.type].isValid(value);
}
