import type { Column, ColumnType } from './list-column.js';
import { parametersAfter } from './list-column.js';
import { deepestFilter, filterSql, mostConditions, mostValues, type Filter } from './list-filter.js';
import type { Comparison } from './list-operators.js';

const columns: Readonly<Record<string, Column>> = {
  name: { sql: 't.name', type: 'text' },
  rank: { sql: 't.rank', type: 'integer' },
  share: { sql: 't.share', type: 'number' },
  isOn: { sql: 't.is_on', type: 'boolean' },
  madeAt: { sql: 't.made_at', type: 'timestamp' },
  ownerId: { sql: 't.owner_id', type: 'uuid' },
  tags: { sql: 't.tags', type: 'text[]' },
  labels: { sql: 't.labels', type: 'jsonb' },
};

function sqlOf(filter: Filter): { sql: string; values: readonly unknown[] } {
  const { values, bind } = parametersAfter([]);
  return { sql: filterSql(filter, columns, bind), values };
}

describe('a filter', () => {
  it('asks for everything in an object, and binds every value', () => {
    expect(sqlOf({ name: { eq: 'a', ne: 'b' }, rank: { gte: 7 } })).toEqual({
      sql: '((t.name = $1::text and t.name is distinct from $2::text) and (t.rank >= $3::bigint))',
      values: ['a', 'b', '7'],
    });
  });

  it('holds for every row when it asks nothing', () => {
    for (const nothing of [{}, { name: {} }, { name: { eq: null } }, { and: [] }, { not: undefined }]) {
      expect(sqlOf(nothing)).toEqual({ sql: expect.stringMatching(/^\(*true\)*$/), values: [] });
    }
  });

  it('holds for no row when one of none is asked for', () => {
    expect(sqlOf({ or: [] }).sql).toBe('(false)');
  });

  it('negates in two values', () => {
    expect(sqlOf({ not: { name: { eq: 'a' } } }).sql).toBe('((((t.name = $1::text)) is not true))');
  });

  it('makes patterns of texts without giving them wildcards', () => {
    expect(sqlOf({ name: { contains: '50%_\\' } }).values).toEqual(['%50\\%\\_\\\\%']);
    expect(sqlOf({ name: { startsWith: 'a' } }).values).toEqual(['a%']);
  });

  it('gives every shape one text, whatever the values', () => {
    const shapes = [['a'], ['b', 'c'], []].map((names) => sqlOf({ name: { in: names } }).sql);
    expect(new Set(shapes).size).toBe(1);
  });

  it.each(['nothing', 'constructor', '__proto__', 'toString', 'name) or (true', 't.name'])(
    'refuses the field %s',
    (field) => {
      const filter = JSON.parse(`{"or": [{}, {${JSON.stringify(field)}: {"eq": "x"}}]}`) as Filter;
      expect(() => sqlOf(filter)).toThrow(
        expect.objectContaining({
          code: 'FILTER_INVALID',
          problems: [expect.objectContaining({ path: ['filter', 'or', '1', field] })],
        }),
      );
    },
  );

  it.each(['like', 'constructor', '= 1 or'])('refuses the operator %s', (operator) => {
    expect(() => sqlOf({ name: { [operator]: 'x' } })).toThrow(
      expect.objectContaining({ code: 'FILTER_INVALID' }),
    );
  });

  it.each<[keyof typeof columns, object]>([
    ['name', { eq: 1 }],
    ['name', { eq: 'a\0' }],
    ['name', { eq: { toString: 'x' } }],
    ['name', { in: ['a', null] }],
    ['name', { in: 'a' }],
    ['name', { contains: 7 }],
    ['name', { isNull: 'yes' }],
    ['rank', { eq: 1.5 }],
    ['rank', { eq: '1' }],
    ['rank', { eq: 2 ** 63 }],
    ['share', { lt: Number.POSITIVE_INFINITY }],
    ['isOn', { eq: 'true' }],
    ['madeAt', { eq: 'yesterday' }],
    ['madeAt', { eq: new Date(Number.NaN) }],
    ['madeAt', { gt: new Date('+010000-01-01T00:00:00Z') }],
    ['madeAt', { gt: new Date('0000-01-01T00:00:00Z') }],
    ['ownerId', { eq: 'me' }],
    ['tags', { hasAll: [1] }],
    ['labels', { hasAny: [null] }],
    ['labels', { hasAny: [{ key: 'a', value: 1 }] }],
    ['labels', { hasAny: [{ value: 'a' }] }],
    ['labels', { hasAny: [{ key: '\0' }] }],
  ])('refuses to compare %s with %j', (field, comparison) => {
    expect(() => sqlOf({ [field]: comparison })).toThrow(expect.objectContaining({ code: 'FILTER_INVALID' }));
  });

  it.each<[ColumnType, string]>([
    ['text', 'hasAll'],
    ['boolean', 'lt'],
    ['uuid', 'contains'],
    ['text[]', 'eq'],
    ['jsonb', 'in'],
  ])('has for %s no operator %s', (type, operator) => {
    const { bind } = parametersAfter([]);
    const filter = { it: { [operator]: ['x'] } as Comparison };
    expect(() => filterSql(filter, { it: { sql: 'it', type } }, bind)).toThrow('There is no operator');
  });

  it('may have up to the limit of conditions, however they are nested', () => {
    const conditions = (count: number): Filter => ({
      or: Array.from({ length: count }, (_, rank) => ({ rank: { eq: rank } })),
    });
    expect(sqlOf(conditions(mostConditions)).values).toHaveLength(mostConditions);
    const tooLarge = expect.objectContaining({
      code: 'FILTER_TOO_LARGE',
      facts: { what: 'conditions', limit: 50 },
    });
    expect(() => sqlOf(conditions(mostConditions + 1))).toThrow(tooLarge);
    expect(() => sqlOf({ and: Array.from({ length: 51 }, () => ({})) })).toThrow(tooLarge);
    expect(() => sqlOf({ and: Array.from({ length: 51 }, () => ({ and: [] })) })).toThrow(tooLarge);
  });

  it('may be nested up to the limit', () => {
    const nested = (depth: number): Filter => (depth === 0 ? {} : { not: nested(depth - 1) });
    expect(sqlOf(nested(deepestFilter)).values).toEqual([]);
    expect(() => sqlOf(nested(deepestFilter + 1))).toThrow(
      expect.objectContaining({ code: 'FILTER_TOO_LARGE' }),
    );
    expect(() => sqlOf(nested(1_000))).toThrow(expect.objectContaining({ code: 'FILTER_TOO_LARGE' }));
  });

  it('refuses too long lists of values', () => {
    const ranks = Array.from({ length: mostValues + 1 }, (_, rank) => rank);
    expect(() => sqlOf({ rank: { in: ranks } })).toThrow(
      expect.objectContaining({ code: 'FILTER_TOO_LARGE' }),
    );
  });
});
