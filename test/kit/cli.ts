import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { adminToken } from './control-plane.js';

const root = join(import.meta.dirname, '../..');

/** How a command line ended, and what it said on both outputs. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly told: string;
}

/** What a command line is given beside its arguments. */
export interface CliWorld {
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs one command line against a server, as the administrator unless another token is given. */
export async function runCli(
  origin: string,
  args: readonly string[],
  { input = '', environment = {} }: CliWorld = {},
): Promise<Ended> {
  const asWhom = args.includes('--token') ? [] : ['--token', adminToken];
  const command = [join(root, 'bin/signalbox.js'), ...args, '--server', origin, ...asWhom];
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, command, { cwd: root, env, stdio: 'pipe' });
  const texts = { out: '', told: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.out += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (texts.told += String(chunk)));
  child.stdin.end(input);
  await once(child, 'close');
  return { ...texts, code: child.exitCode };
}
