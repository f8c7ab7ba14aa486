#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

await buildIfDue();
await import('../dist/src/clients/cli/run.js');

/** In a checkout, the program is built when its sources have changed; an installed package has no sources. */
async function buildIfDue() {
  if (!existsSync(`${root}/scripts/build.mjs`)) return;
  const { isUpToDate } = await import('../scripts/build/step.mjs');
  const { compileProgram } = await import('../scripts/build/compile-program.mjs');
  if (isUpToDate(compileProgram)) return;
  // What is built is nobody's result: it must not come between those of the command.
  const { status } = spawnSync(process.execPath, [`${root}/scripts/build.mjs`], { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}
