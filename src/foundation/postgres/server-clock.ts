import { systemClock } from '../kernel/clock.js';

/** An estimate is good for so long; a worse one is taken after it. */
const goodForMs = 60_000;

/**
 * How far the database's clock is from this machine's. What is stored has the database's time, so that whoever compares it
 * with now must know both. Of the readings of a minute, the one with the shortest way counts: it errs by half of that.
 */
export class ServerClock {
  private best = { offsetMs: 0, wayMs: Infinity, at: -Infinity };

  /** The database's clock minus this machine's. */
  get offsetMs(): number {
    return this.best.offsetMs;
  }

  /** How long ago a moment of the database was; never less than nothing. */
  secondsSince(moment: Date): number {
    return Math.max(0, systemClock.now().getTime() + this.offsetMs - moment.getTime()) / 1_000;
  }

  /** Takes note of what the database's clock said to a question that began then, by `performance.now()`. */
  set(serverNow: Date, begun: number): void {
    const at = performance.now();
    const wayMs = at - begun;
    if (wayMs > this.best.wayMs && at - this.best.at < goodForMs) return;
    const offsetMs = serverNow.getTime() + wayMs / 2 - systemClock.now().getTime();
    this.best = { offsetMs, wayMs, at };
  }
}
