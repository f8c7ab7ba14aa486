import type { Meter } from '../metrics/meter.js';
import { closeCodes, closeSocket } from './connection.js';
import type { Outlet } from './outlet.js';
import type { SocketLimits } from './socket-limits.js';

/** How long a socket that is told why it is closed may take to hear it. */
const lastWordMs = 1_000;

/**
 * Looks after all sockets, by one timer. Each is pinged, and ended if it has not answered by the next ping: a connection that
 * is gone looks like a quiet one. A reader that takes nothing for too long is closed, with a code after which it comes back: it
 * has its cursor, and what it did not take is kept in no queue.
 */
export class SocketKeeper {
  private readonly outlets = new Set<Outlet>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly limits: Pick<SocketLimits, 'keepAliveMs' | 'takeMs'>,
    private readonly meter: Meter,
  ) {
    const lookMs = Math.ceil(Math.min(limits.keepAliveMs, limits.takeMs) / 10);
    this.timer = setInterval(() => this.look(performance.now()), lookMs).unref();
  }

  /** Looks after a socket that has just opened, until it is told that it has closed. */
  opened(outlet: Outlet): void {
    outlet.pingAt = performance.now() + this.limits.keepAliveMs;
    this.outlets.add(outlet);
  }

  closed(outlet: Outlet): void {
    this.outlets.delete(outlet);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(now: number): void {
    for (const outlet of this.outlets) {
      if (outlet.isStuckSince(now - this.limits.takeMs)) this.dismiss(outlet);
      else if (outlet.pingAt <= now) this.ping(outlet, now);
    }
  }

  /** While a message is on its way, pings would wait behind it: then it is the time for that message that counts. */
  private ping(outlet: Outlet, now: number): void {
    outlet.pingAt = now + this.limits.keepAliveMs;
    if (outlet.isPending) return;
    if (!outlet.hasAnswered) return outlet.socket.terminate();
    outlet.hasAnswered = false;
    if (outlet.isOpen) outlet.socket.ping();
  }

  private dismiss(outlet: Outlet): void {
    this.outlets.delete(outlet);
    this.meter.count('signalbox_slow_readers_closed_total');
    closeSocket(outlet.socket, closeCodes.tooSlow, 'Too slow: come back with your cursor');
    setTimeout(() => outlet.socket.terminate(), lastWordMs).unref();
  }
}
