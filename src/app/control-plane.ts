import { join } from 'node:path';
import { makeReadChanges, Sequencer, type ReadChanges } from '../domain/changes/slice.js';
import { openKeyring } from '../domain/encryption/slice.js';
import { StreamHub } from '../domain/event-log/slice.js';
import { Presence, StatusPublisher } from '../domain/instances/slice.js';
import { Discovery } from '../domain/registries/slice.js';
import { ensureAdminToken, ensureOrganization } from '../domain/runtime-groups/slice.js';
import { discoveryPorts } from '../domain/services/slice.js';
import { Deliverer } from '../domain/webhooks/slice.js';
import type { Settings } from '../foundation/config/settings.js';
import { serveGraphql, type GraphqlServer } from '../foundation/graphql/serve.js';
import { PeriodicJobs } from '../foundation/jobs/periodic.js';
import type { Logger } from '../foundation/log/log.js';
import { PrometheusMeter } from '../foundation/metrics/prometheus.js';
import { registerMetrics } from '../foundation/metrics/route.js';
import { Outbound } from '../foundation/outbound/outbound.js';
import { checkServer } from '../foundation/postgres/check-server.js';
import type { Database } from '../foundation/postgres/database.js';
import { migrateUp } from '../foundation/postgres/migrate.js';
import { openSignals, type Signals } from '../foundation/postgres/signals.js';
import type { Keyring } from '../foundation/secrets/keyring.js';
import { loadAdminToken, type AdminToken } from './admin-token.js';
import { loadEncryptionKey } from './encryption-key.js';
import { contextFor, makeDoors, type Doors } from './doors.js';
import { registerGraphiql } from './graphiql.js';
import { makeJobs } from './jobs.js';
import { makeSchema } from './schema.js';
import { makeSlices } from './slices.js';
import { openStorage } from './storage.js';

/** A running control plane. */
export interface ControlPlane {
  readonly url: string;
  readonly port: number;
  readonly adminToken: AdminToken;
  /** Where the data is, for people. */
  readonly storage: string;
  /** Where the key is that secrets are encrypted with, for people. */
  readonly encryptionKey: string;
  /** How many SQL statements this process has run so far; tests compare two readings. */
  statementCount(): number;
  /** Tells everybody, finishes what is under way, and closes everything. Called again, answers the same promise. */
  stop(): Promise<void>;
}

/** How long a stop may take before what is still open is cut off. */
const stopMs = 10_000;

/** Brings everything up, in order; what was brought up is taken down again if a later step fails. */
export async function startControlPlane(settings: Settings, log: Logger): Promise<ControlPlane> {
  const closing: (() => Promise<void>)[] = [];
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= closeAll(closing, log));
  try {
    const meter = new PrometheusMeter().withRuntime();
    const storage = await openStorage(settings, log, meter);
    closing.push(() => storage.close());
    const { database } = storage;
    await prepare(database, log);
    const { master, description: encryptionKey } = await loadEncryptionKey(database, settings);
    const secrets = await openKeyring(database, master);
    closing.push(keepFresh(secrets, log));
    const adminToken = await installAdminToken(database, settings);
    const signals = await openSignals(database, log);
    closing.push(() => signals.close());
    const served = await serve({ settings, log, meter, database, signals, secrets, adminToken, closing });
    return {
      url: new URL(served.url).origin,
      port: served.port,
      adminToken,
      storage: storage.description,
      encryptionKey,
      statementCount: () => database.statementCount(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** One after the other, the newest first: each stands on those before it. */
async function closeAll(closing: readonly (() => Promise<void>)[], log: Logger): Promise<void> {
  for (const close of closing.toReversed()) {
    await close().catch((error: unknown) => log.warn({ err: error }, 'something did not close cleanly'));
  }
}

async function prepare(database: Database, log: Logger): Promise<void> {
  await checkServer(database);
  const applied = await migrateUp(database);
  if (applied.length > 0) log.info({ applied }, 'migrated the database');
}

async function installAdminToken(database: Database, settings: Settings): Promise<AdminToken> {
  const organizationId = await ensureOrganization(database);
  const adminToken = await loadAdminToken(settings.adminToken, settings.dataDirectory);
  await ensureAdminToken(database, organizationId, adminToken.secret);
  return adminToken;
}

/** What is written from now on is sealed with the newest data key, wherever it was made. */
const keysEveryMs = 30_000;

function keepFresh(secrets: Keyring, log: Logger): () => Promise<void> {
  const timer = setInterval(() => {
    secrets.refresh().catch((error: unknown) => log.warn({ err: error }, 'the data keys cannot be read'));
  }, keysEveryMs);
  return async () => clearInterval(timer);
}

interface Serving {
  readonly settings: Settings;
  readonly log: Logger;
  readonly meter: PrometheusMeter;
  readonly database: Database;
  readonly signals: Signals;
  readonly secrets: Keyring;
  readonly adminToken: AdminToken;
  /** What is to be closed, the last first. */
  readonly closing: (() => Promise<void>)[];
}

/** What is shared by those who answer and those who work on their own account. */
interface Shared extends Serving {
  readonly outbound: Outbound;
  /** Asks the receivers of webhooks. */
  readonly receivers: Outbound;
  readonly doors: Doors;
  readonly hub: StreamHub;
  readonly presence: Presence;
  readonly readChanges: ReadChanges;
}

async function serve(serving: Serving): Promise<GraphqlServer> {
  const { settings, log, meter, database, signals, secrets, adminToken, closing } = serving;
  const { allowLoopback: isLoopbackAllowed, allowPrivateWebhooks: privateNetworks } = settings;
  const outbound = new Outbound({ loopback: isLoopbackAllowed });
  const receivers = new Outbound({ loopback: isLoopbackAllowed, privateNetworks });
  for (const each of [outbound, receivers]) closing.push(async () => each.close());
  const doors = makeDoors(database, signals, { secrets, outbound, meter });
  const hub = new StreamHub(database, log);
  const presence = new Presence(database, log);
  const readChanges = makeReadChanges(database);
  await startWork({ ...serving, outbound, receivers, doors, hub, presence, readChanges });
  const slices = makeSlices({
    ...{ database, hub, execute: doors.execute, presence, secrets, log, readChanges, receivers },
  });
  const served = await serveGraphql({
    ...{ schema: await makeSchema(slices), log, meter, host: settings.host, port: settings.port },
    routes: slices.flatMap(({ routes = [] }) => routes),
    contextFor: async (authorization, { ip }) => contextOf(doors, authorization, ip),
    pages: (app) => {
      registerGraphiql(app, {
        directory: join(import.meta.dirname, '../../graphiql'),
        // A server that others can reach must not hand out the token, whatever a proxy makes a request look like.
        token: loopback.has(settings.host) ? adminToken.secret : null,
      });
      if (settings.metricsToken !== undefined) registerMetrics(app, meter, settings.metricsToken);
    },
    ready: async () => readiness(database),
    beforeClose: async () => hub.drain(),
  });
  closing.push(() => served.stop(stopMs));
  return served;
}

/** Starts all that this replica does without being asked. */
async function startWork(shared: Shared): Promise<void> {
  const { settings, log, meter, database, signals, secrets, closing } = shared;
  const { outbound, doors, hub, presence } = shared;
  const { execute } = doors;
  const statuses = new StatusPublisher(database, execute, log);
  const sequencer = new Sequencer(database, signals, log);
  const jobs = new PeriodicJobs(database, log, meter);
  const discovery = new Discovery({
    ...{ database, execute, outbound, secrets, log },
    ...discoveryPorts,
  });
  const { readChanges, receivers } = shared;
  const deliverer = new Deliverer({ database, hub, readChanges, execute, secrets, outbound: receivers }, log);
  await presence.start();
  hub.start(signals);
  statuses.listen(signals);
  sequencer.listen();
  jobs.start(makeJobs({ database, settings, statuses, sequencer, meter }));
  discovery.start(signals);
  deliverer.start(signals);
  closing.push(() => jobs.stop());
  for (const each of [deliverer, discovery, statuses, sequencer]) closing.push(() => each.stop());
  closing.push(async () => presence.stop());
}

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

async function contextOf(doors: Doors, authorization: string | undefined, ip: string) {
  return contextFor(doors, await doors.authenticator.authenticate(authorization), ip);
}

async function readiness(database: Database): Promise<{ ready: boolean; reasons: string[] }> {
  try {
    await database.rows({ name: 'control_plane.ready', text: 'select 1' });
    return { ready: true, reasons: [] };
  } catch {
    return { ready: false, reasons: ['The database does not answer.'] };
  }
}
