import { randomFraction } from '../../foundation/kernel/id.js';

/** How long a stream waits for what. All in milliseconds. */
export interface StreamTiming {
  /** The window that the wait before the first retry is drawn from; it doubles with each failure, up to the cap. */
  readonly firstWindowMs: number;
  readonly windowCapMs: number;
  /** A connection that lasted this long makes the next failure a first one again. */
  readonly steadyMs: number;
  /** Between retries while the server refuses the token. */
  readonly refusedMs: number;
  /** Before trying again when another process took over this identity. */
  readonly replacedMs: number;
  /** Between pings, and for how long the answer to one may take. */
  readonly keepAliveMs: number;
  readonly pongTimeoutMs: number;
  /** For the server to accept a connection. */
  readonly handshakeMs: number;
  /** For a connection to close in good order. */
  readonly closeMs: number;
}

export const standardTiming: StreamTiming = {
  firstWindowMs: 500,
  windowCapMs: 30_000,
  steadyMs: 15_000,
  refusedMs: 30_000,
  replacedMs: 120_000,
  keepAliveMs: 12_000,
  pongTimeoutMs: 8_000,
  handshakeMs: 10_000,
  closeMs: 500,
};

/**
 * A wait drawn from the whole of a window that grows with each failure, so that many clients that lost their server at
 * the same moment come back spread out.
 */
export function fullJitter(
  failures: number,
  timing: Pick<StreamTiming, 'firstWindowMs' | 'windowCapMs'>,
): number {
  const window = Math.min(timing.windowCapMs, timing.firstWindowMs * 2 ** Math.min(failures, 30));
  return Math.round(randomFraction() * window);
}

/** A wait of about this long: never shorter, and up to a quarter longer. */
export function aboutMs(ms: number): number {
  return Math.round(ms * (1 + randomFraction() / 4));
}
