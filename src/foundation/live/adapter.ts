import type { IncomingMessage } from 'node:http';
import type { Server } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Logger } from '../log/log.js';
import { closeCodes, closeSocket, type Connection } from './connection.js';
import { Outlet } from './outlet.js';
import type { SocketKeeper } from './socket-keeper.js';

/** What a socket is served with. */
export interface SocketServing {
  readonly protocol: Server<Connection>;
  readonly keeper: SocketKeeper;
  readonly log: Logger;
}

/** Serves a socket until it closes. Whatever breaks, the socket closes with a code after which clients come back. */
export function serveSocket(socket: WebSocket, request: IncomingMessage, serving: SocketServing): void {
  const { protocol, log, keeper } = serving;
  const broken = (error: unknown): void => {
    log.error({ err: error }, 'a defect: a socket is closed because of it');
    closeSocket(socket, closeCodes.later, 'Try again later');
  };
  // A frame that is too large or malformed: ws has closed the socket with 1009 or 1002 by then.
  socket.on('error', (error) =>
    log.debug({ reason: error.message }, 'a client broke the WebSocket protocol'),
  );
  const outlet = new Outlet(socket, request.socket);
  keeper.opened(outlet);
  socket.on('pong', () => (outlet.hasAnswered = true));
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (text) => send(outlet, text),
      close: (code, reason) => closeSocket(socket, code ?? closeCodes.later, reason ?? ''),
      onMessage: (receive) =>
        socket.on('message', (message) => void receive(contentOf(message)).catch(broken)),
    },
    { socket, outlet, facts: { ip: request.socket.remoteAddress ?? '' } },
  );
  socket.once('close', (code, reason) => {
    keeper.closed(outlet);
    closed(code, String(reason)).catch((error: unknown) => log.error({ err: error }, 'a defect'));
  });
}

/** Resolves when the message has left the process: the next one is made only then. A socket that is closing takes none. */
function send(outlet: Outlet, text: string): Promise<void> {
  return new Promise((resolve) => {
    if (!outlet.isOpen) return resolve();
    // What cannot be sent tells that the socket is closing, and closing ends its operations.
    outlet.send(text, () => {
      outlet.left();
      resolve();
    });
  });
}

/**
 * What came, taken apart: the library does that to text alone, and holds what it was given for as long as a stream runs. What
 * is no object is given as text, for the library to refuse.
 */
function contentOf(message: Buffer | ArrayBuffer | Buffer[]): string {
  const text = textOf(message);
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === 'object' ? (content as unknown as string) : text;
  } catch {
    return text;
  }
}

/** Of a message that came in one piece, as `ws` gives it unless it is asked for something else. */
function textOf(message: Buffer | ArrayBuffer | Buffer[]): string {
  return Buffer.isBuffer(message) ? message.toString('utf8') : '';
}
