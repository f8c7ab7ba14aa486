import { StartupError } from '../../src/foundation/kernel/startup-error.js';
import { eventually } from '../kit/eventually.js';
import { connect, dial, get, post, startWorld, type World } from './transports.world.js';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.server.stop(1_000));

it('lets streams say goodbye, then closes sockets with 1012', async () => {
  const line = await connect(world);
  line.subscribe('a', 'subscription { quiet }');
  expect(await line.next()).toMatchObject({ payload: { data: { quiet: 'hello' } } });
  const stopped = world.server.stop(5_000);
  expect(await line.next()).toMatchObject({ payload: { data: { quiet: 'goodbye' } } });
  expect(await line.next()).toEqual({ id: 'a', type: 'complete' });
  expect(await line.closed).toEqual({ code: 1012, reason: 'Service restart' });
  await stopped;
  expect(world.server.stop(5_000)).toBe(world.server.stop(1));
});

it('closes sockets whose streams do not end, within the time', async () => {
  const line = await connect(world);
  line.subscribe('a', 'subscription { blocked }');
  await eventually(() => world.streams.includes('opened'));
  await world.server.stop(400);
  expect((await line.closed).code).toBe(1012);
  expect(world.streams).toEqual(['opened', 'returned']);
});

it('closes many sockets a few at a time', async () => {
  const lines = await Promise.all(Array.from({ length: 120 }, () => connect(world)));
  const stopped = world.server.stop(4_000);
  await Promise.race(lines.map(({ closed }) => closed));
  expect(world.server.socketCount()).toBeGreaterThanOrEqual(70);
  await stopped;
  const codes = await Promise.all(lines.map(async ({ closed }) => (await closed).code));
  expect(new Set(codes)).toEqual(new Set([1012]));
});

it('answers what it was asked, and takes nothing new', async () => {
  const answer = post(world, { query: '{ slow }' });
  const other = post(world, { query: '{ slow }' });
  await eventually(() => world.running() === 2);
  const stopped = world.server.stop(5_000);
  await expect(post(world, { query: '{ me }' })).rejects.toThrow('fetch failed');
  await expect(dial(world)).rejects.toThrow('ECONNREFUSED');
  world.release();
  expect((await answer).body.data).toEqual({ slow: 'done' });
  expect((await other).headers.get('connection')).toBe('close');
  await stopped;
});

it('cuts off what does not end in time', async () => {
  const failed = expect(post(world, { query: '{ slow }' })).rejects.toThrow('fetch failed');
  await eventually(() => world.running() === 1);
  await world.server.stop(200);
  await failed;
});

it('is live, and ready as long as the app says so', async () => {
  expect(await get(world, { path: '/health/live' })).toMatchObject({ status: 200 });
  expect(await get(world, { path: '/health/ready' })).toMatchObject({ status: 200, body: { ready: true } });
});

it('is not ready, with the reasons, if the app is not or cannot say', async () => {
  const reasons = ['The database does not answer.'];
  const unready = await startWorld({ ready: async () => ({ ready: false, reasons }) });
  expect(await get(unready, { path: '/health/ready' })).toMatchObject({
    status: 503,
    body: { ready: false, reasons },
  });
  await unready.server.stop(1_000);
  const broken = await startWorld({ ready: () => Promise.reject(new Error('secret')) });
  const answer = await get(broken, { path: '/health/ready' });
  expect(answer.status).toBe(503);
  expect(JSON.stringify(answer.body)).not.toContain('secret');
  await broken.server.stop(1_000);
});

it('serves what the app adds', async () => {
  const more = await startWorld({
    pages: (app) => app.get('/more', async () => ({ data: { more: true } })),
  });
  expect(await get(more, { path: '/more' })).toMatchObject({ status: 200, body: { data: { more: true } } });
  await more.server.stop(1_000);
});

it('says what to do about a port that is taken', async () => {
  const failure = await startWorld({ port: world.server.port }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StartupError);
  expect(failure).toMatchObject({
    message: `Cannot listen on 127.0.0.1, port ${world.server.port}: another program listens there.`,
    hint: expect.stringContaining('PORT'),
  });
});

it('says what to do about an address that this machine does not have', async () => {
  const failure = await startWorld({ host: '192.0.2.1' }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StartupError);
  expect(failure).toMatchObject({ hint: expect.stringContaining('HOST') });
});
