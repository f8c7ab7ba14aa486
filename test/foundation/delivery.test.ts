import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { Delivery } from '../../src/foundation/live/delivery.js';
import type { Payload } from '../../src/foundation/live/executions.js';
import { InFlight } from '../../src/foundation/live/in-flight.js';
import { Outlet } from '../../src/foundation/live/outlet.js';
import { PromisedStream } from '../../src/foundation/live/stream.js';
import { unmeasured } from '../../src/foundation/metrics/meter.js';

let server: WebSocketServer;
beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
});
afterAll(() => server.close());

describe('a message of a stream', () => {
  it.each([
    ['short', 50],
    ['the longest whose length takes one byte', 125],
    ['the shortest whose length takes three', 126],
    ['the longest whose frame is copied', 4_092],
    ['the shortest whose frame is not', 4_093],
    ['the longest whose length takes three', 65_535],
    ['the shortest whose length takes nine', 65_536],
    ['large', 1_000_000],
  ])('comes whole, and is counted: one that is %s', async (_what, length) => {
    const { client, outlet } = await pair();
    const heard = firstOf(client);
    const counted = await deliver('a', 'x'.repeat(length - around('a')), outlet);
    const { text, isBinary } = await heard;
    expect(JSON.parse(text)).toMatchObject({ id: 'a', type: 'next' });
    expect([text.length, counted, isBinary]).toEqual([length, length, false]);
    expect(outlet.isPending).toBe(false);
    client.terminate();
  });

  it.each(['ä "€" 😀 \\ \u0000', '\ud83d alone', ''])(
    'has the id of its operation, whatever that is: %j',
    async (id) => {
      const { client, outlet } = await pair();
      const heard = firstOf(client);
      await deliver(id, 'of €', outlet);
      expect(JSON.parse((await heard).text)).toEqual({ id, type: 'next', payload: 'of €' });
      client.terminate();
    },
  );

  it('comes after what was sent before it, and before what is sent after', async () => {
    const { client, outlet } = await pair();
    const heard: string[] = [];
    client.on('message', (text: Buffer) => heard.push(String(text)));
    const left = (): void => outlet.left();
    outlet.send('one', left);
    outlet.sendShared('t', Buffer.from('wo'), left);
    outlet.socket.send('three');
    const large = 'x'.repeat(100_000);
    outlet.sendShared('f', Buffer.from(large), left);
    outlet.sendShared('f', Buffer.from('ive'), left);
    outlet.socket.send('six');
    outlet.socket.close();
    await once(client, 'close');
    expect(heard).toEqual(['one', 'two', 'three', `f${large}`, 'five', 'six']);
    expect(outlet.isPending).toBe(false);
  });
});

/** A socket that is open, and the way out to it. */
async function pair(): Promise<{ client: WebSocket; outlet: Outlet }> {
  const connected = once(server, 'connection') as Promise<[WebSocket, IncomingMessage]>;
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const [[socket, { socket: connection }]] = await Promise.all([connected, once(client, 'open')]);
  return { client, outlet: new Outlet(socket, connection) };
}

/** Sends one message; how many bytes were counted. */
async function deliver(id: string, said: string, outlet: Outlet): Promise<number> {
  const payload: Payload = { ending: Buffer.from(`${JSON.stringify(said)}}`), hasErrors: false };
  let counted = 0;
  const notes = { countBytes: (by: number) => (counted += by), inFlight: new InFlight(Infinity, unmeasured) };
  const delivery = new Delivery(new PromisedStream(Promise.resolve(payload)), notes);
  delivery.to(outlet, id);
  await delivery.next();
  return counted;
}

async function firstOf(client: WebSocket): Promise<{ text: string; isBinary: boolean }> {
  const [text, isBinary] = (await once(client, 'message')) as [Buffer, boolean];
  return { text: String(text), isBinary };
}

/** How long a message is that says nothing. */
function around(id: string): number {
  return JSON.stringify({ id, type: 'next', payload: '' }).length;
}
