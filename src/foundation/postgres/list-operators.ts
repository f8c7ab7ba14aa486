import {
  isBigint,
  isStorableText,
  isUuidText,
  sqlTypes,
  type Bind,
  type Column,
  type ColumnType,
} from './list-column.js';

/**
 * What may be asked of one field. Which operators there are depends on the column's type; null and absent operators ask
 * nothing. `contains` and `startsWith` ignore case. `ne` also holds where there is no value.
 */
export interface Comparison {
  readonly eq?: Scalar | null | undefined;
  readonly ne?: Scalar | null | undefined;
  readonly in?: readonly Scalar[] | null | undefined;
  readonly contains?: string | null | undefined;
  readonly startsWith?: string | null | undefined;
  readonly lt?: Scalar | null | undefined;
  readonly lte?: Scalar | null | undefined;
  readonly gt?: Scalar | null | undefined;
  readonly gte?: Scalar | null | undefined;
  readonly isNull?: boolean | null | undefined;
  /** Of an array, the elements; of a JSON array, the texts in it; of a JSON object, its members. */
  readonly hasAll?: readonly (string | Member)[] | null | undefined;
  readonly hasAny?: readonly (string | Member)[] | null | undefined;
}

export type Scalar = string | number | boolean | Date;

/** A member of a JSON object: the key with this text, or with any value if none is given. */
export interface Member {
  readonly key: string;
  readonly value?: string | null | undefined;
}

/** Makes the SQL of one comparison, or answers null if the value does not fit. */
export type Operator = (column: Column, value: unknown, bind: Bind) => string | null;

/** The operators of a type, by name. */
export function operatorsOf(type: ColumnType): Readonly<Record<string, Operator>> {
  return operators[type];
}

const compares =
  (sqlOperator: string): Operator =>
  ({ sql, type }, value, bind) => {
    const bound = scalars[type]?.(value);
    return bound === undefined ? null : `${sql} ${sqlOperator} ${bind(bound, sqlTypes[type])}`;
  };

const isIn: Operator = ({ sql, type }, value, bind) => {
  const bound = listOf(value, (item) => scalars[type]?.(item));
  return bound === null ? null : `${sql} = any(${bind(bound, `${sqlTypes[type]}[]`)})`;
};

const isNull: Operator = ({ sql }, value) => {
  if (typeof value !== 'boolean') return null;
  return `${sql} is ${value ? '' : 'not '}null`;
};

const isLike =
  (pattern: (escaped: string) => string): Operator =>
  ({ sql }, value, bind) => {
    const text = storable(value);
    if (text === undefined) return null;
    return `${sql} ilike ${bind(pattern(text.replace(/[\\%_]/g, '\\$&')), 'text')}`;
  };

const arrayHas =
  (sqlOperator: '@>' | '&&'): Operator =>
  ({ sql }, value, bind) => {
    const elements = listOf(value, storable);
    return elements === null ? null : `${sql} ${sqlOperator} ${bind(elements, 'text[]')}`;
  };

const jsonHas =
  (quantifier: 'all' | 'any'): Operator =>
  ({ sql }, value, bind) => {
    const members = listOf(value, memberOf);
    if (members === null) return null;
    const keys = members.filter((member) => member.value === undefined).map(({ key }) => key);
    const pairs = members.filter((member) => member.value !== undefined).map(jsonText);
    const hasKeys = `${sql} ${quantifier === 'all' ? '?&' : '?|'} ${bind(keys, 'text[]')}`;
    const hasPairs = `${sql} @> ${quantifier}(${bind(pairs, 'jsonb[]')})`;
    return `(${hasKeys} ${quantifier === 'all' ? 'and' : 'or'} ${hasPairs})`;
  };

const equality = { eq: compares('='), ne: compares('is distinct from'), isNull };
const ordered = { lt: compares('<'), lte: compares('<='), gt: compares('>'), gte: compares('>=') };
const patterns = { contains: isLike((text) => `%${text}%`), startsWith: isLike((text) => `${text}%`) };

const operators: Readonly<Record<ColumnType, Readonly<Record<string, Operator>>>> = {
  text: { ...equality, in: isIn, ...patterns, ...ordered },
  integer: { ...equality, in: isIn, ...ordered },
  number: { ...equality, in: isIn, ...ordered },
  boolean: equality,
  timestamp: { ...equality, in: isIn, ...ordered },
  uuid: { ...equality, in: isIn },
  'text[]': { hasAll: arrayHas('@>'), hasAny: arrayHas('&&'), isNull },
  jsonb: { hasAll: jsonHas('all'), hasAny: jsonHas('any'), isNull },
};

type Scalars = Readonly<
  Partial<Record<ColumnType, (value: unknown) => string | number | boolean | undefined>>
>;

/** What may be bound for each type; undefined for anything that PostgreSQL would not take. */
const scalars: Scalars = {
  text: storable,
  integer: (value) =>
    Number.isInteger(value) && isBigint(BigInt(value as number)) ? String(value) : undefined,
  number: (value) => (Number.isFinite(value) ? (value as number) : undefined),
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  timestamp: timestampText,
  uuid: (value) => (typeof value === 'string' && isUuidText(value) ? value : undefined),
};

function storable(value: unknown): string | undefined {
  return typeof value === 'string' && isStorableText(value) ? value : undefined;
}

/** Years are kept to four digits: what ISO writes beyond them, PostgreSQL does not read. */
function timestampText(value: unknown): string | undefined {
  const date = typeof value === 'string' ? new Date(value) : value;
  if (!(date instanceof Date) || Number.isNaN(date.getTime())) return undefined;
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999 ? date.toISOString() : undefined;
}

function listOf<Item>(value: unknown, read: (item: unknown) => Item | undefined): Item[] | null {
  if (!Array.isArray(value)) return null;
  const items = value.map(read).filter((item) => item !== undefined);
  return items.length === value.length ? items : null;
}

function memberOf(item: unknown): { key: string; value: string | undefined } | undefined {
  const { key, value } = typeof item === 'string' ? { key: item } : ((item ?? {}) as Partial<Member>);
  if (storable(key) === undefined) return undefined;
  if (value === undefined || value === null) return { key: key as string, value: undefined };
  return storable(value) === undefined ? undefined : { key: key as string, value };
}

function jsonText({ key, value }: { key: string; value: string | undefined }): string {
  return JSON.stringify({ [key]: value });
}
