import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { openDatabase, type Database } from '../../src/foundation/postgres/database.js';
import type { Direction } from '../../src/foundation/postgres/keyset.js';
import {
  list,
  mapPage,
  type Filter,
  type ListPage,
  type ListRequest,
  type ListSource,
  type OrderTerm,
} from '../../src/foundation/postgres/list.js';
import { testDatabase, type TestDatabase } from '../kit/database.js';

interface Thing {
  readonly id: string;
  readonly boxId: string;
  readonly kind: 'toy' | 'tool';
  readonly name: string;
  readonly note: string | null;
  readonly rank: number | null;
  readonly share: number | null;
  readonly isOn: boolean | null;
  readonly madeAt: string | null;
  readonly ownerId: string | null;
  readonly tags: readonly string[] | null;
  readonly labels: Readonly<Record<string, string>> | null;
  readonly words: readonly string[];
}

type Row = Pick<Thing, 'id' | 'name'>;

const things: ListSource = {
  name: 'test.things',
  from: 'thing t',
  select: 't.id, t.name',
  id: 't.id',
  where: 't.kind = $1',
  columns: {
    name: { sql: 't.name', type: 'text', required: true },
    note: { sql: 't.note', type: 'text' },
    rank: { sql: 't.rank', type: 'integer' },
    share: { sql: 't.share', type: 'number' },
    isOn: { sql: 't.is_on', type: 'boolean' },
    madeAt: { sql: 't.made_at', type: 'timestamp' },
    ownerId: { sql: 't.owner_id', type: 'uuid' },
    tags: { sql: 't.tags', type: 'text[]' },
    labels: { sql: 't.labels', type: 'jsonb' },
    words: { sql: `t.body -> 'words'`, type: 'jsonb' },
  },
};

const orderable = ['name', 'note', 'rank', 'share', 'isOn', 'madeAt', 'ownerId'] as const;
const boxes = Array.from({ length: 20 }, () => randomUUID() as string);
const owners = Array.from({ length: 3 }, () => randomUUID() as string);
const all = boxes.flatMap((box, b) => Array.from({ length: 50 }, (_, n) => thingAt(box, b, n)));
const toys = all.filter(({ kind }) => kind === 'toy');

let scratch: TestDatabase;
let database: Database;

beforeAll(async () => {
  scratch = await testDatabase();
  // A session's time zone must not matter to cursors: this one is off by a quarter of an hour, too.
  const url = `${scratch.url}${scratch.url.includes('?') ? '&' : '?'}options=-c%20TimeZone%3DAsia%2FKathmandu`;
  database = await openDatabase({ url, tables: [], migrations: [], poolSize: 4 });
  await run(`create table thing (
    id uuid primary key, box_id uuid not null, kind text not null, name text collate "C" not null,
    note text collate "C", rank integer, share double precision, is_on boolean, made_at timestamptz,
    owner_id uuid, tags text[], labels jsonb, body jsonb not null)`);
  await run('create table kinship (thing_id uuid not null, elder_id uuid not null)');
  await run(
    `insert into thing
     select (j->>'id')::uuid, (j->>'boxId')::uuid, j->>'kind', j->>'name', j->>'note', (j->>'rank')::int,
       (j->>'share')::float8, (j->>'isOn')::bool, (j->>'madeAt')::timestamptz, (j->>'ownerId')::uuid,
       case when jsonb_typeof(j->'tags') = 'array' then array(select jsonb_array_elements_text(j->'tags')) end,
       nullif(j->'labels', 'null'), jsonb_build_object('words', j->'words')
     from jsonb_array_elements($1::jsonb) j`,
    [JSON.stringify(all)],
  );
});

afterAll(async () => {
  await database.close();
  await scratch.close();
});

describe('a level of lists', () => {
  it('is one statement for any number of parents, and none for none', async () => {
    expect(await statementsOf(() => pages({ parents: inBoxes(boxes), totalCount: true }))).toBe(1);
    expect(await statementsOf(() => pages({ parents: inBoxes(boxes.slice(0, 1)) }))).toBe(1);
    expect(await statementsOf(() => pages({ parents: inBoxes([]) }))).toBe(0);
  });

  it('has one page for each parent in the order of the parents, strangers and repetitions included', async () => {
    const asked = [boxes[3], randomUUID(), boxes[0], boxes[3]] as string[];
    const answered = await pages({ parents: inBoxes(asked), page: { first: 5 }, orderBy: [by('rank')] });
    expect(answered.map(idsOf)).toEqual(asked.map((box) => sorted(toysIn(box), [by('rank')]).slice(0, 5)));
  });

  it('holds 20 rows unless asked otherwise', async () => {
    for (const page of await pages({ parents: inBoxes(boxes) })) {
      expect(page.rows).toHaveLength(20);
      expect(page).toMatchObject({ hasNextPage: true, hasPreviousPage: false, totalCount: null });
    }
  });

  it('counts all rows that the filter means, whatever the page', async () => {
    const isOn: Filter = { isOn: { eq: true } };
    const request = { parents: inBoxes([...boxes, randomUUID()]), filter: isOn, totalCount: true };
    const expected = [...boxes.map((box) => toysIn(box).filter((toy) => toy.isOn === true).length), 0];
    const few = await pages({ ...request, page: { first: 2 } });
    const beyond = await pages({ ...request, page: { first: 2, after: few[0]?.cursorOf(1) } });
    const none = await pages({ ...request, rows: false });
    for (const answer of [few, beyond, none]) {
      expect(answer.map(({ totalCount }) => totalCount)).toEqual(expected);
    }
    expect(none.flatMap(({ rows }) => rows)).toEqual([]);
  });

  it('can be of the whole source, without parents', async () => {
    const [page, ...others] = await pages({ page: { first: 200 }, totalCount: true, orderBy: [by('name')] });
    expect(others).toEqual([]);
    expect(page && idsOf(page)).toEqual(sorted(toys, [by('name')]).slice(0, 200));
    expect(page?.totalCount).toBe(toys.length);
  });

  it('can be a page of no rows that says whether there are any', async () => {
    const [full, empty] = await pages({
      parents: inBoxes([boxes[0] as string, randomUUID()]),
      page: { first: 0 },
    });
    expect(full).toMatchObject({ rows: [], hasNextPage: true });
    expect(empty).toMatchObject({ rows: [], hasNextPage: false });
  });

  it('follows edges through another table', async () => {
    const elders = toysIn(boxes[0] as string).slice(0, 3);
    const young = toysIn(boxes[1] as string).slice(0, 9);
    for (const [index, thing] of young.entries()) {
      await run('insert into kinship values ($1, $2)', [thing.id, elders[index % 2]?.id]);
    }
    const join = 'join kinship k on k.thing_id = t.id';
    const parents = { sql: 'k.elder_id', join, ids: elders.map(({ id }) => id) };
    const answered = await pages({ parents, orderBy: [by('name')], totalCount: true });
    const childrenOf = (parity: number) =>
      sorted(
        young.filter((_, index) => index % 2 === parity),
        [by('name')],
      );
    expect(answered.map(idsOf)).toEqual([childrenOf(0), childrenOf(1), []]);
    expect(answered.map(({ totalCount }) => totalCount)).toEqual([5, 4, 0]);
  });

  it('keeps its cursors when its rows are made into something else', async () => {
    const [page] = await pages({ page: { first: 3 } });
    const mapped = mapPage(page as ListPage<Row>, ({ name }) => name.length);
    expect(mapped.rows).toEqual(page?.rows.map(({ name }) => name.length));
    expect(mapped.cursorOf(2)).toBe(page?.cursorOf(2));
  });
});

describe('walking through a list', () => {
  const order = fc.array(
    fc.record({
      field: fc.constantFrom(...orderable),
      direction: fc.constantFrom<Direction>('ASC', 'DESC'),
    }),
    { maxLength: 3 },
  );
  const box = fc.constantFrom(...boxes);

  it('meets every row once, in order, in both directions, over ties and missing values', async () => {
    await fc.assert(
      fc.asyncProperty(order, box, fc.integer({ min: 1, max: 30 }), async (orderBy, boxId, size) => {
        const expected = sorted(toysIn(boxId), orderBy);
        expect(await walked(orderBy, boxId, size, 'forward')).toEqual(expected);
        expect(await walked(orderBy, boxId, size, 'backward')).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('cuts any window between two cursors, and knows what lies outside of it', async () => {
    const place = fc.integer({ min: 0, max: 24 });
    await fc.assert(
      // eslint-disable-next-line max-params -- the property's values come one by one
      fc.asyncProperty(order, box, place, place, fc.boolean(), async (orderBy, boxId, a, b, fromEnd) => {
        const expected = sorted(toysIn(boxId), orderBy);
        const whole = await pageOf({ parents: inBoxes([boxId]), orderBy, page: { first: 200 } });
        const size = fromEnd ? { last: 4 } : { first: 4 };
        const page = { ...size, after: whole.cursorOf(a), before: whole.cursorOf(b) };
        const window = expected.slice(a + 1, Math.max(a + 1, b));
        const cut = await pageOf({ parents: inBoxes([boxId]), orderBy, page });
        expect(idsOf(cut)).toEqual(fromEnd ? window.slice(-4) : window.slice(0, 4));
        expect(cut).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
      }),
      { numRuns: 40 },
    );
  });

  it('is not disturbed when the row at the cursor is gone', async () => {
    const boxId = boxes[7] as string;
    const orderBy = [by('rank', 'DESC')];
    const before = await pageOf({ parents: inBoxes([boxId]), orderBy, page: { first: 200 } });
    const first = await pageOf({ parents: inBoxes([boxId]), orderBy, page: { first: 1 } });
    const transaction = database.transaction(async (tx) => {
      await tx.rows({ name: '', text: 'delete from thing where id = $1' }, [first.rows[0]?.id]);
      const page = { first: 200, after: first.cursorOf(0) };
      const [rest] = await list<Row>(tx, things, {
        fixed: ['toy'],
        parents: inBoxes([boxId]),
        orderBy,
        page,
      });
      expect(rest && idsOf(rest)).toEqual(idsOf(before).slice(1));
      expect(rest?.hasPreviousPage).toBe(false);
      throw new Error('undo');
    });
    await expect(transaction).rejects.toThrow('undo');
  });

  it('refuses the cursor of another order, of another list, and no cursor at all', async () => {
    const page = await pageOf({ orderBy: [by('rank')], page: { first: 1 } });
    const after = page.cursorOf(0);
    const refused = expect.objectContaining({ code: 'CURSOR_INVALID' });
    await expect(pages({ orderBy: [by('rank', 'DESC')], page: { after } })).rejects.toEqual(refused);
    await expect(pages({ orderBy: [by('name')], page: { after } })).rejects.toEqual(refused);
    await expect(pages({ orderBy: [by('rank')], page: { before: `${after}x` } })).rejects.toEqual(refused);
    await expect(pages({ page: { after: '1 or 1=1' } })).rejects.toEqual(refused);
    const others = { ...things, name: 'test.others' };
    const request = { fixed: ['toy'], orderBy: [by('rank')], page: { after } };
    await expect(list(database, others, request)).rejects.toEqual(refused);
  });

  /** Makes cursors that no answer ever had. */
  it('never lets PostgreSQL see a cursor that it cannot read', async () => {
    const value = fc.oneof(fc.constant(null), fc.string(), fc.integer().map(String), fc.date().map(String));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...orderable), value, fc.string(), async (field, text, id) => {
        const real = await pageOf({ orderBy: [by(field)], page: { first: 1 } });
        const digest = Buffer.from(real.cursorOf(0), 'base64url').toString().slice(0, 8);
        const forged = (idText: string) =>
          Buffer.from(digest + JSON.stringify([text, idText])).toString('base64url');
        for (const after of [forged(id), forged(randomUUID())]) {
          const answer = pages({ orderBy: [by(field)], page: { after } });
          const code = await answer.then(
            () => 'answered',
            (error: unknown) => (error as { code: string }).code,
          );
          expect(['answered', 'CURSOR_INVALID']).toContain(code);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('a filter', () => {
  const first = '2026-01-03T00:00:00.000000Z';
  const [owner] = owners as [string];

  it.each<[string, Filter, (thing: Thing) => boolean]>([
    ['text eq', { note: { eq: 'Note 1' } }, ({ note }) => note === 'Note 1'],
    ['text ne', { note: { ne: 'Note 1' } }, ({ note }) => note !== 'Note 1'],
    ['text in', { note: { in: ['Note 1', 'Note 2'] } }, ({ note }) => note === 'Note 1' || note === 'Note 2'],
    ['text in nothing', { note: { in: [] } }, () => false],
    ['text contains', { note: { contains: 'OTE 1' } }, ({ note }) => note?.includes('ote 1') ?? false],
    ['text contains %', { name: { contains: '%' } }, ({ name }) => name.includes('%')],
    ['text contains _', { name: { contains: 'g_' } }, ({ name }) => name.includes('g_')],
    ['text contains \\', { name: { contains: '\\' } }, ({ name }) => name.includes('\\')],
    ['text startsWith', { name: { startsWith: 'thing 1' } }, ({ name }) => name.startsWith('Thing 1')],
    ['text lt', { name: { lt: 'Thing 2' } }, ({ name }) => name < 'Thing 2'],
    ['text gte', { name: { gte: 'Thing 2' } }, ({ name }) => name >= 'Thing 2'],
    ['text isNull', { note: { isNull: true } }, ({ note }) => note === null],
    ['text is not null', { note: { isNull: false } }, ({ note }) => note !== null],
    ['integer eq', { rank: { eq: 3 } }, ({ rank }) => rank === 3],
    ['integer lt', { rank: { lt: 3 } }, ({ rank }) => rank !== null && rank < 3],
    ['integer lte', { rank: { lte: 3 } }, ({ rank }) => rank !== null && rank <= 3],
    ['integer gt and ne', { rank: { gt: 3, ne: 5 } }, ({ rank }) => rank !== null && rank > 3 && rank !== 5],
    ['integer in', { rank: { in: [1, 3] } }, ({ rank }) => rank === 1 || rank === 3],
    ['number gt', { share: { gt: 0.25 } }, ({ share }) => share !== null && share > 0.25],
    ['number eq', { share: { eq: 0.1 } }, ({ share }) => share === 0.1],
    ['boolean eq', { isOn: { eq: false } }, ({ isOn }) => isOn === false],
    ['boolean ne', { isOn: { ne: false } }, ({ isOn }) => isOn !== false],
    ['timestamp gt', { madeAt: { gt: new Date(first) } }, ({ madeAt }) => madeAt !== null && madeAt > first],
    ['timestamp lte', { madeAt: { lte: first } }, ({ madeAt }) => madeAt !== null && madeAt <= first],
    ['timestamp in', { madeAt: { in: [new Date(first)] } }, ({ madeAt }) => madeAt === first],
    ['uuid eq', { ownerId: { eq: owner.toUpperCase() } }, ({ ownerId }) => ownerId === owner],
    [
      'uuid in',
      { ownerId: { in: owners.slice(1) } },
      ({ ownerId }) => ownerId !== null && owners.slice(1).includes(ownerId),
    ],
    ['uuid isNull', { ownerId: { isNull: true } }, ({ ownerId }) => ownerId === null],
    ['array hasAll', { tags: { hasAll: ['a', 'b'] } }, has('tags', 'every', ['a', 'b'])],
    ['array hasAny', { tags: { hasAny: ['b', 'c'] } }, has('tags', 'some', ['b', 'c'])],
    ['array hasAll of none', { tags: { hasAll: [] } }, ({ tags }) => tags !== null],
    ['array isNull', { tags: { isNull: true } }, ({ tags }) => tags === null],
    ['JSON array hasAll', { words: { hasAll: ['a', 'b'] } }, has('words', 'every', ['a', 'b'])],
    ['JSON array hasAny', { words: { hasAny: ['b', 'c'] } }, has('words', 'some', ['b', 'c'])],
    [
      'member',
      { labels: { hasAll: [{ key: 'zone', value: 'z1' }] } },
      ({ labels }) => labels?.['zone'] === 'z1',
    ],
    ['key', { labels: { hasAll: [{ key: 'zone' }] } }, ({ labels }) => labels?.['zone'] !== undefined],
    ['strange key', { labels: { hasAny: [{ key: '__proto__', value: '}\'"' }] } }, () => false],
    [
      'members all',
      { labels: { hasAll: [{ key: 'zone', value: 'z1' }, { key: 'rack' }] } },
      ({ labels }) => labels?.['zone'] === 'z1' && labels['rack'] !== undefined,
    ],
    [
      'one key with two values',
      {
        labels: {
          hasAll: [
            { key: 'zone', value: 'z1' },
            { key: 'zone', value: 'z2' },
          ],
        },
      },
      () => false,
    ],
    [
      'members any',
      { labels: { hasAny: [{ key: 'zone', value: 'z2' }, { key: 'rack' }] } },
      ({ labels }) => labels?.['zone'] === 'z2' || labels?.['rack'] !== undefined,
    ],
    [
      'or',
      { or: [{ rank: { eq: 1 } }, { rank: { eq: 2 }, isOn: { eq: true } }] },
      ({ rank, isOn }) => rank === 1 || (rank === 2 && isOn === true),
    ],
    [
      'and with a field',
      { and: [{ rank: { gt: 1 } }, { rank: { lt: 4 } }], isOn: { eq: true } },
      ({ rank, isOn }) => rank !== null && rank > 1 && rank < 4 && isOn === true,
    ],
    ['not over missing values', { not: { rank: { lt: 3 } } }, ({ rank }) => rank === null || rank >= 3],
    ['not not', { not: { not: { rank: { lt: 3 } } } }, ({ rank }) => rank !== null && rank < 3],
    [
      'not or',
      { not: { or: [{ rank: { lt: 3 } }, { isOn: { eq: true } }] } },
      ({ rank, isOn }) => !((rank !== null && rank < 3) || isOn === true),
    ],
  ])('%s means the rows that it says', async (_name, filter, means) => {
    const ids = new Set(toys.filter(means).map(({ id }) => id));
    const answered = await pages({ parents: inBoxes(boxes), filter, page: { first: 200 } });
    expect(answered.flatMap(idsOf).sort()).toEqual([...ids].sort());
  });

  it('takes any text as a value and as nothing else', async () => {
    const stored = JSON.stringify(toys).toLowerCase();
    const texts = fc.oneof(
      fc.constantFrom(`'; drop table thing; --`, `$1`, `' or true --`, `\\'`, '{"a"}', '{a,b}', 'NULL'),
      fc
        .string({ unit: 'binary' })
        .filter((text) => !text.includes('\0') && !stored.includes(text.toLowerCase())),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const member = { key: text, value: text };
        const filter: Filter = {
          or: [
            { note: { eq: text, in: [text, text], contains: text, startsWith: text } },
            { tags: { hasAny: [text] } },
            { labels: { hasAny: [member, { key: text }] } },
          ],
        };
        expect((await pageOf({ filter, totalCount: true, rows: false })).totalCount).toBe(0);
      }),
      { numRuns: 100 },
    );
    expect((await pageOf({ totalCount: true, rows: false })).totalCount).toBe(toys.length);
  });

  it('takes no text as a name', async () => {
    const names = fc.oneof(
      fc.constantFrom('t.id', 'kind', 'name)--', '__proto__', 'constructor'),
      fc.string(),
    );
    const known = [...Object.keys(things.columns), 'and', 'or', 'not'];
    await fc.assert(
      fc.asyncProperty(
        names.filter((name) => !known.includes(name)),
        async (name) => {
          const filter = JSON.parse(`{${JSON.stringify(name)}: {"eq": "x"}}`) as Filter;
          await expect(pages({ filter })).rejects.toMatchObject({ code: 'FILTER_INVALID' });
          await expect(pages({ orderBy: [by(name)] })).rejects.toMatchObject({ code: 'ORDER_INVALID' });
        },
      ),
    );
  });
});

function thingAt(boxId: string, b: number, n: number): Thing {
  const turn = b * 50 + n;
  const missing = (every: number) => turn % every === 0;
  return {
    id: randomUUID(),
    boxId,
    kind: n % 2 === 0 ? 'toy' : 'tool',
    name: `Thing ${turn % 7}${['', '%', '_', '\\'][turn % 4] ?? ''}`,
    note: missing(3) ? null : `Note ${turn % 4}`,
    rank: missing(5) ? null : turn % 6,
    share: missing(7) ? null : (turn % 9) / 10,
    isOn: missing(8) ? null : turn % 3 === 0,
    // Some differ by a microsecond only, which a Date of JavaScript does not see.
    madeAt: missing(9) ? null : `2026-01-03T00:00:00.00000${turn % 5}Z`,
    ownerId: missing(4) ? null : (owners[turn % 3] ?? null),
    tags: missing(10) ? null : ['a', 'b', 'c'].slice(0, turn % 4),
    labels: missing(11) ? null : { zone: `z${turn % 3}`, ...(turn % 4 === 0 && { rack: 'r' }) },
    words: ['a', 'b', 'c'].slice(turn % 4),
  };
}

function has(field: 'tags' | 'words', quantifier: 'every' | 'some', wanted: readonly string[]) {
  return (thing: Thing): boolean => {
    const there = thing[field];
    return there !== null && wanted[quantifier]((word) => there.includes(word));
  };
}

function toysIn(boxId: string): Thing[] {
  return toys.filter((thing) => thing.boxId === boxId);
}

function inBoxes(ids: readonly string[]): { sql: string; ids: readonly string[] } {
  return { sql: 't.box_id', ids };
}

function by(field: string, direction: Direction = 'ASC'): OrderTerm {
  return { field, direction };
}

/** What the order means, said a second time: ids of the things, missing values last, ids last of all. */
function sorted(set: readonly Thing[], orderBy: readonly OrderTerm[]): string[] {
  const tie = by('id', orderBy.at(-1)?.direction);
  const compare = (a: Thing, b: Thing): number => {
    for (const { field, direction } of [...orderBy, tie]) {
      const [x, y] = [a[field as keyof Thing], b[field as keyof Thing]];
      if (x === y) continue;
      if (x === null || y === null) return x === null ? 1 : -1;
      return x < y === (direction === 'ASC') ? -1 : 1;
    }
    return 0;
  };
  return [...set].sort(compare).map(({ id }) => id);
}

async function walked(
  orderBy: readonly OrderTerm[],
  boxId: string,
  size: number,
  direction: 'forward' | 'backward',
): Promise<string[]> {
  const met: string[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = direction === 'forward' ? { first: size, after: cursor } : { last: size, before: cursor };
    const answer = await pageOf({ parents: inBoxes([boxId]), orderBy, page });
    const [goesOn, hasBegun] =
      direction === 'forward'
        ? [answer.hasNextPage, answer.hasPreviousPage]
        : [answer.hasPreviousPage, answer.hasNextPage];
    expect(hasBegun).toBe(cursor !== undefined);
    if (direction === 'forward') met.push(...idsOf(answer));
    else met.unshift(...idsOf(answer));
    if (!goesOn) return met;
    cursor = answer.cursorOf(direction === 'forward' ? answer.rows.length - 1 : 0);
  }
}

function pages(request: ListRequest): Promise<ListPage<Row>[]> {
  return list<Row>(database, things, { fixed: ['toy'], ...request });
}

async function pageOf(request: ListRequest): Promise<ListPage<Row>> {
  const [page] = await pages(request);
  if (!page) throw new Error('There is no page.');
  return page;
}

function idsOf(page: ListPage<Row>): string[] {
  return page.rows.map(({ id }) => id);
}

async function statementsOf(act: () => Promise<unknown>): Promise<number> {
  const before = database.statementCount();
  await act();
  return database.statementCount() - before;
}

async function run(text: string, values: readonly unknown[] = []): Promise<void> {
  await database.rows({ name: '', text }, values);
}
