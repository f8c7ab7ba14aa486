import type { Final } from '../../guarantees/guarantee.js';
import type { GroupHistory } from '../../guarantees/records.js';
import { adminToken } from '../../kit/control-plane.js';
import { finalConfiguration } from '../../kit/final.js';
import { configChanges, syncStatus, type Stream } from '../../kit/streams.js';
import { eventually } from '../../kit/eventually.js';
import { Instance, type InstanceOptions } from './instance.js';
import { Observer } from './observer.js';
import type { World } from './world.js';
import { Writer } from './writer.js';

export interface PopulationOptions {
  readonly name: string;
  /** A group that is there already. */
  readonly groupId?: string;
  /** Who follows its configuration, who changes it, and who runs it. Default: nobody. */
  readonly observers?: number;
  readonly writers?: number;
  readonly instances?: number;
  /** Default: that of its writers. */
  readonly batch?: number;
  readonly pauseMs?: number;
}

const convergeMs = 120_000;

/** One group with all who are concerned with it. */
export class Population {
  readonly observers: Observer[] = [];
  readonly statusObservers: Observer[] = [];
  readonly writers: Writer[] = [];
  readonly instances: Instance[] = [];
  /** Processes that come and go with the identity of an instance. */
  readonly doubles: Instance[] = [];
  private names = 0;

  private constructor(
    private readonly world: World,
    readonly groupId: string,
    readonly name: string,
  ) {}

  /** Makes a group, if there is none yet, and all who begin with it. */
  static async of(world: World, options: PopulationOptions): Promise<Population> {
    const {
      observers = 0,
      instances = 0,
      writers = 0,
      groupId = await makeGroup(world, options.name),
    } = options;
    const population = new Population(world, groupId, options.name);
    world.witness.follow(groupId);
    for (let index = 0; index < observers; index += 1) population.observe();
    population.statusObservers.push(population.observer('status', syncStatus(groupId)));
    for (let index = 0; index < instances; index += 1) await population.addInstance();
    for (let index = 0; index < writers; index += 1) population.addWriter(options);
    return population;
  }

  /** One more who follows the configuration: as administrator, over the front, if nothing else is said. */
  observe(given: { token?: string; origin?: string; after?: Observer } = {}): Observer {
    const observer = this.observer('observer', configChanges(this.groupId), given);
    this.observers.push(observer);
    return observer;
  }

  /** One more instance of the group. */
  async addInstance(origin = this.world.origin, refuses?: InstanceOptions['refuses']): Promise<Instance> {
    const { caller } = this.world;
    const name = this.fresh('instance');
    const input = { runtimeGroupId: this.groupId, hostname: name, idempotencyKey: name };
    const { runtimeInstance, token } = await caller.make<Registered>(
      ...(['createRuntimeInstance', input, 'runtimeInstance { id } token'] as const),
    );
    const { id } = runtimeInstance;
    const known = token ?? (await this.anotherToken(id));
    const options = { id, name, groupId: this.groupId, origin, token: known };
    const instance = new Instance(refuses ? { ...options, refuses } : options);
    this.instances.push(instance);
    return instance;
  }

  /** One more process with the identity of an instance. */
  addProcess({ options }: Instance): Instance {
    const instance = new Instance({ ...options, name: this.fresh('double') });
    this.doubles.push(instance);
    return instance;
  }

  /** One process of an instance leaves, and another one goes on in its place. */
  async retire(one: Instance, other: Instance): Promise<void> {
    this.instances.splice(this.instances.indexOf(one), 1, other);
    this.doubles.splice(this.doubles.indexOf(other), 1, one);
    await one.leave();
  }

  addWriter({ batch = 20, pauseMs = 200 }: Pick<PopulationOptions, 'batch' | 'pauseMs'>): void {
    const { random, caller } = this.world;
    const name = this.fresh('writer');
    this.writers.push(new Writer({ name, groupId: this.groupId, caller, random, batch, pauseMs }));
  }

  /** Resolves when an instance is shown as it should be. */
  async shows(instance: Instance, isSo: (shown: InstanceShown) => boolean): Promise<void> {
    const { id, name } = instance.options;
    await eventually(async () => {
      const shown = (await this.shown()).find((each) => each.id === id);
      if (shown && isSo(shown)) return true;
      throw new Error(`${name} is shown as ${JSON.stringify(shown)}`);
    }, 60_000);
  }

  fresh(what: string): string {
    this.names += 1;
    return `${this.name}-${what}-${this.names}`;
  }

  /** Nobody writes any more. */
  async rest(): Promise<void> {
    await Promise.all(this.writers.map((writer) => writer.stop()));
  }

  /** Resolves when everybody has come to the end, and the server knows it. */
  async converge(withinMs = convergeMs): Promise<Final> {
    await this.world.witness.catchUp();
    const head = this.world.witness.head(this.groupId);
    await Promise.all(this.following().map((observer) => observer.reaches(head, withinMs)));
    const final = await this.final();
    await eventually(async () => {
      for (const { connection, syncStatus: shown, appliedRevision, hostname } of await this.shown())
        if (connection !== 'CONNECTED' || shown !== 'IN_SYNC' || appliedRevision !== head)
          throw new Error(`${hostname} is shown ${connection}, ${shown} with ${appliedRevision} of ${head}`);
    }, withinMs);
    return final;
  }

  /** Those who follow the configuration to its end. */
  following(): Observer[] {
    const all = [...this.observers, ...this.instances.map(({ observer }) => observer)];
    return all.filter(({ isOver }) => !isOver);
  }

  /** Those who follow the configuration leave, and what they were told is forgotten. */
  async dismiss(): Promise<void> {
    await Promise.all(this.observers.splice(0).map((observer) => observer.leave()));
  }

  async leave(): Promise<void> {
    await Promise.all([...this.instances, ...this.doubles].map((instance) => instance.leave()));
    await Promise.all([...this.observers, ...this.statusObservers].map((observer) => observer.leave()));
  }

  history(): GroupHistory {
    return this.world.witness.history(this.groupId);
  }

  private async anotherToken(id: string): Promise<string> {
    for (;;) {
      const input = { runtimeInstanceId: id, idempotencyKey: this.fresh('token') };
      const { token } = await this.world.caller.make<Pick<Registered, 'token'>>(
        ...(['createRuntimeInstanceToken', input, 'token'] as const),
      );
      if (token !== null) return token;
    }
  }

  /** What the group has come to. */
  async final(): Promise<Final> {
    const admin = { gql: this.world.caller.ask.bind(this.world.caller) } as never;
    const final = await finalConfiguration({ admin, sql: async () => [] }, this.groupId);
    const { history, lost } = this.history();
    return { ...final, history, lost };
  }

  private async shown(): Promise<InstanceShown[]> {
    const { runtimeGroup } = await this.world.caller.ask<{
      runtimeGroup: { instances: { nodes: InstanceShown[] } };
    }>(
      `query ($id: ID!) { runtimeGroup(id: $id) { instances(first: 100) {
         nodes { id hostname connection syncStatus syncReason syncMessage appliedRevision } } } }`,
      { id: this.groupId },
    );
    return runtimeGroup.instances.nodes;
  }

  private observer(
    what: string,
    stream: Stream,
    {
      token = adminToken,
      origin = this.world.origin,
      after,
    }: { token?: string; origin?: string; after?: Observer } = {},
  ): Observer {
    return new Observer({ name: this.fresh(what), origin, token, stream }, after);
  }
}

async function makeGroup({ caller }: World, name: string): Promise<string> {
  const { runtimeGroup } = await caller.make<{ runtimeGroup: { id: string } }>(
    ...(['createRuntimeGroup', { name, idempotencyKey: name }, 'runtimeGroup { id }'] as const),
  );
  return runtimeGroup.id;
}

/** An answer that is repeated comes without the token. */
interface Registered {
  readonly runtimeInstance: { readonly id: string };
  readonly token: string | null;
}

/** What the server says of an instance. */
export interface InstanceShown {
  readonly id: string;
  readonly hostname: string;
  readonly connection: string;
  readonly syncStatus: string;
  readonly syncReason: string;
  readonly syncMessage: string;
  readonly appliedRevision: number | null;
}
