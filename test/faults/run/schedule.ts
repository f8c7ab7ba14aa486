import type { Fault } from '../faults/fault.js';
import type { Episode } from './round.js';

/** All of these faults once, in an order of chance; those of different places come at once, now and then. */
export function deal(faults: readonly Fault[], random: () => number): Episode[] {
  const episodes: Fault[][] = [];
  for (const fault of shuffled(faults, random)) {
    const open = episodes.at(-1);
    const isTogether = open !== undefined && open.length < 3 && goesWith(fault, open) && random() < 0.8;
    if (isTogether) open.push(fault);
    else episodes.push([fault]);
  }
  return episodes;
}

function goesWith(fault: Fault, others: readonly Fault[]): boolean {
  const isAlone = ({ place }: Fault): boolean => place === 'everywhere';
  return (
    !isAlone(fault) &&
    others.every((other) => !isAlone(other) && (other.place === 'client' || other.place !== fault.place))
  );
}

function shuffled<Thing>(things: readonly Thing[], random: () => number): Thing[] {
  return things
    .map((thing) => ({ thing, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ thing }) => thing);
}
