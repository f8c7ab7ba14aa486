import type { Meter } from '../metrics/meter.js';
import { closeCodes, closeSocket } from './connection.js';
import type { Outlet } from './outlet.js';

/** How long a socket that is told why it is closed may take to hear it. */
const lastWordMs = 1_000;

/**
 * Watches over what is on its way to sockets. A reader that takes nothing for too long is closed, with a code after which
 * it comes back: it has its cursor, and what it did not take is kept in no queue.
 */
export class SlowReaders {
  private readonly outlets = new Set<Outlet>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly limitMs: number,
    private readonly meter: Meter,
  ) {
    this.timer = setInterval(() => this.sweep(), Math.ceil(limitMs / 10)).unref();
  }

  /** Watches over a socket until it closes. */
  watch(outlet: Outlet): void {
    this.outlets.add(outlet);
    outlet.socket.once('close', () => this.outlets.delete(outlet));
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private sweep(): void {
    const before = performance.now() - this.limitMs;
    for (const outlet of this.outlets) {
      if (!outlet.isStuckSince(before)) continue;
      this.outlets.delete(outlet);
      this.meter.count('signalbox_slow_readers_closed_total');
      closeSocket(outlet.socket, closeCodes.tooSlow, 'Too slow: come back with your cursor');
      setTimeout(() => outlet.socket.terminate(), lastWordMs).unref();
    }
  }
}
