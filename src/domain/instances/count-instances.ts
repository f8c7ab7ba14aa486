import type { PeriodicJob } from '../../foundation/jobs/periodic.js';
import { systemClock } from '../../foundation/kernel/clock.js';
import type { Meter } from '../../foundation/metrics/meter.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { syncReasons, type SyncReason } from './instance.js';
import { countByReason } from './published-status.store.js';

const everyMs = 10_000;

/** A replica that has not counted for this long may no longer be the one that does, and says nothing. */
const validMs = 3 * everyMs;

/** Counts the instances of all organizations for the metrics. One replica tells it, so that sums over replicas are true. */
export function countInstancesForMeter(reader: Reader, meter: Meter): PeriodicJob {
  let counts = new Map<SyncReason, number>();
  let validUntil = 0;
  for (const reason of syncReasons()) {
    const read = (): number | undefined =>
      systemClock.monotonic() > validUntil ? undefined : (counts.get(reason) ?? 0);
    meter.gauge('signalbox_instances', read, { reason });
  }
  return {
    name: 'instances.count',
    everyMs,
    run: async () => {
      counts = await countByReason(reader);
      validUntil = systemClock.monotonic() + validMs;
    },
  };
}
