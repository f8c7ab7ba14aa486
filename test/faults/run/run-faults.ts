import { lastGood } from '../../guarantees/last-good.js';
import { allFaults } from '../faults/all.js';
import type { Fault } from '../faults/fault.js';
import type { World } from '../world/world.js';
import { playRound } from './round.js';
import { deal } from './schedule.js';
import { Stage, type StageOptions } from './stage.js';
import { Tally, type Minimum, type Say } from './tally.js';

export interface RunOptions extends StageOptions {
  /** At least so long. */
  readonly minutes: number;
  readonly minimum: Minimum;
  /** Default: all. */
  readonly faults?: readonly Fault[];
  readonly say: Say;
}

const episodesPerRound = 5;

/** Injects faults until it is long enough, and each has come often enough; then judges, and tells. */
export async function runFaults(options: RunOptions): Promise<Tally> {
  const tally = new Tally(options.seed, options.say);
  const stage = await Stage.build(options);
  const interrupt = (): void => void stage.stop().finally(() => process.exit(130));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    while (!isEnough(tally, options)) await playDeck(stage, options, tally);
    await closeRun(stage, options, tally);
  } finally {
    await stage.stop();
  }
  return tally;
}

async function playDeck(stage: Stage, options: RunOptions, tally: Tally): Promise<void> {
  const episodes = deal(options.faults ?? allFaults, stage.world.random);
  while (episodes.length > 0) await playRound(stage, episodes.splice(0, episodesPerRound), tally);
}

function isEnough(tally: Tally, { minutes, faults = allFaults, minimum }: RunOptions): boolean {
  const isOften = faults.every((fault) => tally.timesOf(fault) >= minimum.ofEachFault);
  return isOften && tally.minutes >= minutes;
}

async function closeRun(
  { gateways, home, world }: Stage,
  { minimum, faults }: RunOptions,
  tally: Tally,
): Promise<void> {
  const broken = lastGood.breaches(gateways.served, [home.history()]);
  tally.note({ broken: broken.map((because) => `${lastGood.promise}\n${because}`) });
  tally.note({
    broken: world.caller.defects.map((defect) => `A defect was answered: ${explained(defect, world)}`),
  });
  if (!faults) tally.close(minimum);
}

/** A defect is answered with an id, under which the log of the replica has it. */
function explained(defect: string, { replicas }: World): string {
  const [id = 'no id'] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(defect) ?? [];
  const lines = replicas.flatMap((replica) => replica.said().split('\n'));
  return `${defect} ${lines.find((line) => line.includes(id))?.slice(0, 2_000) ?? ''}`;
}
