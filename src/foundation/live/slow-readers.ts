import type { WebSocket } from 'ws';
import type { Meter } from '../metrics/meter.js';
import { closeCodes, closeSocket } from './connection.js';

/** How long a socket that is told why it is closed may take to hear it. */
const lastWordMs = 1_000;

/** How many messages are on their way to a socket, and since when none of them has left. */
interface Pending {
  messages: number;
  since: number;
}

/**
 * Watches over what is on its way to sockets. A reader that takes nothing for too long is closed, with a code after which
 * it comes back: it has its cursor, and what it did not take is kept in no queue.
 */
export class SlowReaders {
  /** The sockets with messages on their way. */
  private readonly pending = new Map<WebSocket, Pending>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly limitMs: number,
    private readonly meter: Meter,
  ) {
    this.timer = setInterval(() => this.sweep(), Math.ceil(limitMs / 10)).unref();
  }

  /** A message is on its way; `wait` gives what to call when it has left. */
  wait(socket: WebSocket, then: () => void): () => void {
    const pending = this.pending.get(socket) ?? { messages: 0, since: performance.now() };
    pending.messages += 1;
    this.pending.set(socket, pending);
    return () => {
      pending.messages -= 1;
      pending.since = performance.now();
      if (pending.messages === 0) this.pending.delete(socket);
      then();
    };
  }

  /** True while a message has not left. */
  isPending(socket: WebSocket): boolean {
    return this.pending.has(socket);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private sweep(): void {
    const before = performance.now() - this.limitMs;
    for (const [socket, { since }] of this.pending) {
      if (since > before) continue;
      this.pending.delete(socket);
      if (socket.readyState === socket.CLOSED) continue;
      this.meter.count('signalbox_slow_readers_closed_total');
      closeSocket(socket, closeCodes.tooSlow, 'Too slow: come back with your cursor');
      setTimeout(() => socket.terminate(), lastWordMs).unref();
    }
  }
}
