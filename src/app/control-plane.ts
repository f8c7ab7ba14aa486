import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { makeReadChanges } from '../domain/changes/slice.js';
import { openKeyring } from '../domain/encryption/slice.js';
import { StreamHub, Turns, WatchMeter } from '../domain/event-log/slice.js';
import { Presence } from '../domain/instances/slice.js';
import { ensureAdminToken, ensureOrganization } from '../domain/runtime-groups/slice.js';
import type { Settings } from '../foundation/config/settings.js';
import type { Slice } from '../foundation/graphql/slice.js';
import { serveGraphql, type GraphqlServer, type ServeOptions } from '../foundation/graphql/serve.js';
import { InFlight } from '../foundation/live/in-flight.js';
import type { Logger } from '../foundation/log/log.js';
import { PrometheusMeter } from '../foundation/metrics/prometheus.js';
import { registerMetrics } from '../foundation/metrics/route.js';
import { Outbound } from '../foundation/outbound/outbound.js';
import { checkServer } from '../foundation/postgres/check-server.js';
import type { Database } from '../foundation/postgres/database.js';
import { migrateUp } from '../foundation/postgres/migrate.js';
import { Pulse } from '../foundation/postgres/pulse.js';
import { openSignals, type Signals } from '../foundation/postgres/signals.js';
import type { Keyring } from '../foundation/secrets/keyring.js';
import { exportTraces } from '../foundation/tracing/export-traces.js';
import { loadAdminToken, type AdminToken } from './admin-token.js';
import { loadEncryptionKey } from './encryption-key.js';
import { contextFor, makeDoors, type Doors } from './doors.js';
import { registerGraphiql } from './graphiql.js';
import { makeSchema } from './schema.js';
import { makeSlices } from './slices.js';
import { openStorage } from './storage.js';
import { startWork } from './work.js';

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

/** Brings everything up, in order; what was brought up is taken down again if a later step fails. */
export async function startControlPlane(settings: Settings, log: Logger): Promise<ControlPlane> {
  const closing: (() => Promise<void>)[] = [];
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> =>
    (stopping ??= inTime(closeAll(closing, log), (settings.stopSeconds + lastSeconds) * 1_000, log));
  try {
    const tracing = settings.tracesUrl === undefined ? undefined : await exportTraces(settings.tracesUrl);
    if (tracing) closing.push(() => tracing.stop());
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

/** What is closed after the sockets is given this much longer. */
const lastSeconds = 5;

/** A database that does not answer must not keep anybody from leaving. */
async function inTime(closed: Promise<void>, limitMs: number, log: Logger): Promise<void> {
  const isOver = new AbortController();
  const limit = pause(limitMs, undefined, { signal: isOver.signal }).then(
    () => log.warn('not everything was closed in time; leaving all the same'),
    () => undefined,
  );
  await Promise.race([closed, limit]);
  isOver.abort();
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

async function serve(serving: Serving): Promise<GraphqlServer> {
  const { settings, log, meter, database, signals, secrets, closing } = serving;
  const { allowLoopback: loopbackAllowed, allowPrivateWebhooks: privateNetworks } = settings;
  const outbound = new Outbound({ loopback: loopbackAllowed });
  const receivers = new Outbound({ loopback: loopbackAllowed, privateNetworks });
  for (const each of [outbound, receivers]) closing.push(async () => each.close());
  const doors = makeDoors(database, signals, { secrets, outbound, meter });
  const pulse = new Pulse(database, settings.outageSeconds * 1_000, log);
  pulse.measure(meter);
  const watchMeter = new WatchMeter(meter, (at) => pulse.clock.secondsSince(at));
  const inFlight = new InFlight(settings.guards.inFlightMb * 1024 * 1024, meter);
  const turns = new Turns(settings.guards.largeAnswers, inFlight);
  const hub = new StreamHub(database.vital, log, watchMeter, { fold: settings.fold, turns });
  const presence = new Presence(database.vital, log);
  const readChanges = makeReadChanges(database);
  const { execute } = doors;
  await startWork({ ...serving, outbound, receivers, execute, hub, pulse, presence, readChanges });
  const slices = makeSlices({
    ...{ database, hub, execute, presence, secrets, log, meter, readChanges, receivers },
  });
  const served = await serveGraphql({
    ...{ ...(await faceOf(slices)), log, meter, host: settings.host, port: settings.port },
    contextFor: async (authorization, { ip }) => contextOf(doors, authorization, ip),
    socketLimits: { takeMs: settings.takeSeconds * 1_000 },
    inFlight,
    pages: (app) => addPages(app, serving),
    ready: async () => readiness(pulse),
    closedFor: () => hub.refusal(),
    beforeClose: async () => {
      const handedOver = presence.handOver();
      hub.drain();
      await Promise.race([handedOver, pause(handOverMs)]);
    },
  });
  pulse.listen((now) => {
    hub.heed(now);
    if (now === 'gone') void served.turnAway();
  });
  closing.push(() => served.stop(settings.stopSeconds * 1_000));
  return served;
}

/** What slices answer, over GraphQL and beside it. */
async function faceOf(slices: readonly Slice[]): Promise<Pick<ServeOptions, 'schema' | 'routes'>> {
  return { schema: await makeSchema(slices), routes: slices.flatMap(({ routes = [] }) => routes) };
}

/** Streams do not wait longer than this for the last life signs and the lease to be stored. */
const handOverMs = 1_000;

/** What is served beside GraphQL. */
function addPages(app: FastifyInstance, { settings, meter, adminToken }: Serving): void {
  registerGraphiql(app, {
    directory: join(import.meta.dirname, '../../graphiql'),
    // A server that others can reach must not hand out the token, whatever a proxy makes a request look like.
    token: loopback.has(settings.host) ? adminToken.secret : null,
  });
  if (settings.metricsToken !== undefined) registerMetrics(app, meter, settings.metricsToken);
}

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

async function contextOf(doors: Doors, authorization: string | undefined, ip: string) {
  return contextFor(doors, await doors.authenticator.authenticate(authorization), ip);
}

function readiness(pulse: Pulse): { ready: boolean; reasons: string[] } {
  const reasons = pulse.reasons();
  return { ready: reasons.length === 0, reasons };
}
