import { forgetKeys } from '../domain/access/slice.js';
import type { Sequencer } from '../domain/changes/slice.js';
import { compactStreams } from '../domain/event-log/slice.js';
import { countInstancesForMeter, type StatusPublisher } from '../domain/instances/slice.js';
import type { Settings } from '../foundation/config/settings.js';
import type { PeriodicJob } from '../foundation/jobs/periodic.js';
import type { Meter } from '../foundation/metrics/meter.js';
import type { Database } from '../foundation/postgres/database.js';

interface JobPorts {
  readonly database: Database;
  readonly settings: Settings;
  readonly statuses: StatusPublisher;
  readonly sequencer: Sequencer;
  readonly meter: Meter;
}

/** What the control plane does now and then on its own account. The one list. */
export function makeJobs(ports: JobPorts): readonly PeriodicJob[] {
  const { database, settings, statuses, sequencer, meter } = ports;
  return [
    forgetKeys(database, settings.idempotencyHours),
    compactStreams(database, settings.history, { meter }),
    statuses.job,
    sequencer.job,
    countInstancesForMeter(database, meter),
  ];
}
