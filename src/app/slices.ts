import { accessSlice } from '../domain/access/slice.js';
import { changesSlice, type ReadChanges } from '../domain/changes/slice.js';
import type { StreamHub } from '../domain/event-log/slice.js';
import { countEntities, gatewayConfigSlice, makeReadSnapshot } from '../domain/gateway-config/slice.js';
import { countInstances, instancesSlice, type Presence } from '../domain/instances/slice.js';
import { registriesSlice } from '../domain/registries/slice.js';
import { runtimeGroupsSlice } from '../domain/runtime-groups/slice.js';
import { endServices, servicesSlice, usersOfRegistry } from '../domain/services/slice.js';
import { webhooksSlice } from '../domain/webhooks/slice.js';
import type { Execute } from '../foundation/commands/execute.js';
import type { Slice } from '../foundation/graphql/slice.js';
import type { Meter } from '../foundation/metrics/meter.js';
import type { Logger } from '../foundation/log/log.js';
import type { Outbound } from '../foundation/outbound/outbound.js';
import type { Database } from '../foundation/postgres/database.js';
import type { Keyring } from '../foundation/secrets/keyring.js';

/** What the slices are built on. */
export interface SlicePorts {
  readonly database: Database;
  readonly hub: StreamHub;
  readonly execute: Execute;
  readonly presence: Presence;
  readonly secrets: Keyring;
  readonly readChanges: ReadChanges;
  /** Asks the receivers of webhooks. */
  readonly receivers: Outbound;
  readonly log: Logger;
  readonly meter: Meter;
}

/** The product: its slices, each of which may use those before it. The one list. */
export function makeSlices(ports: SlicePorts): readonly Slice[] {
  const { database, hub, execute, presence, secrets, readChanges, receivers, log, meter } = ports;
  const readSnapshot = makeReadSnapshot(database, meter);
  return [
    accessSlice,
    runtimeGroupsSlice({ countInstances, countEntities, endServices }),
    gatewayConfigSlice({
      ...{ reader: database, pictures: database, hub, readSnapshot },
      recordExport: (facts) => log.warn(facts, 'a configuration was exported with its secrets'),
    }),
    instancesSlice({ database, hub, execute, presence, readSnapshot, secrets }),
    registriesSlice({ usersOf: usersOfRegistry }),
    servicesSlice({ database, hub }),
    changesSlice({ database, hub, readChanges }),
    webhooksSlice({ outbound: receivers, readChanges }),
  ];
}
