import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../kit/control-plane-process.js';
import { randomFrom } from '../../kit/random.js';
import { Caller } from './caller.js';
import { Cluster } from './cluster.js';
import { DatabaseLink } from './database-link.js';
import { Link } from './link.js';
import { Replica } from './replica.js';
import { Witness } from './witness.js';

const root = join(import.meta.dirname, '../../..');

export interface WorldOptions {
  readonly seed: number;
  readonly replicas: number;
  /** What was built. Default: the product. */
  readonly dist?: string;
  /** Where the data lie. Default: among the temporary files. */
  readonly directory?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What the database is to have before all else. */
  readonly prepare?: string;
}

/** Several replicas on one PostgreSQL, and every network between them in our hands. */
export class World {
  readonly replicas: Replica[] = [];
  readonly random: () => number;
  readonly witness = new Witness(() => this.cluster);
  private clusters = 0;

  private constructor(
    readonly options: WorldOptions,
    readonly directory: string,
    /** The database that there is now. */
    public cluster: Cluster,
  ) {
    this.random = randomFrom(options.seed);
  }

  front!: Link;
  caller!: Caller;

  static async build(options: WorldOptions): Promise<World> {
    await build();
    const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'signalbox-faults-')));
    const world = new World(options, directory, await Cluster.create(join(directory, 'cluster-0')));
    if (options.prepare) await world.cluster.query(options.prepare);
    // Whatever balances the load sends nobody to a replica that is not there.
    world.front = await Link.open(() => {
      const replica = world.pick(world.replicas.filter(({ isUp }) => isUp));
      return replica && { port: replica.clients.port, host: '127.0.0.1' };
    });
    world.caller = new Caller(world.origin);
    for (let index = 0; index < options.replicas; index += 1)
      world.replicas.push(await world.startReplica(`replica ${index + 1}`));
    return world;
  }

  get dist(): string {
    return this.options.dist ?? join(root, 'dist');
  }

  /** Where clients go: some replica answers. */
  get origin(): string {
    return `http://127.0.0.1:${this.front.port}`;
  }

  pick<Thing>(things: readonly Thing[]): Thing | undefined {
    return things[Math.floor(this.random() * things.length)];
  }

  anyReplica(): Replica {
    const replica = this.pick(this.replicas);
    if (!replica) throw new Error('There is no replica.');
    return replica;
  }

  async startReplica(name: string, dist = this.dist): Promise<Replica> {
    const database = await DatabaseLink.open(() => ({ path: this.cluster.socket }));
    const { environment = {} } = this.options;
    return Replica.start({ name, database, dist, environment });
  }

  /** A folder for one more cluster. */
  nextFolder(): string {
    this.clusters += 1;
    return join(this.directory, `cluster-${this.clusters}`);
  }

  /** Puts another database in the place of the one that there is. Answers how many revisions were lost by it. */
  async replaceDatabase(bringUp: () => Promise<Cluster>): Promise<number> {
    for (const { database } of this.replicas) {
      database.refusing = true;
      database.cut();
    }
    await this.settled();
    await this.witness.catchUp();
    const former = this.cluster;
    await former.end('SIGQUIT');
    this.cluster = await bringUp();
    const lost = await this.witness.rewind();
    for (const { database } of this.replicas) database.release();
    await former.remove();
    return lost;
  }

  /** Every network is whole, every process runs, every clock is right; resolves when all replicas are ready. */
  async heal(): Promise<void> {
    if (!this.cluster.isRunning) await this.cluster.start();
    this.front.release();
    for (const replica of this.replicas) {
      replica.signal('SIGCONT');
      replica.database.eatsNotifications = false;
      replica.database.release();
      replica.clients.release();
      await replica.setClock(0);
    }
    for (const replica of this.replicas) await replica.ready();
  }

  async stop(): Promise<void> {
    for (const replica of this.replicas) await replica.stop();
    await this.front.close();
    await this.cluster.remove();
    if (!this.options.directory) await rm(this.directory, { recursive: true, force: true });
  }

  /** What was cut off may still be at work in the database: resolves when it is not. */
  private async settled(): Promise<void> {
    for (;;) {
      const [row] = await this.cluster.query<{ busy: string }>(
        `select count(*) as busy from pg_stat_activity
         where application_name like 'signalbox%' and (pg_terminate_backend(pid) or true)`,
      );
      if (row?.busy === '0') return;
    }
  }
}
