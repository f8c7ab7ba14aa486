import type { Column } from './list-column.js';
import { parametersAfter } from './list-column.js';
import { beyondSql, longestOrder, orderBySql, orderingOf, type OrderTerm, type Side } from './keyset.js';
import type { Position } from './cursor.js';

const id = '0190a1b2-0000-7000-8000-000000000001';
const columns: Readonly<Record<string, Column>> = {
  name: { sql: 't.name', type: 'text', required: true },
  rank: { sql: 't.rank', type: 'integer' },
  tags: { sql: 't.tags', type: 'text[]' },
};
const source = { name: 'things', id: 't.id', columns };

const asc = (field: string): OrderTerm => ({ field, direction: 'ASC' });
const desc = (field: string): OrderTerm => ({ field, direction: 'DESC' });

function conditionOf(
  orderBy: readonly OrderTerm[],
  position: Position,
  side: Side,
): [string, readonly unknown[]] {
  const parameters = parametersAfter(['fixed']);
  return [beyondSql(orderingOf(source, orderBy), position, side, parameters.bind), parameters.values];
}

describe('an ordering', () => {
  it('ends with the id, in the direction of the last field', () => {
    expect(orderBySql(orderingOf(source, []), false)).toBe('t.id asc');
    expect(orderBySql(orderingOf(source, [asc('name')]), false)).toBe('t.name asc, t.id asc');
    expect(orderBySql(orderingOf(source, [desc('name')]), false)).toBe('t.name desc, t.id desc');
  });

  it('puts rows without a value last in either direction, and first when reversed', () => {
    expect(orderBySql(orderingOf(source, [asc('rank')]), false)).toBe('t.rank asc nulls last, t.id asc');
    expect(orderBySql(orderingOf(source, [desc('rank')]), false)).toBe('t.rank desc nulls last, t.id desc');
    expect(orderBySql(orderingOf(source, [desc('rank')]), true)).toBe('t.rank asc nulls first, t.id asc');
  });

  it('has a digest that tells fields, directions and lists apart', () => {
    const digests = [
      orderingOf(source, []),
      orderingOf(source, [asc('name')]),
      orderingOf(source, [desc('name')]),
      orderingOf(source, [asc('name'), asc('rank')]),
      orderingOf(source, [asc('rank'), asc('name')]),
      orderingOf({ ...source, name: 'others' }, []),
    ].map(({ digest }) => digest);
    expect(new Set(digests).size).toBe(digests.length);
  });

  it.each(['tags', 'id', 't.name', 'constructor', '__proto__', 'name; drop table t'])(
    'refuses the field %s',
    (field) => {
      expect(() => orderingOf(source, [asc('name'), asc(field)])).toThrow(
        expect.objectContaining({
          code: 'ORDER_INVALID',
          problems: [expect.objectContaining({ path: ['orderBy', '1', 'field'] })],
        }),
      );
    },
  );

  it('refuses more fields than an order may have', () => {
    const order = Array.from({ length: longestOrder + 1 }, () => asc('name'));
    expect(() => orderingOf(source, order)).toThrow(expect.objectContaining({ code: 'ORDER_INVALID' }));
  });

  it('reads any direction but DESC as ASC', () => {
    const order = [{ field: 'name', direction: 'desc; drop table t' as 'DESC' }];
    expect(orderBySql(orderingOf(source, order), false)).toBe('t.name asc, t.id asc');
  });
});

describe('the condition beyond a position', () => {
  it('compares rows where an index can answer', () => {
    const [sql, values] = conditionOf([desc('name')], ['a', id], { of: 'after' });
    expect(sql).toBe('((t.name, t.id) < ($2::text::text, $3::text::uuid))');
    expect(values).toEqual(['fixed', 'a', id]);
  });

  it('lets rows without a value follow those with one', () => {
    const [sql] = conditionOf([asc('rank')], ['7', id], { of: 'after' });
    expect(sql).toContain('t.rank > $2::text::bigint or t.rank is null');
  });

  it('finds nothing after a missing value but what ties with it', () => {
    const [sql, values] = conditionOf([asc('rank')], [null, id], { of: 'after' });
    expect(sql).toBe('(t.rank is null and (t.id > $2::text::uuid or (t.id = $2::text::uuid and false)))');
    expect(values).toEqual(['fixed', id]);
  });
});
