import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { adminToken, encryptionKey } from '../../kit/control-plane.js';
import { launch, type Running } from '../../kit/control-plane-process.js';
import { eventually } from '../../kit/eventually.js';
import type { DatabaseLink } from './database-link.js';
import { Link } from './link.js';

const clock = join(import.meta.dirname, '../../kit/skewed-clock.mjs');
const patienceMs = 90_000;
const saidAtMost = 1_000_000;

export interface ReplicaOptions {
  readonly name: string;
  readonly database: DatabaseLink;
  /** What was built: the product, or one that is known to be bad. */
  readonly dist: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** One replica: a process, the network between it and its database, and the one between it and its clients. */
export class Replica {
  readonly database: DatabaseLink;
  /** What it said last where it ended of its own accord: nothing that is done to it may bring that about. */
  readonly falls: string[] = [];
  private running: Running | undefined;
  private port = 0;
  private former = '';
  private isStopped = false;
  private isKilled = false;
  private supervision: Promise<void> = Promise.resolve();

  private constructor(
    private readonly options: ReplicaOptions,
    readonly clients: Link,
    private readonly folder: string,
  ) {
    this.database = options.database;
  }

  /** Starts it, and starts it again whenever it ends, as whatever runs servers does. */
  static async start(options: ReplicaOptions): Promise<Replica> {
    const folder = await mkdtemp(join(tmpdir(), 'signalbox-replica-'));
    const link: { replica?: Replica } = {};
    const clients = await Link.open(() => link.replica?.address);
    const replica = (link.replica = new Replica(options, clients, folder));
    await replica.launch().catch(async (error: unknown) => {
      await clients.close();
      await options.database.close();
      throw error;
    });
    replica.supervision = replica.supervise();
    return replica;
  }

  get name(): string {
    return this.options.name;
  }

  /** The number of its process, if it runs. */
  get pid(): number | undefined {
    return this.running?.child.pid;
  }

  /** True while its process runs and has been ready. */
  get isUp(): boolean {
    return this.running !== undefined;
  }

  signal(signal: NodeJS.Signals): void {
    this.running?.child.kill(signal);
  }

  /** The hardest end. It comes back by itself. */
  kill(): void {
    this.isKilled = true;
    this.signal('SIGKILL');
  }

  /** Makes its clock wrong by so much. */
  async setClock(offsetMs: number): Promise<void> {
    await writeFile(join(this.folder, 'clock'), String(offsetMs));
  }

  /** The end of what its processes have said. */
  said(): string {
    return (this.former + (this.running?.output() ?? '')).slice(-saidAtMost);
  }

  /** The way to this replica alone, whichever process it is. */
  get origin(): string {
    return `http://127.0.0.1:${this.clients.port}`;
  }

  /** Resolves when it says that nothing should be sent to it; at once, where it does not run. */
  async turnsAway(): Promise<void> {
    await eventually(async () => {
      const said = this.address ? (await this.askReadiness()).status : 503;
      if (said !== 503) throw new Error(`${this.name} is ready (${said}), and should turn everybody away.`);
    }, patienceMs);
  }

  /** Resolves when it is there, and finds that it can do its work. */
  async ready(): Promise<void> {
    await eventually(async () => {
      return this.address !== undefined && (await this.askReadiness()).status === 200;
    }, patienceMs);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.database.refusing = true;
    this.database.cut();
    const killing = setInterval(() => this.kill(), 200);
    await this.supervision;
    clearInterval(killing);
    await this.clients.close();
    await this.database.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  private askReadiness(): Promise<Response> {
    const url = `http://127.0.0.1:${this.port}/health/ready`;
    return fetch(url, { signal: AbortSignal.timeout(2_000) });
  }

  private get address(): { port: number; host: string } | undefined {
    return this.running && { port: this.port, host: '127.0.0.1' };
  }

  private async launch(): Promise<void> {
    const running = await launch(
      {
        ...{ SIGNALBOX_DATA_DIR: this.folder, SIGNALBOX_ADMIN_TOKEN: adminToken, LOG_LEVEL: 'error' },
        ...{ SIGNALBOX_ENCRYPTION_KEY: encryptionKey, PORT: String(this.port) },
        DATABASE_URL: `postgresql://postgres@127.0.0.1:${this.database.port}/signalbox?sslmode=disable`,
        ...{ NODE_OPTIONS: `--import=${clock}`, SIGNALBOX_TEST_CLOCK: join(this.folder, 'clock') },
        ...this.options.environment,
      },
      this.options.dist,
    );
    this.port = Number(new URL(running.origin).port);
    this.running = running;
    this.isKilled = false;
  }

  private async supervise(): Promise<void> {
    for (;;) {
      await ended(this.running?.child);
      this.former = this.said();
      if (!this.isKilled) this.falls.push(`${this.name} ended: ${this.former.slice(-2_000)}`);
      this.running = undefined;
      if (!(await this.comesBack())) return;
    }
  }

  /** The database may be away. Whatever runs servers tries again. */
  private async comesBack(): Promise<boolean> {
    for (;;) {
      await pause(300);
      if (this.isStopped) return false;
      const isThere = await this.launch().then(
        () => true,
        (error: unknown) => {
          this.former += String(error);
          return false;
        },
      );
      if (isThere) break;
    }
    return true;
  }
}

async function ended(child: ChildProcess | undefined): Promise<void> {
  if (child?.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
