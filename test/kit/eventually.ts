import { setTimeout as pause } from 'node:timers/promises';

const lookMs = 20;

/** Repeats until `look` neither throws nor answers false; fails with what it threw last, after the deadline. */
export async function eventually<Found>(
  look: () => Promise<Found | false> | Found | false,
  deadlineMs = 10_000,
): Promise<Found> {
  for (const began = performance.now(); ; await pause(lookMs)) {
    const isLate = performance.now() - began > deadlineMs;
    try {
      const found = await look();
      if (found !== false) return found;
      if (isLate) throw new Error(`This did not come true within ${deadlineMs / 1000} s: ${String(look)}`);
    } catch (error) {
      if (isLate) throw error;
    }
  }
}
