import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** A process that the demo has started. */
export interface Child {
  readonly name: string;
  /** Resolves when it has ended, whatever the reason. */
  readonly ended: Promise<void>;
  /** Asks it to end, and makes it end if it takes too long. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  readonly name: string;
  /** A script, and what to give it. */
  readonly command: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where it writes what it has to say. */
  readonly logFile: string;
}

const patienceMs = 8_000;

/** Starts a Node.js process apart from this terminal, so that Ctrl-C reaches it only through `stop`, and only once. */
export function startChild({ name, command, directory, environment, logFile }: ChildOptions): Child {
  const child = spawn(process.execPath, [...command], {
    ...{ cwd: directory, env: environment, detached: true },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(logFile);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const ended = once(child, 'exit').then(() => void log.end());
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const patience = new AbortController();
    const late = wait(patienceMs, undefined, { signal: patience.signal }).then(
      () => void child.kill('SIGKILL'),
      () => undefined,
    );
    await ended;
    patience.abort();
    await late;
  };
  return { name, ended, stop };
}
