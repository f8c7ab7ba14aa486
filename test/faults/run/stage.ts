import type { Population, PopulationOptions } from '../world/population.js';
import type { Scene } from '../faults/fault.js';
import { Gateways } from '../world/gateways.js';
import { Population as Group } from '../world/population.js';
import { World, type WorldOptions } from '../world/world.js';

export interface StageOptions extends WorldOptions {
  /** Groups that are changed all the time. */
  readonly groups: number;
  /** How many follow the group that nobody changes. */
  readonly crowd: number;
  /** How many entities the large group has. */
  readonly largeEntities: number;
  readonly batch: number;
  readonly pauseMs: number;
  readonly hasSmallDisk: boolean;
}

/** A world with everything in it that lasts for a whole run. */
export class Stage {
  readonly crowd: Population;
  readonly large: Population;
  /** The group of the gateways. */
  readonly home: Population;
  readonly organizationId: string;

  private constructor(
    readonly options: StageOptions,
    readonly world: World,
    groups: Pick<Stage, 'crowd' | 'large' | 'home' | 'organizationId'>,
    readonly gateways: Gateways,
  ) {
    ({ crowd: this.crowd, large: this.large, home: this.home } = groups);
    this.organizationId = groups.organizationId;
  }

  static async build(options: StageOptions): Promise<Stage> {
    const world = await World.build(options);
    const crowd = await Group.of(world, { name: 'crowd', observers: options.crowd });
    const large = await Group.of(world, { name: 'large' });
    await fill(world, large, options.largeEntities);
    const { organization } = await world.caller.ask<{
      organization: { id: string; defaultRuntimeGroup: { id: string } };
    }>('{ organization { id defaultRuntimeGroup { id } } }');
    for (const topic of ['services', 'changes'] as const) world.witness.follow(organization.id, topic);
    const groupId = organization.defaultRuntimeGroup.id;
    const home = await Group.of(world, { name: 'home', groupId });
    const gateways = await Gateways.start(world.origin, groupId, 2);
    const { id: organizationId } = organization;
    return new Stage(options, world, { crowd, large, home, organizationId }, gateways);
  }

  /** The populations that are there in every round. */
  get lasting(): readonly Population[] {
    return [this.crowd, this.large, this.home];
  }

  populationOptions(name: string): PopulationOptions {
    const { batch, pauseMs } = this.options;
    return { name, observers: 2, writers: 2, instances: 2, batch, pauseMs };
  }

  /** What faults of one round see. */
  scene(populations: Population[], closing: (() => Promise<void>)[]): Scene {
    const { world, crowd, large, gateways, options } = this;
    return {
      ...{ world, populations: [...populations], crowd, large, agents: gateways.agents },
      ...{ hasSmallDisk: options.hasSmallDisk, isDatabaseWell: true },
      quietGroup: async (name) => {
        const population = await Group.of(world, { name: crowd.fresh(name) });
        populations.push(population);
        return population;
      },
      atEnd: (close) => void closing.push(close),
    };
  }

  async stop(): Promise<void> {
    await Promise.all(this.lasting.map((population) => population.rest()));
    await this.gateways.stop();
    await Promise.all(this.lasting.map((population) => population.leave()));
    await this.world.stop();
  }
}

/** In several files: a request has at most so many bytes. */
async function fill(world: World, { groupId, name }: Population, entities: number): Promise<void> {
  const perFile = 5_000;
  for (let first = 0; first < entities; first += perFile) {
    const count = Math.min(perFile, entities - first);
    const services = Array.from({ length: count }, (_, index) => ({
      ...{ name: `${name}-${first + index}`, host: `large-${first + index}.internal` },
      tags: ['a-large-group', 'x'.repeat(100)],
    }));
    const content = JSON.stringify({ _format_version: '3.0', services });
    const documents = [{ name: 'large.json', content }];
    const idempotencyKey = `fill-${first}`;
    await world.caller.make(
      'importConfiguration',
      { runtimeGroupId: groupId, documents, idempotencyKey },
      '',
    );
  }
}
