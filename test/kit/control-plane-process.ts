import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeClient, type Client } from './client.js';
import { adminToken, encryptionKey } from './control-plane.js';
import type { TestDatabase } from './database.js';
import { migratedDatabase } from './migrated-database.js';

/** A control plane that runs as its users run it: as a process of its own, from `dist`. */
export interface ControlPlaneProcess {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
  readonly port: number;
  readonly admin: Client;
  readonly databaseUrl: string;
  /** The number of the process that runs now. */
  readonly pid: () => number;
  /** Everything that it has said so far, on both outputs. */
  output(): string;
  /** Ends it with a signal, if it still runs, and starts it again on the same port, database and data directory. */
  restart(signal: NodeJS.Signals): Promise<void>;
  /** Sends a signal, and waits for the end: the exit code, or the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>;
  /** Ends it if it still runs, and removes all that it had. */
  stop(): Promise<void>;
}

export interface ProcessOptions {
  /** A database that others use too; it stays when this process is stopped. */
  readonly database?: TestDatabase;
  /** Default: any that is free. */
  readonly port?: number;
  /** What it is told beside, or instead of, what the kit tells it. Empty: as if it were not set. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The server ended before it was ready. */
export class NotStarted extends Error {
  constructor(
    readonly code: number | null,
    readonly output: string,
  ) {
    super(`The server ended with ${code} before it was ready:\n${output}`);
  }
}

/** Builds what is not up to date, and starts the server. Rejects with `NotStarted` if it does not come up. */
export async function startControlPlaneProcess(options: ProcessOptions = {}): Promise<ControlPlaneProcess> {
  await build();
  const database = options.database ?? (await migratedDatabase());
  const dataDirectory = await mkdtemp(join(tmpdir(), 'signalbox-process-'));
  const run = (port: number): Promise<Running> =>
    launch({
      ...{ DATABASE_URL: database.url, SIGNALBOX_DATA_DIR: dataDirectory, SIGNALBOX_ADMIN_TOKEN: adminToken },
      ...{ SIGNALBOX_ENCRYPTION_KEY: encryptionKey, PORT: String(port), ...options.environment },
    });
  const remove = async (): Promise<void> => {
    if (!options.database) await database.close();
    await rm(dataDirectory, { recursive: true, force: true });
  };
  let running = await run(options.port ?? 0).catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  const { origin } = running;
  const port = Number(new URL(origin).port);
  const end = (signal: NodeJS.Signals): Promise<number | NodeJS.Signals> => endProcess(running.child, signal);
  return {
    ...{ origin, port, admin: makeClient(origin, adminToken), databaseUrl: database.url },
    pid: () => running.child.pid ?? 0,
    output: () => running.output(),
    end,
    restart: async (signal) => {
      await end(signal);
      running = await run(port);
    },
    stop: async () => {
      await end('SIGKILL');
      await remove();
    },
  };
}

const root = join(import.meta.dirname, '../..');

let built: Promise<unknown> | undefined;

/** Once for each test file; the build itself does nothing where nothing has changed. */
export function build(): Promise<unknown> {
  built ??= promisify(execFile)(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root });
  return built;
}

/** A server process that is ready. */
export interface Running {
  readonly child: ChildProcess;
  readonly origin: string;
  output(): string;
}

/** Starts a server from what was built, and resolves when it is ready. Rejects with `NotStarted` if it ends before. */
export async function launch(
  environment: Readonly<Record<string, string>>,
  dist = join(root, 'dist'),
): Promise<Running> {
  const child = spawn(process.execPath, [join(dist, 'src/app/main.js')], {
    env: { ...process.env, HOST: '127.0.0.1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const origin = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      output += String(chunk);
      const [, address] = /GraphQL\s+(http:\/\/\S+)\/graphql/.exec(output) ?? [];
      if (address) resolve(address);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('close', (code) => reject(new NotStarted(code, output)));
  });
  return { child, origin, output: () => output };
}

/** Sends a signal, and waits for the end: the exit code, or the signal that ended it. */
export async function endProcess(
  child: ChildProcess,
  signal: NodeJS.Signals,
): Promise<number | NodeJS.Signals> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
  return child.exitCode ?? child.signalCode ?? 0;
}
