// Runs the parts of the verification, which are the scripts `verify:*` of package.json: begun in their order there, two at
// once, since each works on one core for the most part.
// `npm run verify` runs all of them, `npm run verify -- lint deps` these two. A part that fails stops no other; what it
// printed is shown below its line. Exits with 1 if any part failed.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const prefix = 'verify:';
const atOnce = 2;
const known = Object.keys(scripts).flatMap((name) =>
  name.startsWith(prefix) ? name.slice(prefix.length) : [],
);
const asked = process.argv.slice(2);
const unknown = asked.filter((part) => !known.includes(part));

if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. The parts are ${known.join(', ')}.`);
  process.exitCode = 2;
} else {
  await verify(known.filter((part) => asked.length === 0 || asked.includes(part)));
}

async function verify(parts) {
  const begin = performance.now();
  const failed = [];
  const left = [...parts];
  const work = async () => {
    for (let part = left.shift(); part; part = left.shift()) if (!(await passes(part))) failed.push(part);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const verdict = failed.length === 0 ? `all ${parts.length} parts pass` : `${failed.join(', ')} failed`;
  console.log(`\nverify: ${verdict}, ${secondsSince(begin)}`);
  for (const part of failed.filter((name) => `fix:${name}` in scripts)) {
    console.log(`  perhaps repaired by: npm run fix:${part}`);
  }
  if (failed.length > 0) process.exitCode = 1;
}

/** Runs one part; prints its line, and all that it said if it failed. */
async function passes(part) {
  const begin = performance.now();
  const { code, output } = await run(`npm run --silent ${prefix}${part}`);
  console.log(`${code === 0 ? 'pass' : 'FAIL'}  ${part.padEnd(8)} ${secondsSince(begin).padStart(8)}`);
  if (code !== 0) console.log(`\n${output.trimEnd()}\n`);
  return code === 0;
}

/** Ends with the exit code, or with 1 for a command that a signal ended, and with both outputs as they came. */
function run(command) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(output).toString() }));
  });
}

function secondsSince(begin) {
  return `${((performance.now() - begin) / 1000).toFixed(1)} s`;
}
