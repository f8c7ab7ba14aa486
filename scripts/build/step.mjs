import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { root } from './paths.mjs';

/**
 * A step of the build.
 * @typedef {object} Step
 * @property {string} done what is reported of it, as in "Building… compiled in 3.1 s"
 * @property {string} stamp the file that remembers the sources of the last success
 * @property {() => string[]} sources the files that it depends on
 * @property {(sources: string[]) => string[]} outputs the files that it must leave
 * @property {() => Promise<void>} run
 */

/** True if the last success was with these very sources, and what it made is still there. */
export function isUpToDate(step) {
  const sources = step.sources();
  return (
    stampOf(step) === digestOf(sources) && step.outputs(sources).every((path) => existsSync(join(root, path)))
  );
}

/** Runs a step and says so in one line. The stamp goes first and comes back last: half a build is none. */
export async function perform(step) {
  const began = performance.now();
  const digest = digestOf(step.sources());
  rmSync(join(root, step.stamp), { force: true });
  process.stdout.write('Building… ');
  try {
    await step.run();
  } catch (error) {
    process.stdout.write('failed.\n');
    throw error;
  }
  mkdirSync(dirname(join(root, step.stamp)), { recursive: true });
  writeFileSync(join(root, step.stamp), digest);
  process.stdout.write(`${step.done} in ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
}

/** Of names and contents, not of times: a fresh checkout or a copy of a built tree is up to date. */
function digestOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function stampOf(step) {
  const path = join(root, step.stamp);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
