import 'reflect-metadata';
import { buildSubgraphSchema, printSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { isAbstractType, parse, type GraphQLSchema } from 'graphql';
import { buildSchema, createResolversMap } from 'type-graphql';
import type { GraphqlContext } from '../foundation/graphql/context.js';
import { defineRefusal } from '../foundation/kernel/refusal.js';
import type { Reference, Slice } from '../foundation/graphql/slice.js';
import { nodeResolver } from './node.resolver.js';

/** The schema of the product: a Federation 2 subgraph, made of what the slices bring. */
export async function makeSchema(slices: readonly Slice[]): Promise<GraphQLSchema> {
  const references = slices.flatMap((slice) => slice.references);
  const plain = await buildSchema({
    resolvers: [...slices.flatMap((slice) => slice.resolvers), nodeResolver(references)] as never,
    orphanedTypes: slices.flatMap((slice) => slice.types),
    validate: false,
    pubSub: noPubSub,
  });
  const typeDefs = parse(`${federation}\n${printSchemaWithDirectives(plain)}`);
  const schema = buildSubgraphSchema({ typeDefs, resolvers: resolversOf(plain, references) });
  resolveTypesAtOnce(schema);
  refuseUnknownTypes(schema, references);
  return schema;
}

/** The schema as text, the way it is committed. */
export function printSchema(schema: GraphQLSchema): string {
  return `${printSubgraphSchema(schema)}\n`;
}

const federation =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';

/** Streams are reads of the event log; nothing is published in memory. */
const noPubSub = {
  publish: () => {
    throw new Error('Events are appended to the log, not published.');
  },
  subscribe: () => {
    throw new Error('Streams are opened by the watch door.');
  },
} as never;

function resolversOf(plain: GraphQLSchema, references: readonly Reference[]) {
  const resolvers = createResolversMap(plain) as Record<string, Record<string, unknown>>;
  for (const reference of references) {
    const { typeName } = reference;
    const type = (resolvers[typeName] ??= {});
    type['__resolveReference'] = async (representation: Record<string, unknown>, context: GraphqlContext) => {
      const found = (await reference.resolve(context, representation)) as {
        readonly __typename?: string;
      } | null;
      // Some things of several types are found in one place; a key of another type's thing is a key of nothing.
      return found?.__typename === typeName ? found : null;
    };
  }
  return resolvers as never;
}

/** Sources of abstract types carry the name of their type; so no promise is needed to find it. */
function resolveTypesAtOnce(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type) && !type.name.startsWith('_')) {
      type.resolveType = (value) => (value as { __typename: string }).__typename;
    }
  }
}

const entityTypeUnknown = defineRefusal(
  'ENTITY_TYPE_UNKNOWN',
  'invalid',
  (facts: { received: string }) =>
    `“${facts.received}” is not a type of this subgraph that has a key. Compose the supergraph anew, with the schema as it is now.`,
);

/** A representation of an unknown type is the request's mistake, and is refused; the federation's own resolver breaks on it. */
function refuseUnknownTypes(schema: GraphQLSchema, references: readonly Reference[]): void {
  const known = new Set(references.map(({ typeName }) => typeName));
  const field = schema.getQueryType()?.getFields()['_entities'];
  const resolve = field?.resolve;
  if (!field || !resolve) return;
  field.resolve = (source, args: { representations: readonly unknown[] }, context, info) => {
    for (const representation of args.representations) {
      const typeName: unknown = (representation as { __typename?: unknown } | null)?.__typename;
      if (typeof typeName !== 'string' || !known.has(typeName)) {
        throw entityTypeUnknown({ received: String(typeName).slice(0, 100) }, ['representations']);
      }
    }
    return resolve(source, args, context, info);
  };
}
