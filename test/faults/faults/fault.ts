import type { Observer } from '../world/observer.js';
import type { Population } from '../world/population.js';
import type { World } from '../world/world.js';

/** One of the thirty faults of the list in README.md: injected for real, and healed. */
export interface Fault {
  /** Its number in the list. */
  readonly number: number;
  readonly name: string;
  /** Faults of different places may come at once. */
  readonly place: 'database' | 'replica' | 'client' | 'everywhere';
  /** Why it cannot be injected here, if it cannot. */
  readonly unavailable?: (scene: Scene) => string | undefined;
  /** Injects it, and heals it. Throws if what must hold of it alone does not. */
  inject(scene: Scene): Promise<void>;
}

/** Where faults happen. */
export interface Scene {
  readonly world: World;
  /** Groups that are changed all the time. */
  readonly populations: readonly Population[];
  /** A group with many who follow it. Only faults change it. */
  readonly crowd: Population;
  /** A large group, that nobody changes. */
  readonly large: Population;
  /** Gateways of the default group, as processes of their own. */
  readonly agents: readonly Agent[];
  /** Does no fault of the same time concern the database? Then more can be said of what must not happen. */
  readonly isDatabaseWell: boolean;
  /** Can the disk of the database be filled? */
  readonly hasSmallDisk: boolean;
  /** Makes one more group, that is quiet; it is judged at the end as the others are. */
  quietGroup(name: string): Promise<Population>;
  /** Is done when the round is over. */
  atEnd(close: () => Promise<void>): void;
}

/** A process that runs a gateway. */
export interface Agent {
  readonly out: string;
  killAndRestart(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  setClock(offsetMs: number): Promise<void>;
}

/** A number between two others. */
export function between(random: () => number, from: number, to: number): number {
  return from + random() * (to - from);
}

/** Some group that is changed all the time. */
export function anyPopulation({ world, populations }: Scene): Population {
  const population = world.pick(populations);
  if (!population) throw new Error('There is no group.');
  return population;
}

/** Everybody who follows a group through the front has been told what was there at this moment. */
export async function allReachNow({ world, populations }: Scene, deadlineMs = 30_000): Promise<void> {
  await world.witness.catchUp();
  const waits = populations.flatMap((population) => {
    const head = world.witness.head(population.groupId);
    return population.following().map((observer: Observer) => observer.reaches(head, deadlineMs));
  });
  await Promise.all(waits);
}

/**
 * Does something, by which nobody may be shown disconnected who is not: those whose connections hold all the while. What was
 * told of them is read past every replica.
 */
export async function nobodyIsMissed(scene: Scene, something: () => Promise<void>): Promise<void> {
  const { world, populations, isDatabaseWell } = scene;
  const present = populations
    .flatMap(({ instances }) => instances)
    .filter(({ observer }) => observer.isConnected)
    .map(({ options, observer }) => ({ id: options.id, observer, connections: observer.connections }));
  const before = await toldMissing(world);
  await something();
  await allReachNow(scene);
  const held = present.filter(({ observer, connections }) => observer.connections === connections);
  const after = await toldMissing(world);
  const missed = held.filter(({ id }) => (after.get(id) ?? 0) > (before.get(id) ?? 0));
  if (isDatabaseWell && missed.length > 0)
    throw new Error(`These were shown disconnected, and were not: ${missed.map(({ id }) => id).join(', ')}`);
}

/** How often each instance was told to be connected no more. Before it came, it was told to be disconnected, too. */
async function toldMissing({ cluster }: World): Promise<Map<string, number>> {
  const rows = await cluster.query<{ id: string; times: string }>(
    `select subject_id as id, count(*) as times from stream_event
     where topic = 'status' and before ->> 'connection' = 'CONNECTED' and after ->> 'connection' = 'DISCONNECTED'
     group by subject_id`,
  );
  return new Map(rows.map(({ id, times }) => [id, Number(times)]));
}
