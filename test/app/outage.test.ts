import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { checkGuarantees } from '../guarantees/check-guarantees.js';
import { problemsOf } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { databaseProxy, type DatabaseProxy } from '../kit/database-proxy.js';
import { eventually } from '../kit/eventually.js';
import { finalConfiguration } from '../kit/final.js';
import { configChanges } from '../kit/streams.js';

/** A control plane whose way to the database is made to fail, and one beside it that has no such troubles. */
let plane: TestControlPlane;
let healthy: TestControlPlane;
let proxy: DatabaseProxy;
beforeAll(async () => {
  healthy = await startControlPlane();
  proxy = await databaseProxy(healthy.databaseUrl);
  plane = await startControlPlane({
    database: { url: proxy.url, close: () => proxy.close() },
    outageSeconds: 8,
  });
});
afterAll(async () => {
  await plane.stop();
  await proxy.close();
  await healthy.stop();
});

interface Ready {
  readonly ready: boolean;
  readonly reasons: readonly string[];
}

async function readiness(): Promise<Ready> {
  return (await (await fetch(`${plane.origin}/health/ready`)).json()) as Ready;
}

async function becomesReady(): Promise<void> {
  await eventually(async () => (await readiness()).ready, 40_000);
}

function socket(): WebSocket {
  return new WebSocket(`${plane.origin.replace('http', 'ws')}/graphql`, ['graphql-transport-ws']);
}

/** A socket that was let in and has no streams; resolves to the code that it is closed with. */
async function idleSocket(): Promise<{ readonly code: Promise<number> }> {
  const idle = socket();
  const code = once(idle, 'close').then(([closed]) => closed as number);
  await once(idle, 'open');
  idle.send(
    JSON.stringify({
      type: 'connection_init',
      payload: { authorization: `Bearer ${plane.admin.token}` },
    }),
  );
  await once(idle, 'message');
  return { code };
}

/** The HTTP status with which a new socket is refused, and after how many seconds it may come back. */
async function refusedSocket(): Promise<{ status: number | undefined; retryAfter: number }> {
  const refused = socket();
  refused.on('error', () => undefined);
  const [, response] = (await once(refused, 'unexpected-response')) as [unknown, IncomingMessage];
  return { status: response.statusCode, retryAfter: Number(response.headers['retry-after']) };
}

/** A group, and how to write to it through the plane that has troubles. */
async function groupToWrite() {
  const { group } = await healthy.seed.group();
  const write = async (name: string): Promise<readonly string[]> => {
    const input = { runtimeGroupId: group.id, name, url: 'http://orders.internal' };
    return problemsOf(await plane.admin.attempt('createGatewayService', input)).map(({ code }) => code);
  };
  return { group, write };
}

describe('while the database does not answer', () => {
  it.each([
    ['nothing passes and nobody is told', () => proxy.freeze()],
    ['connections break and none can be opened', () => proxy.cut()],
  ])('streams say so, then end; writes fail; all comes back: %s', async (_how, fail) => {
    const { group, write } = await groupToWrite();
    const stream = (await plane.live(plane.admin)).open(configChanges(group.id));
    await stream.nextOf('snapshot');
    const idle = await idleSocket();
    fail();
    const refused = write('orders');
    await eventually(async () => !(await readiness()).ready);
    expect((await readiness()).reasons).toEqual(['The database does not answer.']);
    expect(await stream.nextOf('bookmark')).toMatchObject({ stale: true });
    await healthy.seed.service(group);
    expect(await stream.nextOf('goodbye')).toMatchObject({ cause: 'UNAVAILABLE' });
    expect(await stream.ended()).toEqual({ by: 'complete' });
    const { status, retryAfter } = await refusedSocket();
    expect(status).toBe(503);
    expect(retryAfter).toBeGreaterThan(1);
    expect(await idle.code).toBe(1013);
    expect(await refused).toEqual(['DATABASE_UNREACHABLE']);
    proxy.heal();
    await becomesReady();
    (await plane.live(plane.admin)).open(configChanges(group.id), stream.cursor, stream);
    await stream.nextOf('delta');
    expect(await write('invoices')).toEqual([]);
    await stream.nextOf('delta');
    checkGuarantees([stream.trace()], await finalConfiguration(healthy, group.id));
  });
});

describe('a connection for hints that is dead', () => {
  it('is noticed, and opened again; until then the streams are looked at', async () => {
    const { group } = await groupToWrite();
    const stream = (await plane.live(plane.admin)).open(configChanges(group.id));
    await stream.nextOf('snapshot');
    const before = proxy.heard('listen signalbox');
    proxy.freeze('listen signalbox');
    await healthy.seed.service(group);
    await stream.nextOf('delta');
    await eventually(() => proxy.heard('listen signalbox') > before, 30_000);
    await healthy.seed.service(group);
    await stream.nextOf('delta');
    checkGuarantees([stream.trace()], await finalConfiguration(healthy, group.id));
  });
});

describe('a database that takes no writes', () => {
  it('is told by the code of writes and by readiness; watching goes on; all comes back', async () => {
    const { group, write } = await groupToWrite();
    const set = (value: string): Promise<unknown> =>
      healthy.sql(
        `do $$ begin execute format('alter database %I set default_transaction_read_only = ${value}', current_database()); end $$`,
      );
    await set('on');
    proxy.shake();
    await eventually(async () => (await readiness()).reasons.includes('The database takes no writes.'));
    expect(await write('orders')).toEqual(['DATABASE_READ_ONLY']);
    const stream = (await plane.live(plane.admin)).open(configChanges(group.id));
    await stream.nextOf('snapshot');
    await healthy.seed.service(group);
    await stream.nextOf('delta');
    await healthy.sql('set default_transaction_read_only = off');
    await set('off');
    proxy.shake();
    await becomesReady();
    expect(await write('orders')).toEqual([]);
    await stream.nextOf('delta');
    checkGuarantees([stream.trace()], await finalConfiguration(healthy, group.id));
  });

  it('because it has no room left, is told the same way', async () => {
    const { group, write } = await groupToWrite();
    const stream = (await plane.live(plane.admin)).open(configChanges(group.id));
    await stream.nextOf('snapshot');
    await healthy.sql(`create function no_room() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$`);
    await healthy.sql(`create trigger no_room before insert on stream_revision execute function no_room()`);
    expect(await write('orders')).toEqual(['DATABASE_FULL']);
    expect((await readiness()).reasons).toEqual(['The database has no room left.']);
    await healthy.sql('drop trigger no_room on stream_revision');
    await becomesReady();
    expect(await write('orders')).toEqual([]);
    await stream.nextOf('delta');
    checkGuarantees([stream.trace()], await finalConfiguration(healthy, group.id));
  });
});

describe('a pool all of whose connections are taken', () => {
  it('makes writes fail and readiness say no, and leaves streams alone', async () => {
    const { group: stuck, write } = await groupToWrite();
    const { group } = await groupToWrite();
    const stream = (await plane.live(plane.admin)).open(configChanges(group.id));
    await stream.nextOf('snapshot');
    // Held by a transaction of a neighbour until the server ends it.
    const held = healthy.sql(
      `do $$ begin perform from stream_head where scope_id = '${stuck.id}' for update; perform pg_sleep(9); end $$`,
    );
    const writes = Promise.all(Array.from({ length: 40 }, (_, index) => write(`orders-${index}`)));
    await eventually(async () =>
      (await readiness()).reasons.includes('No connection to the database is to be had.'),
    );
    await healthy.seed.service(group);
    await stream.nextOf('delta');
    await held;
    const codes = new Set((await writes).flat());
    expect([...codes].filter((code) => code !== 'DATABASE_BUSY')).toEqual([]);
    await becomesReady();
    checkGuarantees([stream.trace()], await finalConfiguration(healthy, group.id));
  });
});
