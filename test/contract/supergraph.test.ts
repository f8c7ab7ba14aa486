import { ApolloGateway, LocalGraphQLDataSource, RemoteGraphQLDataSource } from '@apollo/gateway';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { ApolloServer } from '@apollo/server';
import { parse } from 'graphql';
import { readFile } from 'node:fs/promises';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';

/** A small subgraph of somebody else, which knows who is on call for what Signalbox has. */
const onCall = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { onCall: [GatewayService!]! }
  type RuntimeGroup @key(fields: "id") { id: ID! onCall: String! }
  type GatewayService @key(fields: "id") { id: ID! contact: String! }
`);

let plane: TestControlPlane;

beforeAll(async () => {
  plane = await startControlPlane();
});

afterAll(() => plane.stop());

async function composedWith(services: readonly { readonly id: string }[]): Promise<ApolloServer> {
  const { supergraphSdl, errors } = composeServices([
    {
      name: 'signalbox',
      url: `${plane.origin}/graphql`,
      typeDefs: parse(await readFile('schema.graphql', 'utf8')),
    },
    { name: 'on-call', url: 'http://on-call.invalid', typeDefs: onCall },
  ]);
  if (supergraphSdl === undefined) throw new Error(errors.map(String).join('\n'));
  const resolvers = {
    Query: { onCall: () => services },
    RuntimeGroup: { onCall: ({ id }: { id: string }) => `team of ${id}` },
    GatewayService: { contact: ({ id }: { id: string }) => `contact of ${id}` },
  };
  const local = new LocalGraphQLDataSource(buildSubgraphSchema({ typeDefs: onCall, resolvers }));
  const remote = new RemoteGraphQLDataSource({
    url: `${plane.origin}/graphql`,
    willSendRequest: ({ request }) =>
      void request.http?.headers.set('authorization', `Bearer ${String(plane.admin.token)}`),
  });
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name }) => (name === 'signalbox' ? remote : local),
  });
  const server = new ApolloServer({ gateway });
  await server.start();
  return server;
}

async function ask(server: ApolloServer, query: string): Promise<unknown> {
  const { body } = await server.executeOperation({ query });
  if (body.kind !== 'single') throw new Error('The answer came in parts.');
  expect(body.singleResult.errors).toBeUndefined();
  return body.singleResult.data;
}

describe('the supergraph of this subgraph and another', () => {
  it('resolves a field of the other one on what Signalbox has', async () => {
    const { group } = await plane.seed.group();
    const server = await composedWith([]);
    const data = await ask(server, `{ runtimeGroup(id: "${group.id}") { name onCall } }`);
    expect(data).toEqual({ runtimeGroup: { name: group.name, onCall: `team of ${group.id}` } });
    await server.stop();
  });

  it('resolves what the other one refers to by one statement, however much it is', async () => {
    const { group } = await plane.seed.group();
    const services = await Promise.all(Array.from({ length: 12 }, () => plane.seed.service(group)));
    const server = await composedWith(services);
    const query = '{ onCall { contact name runtimeGroup { name } } }';
    await ask(server, query);
    await plane.settled();
    const before = plane.statementCount();
    const data = await ask(server, query);
    expect(plane.statementCount() - before).toBeLessThanOrEqual(4);
    expect(data).toEqual({
      onCall: services.map(({ id, name }) => ({
        ...{ contact: `contact of ${id}`, name, runtimeGroup: { name: group.name } },
      })),
    });
    await server.stop();
  });
});
