import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { WebSocket, WebSocketServer } from 'ws';
import type { Answering } from '../graphql/transport.js';
import { serveSocket } from './adapter.js';
import { closeCodes, closeSocket } from './connection.js';
import { farewell, until, type Parting } from './farewell.js';
import type { InFlight } from './in-flight.js';
import { makeProtocol } from './protocol.js';
import { SocketKeeper } from './socket-keeper.js';
import type { SocketLimits } from './socket-limits.js';
import { refuseUpgrade, upgradeRefusal, type UpgradeRules } from './upgrade.js';

/** How sockets are opened, and how much each may take. */
export interface WebSocketOptions extends UpgradeRules {
  readonly limits: SocketLimits;
  /** Takes note of what is on its way. */
  readonly inFlight: InFlight;
}

/** The open sockets of this server. */
export interface Sockets {
  /** How many are open. */
  count(): number;
  /** Resolves when no operation runs any more, or after `limitMs`. */
  quiet(limitMs: number): Promise<void>;
  /** Closes all that are open now, a few at a time over `spreadMs`. Resolves when the last was told. */
  close(spreadMs: number, parting: Parting): Promise<void>;
  /** Ends those that are left, without another word. */
  terminate(): void;
}

/** Answers operations over WebSocket, on the port and path of the HTTP transport. */
export function attachWebSockets(http: HttpServer, answering: Answering, options: WebSocketOptions): Sockets {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: options.limits.messageBytes,
    perMessageDeflate: false,
    WebSocket: socketClass(options.limits),
    handleProtocols: chooseProtocol,
  });
  const keeper = new SocketKeeper(options.limits, answering.meter);
  http.once('close', () => keeper.stop());
  const protocol = makeProtocol(answering, options.limits, options.inFlight);
  const serving = { protocol: protocol.server, keeper, log: answering.log };
  const serve = (socket: WebSocket, request: IncomingMessage): void => {
    if (socket.protocol === GRAPHQL_TRANSPORT_WS_PROTOCOL) return serveSocket(socket, request, serving);
    closeSocket(
      socket,
      closeCodes.noProtocol,
      `Subprotocol not acceptable: use ${GRAPHQL_TRANSPORT_WS_PROTOCOL}`,
    );
  };
  answering.meter.gauge('signalbox_sockets', () => server.clients.size);
  http.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    const refusal = upgradeRefusal(request, options);
    if (refusal) refuseUpgrade(connection, refusal, answering.formatError);
    else server.handleUpgrade(request, connection, head, serve);
  });
  return {
    count: () => server.clients.size,
    quiet: (limitMs) => until(() => protocol.running() === 0, limitMs),
    close: (spreadMs, parting) => farewell([...server.clients], spreadMs, parting),
    terminate: () => server.clients.forEach((socket) => socket.terminate()),
  };
}

/**
 * Of the subprotocols that a client offers, ours; else its first, so that the socket opens and can be closed with 4406
 * and a reason. Without an answer to its offer a client learns nothing at all.
 */
function chooseProtocol(offered: ReadonlySet<string>): string | false {
  if (offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL)) return GRAPHQL_TRANSPORT_WS_PROTOCOL;
  const [first] = offered;
  return first ?? false;
}

/** ws closes a socket whose message is too large with 1009, and says no word about it. */
function socketClass({ messageBytes }: SocketLimits): typeof WebSocket {
  return class extends WebSocket {
    override close(code?: number, reason?: string | Buffer): void {
      super.close(
        code,
        reason ?? (code === closeCodes.tooBig ? `Message too big: the limit is ${messageBytes} bytes` : ''),
      );
    }
  };
}
