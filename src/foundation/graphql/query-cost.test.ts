import { buildSchema, getOperationAST, parse } from 'graphql';
import { costOf } from './query-cost.js';

const schema = buildSchema(`
  interface Node { id: ID! }
  type Thing implements Node { id: ID! parent: Thing parts: [Thing!]! things(first: Int, last: Int, orderBy: [String!]): Things! }
  type Things { nodes: [Thing!]! edges: [Edge!]! totalCount: Int! first: Thing }
  type Edge { node: Thing! }
  union Any = Thing | Things
  type Query { thing: Thing things(first: Int, last: Int, orderBy: [String!]): Things! nodes(ids: [ID!]!): [Node]! any: Any }
`);

it.each([
  ['plain values and introspection', '{ __typename __schema { types { name } } }', 0],
  ['an object', '{ thing { id } }', 1],
  ['objects in objects', '{ thing { parent { parent { id } } } }', 3],
  ['a page, by its size', '{ things(first: 7) { nodes { id } } }', 1 + 7],
  ['a page that counts only', '{ things(first: 7) { totalCount } }', 1],
  ['what is not in the list of a page, once', '{ things(last: 7) { first { id } } }', 2],
  ['edges', '{ things(first: 7) { edges { node { id } } } }', 1 + 7 * 2],
  ['a page of no size, whatever its order', '{ things(orderBy: ["id"]) { nodes { id } } }', 1 + 20],
  ['a size that makes no sense', '{ things(first: -5) { nodes { id } } }', 1],
  ['lists in lists', '{ things(first: 3) { nodes { parts { id } } } }', 1 + 3 * (1 + 20)],
  ['a list of ids', '{ nodes(ids: ["a", "b", "c"]) { id } }', 3],
  [
    'variables',
    'query ($ids: [ID!]!, $n: Int) { nodes(ids: $ids) { id } things(first: $n) { nodes { id } } }',
    2 + 1 + 5,
  ],
  ['the default of a variable', 'query ($m: Int = 9) { things(first: $m) { nodes { id } } }', 1 + 9],
  [
    'fragments, as often as they are used',
    '{ a: thing { ...F } b: thing { ...F } } fragment F on Thing { parent { id } }',
    4,
  ],
  [
    'fragments on types',
    '{ any { ... on Thing { parent { id } } ... on Things { nodes { id } } } nodes(ids: ["a"]) { ... on Thing { parent { id } } } }',
    1 + 1 + 20 + 1 + 1,
  ],
])('costs %s', (_what, query, cost) => {
  const document = parse(query);
  const operation = getOperationAST(document);
  const variables = { ids: ['a', 'b'], n: 5 };
  if (!operation) throw new Error('no operation');
  expect(costOf({ schema, document, operation, variables, unknownListSize: 20 })).toBe(cost);
});

it('looks once through fragments that are nested to double the work at each level', () => {
  const levels = Array.from(
    { length: 60 },
    (_, n) => `fragment F${n} on Thing { a: parent { ...F${n + 1} } b: parent { ...F${n + 1} } }`,
  );
  const document = parse(`{ thing { ...F0 } } ${levels.join(' ')} fragment F60 on Thing { id }`);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  expect(costOf({ schema, document, operation, variables: {}, unknownListSize: 20 })).toBe(2 ** 61 - 1);
});
