import type { PeriodicJob } from '../../foundation/jobs/periodic.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { deleteOldKeys } from './access.store.js';

/** Kept keys are looked over this often, so a key may outlive its time by as much. */
const everyMs = 60_000;

/** So many are forgotten by one statement: it holds its locks for a moment only. */
const portion = 1_000;

/** Forgets idempotency keys, with the answers that are kept for them, when they are older than `keptHours`. */
export function forgetKeys(reader: Reader, keptHours: number): PeriodicJob {
  return {
    name: 'access.forget-keys',
    everyMs,
    run: async (stop) => {
      let forgotten = portion;
      while (forgotten === portion && !stop.aborted) {
        forgotten = await deleteOldKeys(reader, keptHours, portion);
      }
    },
  };
}
