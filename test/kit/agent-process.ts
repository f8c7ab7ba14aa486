import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { adminToken } from './control-plane.js';

/** An agent that runs as its users run it. */
export interface AgentProcess {
  /** The declarative file that it keeps up to date. */
  readonly out: string;
  /** Everything that it has said so far, over all its lives. */
  output(): string;
  /** Ends it in the hardest way, and starts it again on the same files. */
  killAndRestart(): Promise<void>;
  /** Sends a signal, and waits for the end: the exit code, or the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>;
  /** Sends a signal, and does not wait. */
  signal(signal: NodeJS.Signals): void;
}

const root = join(import.meta.dirname, '../..');

/** Starts `signalbox agent` for the default group, with a file as its gateway. It enrols itself, under this name. */
export function startAgentProcess(
  origin: string,
  out: string,
  hostname = 'gateway',
  environment: Readonly<Record<string, string>> = {},
): AgentProcess {
  let output = '';
  const launch = (): ChildProcess => {
    const options = ['--server', origin, '--group', 'default', '--driver', 'file', '--out', out];
    const named = [...options, '--hostname', hostname];
    const child = spawn(process.execPath, [join(root, 'bin/signalbox.js'), 'agent', ...named], {
      env: { ...process.env, SIGNALBOX_TOKEN: adminToken, NO_COLOR: '1', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const listen = (chunk: Buffer): void => void (output += String(chunk));
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    return child;
  };
  let child = launch();
  const end = async (signal: NodeJS.Signals): Promise<number | NodeJS.Signals> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    }
    return child.exitCode ?? child.signalCode ?? 0;
  };
  return {
    ...{ out, end, output: () => output },
    signal: (signal) => child.kill(signal),
    killAndRestart: async () => {
      await end('SIGKILL');
      child = launch();
    },
  };
}
