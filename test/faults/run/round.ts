import { bounded } from '../../guarantees/bounded.js';
import type { Final } from '../../guarantees/guarantee.js';
import type { Fault, Scene } from '../faults/fault.js';
import { Catalogue } from '../world/catalogue.js';
import { Population } from '../world/population.js';
import { verdictOn, verdictOnCatalogue } from '../world/verdict.js';
import { footprintOf } from './footprint.js';
import type { Stage } from './stage.js';
import type { Tally } from './tally.js';

/** Faults that come at once. */
export type Episode = readonly Fault[];

/** One round: groups of its own, some episodes, then peace, and the verdict. What was recorded is then forgotten. */
export async function playRound(stage: Stage, episodes: readonly Episode[], tally: Tally): Promise<void> {
  const { world } = stage;
  const closing: (() => Promise<void>)[] = [];
  const { populations, catalogue } = await people(stage, tally.beginRound());
  stage.home.addWriter({ batch: 5, pauseMs: 1_000 });
  const scene = stage.scene(populations, closing);
  for (const episode of episodes) await playEpisode(scene, episode, tally);
  await Promise.all([...populations, stage.home, catalogue].map((each) => each.rest()));
  await world.heal();
  for (const population of [...populations, ...stage.lasting]) await judge(population, tally);
  await judgeCatalogue(catalogue, tally);
  tally.note({ broken: world.witness.broken.splice(0) });
  await weigh(stage, tally);
  await catalogue.leave();
  for (const population of populations) {
    await population.leave();
    world.witness.forget(population.groupId);
  }
  // What one is told of the large group is large.
  await stage.large.dismiss();
  for (const close of closing) await close();
}

/** Groups of a round, and a service that is published in the first of them. */
async function people(
  stage: Stage,
  round: number,
): Promise<{ populations: Population[]; catalogue: Catalogue }> {
  const populations: Population[] = [];
  for (let index = 0; index < stage.options.groups; index += 1)
    populations.push(
      await Population.of(stage.world, stage.populationOptions(`round-${round}-group-${index + 1}`)),
    );
  const [first = stage.home] = populations;
  return { populations, catalogue: await Catalogue.of(stage.world, stage.organizationId, first) };
}

async function weigh({ world }: Stage, tally: Tally): Promise<void> {
  for (const { falls } of world.replicas) tally.note({ broken: falls.splice(0) });
  const footprints = await Promise.all(world.replicas.map(footprintOf));
  tally.note({
    broken: bounded.breaches(footprints, []).map((because) => `${bounded.promise}\n${because}`),
  });
  tally.remember(footprints);
}

/** Before and after, everything is well. */
async function playEpisode(between: Scene, episode: Episode, tally: Tally): Promise<void> {
  const scene = { ...between, isDatabaseWell: episode.every(({ place }) => place !== 'database') };
  await Promise.all(
    episode.map(async (fault) => {
      const why = fault.unavailable?.(scene);
      if (why !== undefined) return tally.skipped(fault, why);
      const began = performance.now();
      const failure = await fault.inject(scene).then(
        () => undefined,
        (error: unknown) => error,
      );
      tally.injected(fault, performance.now() - began, failure);
    }),
  );
  await scene.world.heal();
}

async function judge(population: Population, tally: Tally): Promise<void> {
  let final: Final | undefined;
  try {
    final = await population.converge();
  } catch (error) {
    tally.note({ broken: [`${population.name} did not come to its end: ${(error as Error).message}`] });
    final = await population.final();
  }
  tally.note({ broken: verdictOn(population, final) });
  tally.count(population);
}

async function judgeCatalogue(catalogue: Catalogue, tally: Tally): Promise<void> {
  await catalogue.converge().catch((error: unknown) => {
    tally.note({ broken: [`${catalogue.name} did not come to its end: ${(error as Error).message}`] });
  });
  tally.note({ broken: await verdictOnCatalogue(catalogue) });
  tally.countCatalogue(catalogue);
}
