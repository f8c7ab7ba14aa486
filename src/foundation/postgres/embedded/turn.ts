import { StartupError } from '../../kernel/startup-error.js';
import { type Claim, dropClaim, liveClaims, makeClaim } from './claims.js';
import { until } from './until.js';

const ARRIVING = 'arriving';
const PATIENCE_MS = 180_000;

/**
 * Runs `run` while no other process that names the same directory is inside its own. Turns come in order of arrival.
 * A process that dies in the queue or during its turn is passed over. Throws a StartupError after three minutes of
 * waiting.
 *
 * This is Lamport's bakery: take a number higher than all others, then wait for everybody who has a lower one. It
 * needs nothing but files that are created and removed. A single lock file would need "remove it if its owner is dead"
 * in one step, which file systems do not have.
 */
export async function inTurn<Result>(directory: string, run: () => Promise<Result>): Promise<Result> {
  const place = takeNumber(directory);
  try {
    await waitForTurn(directory, place);
    return await run();
  } finally {
    dropClaim(directory, place);
  }
}

function takeNumber(directory: string): Claim {
  const arriving = makeClaim(directory, ARRIVING);
  try {
    const numbers = liveClaims(directory).map(({ what }) => (what === ARRIVING ? 0 : Number(what)));
    // Padded, so that the names sort as the numbers do. Equal numbers are ordered by the rest of the name.
    return makeClaim(directory, String(Math.max(0, ...numbers) + 1).padStart(9, '0'));
  } finally {
    dropClaim(directory, arriving);
  }
}

async function waitForTurn(directory: string, place: Claim): Promise<void> {
  // Whoever is arriving now may be about to take a number as low as ours; whoever arrives later sees ours.
  const arriving = claimsOf(directory, (claim) => claim.what === ARRIVING);
  await waitUntilGone(directory, (claim) => arriving.some(({ name }) => name === claim.name));
  await waitUntilGone(directory, (claim) => claim.what !== ARRIVING && claim.name < place.name);
}

async function waitUntilGone(directory: string, isAhead: (claim: Claim) => boolean): Promise<void> {
  const nobody = await until(() => claimsOf(directory, isAhead).length === 0 || undefined, PATIENCE_MS);
  const [first] = nobody === true ? [] : claimsOf(directory, isAhead);
  if (first === undefined) return;
  throw new StartupError(
    `Process ${String(first.pid)} has been starting or stopping the embedded PostgreSQL for three minutes, and only one process may do so at a time.`,
    `See what process ${String(first.pid)} is doing; if it hangs, end it and start again.`,
  );
}

function claimsOf(directory: string, which: (claim: Claim) => boolean): readonly Claim[] {
  return liveClaims(directory).filter(which);
}
