import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { checkGuarantees } from '../guarantees/check-guarantees.js';
import { startAgentProcess, type AgentProcess } from '../kit/agent-process.js';
import { startControlPlaneProcess, type ControlPlaneProcess } from '../kit/control-plane-process.js';
import { testEnvironment } from '../kit/environment.js';
import { eventually } from '../kit/eventually.js';
import { finalConfiguration } from '../kit/final.js';
import { LiveClient, LiveStream } from '../kit/live-client.js';
import { configChanges } from '../kit/streams.js';
import { randomFrom } from '../kit/random.js';
import { RandomWriter } from './random-changes.js';

const writers = 8;
const wantedChanges = 500;
const changesPerFault = 25;

/** Repeat a run with SIGNALBOX_TEST_SEED. */
const seed = Number(testEnvironment('SIGNALBOX_TEST_SEED') ?? Math.floor(performance.timeOrigin) % 1_000_000);

let plane: ControlPlaneProcess;
let pool: pg.Pool;
let folder: string;
let agents: AgentProcess[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-fleet-'));
  plane = await startControlPlaneProcess();
  pool = new pg.Pool({ connectionString: plane.databaseUrl, max: 2 });
  agents = ['a', 'b'].map((name) => startAgentProcess(plane.origin, join(folder, `gateway-${name}.yml`)));
});

afterAll(async () => {
  await Promise.all(agents.map((agent) => agent.end('SIGTERM')));
  await pool.end();
  await plane.stop();
  await rm(folder, { recursive: true, force: true });
});

it(`keeps two instances and a watcher exact under 8 writers, kills and cut connections (seed ${seed})`, async () => {
  const random = randomFrom(seed);
  const groupId = await defaultGroup();
  const watcher = new Watcher(plane, groupId);
  await watcher.connect();

  await writeUntil(groupId, random, async () => {
    if (random() < 0.5) await agents[Math.floor(random() * agents.length)]?.killAndRestart();
    else await watcher.interrupt();
  });

  const sql = async <Row extends object>(text: string, values: readonly unknown[] = []) =>
    (await pool.query<Row>(text, [...values])).rows;
  const final = await finalConfiguration({ admin: plane.admin, sql }, groupId);
  expect([...final.history.keys()].sort((a, b) => a - b)).toEqual(upTo(final.revision ?? 0));
  expect(final.revision).toBeGreaterThanOrEqual(wantedChanges);

  await watcher.reaches(final.revision ?? 0);
  checkGuarantees([watcher.stream.trace('the watcher')], final);
  watcher.leave();
  await eventually(async () => expect(await instances(groupId)).toEqual(allApplied(final.revision)), 60_000);
  const document = await exported(groupId);
  for (const agent of agents) expect(await readFile(agent.out, 'utf8')).toBe(document);
}, 180_000);

/** A client of the configuration stream that loses its connection and comes back with its cursor. */
class Watcher {
  readonly stream: LiveStream;
  private socket: LiveClient | undefined;

  constructor(
    private readonly server: ControlPlaneProcess,
    private readonly groupId: string,
  ) {
    this.stream = new LiveStream(configChanges(groupId));
  }

  async connect(): Promise<void> {
    this.socket = await LiveClient.connect(this.server.admin);
    this.socket.open(configChanges(this.groupId), this.stream.cursor, this.stream);
  }

  async interrupt(): Promise<void> {
    this.socket?.cut();
    await this.stream.ended();
    await this.connect();
  }

  leave(): void {
    this.socket?.close();
  }

  reaches(revision: number): Promise<void> {
    return this.stream.until((entries) =>
      entries.some((entry) => entry.is === 'delta' && entry.revisions.at(-1)?.revision === revision),
    );
  }
}

/** Has all writers write at once until there are enough changes; a fault after every so many. */
async function writeUntil(groupId: string, random: () => number, fault: () => Promise<void>): Promise<void> {
  let changes = 0;
  let faults = Promise.resolve();
  const work = async (index: number): Promise<void> => {
    const writer = new RandomWriter(`w${index}`, plane.admin, groupId, randomFrom(seed + index + 1));
    while (changes < wantedChanges) {
      if (!(await writer.change())) continue;
      changes += 1;
      if (changes % changesPerFault === 0) faults = faults.then(fault);
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, index) => work(index)));
  await faults;
}

async function defaultGroup(): Promise<string> {
  const { organization } = await plane.admin.gql<{ organization: { defaultRuntimeGroup: { id: string } } }>(
    '{ organization { defaultRuntimeGroup { id } } }',
  );
  return organization.defaultRuntimeGroup.id;
}

interface InstanceSeen {
  readonly syncStatus: string;
  readonly syncReason: string;
  readonly connection: string;
  readonly appliedRevision: number | null;
}

async function instances(id: string): Promise<readonly InstanceSeen[]> {
  const { runtimeGroup } = await plane.admin.gql<{ runtimeGroup: { instances: { nodes: InstanceSeen[] } } }>(
    `query ($id: ID!) { runtimeGroup(id: $id) { instances {
       nodes { syncStatus syncReason connection appliedRevision }
     } } }`,
    { id },
  );
  return runtimeGroup.instances.nodes;
}

function allApplied(appliedRevision: number | null): readonly InstanceSeen[] {
  const applied = { syncStatus: 'IN_SYNC', syncReason: 'APPLIED', connection: 'CONNECTED', appliedRevision };
  return agents.map(() => applied);
}

async function exported(id: string): Promise<string> {
  const { exportConfiguration } = await plane.admin.gql<{ exportConfiguration: { document: string } }>(
    'query ($id: ID!) { exportConfiguration(runtimeGroupId: $id) { document } }',
    { id },
  );
  return exportConfiguration.document;
}

function upTo(revision: number): number[] {
  return Array.from({ length: revision }, (_, index) => index + 1);
}
