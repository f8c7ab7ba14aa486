import { createClient, type Client } from 'graphql-ws/client';
import { fromGraphqlErrors, SignalboxError } from './error.js';
import { LiveSocket } from './live-socket.js';
import type { StreamTiming } from './timing.js';

/** One subscription over one connection. */
export interface Connection {
  /** The address over HTTP; the socket is at the same one. */
  readonly endpoint: string;
  readonly token: string;
  readonly query: string;
  readonly variables: object;
  readonly timing: StreamTiming;
  /** Called when the server has let us in. */
  readonly accepted: () => void;
  /** Leaves: the server is told, and the iterator ends. */
  readonly signal: AbortSignal;
}

/**
 * Delivers what one subscription sends for as long as its one connection lives, in order. Throws a `SignalboxError` that
 * says why it ended, unless it was left by the signal or by returning the iterator. Nothing is tried twice: a client of
 * graphql-ws would repeat a subscription with the variables of its beginning, which is a hole or a repetition.
 */
export async function* subscribeOnce(connection: Connection): AsyncGenerator<unknown, void> {
  const socket = new LiveSocket(connection.endpoint, connection.timing);
  const { query, variables, signal } = connection;
  const results = openSocket(connection, socket).iterate({ query, variables: { ...variables } });
  const leave = (): void => {
    void results.return?.();
    void socket.closed();
  };
  signal.addEventListener('abort', leave, { once: true });
  try {
    for await (const { data, errors } of results) {
      if (errors?.length) throw fromGraphqlErrors(errors);
      yield data;
    }
    if (!signal.aborted) throw socket.failure();
  } catch (error) {
    if (!signal.aborted) throw asFailure(error, socket);
  } finally {
    signal.removeEventListener('abort', leave);
    void results.return?.();
    await socket.closed();
  }
}

function openSocket(connection: Connection, socket: LiveSocket): Client {
  const client = createClient({
    url: connection.endpoint.replace(/^http/, 'ws'),
    connectionParams: { authorization: `Bearer ${connection.token}` },
    webSocketImpl: socket.implementation,
    retryAttempts: 0,
    keepAlive: connection.timing.keepAliveMs,
    connectionAckWaitTimeout: connection.timing.handshakeMs,
    on: {
      connected: connection.accepted,
      ping: (received) => {
        if (!received) socket.expectSign();
      },
      pong: (received) => {
        if (received) socket.heard();
      },
      message: () => socket.sign(),
      // After a close with 1000 the client would connect again by itself, with the old variables, unless it is disposed of.
      closed: () => void Promise.resolve(client.dispose()).catch(() => undefined),
    },
  });
  return client;
}

/** What iterating threw: a list of errors that the server sent, or a close or an error of the socket. */
function asFailure(error: unknown, socket: LiveSocket): SignalboxError {
  if (error instanceof SignalboxError) return error;
  return Array.isArray(error) ? fromGraphqlErrors(error) : socket.failure();
}
