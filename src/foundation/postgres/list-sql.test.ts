import { composeList, type ListRequest, type ListSource } from './list-sql.js';

const source: ListSource = {
  name: 'things',
  from: 'thing t',
  select: 't.id, t.name',
  id: 't.id',
  where: 't.kind = $1',
  columns: { name: { sql: 't.name', type: 'text' } },
};

const parents = { sql: 't.box_id', ids: ['0190a1b2-0000-7000-8000-000000000001'] };
const compose = (request: Partial<ListRequest> = {}) => composeList(source, { fixed: ['toy'], ...request });

describe('composeList', () => {
  it('gives requests of one shape one statement', () => {
    const one = compose({ parents, filter: { name: { eq: 'a' } }, page: { first: 5 } });
    const other = compose({ parents, filter: { name: { eq: 'b' } }, page: { first: 7 } });
    expect(one.statement).toBe(other.statement);
    expect(one.statement.name).toMatch(/^things\.[\w-]{16}$/);
    expect(one.values).not.toEqual(other.values);
  });

  it('gives other shapes other names', () => {
    const requests = [
      {},
      { parents },
      { filter: { name: { eq: 'a' } } },
      { page: { last: 1 } },
      { totalCount: true },
      { totalCount: true, rows: false },
      { orderBy: [{ field: 'name', direction: 'DESC' as const }] },
      { parents: { ...parents, join: 'join box b on b.id = t.box_id', sql: 'b.id' } },
    ];
    const names = requests.map((request) => compose(request).statement.name);
    expect(new Set(names).size).toBe(requests.length);
  });

  it('leaves the numbers of the fixed values alone', () => {
    const { values } = compose({ parents, filter: { name: { eq: 'a' } } });
    expect(values).toEqual(['toy', parents.ids, 'a', 21]);
  });

  it('counts only when asked, and then without reading rows if they are not wanted', () => {
    expect(compose().statement.text).not.toContain('count(');
    expect(compose({ totalCount: true, rows: false }).statement.text).not.toContain('order by');
  });

  it('never writes a value into the text', () => {
    const filter = { name: { eq: 'needle', in: ['needle'], contains: 'needle', startsWith: 'needle' } };
    const { statement } = compose({ filter, parents: { ...parents, ids: ['needle'] } });
    expect(statement.text).not.toContain('needle');
  });
});
