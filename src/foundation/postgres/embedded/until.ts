import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../../kernel/clock.js';

const PAUSE_MS = 10;

/**
 * Looks again and again until `look` finds something, and returns it; undefined when `patience` milliseconds have
 * passed. Looks at least once, and never twice at the same time.
 */
export async function until<Found>(
  look: () => Found | undefined | Promise<Found | undefined>,
  patience: number,
): Promise<Found | undefined> {
  const deadline = systemClock.monotonic() + patience;
  for (;;) {
    const found = await look();
    if (found !== undefined || systemClock.monotonic() >= deadline) return found;
    await delay(PAUSE_MS);
  }
}
