import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { buildSchema, parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocket, WebSocketServer } from 'ws';
import { createFetcher } from '../../src/clients/console/graphiql/fetcher.js';

type Result = Readonly<Record<string, unknown>>;

const PLACEHOLDER = { Authorization: 'Bearer <paste an access token here>' };
const QUERY = '{ revision }';
const SUBSCRIPTION = 'subscription { revision }';

let server: Server;
let sockets: WebSocketServer;
let endpoint: URL;
/** What the server was shown, in order. */
let seen: { readonly over: 'http' | 'ws'; readonly authorization: unknown }[];

beforeAll(() => void Object.assign(globalThis, { WebSocket }));

beforeEach(async () => {
  seen = [];
  await serve();
  endpoint = new URL(`http://127.0.0.1:${portOf(server)}/graphql`);
});

afterEach(close);

describe('the fetcher of the GraphiQL page', () => {
  it('sends queries over HTTP with the headers of the editor', async () => {
    const result = await run(QUERY, { Authorization: 'Bearer mine', 'X-Trace': 7 });
    expect(result).toEqual({ data: { trace: '7', query: QUERY } });
    expect(seen).toEqual([{ over: 'http', authorization: 'Bearer mine' }]);
  });

  it.each(['Authorization', 'authorization', 'AUTHORIZATION'])(
    'opens the socket of a subscription with the %s of the editor',
    async (name) => {
      const stream = subscribe({ [name]: 'Bearer mine' });
      expect(await stream.next()).toEqual({ done: false, value: { data: { revision: 1 } } });
      expect(seen).toEqual([{ over: 'ws', authorization: 'Bearer mine' }]);
      await stream.return?.();
    },
  );

  it('opens another socket when the header has changed', async () => {
    for (const token of ['first', 'second']) {
      const stream = subscribe({ Authorization: `Bearer ${token}` });
      await stream.next();
      await stream.return?.();
    }
    expect(seen.map(({ authorization }) => authorization)).toEqual(['Bearer first', 'Bearer second']);
  });

  it.each([
    ['is empty', undefined],
    ['holds the placeholder', PLACEHOLDER],
  ])('uses the token last known while the editor %s', async (_case, headers) => {
    await run(QUERY, headers, 'Bearer known');
    const stream = subscribe(headers, 'Bearer known');
    await stream.next();
    await stream.return?.();
    expect(seen).toEqual([
      { over: 'http', authorization: 'Bearer known' },
      { over: 'ws', authorization: 'Bearer known' },
    ]);
  });

  it('sends no authorization if the editor says so, or if none is known', async () => {
    await run(QUERY, {}, 'Bearer known');
    await run(QUERY, PLACEHOLDER);
    expect(seen.map(({ authorization }) => authorization)).toEqual([undefined, undefined]);
  });

  it('shows a refused socket as an error, at once and without asking again', async () => {
    const stream = subscribe({ Authorization: 'Bearer refused' });
    const { value } = await stream.next();
    expect(value).toEqual({
      errors: [{ message: expect.stringContaining('refused to open a stream (4403)') }],
    });
    expect(await stream.next()).toMatchObject({ done: true });
    expect(seen).toHaveLength(1);
  });

  it('shows the errors of a subscription that cannot begin', async () => {
    const stream = subscribe({ Authorization: 'Bearer mine' }, undefined, 'subscription { nonsense }');
    const { value } = await stream.next();
    expect(value).toMatchObject({ errors: [{ message: expect.stringContaining('nonsense') }] });
    expect(await stream.next()).toMatchObject({ done: true });
  });

  it('opens a lost connection again and goes on', async () => {
    const stream = subscribe({ Authorization: 'Bearer mine' });
    await stream.next();
    for (const socket of sockets.clients) socket.terminate();
    expect(await stream.next()).toEqual({ done: false, value: { data: { revision: 1 } } });
    expect(seen).toHaveLength(2);
    await stream.return?.();
  });

  it('ends at once when it is stopped, also while the connection is lost', async () => {
    const stream = subscribe({ Authorization: 'Bearer mine' });
    await stream.next();
    const pending = stream.next();
    await close();
    await stream.return?.();
    expect(await pending).toEqual({ done: true, value: undefined });
  });

  it('says that the server cannot be reached', async () => {
    await close();
    expect(await run(QUERY)).toEqual({ errors: [{ message: expect.stringContaining('cannot be reached') }] });
  });

  it('says what came instead of GraphQL', async () => {
    endpoint = new URL('/elsewhere', endpoint);
    expect(await run(QUERY)).toEqual({
      errors: [{ message: 'The server answered 404 Not Found, which is no GraphQL: no such page' }],
    });
  });
});

const run = async (query: string, headers?: Result, known?: string): Promise<unknown> =>
  createFetcher(endpoint, known)({ query }, { ...(headers && { headers }), documentAST: parse(query) });

const subscribe = (headers?: Result, known?: string, query = SUBSCRIPTION): AsyncIterator<Result> =>
  createFetcher(endpoint, known)(
    { query },
    { ...(headers && { headers }), documentAST: parse(query) },
  ) as AsyncIterableIterator<Result>;

async function serve(): Promise<void> {
  server = createServer((request, response) => {
    void answer(request).then(([status, body]) => response.writeHead(status).end(body));
  });
  sockets = new WebSocketServer({ server, path: '/graphql' });
  useServer(
    {
      schema: buildSchema('type Query { revision: Int } type Subscription { revision: Int }'),
      roots: { subscription: { revision: endlessly } },
      onConnect: ({ connectionParams }) => {
        seen.push({ over: 'ws', authorization: connectionParams?.['authorization'] });
        return connectionParams?.['authorization'] !== 'Bearer refused';
      },
    },
    sockets,
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
}

async function answer(request: IncomingMessage): Promise<[status: number, body: string]> {
  if (request.url !== '/graphql') return [404, 'no such page'];
  seen.push({ over: 'http', authorization: request.headers.authorization });
  const { query } = (await json(request)) as { query: string };
  return [200, JSON.stringify({ data: { trace: request.headers['x-trace'], query } })];
}

async function* endlessly(): AsyncGenerator<Result> {
  yield { revision: 1 };
  await new Promise(() => undefined);
}

async function close(): Promise<void> {
  for (const socket of sockets.clients) socket.terminate();
  if (!server.listening) return;
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

const portOf = (listening: Server): number => (listening.address() as AddressInfo).port;
