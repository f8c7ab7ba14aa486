import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { adminToken } from './control-plane.js';
import { eventually } from './eventually.js';

/** A command line that runs as its users run it, as the administrator. */
export interface CliProcess {
  /** Resolves once this stands in what people are told beside the results. */
  tells(text: string | RegExp): Promise<void>;
  /** Resolves once this stands in the results. */
  prints(text: string | RegExp): Promise<void>;
  interrupt(): void;
  /** Resolves when it has ended. */
  ended(): Promise<CliEnded>;
}

export interface CliEnded {
  readonly code: number | null;
  readonly out: string;
  readonly told: string;
}

const root = join(import.meta.dirname, '../..');

export function startCli(origin: string, ...args: readonly string[]): CliProcess {
  const command = [join(root, 'bin/signalbox.js'), ...args, '--server', origin];
  const child = spawn(process.execPath, command, {
    cwd: root,
    env: { ...process.env, SIGNALBOX_TOKEN: adminToken, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { out: '', told: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.out += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (texts.told += String(chunk)));
  const closed = once(child, 'close');
  const says = (output: keyof typeof texts) => async (text: string | RegExp) => {
    await eventually(() => expect(texts[output]).toMatch(text), 30_000);
  };
  return {
    tells: says('told'),
    prints: says('out'),
    interrupt: () => void child.kill('SIGINT'),
    ended: async () => {
      await closed;
      return { ...texts, code: child.exitCode };
    },
  };
}
