import { auditServer } from 'graphql-http';
import { getIntrospectionQuery } from 'graphql';
import {
  connect,
  dial,
  get,
  goodToken,
  initWith,
  overSocket,
  post,
  startWorld,
  type GraphqlAnswer,
  type World,
} from './transports.world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld({ limits: { cost: 20_000 } });
});
afterAll(() => world.server.stop(1_000));

/** Both ways to ask, as functions of the operation. */
const transports = [
  ['HTTP', async (operation: object): Promise<GraphqlAnswer> => (await post(world, operation)).body],
  ['WebSocket', (operation: object): Promise<GraphqlAnswer> => overSocket(world, operation)],
] as const;

describe.each(transports)('over %s', (_name, ask) => {
  it('answers a query, a mutation, and a query by its name', async () => {
    expect((await ask({ query: '{ me }' })).data).toEqual({ me: 'good' });
    expect((await ask({ query: 'mutation { touch }' })).data).toEqual({ touch: 'touched' });
    const two = { query: 'query A { me } query B { again: me }', operationName: 'B' };
    expect((await ask(two)).data).toEqual({ again: 'good' });
  });

  it('answers the full introspection that tools send', async () => {
    const query = getIntrospectionQuery({
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
    });
    expect(await ask({ query, operationName: 'IntrospectionQuery' })).toHaveProperty('data.__schema.types');
  });

  it('refuses a query that is 60 levels deep', async () => {
    const query = `{ thing ${'{ self '.repeat(58)} { name }${' }'.repeat(58)} }`;
    expect(reasonIn(await ask({ query }))).toEqual({
      code: 'BAD_USER_INPUT',
      reason: 'QUERY_TOO_DEEP',
      message:
        'This operation is 60 levels deep, and the limit is 15. Ask for what lies deeper in a request of its own, by its id.',
    });
  });

  it('refuses 1,000 aliases, also those that fragments multiply', async () => {
    const many = `{ ${Array.from({ length: 1_000 }, (_, n) => `a${n}: me`).join(' ')} }`;
    expect(reasonIn(await ask({ query: many }))).toMatchObject({
      reason: 'QUERY_TOO_MANY_ALIASES',
      message: expect.stringContaining('1000 aliases, and the limit is 30'),
    });
    const doubled = Array.from(
      { length: 20 },
      (_, n) => `fragment F${n} on Thing { x: self { ...F${n + 1} } y: self { ...F${n + 1} } }`,
    );
    const folded = `{ thing { ...F0 } } ${doubled.join(' ')} fragment F20 on Thing { name }`;
    expect(reasonIn(await ask({ query: folded }))).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('refuses more than 30 fields on the first level, and a document of more than 4,000 tokens', async () => {
    const wide = reasonIn(await ask({ query: `{ ${'me '.repeat(31)} }` }));
    expect(wide).toMatchObject({ reason: 'QUERY_TOO_MANY_ROOT_FIELDS' });
    const long = reasonIn(await ask({ query: `{ ${'me '.repeat(5_000)} }` }));
    expect(long).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'QUERY_TOO_LARGE' });
    expect((await ask({ query: `{ me } # ${'x'.repeat(10_000)}` })).data).toEqual({ me: 'good' });
  });

  it('refuses what could answer more objects than it may, counting with the variables', async () => {
    const query =
      'query ($n: Int = 10) { thing { things(first: $n) { nodes { things(last: $n) { nodes { name } } } } } }';
    expect(await ask({ query })).toMatchObject({ data: { thing: {} } });
    expect(reasonIn(await ask({ query, variables: { n: 200 } }))).toEqual({
      code: 'BAD_USER_INPUT',
      reason: 'QUERY_TOO_COSTLY',
      message:
        'This operation can answer 40402 objects, and the limit is 20000. Ask for smaller pages (first, last), or nest fewer lists.',
    });
  });

  it('keeps the words of GraphQL for what is wrong with a document', async () => {
    expect(reasonIn(await ask({ query: '{ me' }))).toMatchObject({
      code: 'GRAPHQL_PARSE_FAILED',
      message: expect.stringMatching(/^Syntax Error: /),
    });
    expect(reasonIn(await ask({ query: '{ mee }' }))).toMatchObject({
      code: 'GRAPHQL_VALIDATION_FAILED',
      message: expect.stringContaining('Did you mean "me"'),
    });
    expect(reasonIn(await ask({ query: '{ me }', operationName: 'Other' }))).toMatchObject({
      code: 'OPERATION_RESOLUTION_FAILURE',
      message: 'Unknown operation named "Other".',
    });
  });

  it('refuses variables of the wrong type', async () => {
    const query = 'query ($of: Colour!) { colour(of: $of) }';
    const answer = reasonIn(await ask({ query, variables: { of: 'GREEN' } }));
    expect(answer).toMatchObject({ code: 'BAD_USER_INPUT', message: expect.stringContaining('"$of"') });
  });
});

describe('over HTTP', () => {
  it.each([
    ['no token', null, 'TEST_TOKEN_MISSING'],
    ['an unknown token', 'Bearer other', 'TEST_TOKEN_UNKNOWN'],
    ['an expired token', 'Bearer expired', 'TEST_TOKEN_EXPIRED'],
  ])('refuses %s with 401, before the body is read', async (_what, authorization, reason) => {
    const { status, headers, body } = await post(world, {}, { authorization, body: 'not even JSON' });
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer');
    expect(reasonIn(body)).toMatchObject({ code: 'UNAUTHENTICATED', reason });
  });

  it('answers 503 and when to come back if it cannot find out who asks', async () => {
    const { status, headers, body } = await post(
      world,
      { query: '{ me }' },
      { authorization: 'Bearer outage' },
    );
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('1');
    expect(body.errors?.[0]?.extensions).toMatchObject({
      code: 'UNAVAILABLE',
      retryable: true,
      retryAfterMs: 1_000,
    });
  });

  it('refuses a body of 20 MB with 413, and goes on to serve the connection', async () => {
    const body = JSON.stringify({ query: '{ me }', variables: { large: 'x'.repeat(20_000_000) } });
    const { status, headers, body: answer } = await post(world, {}, { body });
    expect(status).toBe(413);
    expect(headers.get('connection')).not.toBe('close');
    expect(reasonIn(answer)).toEqual({
      code: 'BAD_USER_INPUT',
      reason: 'BODY_TOO_LARGE',
      message: 'The body of this request is larger than 10 MB, which is the limit. Send less at once.',
    });
  });

  it('takes a body of 9 MB', async () => {
    const variables = { large: 'x'.repeat(9_000_000) };
    expect((await post(world, { query: '{ me }', variables })).status).toBe(200);
  });

  it('refuses a body that is not JSON with 400, and one of another type with 415', async () => {
    const malformed = await post(world, {}, { body: '{ "query": ' });
    expect(malformed.status).toBe(400);
    expect(reasonIn(malformed.body)).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'BODY_NOT_JSON' });
    const empty = await post(world, {}, { body: '' });
    expect([empty.status, reasonIn(empty.body).reason]).toEqual([400, 'BODY_NOT_JSON']);
    const text = await post(world, { query: '{ me }' }, { headers: { 'content-type': 'text/plain' } });
    expect([text.status, reasonIn(text.body).reason]).toEqual([415, 'CONTENT_TYPE_UNSUPPORTED']);
  });

  it('refuses a subscription with 405, and says where subscriptions are served', async () => {
    const { status, body } = await post(world, { query: 'subscription { count(to: 3) }' });
    expect(status).toBe(405);
    expect(reasonIn(body)).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'SUBSCRIPTION_OVER_HTTP' });
    expect(body.errors?.[0]?.message).toContain(`Connect to ${world.server.wsUrl} with the subprotocol`);
  });

  it('refuses batches', async () => {
    const { status, body } = await post(world, [{ query: '{ me }' }, { query: '{ me }' }]);
    expect([status, reasonIn(body).code]).toEqual([400, 'BAD_REQUEST']);
  });

  it('refuses a host that is none, and a path that leads nowhere', async () => {
    const host = await get(world, { path: '/graphql?query={me}', host: '[' });
    expect([host.status, reasonIn(host.body).reason]).toEqual([400, 'HOST_INVALID']);
    const path = await get(world, { path: '/nowhere' });
    expect([path.status, reasonIn(path.body).reason]).toEqual([404, 'PATH_UNKNOWN']);
  });

  it('tells what an operation costs and what is left', async () => {
    const { body } = await post(world, { query: '{ thing { things(first: 3) { nodes { name } } } }' });
    expect(body.extensions).toEqual({ cost: { requested: 5, limit: 20_000, remaining: 19_995 } });
  });

  it("passes graphql-http's audit without an error or a warning", async () => {
    const withToken: typeof fetch = (url, init) =>
      fetch(url, { ...init, headers: { ...(init?.headers as object), authorization: goodToken } });
    const results = await auditServer({ url: world.server.url, fetchFn: withToken });
    expect(results.length).toBeGreaterThan(60);
    expect(results.filter(({ status }) => status !== 'ok').map(({ name }) => name)).toEqual([]);
  });
});

describe('over WebSocket', () => {
  it.each([
    ['no token', null, 'TEST_TOKEN_MISSING'],
    ['an unknown token', 'Bearer other', 'TEST_TOKEN_UNKNOWN'],
    ['an expired token', 'Bearer expired', 'TEST_TOKEN_EXPIRED'],
  ])('refuses %s with 4403 and the reason', async (_what, authorization, reason) => {
    const line = await dial(world);
    line.send(initWith(authorization));
    expect(await line.closed).toEqual({ code: 4403, reason: `Forbidden: ${reason}` });
  });

  it('asks to come back later if it cannot find out who asks', async () => {
    const line = await dial(world);
    line.send(initWith('Bearer outage'));
    expect(await line.closed).toEqual({ code: 1013, reason: 'Try again later: DATABASE_UNREACHABLE' });
  });

  it('takes the token under any spelling of its name', async () => {
    const line = await dial(world);
    line.send({ type: 'connection_init', payload: { Authorization: goodToken } });
    expect(await line.next()).toEqual({ type: 'connection_ack' });
    line.socket.close();
  });

  it('closes a socket that runs an operation before it was let in', async () => {
    const line = await dial(world);
    line.subscribe('1', '{ me }');
    expect((await line.closed).code).toBe(4401);
  });

  it('closes a socket that sends a message of 2 MB with 1009', async () => {
    const line = await connect(world);
    line.subscribe('1', '{ me }', { variables: { large: 'x'.repeat(2_000_000) } });
    const reason = 'Message too big: the limit is 1048576 bytes';
    expect(await line.closed).toEqual({ code: 1009, reason });
  });

  it('closes a socket whose message is not of the protocol with 4400', async () => {
    const line = await connect(world);
    line.socket.send('{"type":"hello"}');
    expect((await line.closed).code).toBe(4400);
  });

  it.each([[['graphql-ws']], [[]]])(
    'closes a socket with the subprotocols %j with 4406',
    async (protocols) => {
      const line = await dial(world, { protocols });
      const reason = 'Subprotocol not acceptable: use graphql-transport-ws';
      expect(await line.closed).toEqual({ code: 4406, reason });
    },
  );

  it('refuses pages of other sites, and lets those of its own in', async () => {
    await expect(dial(world, { origin: 'https://evil.example' })).rejects.toThrow('403');
    await expect(dial(world, { origin: 'null' })).rejects.toThrow('403');
    const own = await dial(world, { origin: new URL(world.server.url).origin });
    own.socket.close();
  });

  it('opens at /graphql alone', async () => {
    await expect(dial(world, {}, '/other')).rejects.toThrow('404');
  });
});

function reasonIn({ errors }: GraphqlAnswer): { message: string; code: unknown; reason?: unknown } {
  expect(errors).toHaveLength(1);
  const { message, extensions } = errors?.[0] ?? { message: '', extensions: {} };
  expect(extensions).not.toHaveProperty('stacktrace');
  return {
    message,
    code: extensions['code'],
    ...('reason' in extensions && { reason: extensions['reason'] }),
  };
}
