import { Sequencer, type ReadChanges } from '../domain/changes/slice.js';
import type { StreamHub } from '../domain/event-log/slice.js';
import { StatusPublisher, type Presence } from '../domain/instances/slice.js';
import { Discovery } from '../domain/registries/slice.js';
import { discoveryPorts } from '../domain/services/slice.js';
import { Deliverer } from '../domain/webhooks/slice.js';
import type { Execute } from '../foundation/commands/execute.js';
import type { Settings } from '../foundation/config/settings.js';
import { PeriodicJobs } from '../foundation/jobs/periodic.js';
import type { Logger } from '../foundation/log/log.js';
import type { Meter } from '../foundation/metrics/meter.js';
import type { Outbound } from '../foundation/outbound/outbound.js';
import type { Database } from '../foundation/postgres/database.js';
import type { Pulse } from '../foundation/postgres/pulse.js';
import type { Signals } from '../foundation/postgres/signals.js';
import type { Keyring } from '../foundation/secrets/keyring.js';
import { makeJobs } from './jobs.js';

/** What the work of a replica is done with. */
export interface WorkPorts {
  readonly settings: Settings;
  readonly log: Logger;
  readonly meter: Meter;
  readonly database: Database;
  readonly signals: Signals;
  readonly secrets: Keyring;
  readonly outbound: Outbound;
  /** Asks the receivers of webhooks. */
  readonly receivers: Outbound;
  readonly execute: Execute;
  readonly hub: StreamHub;
  readonly pulse: Pulse;
  readonly presence: Presence;
  readonly readChanges: ReadChanges;
  /** What is to be closed, the last first. */
  readonly closing: (() => Promise<void>)[];
}

/** Starts all that a replica does without being asked. The one list. */
export async function startWork(ports: WorkPorts): Promise<void> {
  const { settings, log, meter, database, signals, secrets, closing } = ports;
  const { outbound, receivers, execute, hub, pulse, presence, readChanges } = ports;
  const statuses = new StatusPublisher(database, execute, log);
  const sequencer = new Sequencer(database, signals, log);
  const jobs = new PeriodicJobs(database, log, meter);
  const discovery = new Discovery({ ...{ database, execute, outbound, secrets, log }, ...discoveryPorts });
  const deliverer = new Deliverer({ database, hub, readChanges, execute, secrets, outbound: receivers }, log);
  await presence.start();
  hub.start(signals);
  pulse.start();
  statuses.listen(signals);
  sequencer.listen();
  jobs.start(makeJobs({ database, settings, statuses, sequencer, meter }));
  discovery.start(signals);
  deliverer.start(signals);
  for (const each of [pulse, jobs, deliverer, discovery, statuses, sequencer])
    closing.push(() => each.stop());
  closing.push(async () => presence.stop());
}
