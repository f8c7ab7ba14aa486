import 'reflect-metadata';
import { graphql, printSchema, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import {
  Args,
  buildSchema,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Info,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
  Root,
} from 'type-graphql';
import { connectionOf, toConnection, type Connection } from '../../src/foundation/graphql/connection.js';
import * as filters from '../../src/foundation/graphql/filter.js';
import { filterInputFor } from '../../src/foundation/graphql/filter-input.js';
import {
  askedList,
  listArgumentsFor,
  type ListArguments,
} from '../../src/foundation/graphql/list-arguments.js';
import { listField } from '../../src/foundation/graphql/list-field.js';
import { orderInputFor } from '../../src/foundation/graphql/order-input.js';
import { openDatabase, type Database } from '../../src/foundation/postgres/database.js';
import { list, type ListSource } from '../../src/foundation/postgres/list.js';
import { testDatabase, type TestDatabase } from '../kit/database.js';

const Colour = { RED: 'red', BLUE: 'blue' } as const;
registerEnumType(Colour, { name: 'Colour' });

@ObjectType()
class Toy {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;
}

@ObjectType()
class Box {
  @Field(() => ID)
  id!: string;
}

const ToyArguments = listArgumentsFor('Toy', {
  filter: filterInputFor('Toy', {
    id: { filter: () => filters.IdFilter, description: 'Its id.' },
    name: { filter: () => filters.StringFilter, description: 'Its name.' },
    rank: { filter: () => filters.IntegerFilter, description: 'Its rank.' },
    weight: { filter: () => filters.NumberFilter, description: 'Its weight.' },
    isOn: { filter: () => filters.BooleanFilter, description: 'Whether it is on.' },
    madeAt: { filter: () => filters.TimestampFilter, description: 'When it was made.' },
    tags: { filter: () => filters.TagsFilter, description: 'Its tags.' },
    labels: { filter: () => filters.LabelsFilter, description: 'Its labels.' },
    colour: { filter: () => filters.enumFilter('Colour', () => Colour), description: 'Its colour.' },
  }),
  order: orderInputFor('Toy', { name: 'By name.', madeAt: 'By when it was made.' }),
});
const ToyConnection = connectionOf('Toy', () => Toy);
const BoxArguments = listArgumentsFor('Box', {});
const BoxConnection = connectionOf('Box', () => Box);

const toys: ListSource = {
  name: 'test.toys',
  from: 'toy t',
  select: 't.id, t.name',
  id: 't.id',
  columns: {
    id: { sql: 't.id', type: 'uuid', required: true },
    name: { sql: 't.name', type: 'text', required: true },
    rank: { sql: 't.rank', type: 'integer', required: true },
    weight: { sql: 't.rank', type: 'number', required: true },
    isOn: { sql: 't.rank > 0', type: 'boolean', required: true },
    madeAt: { sql: 't.made_at', type: 'timestamp', required: true },
    tags: { sql: 't.tags', type: 'text[]' },
    labels: { sql: 't.labels', type: 'jsonb' },
    colour: { sql: 't.colour', type: 'text' },
  },
};
const boxes: ListSource = { name: 'test.boxes', from: 'box b', select: 'b.id', id: 'b.id', columns: {} };

let scratch: TestDatabase;
let database: Database;
let schema: GraphQLSchema;

@Resolver(() => Box)
class BoxResolver {
  @Query(() => BoxConnection)
  async boxes(
    @Args(() => BoxArguments) args: ListArguments,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Box>> {
    const [page] = await list<Box>(database, boxes, askedList(args, info));
    if (!page) throw new Error('There is no page.');
    return toConnection(page);
  }

  @FieldResolver(() => ToyConnection)
  toys(
    @Root() { id }: Box,
    @Args(() => ToyArguments) args: ListArguments,
    @Ctx() context: object,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Toy>> {
    return listField<Toy>({ edge: 'Box.toys', parentId: id, args, context, info }, (ids, asked) =>
      list<Toy>(database, toys, { ...asked, parents: { sql: 't.box_id', ids } }),
    );
  }
}

beforeAll(async () => {
  scratch = await testDatabase();
  database = await openDatabase({ url: scratch.url, tables: [], migrations: [], poolSize: 2 });
  for (const text of [
    'create table box (id uuid primary key)',
    `create table toy (id uuid primary key default gen_random_uuid(), box_id uuid not null, name text not null,
      rank integer not null, made_at timestamptz not null, tags text[], labels jsonb, colour text)`,
    'insert into box select gen_random_uuid() from generate_series(1, 20)',
    `insert into toy (box_id, name, rank, made_at, tags, labels, colour)
      select b.id, 'Toy ' || n, n, timestamptz '2026-01-01Z' + n * interval '1 day', array['t' || n],
        jsonb_build_object('n', n::text), case when n % 2 = 0 then 'red' else 'blue' end
      from box b, generate_series(1, 5) n`,
  ]) {
    await database.rows({ name: '', text });
  }
  const noPubSub = { subscribe: unused, publish: unused };
  schema = await buildSchema({ resolvers: [BoxResolver], validate: false, pubSub: noPubSub });
});

afterAll(async () => {
  await database.close();
  await scratch.close();
});

interface Answer {
  readonly boxes: { readonly totalCount: number; readonly nodes: readonly Record<string, Connection<Toy>>[] };
}

describe('a query of two levels', () => {
  it('costs one statement for each level', async () => {
    const { boxes: page } = await answerTo(
      '{ boxes { totalCount nodes { toys(first: 2) { nodes { name } } } } }',
      2,
    );
    expect(page.totalCount).toBe(20);
    expect(page.nodes).toHaveLength(20);
    for (const { toys: connection } of page.nodes) expect(connection?.nodes).toHaveLength(2);
  });

  it('costs one statement for equal arguments, and one more for others', async () => {
    const equal = 'a: toys(first: 2, orderBy: [{ field: NAME }]) { nodes { name } }';
    const again = 'b: toys(orderBy: { direction: ASC, field: NAME }, after: null, first: 2) { nodes { id } }';
    const counted = 'c: toys(first: 2, orderBy: [{ field: NAME }]) { nodes { name } totalCount }';
    await answerTo(`{ boxes { nodes { ${equal} ${again} } } }`, 2);
    await answerTo(`{ boxes { nodes { ${equal} ${again} ${counted} } } }`, 3);
  });

  it('counts where it is asked to count, and nowhere else', async () => {
    const { boxes: page } = await answerTo(
      '{ boxes { nodes { toys(filter: { rank: { gt: 3 } }) { totalCount } } } }',
      2,
    );
    expect(page.nodes.map(({ toys: connection }) => connection?.totalCount)).toEqual(Array(20).fill(2));
  });

  it('goes on from a cursor, in edges as in pages', async () => {
    const selection =
      'edges { cursor node { name } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
    const order = 'orderBy: [{ field: MADE_AT, direction: DESC }]';
    const first = await onlyToys(`toys(first: 2, ${order}) { ${selection} }`);
    expect(first.edges.map(({ node }) => node.name)).toEqual(['Toy 5', 'Toy 4']);
    expect(first.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: first.edges[0]?.cursor,
      endCursor: first.edges[1]?.cursor,
    });
    const rest = await onlyToys(`toys(after: "${first.pageInfo.endCursor}", ${order}) { ${selection} }`);
    expect(rest.edges.map(({ node }) => node.name)).toEqual(['Toy 3', 'Toy 2', 'Toy 1']);
    expect(rest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('has no cursors on a page without items', async () => {
    const none = await onlyToys(
      'toys(filter: { or: [] }) { nodes { id } pageInfo { startCursor endCursor } }',
    );
    expect(none).toEqual({ nodes: [], pageInfo: { startCursor: null, endCursor: null } });
  });

  it.each([
    ['name: { in: ["Toy 1", "Toy 2"], ne: "Toy 2" }', ['Toy 1']],
    ['name: { contains: "OY 3", startsWith: null }', ['Toy 3']],
    ['rank: { gte: 4 }, not: { weight: { lt: 4.5 } }', ['Toy 5']],
    ['isOn: { eq: false }', []],
    ['madeAt: { lt: "2026-01-02T01:00:00+01:00" }', []],
    ['madeAt: { lte: "2026-01-02T01:00:00+01:00" }', ['Toy 1']],
    ['tags: { hasAny: ["t2", "t9"] }', ['Toy 2']],
    ['labels: { hasAll: [{ key: "n", value: "4" }] }', ['Toy 4']],
    ['labels: { hasAll: [{ key: "m" }] }', []],
    ['colour: { eq: RED }', ['Toy 2', 'Toy 4']],
    ['or: [{ colour: { ne: BLUE }, rank: { lt: 3 } }, { rank: { eq: 5 } }], and: null', ['Toy 2', 'Toy 5']],
    ['name: null, and: [{ rank: null }]', ['Toy 1', 'Toy 2', 'Toy 3', 'Toy 4', 'Toy 5']],
  ])('means by { %s } the toys %j', async (filter, names) => {
    const page = await onlyToys(`toys(filter: { ${filter} }, orderBy: [{ field: NAME }]) { nodes { name } }`);
    expect(page.nodes.map(({ name }) => name)).toEqual(names);
  });

  it('takes filters from variables', async () => {
    const source =
      'query ($f: ToyFilter) { boxes(first: 1) { nodes { toys(filter: $f) { nodes { name } } } } }';
    const variableValues = { f: { labels: { hasAny: [{ key: 'n', value: '2' }] }, madeAt: null } };
    const { boxes: page } = await answerTo(source, 2, variableValues);
    expect(page.nodes[0]?.['toys']?.nodes).toMatchObject([{ name: 'Toy 2' }]);
  });
});

describe('the schema of lists', () => {
  it('describes everything that is made for a list', () => {
    const made = Object.values(schema.getTypeMap()).filter(({ name }) =>
      /Connection$|Edge$|Filter$|Order$|OrderField$|^(PageInfo|LabelMatch|OrderDirection)$/.test(name),
    );
    expect(made.length).toBeGreaterThan(15);
    for (const type of made) {
      const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
      const values = 'getValues' in type ? type.getValues() : [];
      for (const part of [type, ...fields, ...values]) {
        expect([type.name, part.name, part.description]).toContainEqual(expect.stringMatching(/\.$/));
      }
    }
  });

  it('has the shapes of Relay', () => {
    const printed = condensed(printSchema(schema));
    for (const shape of relayShapes) expect(printed).toContain(shape);
  });
});

const relayShapes = [
  'type ToyConnection { nodes: [Toy!]! edges: [ToyEdge!]! pageInfo: PageInfo! totalCount: Int! }',
  'type ToyEdge { cursor: String! node: Toy! }',
  'type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }',
  'input ToyOrder { field: ToyOrderField! direction: OrderDirection! = ASC }',
  'enum ToyOrderField { NAME MADE_AT }',
  'input ColourFilter { eq: Colour ne: Colour in: [Colour!] isNull: Boolean }',
  'toys( first: Int after: String last: Int before: String filter: ToyFilter orderBy: [ToyOrder!] ): ToyConnection!',
];

async function answerTo(source: string, statements: number, variableValues = {}): Promise<Answer> {
  const before = database.statementCount();
  const contextValue = {};
  const { data, errors } = await graphql({ schema, source, contextValue, variableValues });
  expect(errors).toBeUndefined();
  expect(database.statementCount() - before).toBe(statements);
  return JSON.parse(JSON.stringify(data)) as Answer;
}

async function onlyToys(selection: string): Promise<Connection<Toy>> {
  const { boxes: page } = await answerTo(`{ boxes(first: 1) { nodes { ${selection} } } }`, 2);
  const connection = page.nodes[0]?.['toys'];
  if (!connection) throw new Error('There is no box.');
  return connection;
}

/** In one line, without descriptions. */
function condensed(printed: string): string {
  return printed.replace(/"""[^]*?"""/g, '').replace(/\s+/g, ' ');
}

function unused(): never {
  throw new Error('Nothing is published here.');
}
