import { forgetKeys } from '../domain/access/slice.js';
import type { Sequencer } from '../domain/changes/slice.js';
import { compactStreams } from '../domain/event-log/slice.js';
import type { StatusPublisher } from '../domain/instances/slice.js';
import type { Settings } from '../foundation/config/settings.js';
import type { PeriodicJob } from '../foundation/jobs/periodic.js';
import type { Database } from '../foundation/postgres/database.js';

interface JobPorts {
  readonly database: Database;
  readonly settings: Settings;
  readonly statuses: StatusPublisher;
  readonly sequencer: Sequencer;
}

/** What the control plane does now and then on its own account. The one list. */
export function makeJobs({ database, settings, statuses, sequencer }: JobPorts): readonly PeriodicJob[] {
  return [
    forgetKeys(database, settings.idempotencyHours),
    compactStreams(database, settings.history),
    statuses.job,
    sequencer.job,
  ];
}
