import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { allFaults } from '../faults/all.js';
import { runFaults, type RunOptions } from './run-faults.js';

/** An option that this program gives itself. */
const ownMounts = 'own-mounts';

/** Size of the disk that can be filled. */
const diskBytes = 3_000_000_000;

/** Runs until it is long enough. Answers the exit code: not 0 if a promise was broken, or too little has happened. */
export async function main(args: readonly string[]): Promise<number> {
  const options = optionsFrom(args);
  const code = options.hasMounts ? undefined : runWithMounts(args);
  if (code !== undefined) return code;
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const directory = mkdtempSync(join(tmpdir(), 'signalbox-faults-'));
  const hasSmallDisk = options.hasMounts && mountDisk(directory);
  say(`seed ${options.seed}: ${options.replicas} replicas, at least ${options.minutes} minutes`);
  const tally = await runFaults({ ...options, directory, hasSmallDisk, say });
  const summary = tally.markdown([
    ['replicas, groups at a time', `${options.replicas}, ${options.groups}`],
    ['clients of the group that all reconnect at once', String(options.crowd)],
    ['entities of the large group', String(options.largeEntities)],
    ['a full disk', hasSmallDisk ? 'is among the faults' : 'not run: no disk can be mounted here'],
    ['machine', `${cpus().length} cores, Node ${process.version}`],
  ]);
  say(summary);
  writeFileSync(options.out, `${summary}\n`);
  say(`The summary is in ${options.out}.`);
  return tally.broken.length === 0 ? 0 : 1;
}

type Asked = Omit<RunOptions, 'say' | 'directory' | 'hasSmallDisk'> & {
  readonly out: string;
  readonly hasMounts: boolean;
};

function optionsFrom(args: readonly string[]): Asked {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '35' },
      seed: { type: 'string', default: String(Math.floor(performance.timeOrigin) % 1_000_000) },
      replicas: { type: 'string', default: '3' },
      groups: { type: 'string', default: '3' },
      crowd: { type: 'string', default: '300' },
      large: { type: 'string', default: '30000' },
      batch: { type: 'string', default: '60' },
      events: { type: 'string', default: '200000' },
      times: { type: 'string', default: '5' },
      faults: { type: 'string', default: '' },
      out: { type: 'string', default: 'fault-run.md' },
      [ownMounts]: { type: 'boolean', default: false },
    },
  });
  const only = values.faults.split(',').filter(Boolean).map(Number);
  return {
    ...{ seed: Number(values.seed), minutes: Number(values.minutes), out: values.out },
    hasMounts: values[ownMounts],
    ...{ replicas: Number(values.replicas), groups: Number(values.groups), crowd: Number(values.crowd) },
    ...{ largeEntities: Number(values.large), batch: Number(values.batch), pauseMs: 300 },
    ...(only.length > 0 && { faults: allFaults.filter(({ number }) => only.includes(number)) }),
    minimum: {
      ...{ events: Number(values.events), ofEachFault: Number(values.times) },
      ...{ resumes: 500, writesPerSecond: 1 },
    },
  };
}

/** Root can have mounts of its own, that are gone with the process: then this runs again with them. */
function runWithMounts(args: readonly string[]): number | undefined {
  if (process.getuid?.() !== 0 || spawnSync('unshare', ['-m', 'true']).status !== 0) return undefined;
  const script = join(import.meta.dirname, '../run.mjs');
  const again = [process.execPath, '--no-warnings', script, ...args, `--${ownMounts}`];
  return spawnSync('unshare', ['-m', ...again], { stdio: 'inherit' }).status ?? 1;
}

function mountDisk(directory: string): boolean {
  const options = ['-t', 'tmpfs', '-o', `size=${diskBytes},mode=755`, 'none', directory];
  return spawnSync('mount', options).status === 0;
}
