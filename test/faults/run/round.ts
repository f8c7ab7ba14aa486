import { bounded } from '../../guarantees/bounded.js';
import type { Final } from '../../guarantees/guarantee.js';
import type { Fault, Scene } from '../faults/fault.js';
import { Population } from '../world/population.js';
import { verdictOn } from '../world/verdict.js';
import { footprintOf } from './footprint.js';
import type { Stage } from './stage.js';
import type { Tally } from './tally.js';

/** Faults that come at once. */
export type Episode = readonly Fault[];

/** One round: groups of its own, some episodes, then peace, and the verdict. What was recorded is then forgotten. */
export async function playRound(stage: Stage, episodes: readonly Episode[], tally: Tally): Promise<void> {
  const { world } = stage;
  const closing: (() => Promise<void>)[] = [];
  const populations: Population[] = [];
  const round = tally.beginRound();
  for (let index = 0; index < stage.options.groups; index += 1)
    populations.push(
      await Population.of(world, stage.populationOptions(`round-${round}-group-${index + 1}`)),
    );
  stage.home.addWriter({ batch: 5, pauseMs: 1_000 });
  const scene = stage.scene(populations, closing);
  for (const episode of episodes) await playEpisode(scene, episode, tally);
  await Promise.all([...populations, stage.home].map((population) => population.rest()));
  await world.heal();
  for (const population of [...populations, ...stage.lasting]) await judge(population, tally);
  tally.note({ broken: world.witness.broken.splice(0) });
  const footprints = await Promise.all(world.replicas.map(footprintOf));
  tally.note({
    broken: bounded.breaches(footprints, []).map((because) => `${bounded.promise}\n${because}`),
  });
  tally.remember(footprints);
  for (const population of populations) {
    await population.leave();
    world.witness.forget(population.groupId);
  }
  // What one is told of the large group is large.
  await stage.large.dismiss();
  for (const close of closing) await close();
}

/** Before and after, everything is well. */
async function playEpisode(scene: Scene, episode: Episode, tally: Tally): Promise<void> {
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
