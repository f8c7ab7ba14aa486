import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '../../kernel/id.js';
import { StartupError } from '../../kernel/startup-error.js';
import { startMark } from './processes.js';

/**
 * A file whose name says which process it belongs to. It counts for as long as that process runs, so what a killed
 * process leaves behind holds nobody up, and anybody may remove it: no later process can have the same name.
 */
export interface Claim {
  readonly name: string;
  /** What is claimed: the part of the name before the owner. */
  readonly what: string;
  readonly pid: number;
}

/** Claims `what` for this process. Every call makes another claim. `what` must not contain a dot. */
export function makeClaim(directory: string, what: string): Claim {
  const started = startMark(process.pid);
  if (started === undefined) {
    throw new StartupError(
      'The embedded PostgreSQL needs to know which processes run, but this system does not tell: neither /proc nor `ps` can be read.',
      'Set DATABASE_URL to a PostgreSQL that is running.',
    );
  }
  const name = [what, process.pid, started, newId()].join('.');
  writeFileSync(join(directory, name), '', { flag: 'wx' });
  return { name, what, pid: process.pid };
}

/** Gives a claim up. Giving it up twice does nothing. */
export function dropClaim(directory: string, claim: Claim): void {
  rmSync(join(directory, claim.name), { force: true });
}

/** The claims of running processes, sorted by name. Removes those of processes that ended. */
export function liveClaims(directory: string): readonly Claim[] {
  return readdirSync(directory)
    .sort()
    .flatMap((name) => {
      const [what = '', pid = '', started = ''] = name.split('.');
      if (started === '') return [];
      const claim = { name, what, pid: Number(pid) };
      if (startMark(claim.pid) === started) return [claim];
      dropClaim(directory, claim);
      return [];
    });
}
