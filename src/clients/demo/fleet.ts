import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startChild, type Child } from './child.js';

/** A server and its agents, in a folder of their own that goes away with them. */
export interface Fleet {
  readonly server: string;
  /** The administrator's token. */
  readonly token: string;
  readonly directory: string;
  /** Starts an agent whose gateway is a file. */
  startAgent(name: string): void;
  stop(): Promise<void>;
}

export interface FleetOptions {
  /** The folder of the project. */
  readonly root: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Starts a server on a free port with an empty database. Rejects if it does not come up, with what it said last. */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const directory = await mkdtemp(join(tmpdir(), 'signalbox-demo-'));
  // As root, the database runs as another user, who must be able to pass through.
  await chmod(directory, 0o711);
  const port = await freePort();
  const children: Child[] = [];
  const start = (name: string, command: readonly string[], variables: Variables): Child => {
    const logFile = join(directory, `${name}.log`);
    const environment = { ...withoutOwn(options.variables), ...variables };
    const child = startChild({ name, command, environment, logFile, directory: options.root });
    children.push(child);
    return child;
  };
  const stop = async (): Promise<void> => {
    // The agents first, so that they can still say goodbye.
    for (const each of [children.slice(1), children.slice(0, 1)])
      await Promise.all(each.map((child) => child.stop()));
    await rm(directory, { recursive: true, force: true });
  };
  const server = `http://127.0.0.1:${port}`;
  const data = join(directory, 'data');
  const main = start('server', ['dist/src/app/main.js'], { PORT: String(port), SIGNALBOX_DATA_DIR: data });
  try {
    await ready(server, main, options.signal);
    const token = (await readFile(join(data, 'admin-token'), 'utf8')).trim();
    const startAgent = (name: string): void => {
      const command = ['dist/src/clients/cli/run.js', 'agent', '--server', server, '--hostname', name];
      start(name, [...command, '--out', join(directory, `${name}.yml`)], { SIGNALBOX_TOKEN: token });
    };
    return { server, token, directory, startAgent, stop };
  } catch (error) {
    const said = await readFile(join(directory, 'server.log'), 'utf8').catch(() => '');
    await stop();
    throw new Error([(error as Error).message, said.trimEnd()].filter(Boolean).join('\n'), { cause: error });
  }
}

type Variables = Readonly<Record<string, string>>;

/** What is set for another Signalbox on this machine must not reach this one. */
function withoutOwn(variables: FleetOptions['variables']): FleetOptions['variables'] {
  const {
    DATABASE_URL: _url,
    SIGNALBOX_ADMIN_TOKEN: _admin,
    SIGNALBOX_TOKEN: _token,
    HOST: _host,
    ...rest
  } = variables;
  return rest;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

const lookMs = 100;

async function ready(server: string, { ended }: Child, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  void ended.then(() => {
    over.abort();
  });
  while (!(await isReady(server))) {
    if (over.signal.aborted) throw new Error('The server ended before it was ready. It said:');
    await wait(lookMs, undefined, { signal });
  }
}

async function isReady(server: string): Promise<boolean> {
  return fetch(`${server}/health/ready`).then(
    (response) => response.ok,
    () => false,
  );
}
