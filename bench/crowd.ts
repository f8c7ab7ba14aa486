import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { sharedNow } from './companion.js';

// Many clients in one process. They do as little as clients can, so that what is measured is the server.

/** Opens sockets; with a query, each of them subscribes. */
export interface Open {
  readonly open: string;
  /** For each of them who asks, and with which variables. */
  readonly clients: readonly { readonly token?: string; readonly variables?: object }[];
  readonly query?: string;
}

export interface Opened {
  readonly ms: number;
}

/** Waits until as many messages have come that contain this text. */
export interface Await {
  readonly count: number;
  readonly text: string;
}

export interface Arrived {
  readonly first: number;
  readonly last: number;
  readonly sample: string;
}

const atOnce = 250;
let sockets: WebSocket[] = [];
let hear: (message: Buffer) => void = () => undefined;

process.on('message', (request: Open | Await | { readonly close: true }) => {
  void answer(request).then((said) => process.send?.(said));
});
process.send?.({ ready: true });

async function answer(request: Open | Await | { readonly close: true }): Promise<object> {
  if ('open' in request) return openAll(request);
  if ('close' in request) return closeAll();
  return arrivals(request);
}

async function openAll({ open: url, clients, query }: Open): Promise<Opened> {
  const began = performance.now();
  for (let start = 0; start < clients.length; start += atOnce) {
    const slice = clients.slice(start, start + atOnce);
    sockets.push(...(await Promise.all(slice.map((client) => openOne(url, client, query)))));
  }
  return { ms: performance.now() - began };
}

/** Resolves when the socket is open, and with a query when its first message has come. */
async function openOne(
  url: string,
  { token, variables }: Open['clients'][number],
  query: string | undefined,
): Promise<WebSocket> {
  const protocols = token === undefined ? [] : ['graphql-transport-ws'];
  const socket = new WebSocket(url, protocols, { perMessageDeflate: false });
  await once(socket, 'open');
  if (token !== undefined) {
    const payload = { authorization: `Bearer ${token}` };
    socket.send(JSON.stringify({ type: 'connection_init', payload }));
    await once(socket, 'message');
  }
  if (query !== undefined) {
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }));
    await once(socket, 'message');
  }
  socket.on('message', (message: Buffer) => hear(message));
  return socket;
}

async function closeAll(): Promise<object> {
  for (const socket of sockets) socket.terminate();
  sockets = [];
  await pause(500);
  return {};
}

function arrivals({ count, text }: Await): Promise<Arrived> {
  return new Promise((resolve) => {
    let [left, first] = [count, 0];
    hear = (message) => {
      if (!message.includes(text)) return;
      if (left === count) first = sharedNow();
      left -= 1;
      if (left === 0) resolve({ first, last: sharedNow(), sample: String(message) });
    };
  });
}
