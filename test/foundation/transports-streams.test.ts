import { once } from 'node:events';
import { createClient } from 'graphql-ws';
import { WebSocket, type CloseEvent } from 'ws';
import { eventually } from '../kit/eventually.js';
import { connect, dial, goodToken, startWorld, type Line, type World } from './transports.world.js';

let world: World;
afterEach(() => world.server.stop(1_000));

describe('a stream', () => {
  beforeEach(async () => {
    world = await startWorld();
  });

  it('delivers each event, and completes', async () => {
    const line = await connect(world);
    line.subscribe('a', 'subscription { count(to: 2) }');
    expect(await messages(line, 3)).toEqual([
      { id: 'a', type: 'next', payload: { data: { count: 1 } } },
      { id: 'a', type: 'next', payload: { data: { count: 2 } } },
      { id: 'a', type: 'complete' },
    ]);
  });

  it.each([
    ['a refusal', 'denied', 'FORBIDDEN'],
    ['a lost database', 'connectionLost', 'UNAVAILABLE'],
    ['a defect', 'defect', 'INTERNAL_SERVER_ERROR'],
  ])(
    'that breaks with %s ends with an error message, and nothing else on the socket does',
    async (_what, how, code) => {
      const line = await connect(world);
      line.subscribe('quiet', 'subscription { quiet }');
      expect(await line.next()).toMatchObject({ id: 'quiet', type: 'next' });
      line.subscribe('breaks', `subscription { breaks(how: "${how}") }`);
      expect(await messages(line, 2)).toMatchObject([
        { id: 'breaks', type: 'next', payload: { data: { breaks: 1 } } },
        { id: 'breaks', type: 'error', payload: [{ extensions: { code } }] },
      ]);
      line.subscribe('after', '{ me }');
      expect(await line.next()).toMatchObject({ id: 'after', payload: { data: { me: 'good' } } });
      expect(world.streams).toEqual(['opened']);
    },
  );

  it('that is refused at once ends with an error message and no completion', async () => {
    const line = await connect(world);
    line.subscribe('a', 'subscription { refused(how: "missing") }');
    expect(await line.next()).toMatchObject({
      id: 'a',
      type: 'error',
      payload: [{ message: 'This is missing.', extensions: { code: 'NOT_FOUND' } }],
    });
    line.subscribe('b', '{ me }');
    expect(await messages(line, 2)).toMatchObject([
      { id: 'b', type: 'next' },
      { id: 'b', type: 'complete' },
    ]);
  });

  it('goes on after an event that cannot be resolved, whose error it tells', async () => {
    const line = await connect(world);
    line.subscribe('a', 'subscription { failing }');
    const error = { path: ['failing'], extensions: { code: 'NOT_FOUND', reason: 'TEST_MISSING' } };
    expect(await messages(line, 3)).toMatchObject([
      { type: 'next', payload: { data: { failing: null }, errors: [error] } },
      { type: 'next', payload: { errors: [error] } },
      { type: 'complete' },
    ]);
  });

  it.each(['quiet', 'blocked'])(
    'that waits (%s) is returned at once when the client completes it',
    async (field) => {
      const line = await connect(world);
      line.subscribe('a', `subscription { ${field} }`);
      await eventually(() => world.streams.includes('opened'));
      line.send({ id: 'a', type: 'complete' });
      await eventually(() => world.streams.includes('returned'));
      // The id is free again, and the socket serves on.
      line.subscribe('a', '{ me }');
      await eventuallyAnswers(line);
    },
  );

  it.each(['quiet', 'blocked'])(
    'that waits (%s) is returned at once when the connection dies',
    async (field) => {
      const line = await connect(world);
      line.subscribe('a', `subscription { ${field} }`);
      await eventually(() => world.streams.includes('opened'));
      line.socket.terminate();
      await eventually(() => world.streams.includes('returned'));
      await eventually(() => world.server.socketCount() === 0);
    },
  );
});

describe('a reader that is slow', () => {
  const floodedMessages = 200;

  it('is closed when it takes nothing for too long; those who read are told everything', async () => {
    world = await startWorld({ socketLimits: { takeMs: 3_000 } });
    const [slow, fast] = [await connect(world), await connect(world)];
    slow.socket.pause();
    slow.subscribe('a', 'subscription { flood }');
    fast.subscribe('b', 'subscription { flood }');
    const told = await messages(fast, floodedMessages + 1);
    expect(told.at(-1)).toEqual({ id: 'b', type: 'complete' });
    expect(told.at(-2)).toMatchObject({ payload: { data: { flood: expect.stringMatching(/^199 x/) } } });
    await eventually(() => world.server.socketCount() === 1);
    expect(world.streams.filter((what) => what === 'opened')).toHaveLength(2);
    slow.socket.terminate();
  });

  it('is told everything if it only takes a while', async () => {
    world = await startWorld({ socketLimits: { takeMs: 60_000, keepAliveMs: 50 } });
    const line = await connect(world);
    line.subscribe('a', 'subscription { flood }');
    await line.next();
    line.socket.pause();
    await new Promise((resolve) => setTimeout(resolve, 300));
    line.socket.resume();
    expect((await messages(line, floodedMessages)).at(-1)).toEqual({ id: 'a', type: 'complete' });
  });
});

describe('a socket', () => {
  it('runs as many operations as it may, and refuses one more', async () => {
    world = await startWorld({ socketLimits: { operations: 2 } });
    const line = await connect(world);
    line.subscribe('a', 'subscription { blocked }');
    line.subscribe('b', 'subscription { blocked }');
    line.subscribe('c', '{ me }');
    expect(await line.next()).toMatchObject({
      id: 'c',
      type: 'error',
      payload: [{ extensions: { code: 'BAD_USER_INPUT', reason: 'TOO_MANY_OPERATIONS' } }],
    });
    line.send({ id: 'a', type: 'complete' });
    line.subscribe('d', '{ me }');
    expect(await line.next()).toMatchObject({ id: 'd', type: 'next' });
  });

  it('is one of as many as its token may have', async () => {
    world = await startWorld({ socketLimits: { socketsPerToken: 1 } });
    const first = await connect(world);
    const second = await dial(world);
    second.send({ type: 'connection_init', payload: { authorization: goodToken } });
    expect(await second.closed).toEqual({
      code: 1013,
      reason: 'Try again later: TOO_MANY_SOCKETS',
    });
    first.socket.close();
    await eventually(() => world.server.socketCount() === 0);
    const third = await connect(world);
    third.subscribe('a', '{ me }');
    await eventuallyAnswers(third);
  });

  it('runs nothing more with a token that has expired since, and tells so', async () => {
    let isGood = true;
    world = await startWorld({
      contextFor: async () => {
        if (!isGood) throw new Error('not any more');
        return {};
      },
    });
    const line = await connect(world);
    isGood = false;
    line.subscribe('a', '{ me }');
    expect(await line.next()).toMatchObject({ id: 'a', type: 'error' });
  });

  it('closes with 4408 if nobody says who is there', async () => {
    world = await startWorld({ socketLimits: { initWaitMs: 30 } });
    expect((await (await dial(world)).closed).code).toBe(4408);
  });

  it('ends when the other side does not answer pings', async () => {
    world = await startWorld({ socketLimits: { keepAliveMs: 30 } });
    const gone = await connect(world, { autoPong: false });
    const there = await connect(world);
    expect((await gone.closed).code).toBe(1006);
    await once(there.socket, 'ping');
    expect(there.socket.readyState).toBe(there.socket.OPEN);
  });

  it('opens for the pages of an origin that is allowed', async () => {
    world = await startWorld({ allowedOrigins: ['https://console.example'] });
    const line = await connect(world, { origin: 'https://console.example' });
    line.subscribe('a', '{ me }');
    await eventuallyAnswers(line);
  });
});

it('serves the usual client, which gives up at once on a message that is too large', async () => {
  world = await startWorld();
  const closed: unknown[] = [];
  const client = createClient({
    url: world.server.wsUrl,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: goodToken },
    retryAttempts: 1,
    retryWait: async () => undefined,
    on: { closed: (event) => closed.push((event as CloseEvent).code) },
  });
  const counted: unknown[] = [];
  for await (const { data } of client.iterate({ query: 'subscription { count(to: 3) }' }))
    counted.push(data?.['count']);
  expect(counted).toEqual([1, 2, 3]);
  const large = client.iterate({ query: '{ me }', variables: { large: 'x'.repeat(2_000_000) } });
  await expect(large.next()).rejects.toMatchObject({ code: 1009 });
  await client.dispose();
  expect(closed).toEqual([1000, 1009]);
});

async function messages(line: Line, count: number): Promise<unknown[]> {
  const received: unknown[] = [];
  while (received.length < count) received.push(await line.next());
  return received;
}

async function eventuallyAnswers(line: Line): Promise<void> {
  for (let message = await line.next(); ; message = await line.next()) {
    const { data } = (message.payload ?? {}) as { data?: { me?: string } };
    if (data?.me === 'good') return;
  }
}
