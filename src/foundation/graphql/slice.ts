import type { ClassType } from 'type-graphql';
import type { GraphqlContext } from './context.js';
import type { HttpRoute } from './http-routes.js';

/** What a slice of the domain brings to the whole. */
export interface Slice {
  readonly name: string;
  readonly resolvers: readonly ClassType[];
  /** Types that no field leads to, but that are there: implementations of `Node`, members of unions. */
  readonly types: readonly ClassType[];
  /** What it answers over HTTP beside GraphQL, where an answer is too long to be kept whole. */
  readonly routes?: readonly HttpRoute<GraphqlContext>[];
  /** How things of a type are found by a key, for `node`, and for gateways that compose a supergraph. */
  readonly references: readonly Reference[];
}

/** How things of one type are found. */
export interface Reference {
  readonly typeName: string;
  /** The thing that a representation means, or null. Asked for many at once, it is to batch. */
  resolve(context: GraphqlContext, representation: Readonly<Record<string, unknown>>): Promise<object | null>;
  /** The thing as it was at a place in the history of its runtime group, or null; absent for what has no history that can be read. */
  resolveThen?(context: GraphqlContext, id: string, asOf: object): Promise<object | null>;
  /** True if `node(id)` is to look here: once for each slice that has things with ids. */
  readonly node?: boolean;
}
