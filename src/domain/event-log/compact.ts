import type { StreamKey } from '../../foundation/commands/command.js';
import type { PeriodicJob } from '../../foundation/jobs/periodic.js';
import { unmeasured, type Meter } from '../../foundation/metrics/meter.js';
import type { Reader } from '../../foundation/postgres/database.js';
import {
  deleteSomeBelow,
  findBelowFloors,
  findDueFloors,
  moveFloor,
  type Floor,
  type Retention,
} from './compaction.store.js';

/** History is kept for longer than it must be by as much as this, at most twice. */
const everyMs = 10 * 60_000;

/**
 * Rows are deleted this long after nobody may read them any more: whoever was told that a revision is there before, and is
 * still reading it, gets it whole. No statement runs as long.
 */
const defaultGraceSeconds = 300;

interface CompactOptions {
  readonly graceSeconds?: number;
  readonly meter?: Meter;
}

/** The streams that are compacted. What happened in an organization is kept. */
const topics: readonly StreamKey['topic'][] = ['config', 'status', 'changes'];

/** Forgets the history of streams that is neither young nor among the newest. The newest revision is never forgotten. */
export function compactStreams(
  reader: Reader,
  retention: Retention,
  { graceSeconds = defaultGraceSeconds, meter = unmeasured }: CompactOptions = {},
): PeriodicJob {
  return {
    name: 'event-log.compact',
    everyMs,
    run: async (stop) => {
      for (const floor of await findDueFloors(reader, topics, retention)) await moveFloor(reader, floor);
      for (const floor of await findBelowFloors(reader, graceSeconds)) {
        const count = await deleteBelow(reader, floor, stop);
        meter.count('signalbox_compacted_revisions_total', {}, count);
      }
    },
  };
}

async function deleteBelow(reader: Reader, floor: Floor, stop: AbortSignal): Promise<number> {
  for (let count = 0; ;) {
    const deleted = stop.aborted ? 0 : await deleteSomeBelow(reader, floor);
    if (deleted === 0) return count;
    count += deleted;
  }
}
