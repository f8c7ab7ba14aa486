import WebSocket from 'ws';
import { unreachable } from './unreachable.js';
import { clientCodes, SignalboxError } from './error.js';
import type { StreamTiming } from './timing.js';

/** The one socket of a connection: made by graphql-ws, watched for silence, and taken down in time. */
export class LiveSocket {
  private socket: WebSocket | undefined;
  private silence: NodeJS.Timeout | undefined;
  private fault: unknown;
  private closing: { readonly code: number; readonly reason: string } | undefined;

  constructor(
    private readonly endpoint: string,
    private readonly timing: StreamTiming,
  ) {}

  /** The class that graphql-ws makes its socket of; this keeps hold of the socket that it makes. */
  get implementation(): new (address: string | URL, protocols: string | string[]) => WebSocket {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the class below has a `this` of its own
    const watcher = this;
    return class extends WebSocket {
      constructor(address: string | URL, protocols: string | string[]) {
        super(address, protocols, { handshakeTimeout: watcher.timing.handshakeMs });
        watcher.hold(this);
      }
    };
  }

  /** A ping went out: without any message within the time, the other side is taken for gone. */
  expectSign(): void {
    this.heard();
    this.silence = setTimeout(() => this.socket?.terminate(), this.timing.pongTimeoutMs);
  }

  /** A message came while a ping is unanswered: the other side is there, if slow. */
  sign(): void {
    this.silence?.refresh();
  }

  /** The ping was answered. */
  heard(): void {
    clearTimeout(this.silence);
    this.silence = undefined;
  }

  /** Resolves when the socket is closed: in good order if that works in time, else by force. */
  async closed(): Promise<void> {
    const { socket } = this;
    if (!socket || socket.readyState === WebSocket.CLOSED) return;
    // There is nobody yet to say goodbye to.
    if (socket.readyState === WebSocket.CONNECTING) {
      socket.terminate();
      return;
    }
    const force = setTimeout(() => socket.terminate(), this.timing.closeMs);
    await new Promise((resolve) => socket.once('close', resolve));
    clearTimeout(force);
  }

  /** Why the connection ended, if it was not asked to. */
  failure(): SignalboxError {
    if (this.fault !== undefined) return unreachable(this.endpoint, this.fault);
    if (!this.closing) return interrupted(this.endpoint, 'the server completed the stream');
    const { code, reason } = this.closing;
    const category = refusals[code];
    if (category) return refused(category, reason);
    // 1006 is what a socket calls an end without a close.
    const said = code === 1006 ? 'it was cut' : `closed with ${code}`;
    return interrupted(this.endpoint, reason ? `${said}: ${reason}` : said);
  }

  private hold(socket: WebSocket): void {
    this.socket = socket;
    socket.once('error', (error) => (this.fault = error));
    socket.once('close', (code, reason) => {
      this.heard();
      this.closing = { code, reason: reason.toString() };
    });
  }
}

/** The close codes by which a server says that it does not let somebody in. */
const refusals: Readonly<Record<number, string>> = { 4401: 'UNAUTHENTICATED', 4403: 'FORBIDDEN' };

/** With the code of the refusal, where the server names it: `Forbidden: TOKEN_EXPIRED`. */
function refused(category: string, reason: string): SignalboxError {
  const code = /^Forbidden: ([A-Z_]+)$/.exec(reason)?.[1] ?? category;
  return new SignalboxError({
    ...{ code, category, retryable: false },
    message: `The server does not let this token in${reason ? ` (${reason})` : ''}.`,
    hint: 'Give a valid token with --token or in SIGNALBOX_TOKEN.',
  });
}

function interrupted(endpoint: string, why: string): SignalboxError {
  return new SignalboxError({
    code: clientCodes.interrupted,
    message: `The connection to ${endpoint} ended (${why}).`,
    retryable: true,
  });
}
