/** Where time comes from. What is stored or ordered uses the database's clock; this one is for waiting and for logs. */
export interface Clock {
  now(): Date;
  /** Milliseconds that only grow, for measuring. */
  monotonic(): number;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
};
