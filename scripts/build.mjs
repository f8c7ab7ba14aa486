// Builds what `npm start` runs: the program into dist/src and dist/migrations, the GraphiQL page into dist/graphiql.
// Does only what is not up to date, which is told from the content of the sources; `--force` does everything.
import { join } from 'node:path';
import { BuildFailure } from './build/build-failure.mjs';
import { buildPage } from './build/build-page.mjs';
import { compileProgram } from './build/compile-program.mjs';
import { root } from './build/paths.mjs';
import { isUpToDate, perform } from './build/step.mjs';

const steps = [compileProgram, buildPage];
const isForced = process.argv.includes('--force');
const isDue = (step) => isForced || !isUpToDate(step);

try {
  if (steps.some(isDue)) await buildAlone();
} catch (error) {
  if (!(error instanceof BuildFailure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function buildAlone() {
  // Loaded here, for most starts find nothing to do and should not wait for it.
  const { withLock } = await import('./build/lock.mjs');
  await withLock(join(root, 'dist/.build-lock'), buildWhatIsDue);
}

/** Asks again, step by step: while this process waited for the lock, another one may have done the work. */
async function buildWhatIsDue() {
  for (const step of steps) if (isDue(step)) await perform(step);
}
