import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { BuildFailure } from './build-failure.mjs';
import { root } from './paths.mjs';

/** Runs the program of an installed package with this Node. It is silent, but for a failure. */
export async function runTool(packageName, program, args) {
  const path = join(root, 'node_modules', packageName, program);
  if (!existsSync(path)) throw new BuildFailure(notInstalled(packageName));
  const child = spawn(process.execPath, [path, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const stopPassingOn = passOnSignals(child);
  const [printed, complaints, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  stopPassingOn();
  if (code !== 0)
    throw new BuildFailure(`${printed}${complaints}${packageName} ended with ${signal ?? `code ${code}`}.`);
}

const notInstalled = (packageName) =>
  `The sources have changed since the last build, and ${packageName}, which would build them, is not installed. ` +
  'Run "npm ci", without leaving out the development dependencies.';

/** A tool that outlived the build would go on writing while the next build begins. */
function passOnSignals(child) {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const passOn = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, passOn);
  return () => {
    for (const signal of signals) process.off(signal, passOn);
  };
}
