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
  /** How many are opened at once. */
  readonly atOnce: number;
  /** Each of them waits for a message that contains one of these. Without it, for any. */
  readonly until?: readonly string[];
}

export interface Opened {
  readonly ms: number;
  /** The cursor that each was told first, in the order of the clients. */
  readonly cursors: readonly string[];
  /** How many of them were told a snapshot first. */
  readonly snapshots: number;
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

async function openAll(request: Open): Promise<Opened> {
  const { clients, atOnce } = request;
  const began = performance.now();
  const told: string[] = [];
  for (let start = 0; start < clients.length; start += atOnce) {
    const slice = clients.slice(start, start + atOnce);
    told.push(...(await Promise.all(slice.map((client) => openOne(request, client)))));
  }
  const ms = performance.now() - began;
  const cursors = told.map((text) => /"cursor":"([^"]+)"/.exec(text)?.[1] ?? '');
  return { ms, cursors, snapshots: told.filter((text) => text.includes('ConfigSnapshot')).length };
}

/** Resolves when the socket is open; with a query, with the message that was waited for. */
async function openOne(
  { open: url, query, until = [''] }: Open,
  { token, variables }: Open['clients'][number],
): Promise<string> {
  const protocols = token === undefined ? [] : ['graphql-transport-ws'];
  const socket = new WebSocket(url, protocols, { perMessageDeflate: false, handshakeTimeout: 60_000 });
  sockets.push(socket);
  await once(socket, 'open');
  if (token !== undefined) {
    const payload = { authorization: `Bearer ${token}` };
    socket.send(JSON.stringify({ type: 'connection_init', payload }));
    await once(socket, 'message');
  }
  const told = query === undefined ? '' : await ask(socket, { query, variables }, until);
  socket.on('message', (message: Buffer) => hear(message));
  return told;
}

function ask(socket: WebSocket, payload: object, until: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const listen = (message: Buffer): void => {
      const text = String(message);
      if (!until.some((part) => text.includes(part))) return;
      socket.off('message', listen);
      resolve(text);
    };
    socket.on('message', listen);
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
  });
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
