import type { WebSocket } from 'ws';
import type { RequestFacts } from '../graphql/transport.js';
import type { Outlet } from './outlet.js';

/** What is remembered of one socket: with whose authorization its operations run. */
export interface Connection {
  readonly socket: WebSocket;
  readonly outlet: Outlet;
  readonly facts: RequestFacts;
  /** Set once the socket was let in. */
  authorization?: string;
}

/**
 * The codes that sockets are closed with. The usual clients come back after all of these but `tooBig` and `noProtocol`:
 * after `goodbye`, `later` and `tooSlow` because they are told to, after `forbidden` in case that the token is renewed.
 */
export const closeCodes = {
  tooBig: 1009,
  noProtocol: 4406,
  forbidden: 4403,
  goodbye: 1012,
  later: 1013,
  tooSlow: 4499,
} as const;

/** Closes a socket with a code and a reason, which must be ASCII and shorter than 124 characters. */
export function closeSocket(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason.slice(0, 123));
}
