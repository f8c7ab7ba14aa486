import { readFile } from 'node:fs/promises';
import type { MemoryRecord } from '../../guarantees/bounded.js';
import type { Replica } from '../world/replica.js';

const pageBytes = 4_096;
const windowMs = 10_000;

/** What a replica has, and has sent since it was asked last. Where the system does not tell of memory, 0. */
export async function footprintOf(replica: Replica): Promise<MemoryRecord> {
  const statm = await readFile(`/proc/${replica.pid ?? 0}/statm`, 'utf8').catch(() => '0 0');
  const bytes = Number(statm.split(' ')[1]) * pageBytes;
  return {
    ...{ replica: replica.name, bytes },
    hintsPerSecond: mostInASecond(replica.database.hintsAt.splice(0)),
  };
}

/** On average over ten seconds: what was stopped for a moment passes at once. */
function mostInASecond(times: readonly number[]): number {
  let first = 0;
  let most = 0;
  for (const [last, at] of times.entries()) {
    while (at - (times[first] ?? at) > windowMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return Math.ceil(most / (windowMs / 1_000));
}
