import { buildSchema, graphqlSync, type GraphQLResolveInfo } from 'graphql';
import { asks } from './asks.js';

const schema = buildSchema(`
  type Query { list: List }
  type List implements Counted { totalCount: Int  nodes: [List] }
  interface Counted { totalCount: Int }
`);

function asksIn(source: string, variableValues: Record<string, unknown> = {}): boolean | undefined {
  let answer: boolean | undefined;
  const list = (_args: unknown, _context: unknown, info: GraphQLResolveInfo): object => {
    answer = asks(info, 'totalCount');
    return {};
  };
  const { errors } = graphqlSync({ schema, source, rootValue: { list }, variableValues });
  expect(errors).toBeUndefined();
  return answer;
}

describe('asks', () => {
  it.each([
    '{ list { totalCount } }',
    '{ list { count: totalCount } }',
    '{ list { ... { totalCount } } }',
    '{ list { ... on Counted { totalCount } } }',
    '{ list { ...F } } fragment F on List { ...G } fragment G on Counted { totalCount }',
    '{ list { nodes { nodes { __typename } } } list { totalCount } }',
    '{ list { totalCount @include(if: true) } }',
    '{ list { totalCount @skip(if: false) @include(if: true) } }',
    '{ list { a: totalCount @skip(if: true) b: totalCount } }',
  ])('finds the field in %s', (source) => {
    expect(asksIn(source)).toBe(true);
  });

  it.each([
    '{ list { __typename } }',
    '{ list { totalCount: __typename } }',
    '{ list { nodes { totalCount } } }',
    '{ list { totalCount @skip(if: true) nodes { __typename } } }',
    '{ list { ... @include(if: false) { totalCount } nodes { __typename } } }',
    '{ list { ...F @skip(if: true) __typename } } fragment F on List { totalCount }',
  ])('does not find it in %s', (source) => {
    expect(asksIn(source)).toBe(false);
  });

  it('follows the variables, and their defaults', () => {
    const source = 'query ($with: Boolean! = true) { list { __typename totalCount @include(if: $with) } }';
    expect(asksIn(source, { with: true })).toBe(true);
    expect(asksIn(source, { with: false })).toBe(false);
    expect(asksIn(source)).toBe(true);
  });
});
