import type { Activity, RecordPromise } from './records.js';

/** A run in which nothing happens proves nothing. */
export const alive: RecordPromise<Activity> = {
  name: 'alive',
  promise: 'A run counts only if enough has happened in it: writes, faults, and clients that came back.',
  breaches: (activities) =>
    activities
      .filter(({ happened, atLeast }) => happened < atLeast)
      .map(({ what, happened, atLeast }) => `${what}: ${happened}, and at least ${atLeast} were due`),
};
