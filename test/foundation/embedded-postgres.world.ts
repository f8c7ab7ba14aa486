import { transformFile } from '@swc/core';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { EmbeddedPostgres } from '../../src/foundation/postgres/embedded/embedded-postgres.js';
import { findPostmaster } from '../../src/foundation/postgres/embedded/postmaster.js';
import { until } from '../../src/foundation/postgres/embedded/until.js';

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`;
export const isRoot = process.getuid?.() === 0;

/** A folder that every account may enter, for one test file. */
export function makeRoom(): string {
  const room = realpathSync(mkdtempSync(join(tmpdir(), 'signalbox-test-')));
  chmodSync(room, 0o755);
  return room;
}

/**
 * A folder as `npm install` and the compiler leave it: the launcher as JavaScript, the packages that it needs, and
 * `child.mjs`, which starts it in a process of its own. Installed with or without the PostgreSQL programs of the platform.
 */
export async function installApplication(folder: string, withPrograms: boolean): Promise<string> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'child.mjs'), childSource);
  const embedded = 'src/foundation/postgres/embedded';
  const sources = readdirSync(join(repository, embedded)).map((name) => join(embedded, name));
  const kernel = ['clock', 'id', 'startup-error'].map((name) => `src/foundation/kernel/${name}.ts`);
  for (const source of [...sources, ...kernel].filter((name) => name.endsWith('.ts'))) {
    const { code } = await transformFile(join(repository, source), {
      swcrc: false,
      module: { type: 'nodenext' },
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    });
    mkdirSync(dirname(join(folder, source)), { recursive: true });
    writeFileSync(join(folder, source.replace(/ts$/, 'js')), code);
  }
  for (const name of ['pg', 'uuid', ...(withPrograms ? [platformPackage] : [])]) {
    installPackage(name, folder, repository);
  }
  return folder;
}

const childSource = `
import { createInterface } from 'node:readline';
import { startEmbeddedPostgres } from './src/foundation/postgres/embedded/embedded-postgres.js';
const say = (message) => process.stdout.write(JSON.stringify(message) + '\\n');
try {
  const log = [];
  const postgres = await startEmbeddedPostgres({ directory: process.argv[2], log: (line) => log.push(line) });
  say({ ...postgres, log });
  for await (const _ of createInterface({ input: process.stdin })) {
    await postgres.stop();
    say({ stopped: true });
    process.exit(0);
  }
} catch (error) {
  say({ refused: error.name + ': ' + error.message, hint: error.hint ?? '' });
  process.exit(1);
}
`;

/** Copies an installed package and those that it depends on. */
function installPackage(name: string, folder: string, from: string): void {
  const source = packageFolder(name, from);
  const target = join(folder, 'node_modules', name);
  if (existsSync(target)) return;
  cpSync(source, target, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
  const { dependencies = {} } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  for (const dependency of Object.keys(dependencies)) installPackage(dependency, folder, source);
}

function packageFolder(name: string, from: string): string {
  const paths = createRequire(join(from, 'package.json')).resolve.paths(name) ?? [];
  const found = paths.map((path) => join(path, name)).find((path) => existsSync(join(path, 'package.json')));
  if (found === undefined) throw new Error(`${name} is not installed.`);
  return realpathSync(found);
}

/** What a process that started the embedded PostgreSQL says of it. */
export type Started = Omit<EmbeddedPostgres, 'stop'> & { readonly log: readonly string[] };

/** A process that uses the embedded PostgreSQL. */
export interface User extends Started {
  /** Stops using it, and ends. */
  leave(): Promise<void>;
  /** Ends at once, as with `kill -9`. */
  kill(): Promise<void>;
}

export interface Launch {
  readonly application: string;
  readonly directory: string;
  /** The account to run under, for root. */
  readonly uid?: number;
  readonly gid?: number;
  readonly path?: string;
}

const children = new Set<ChildProcess>();

/** Starts a process that uses the embedded PostgreSQL. Rejects with the sentence and the hint if it refuses. */
export async function launch(options: Launch): Promise<User> {
  const child = spawnChild(options);
  const said = createInterface({ input: child.stdout ?? process.stdin })[Symbol.asyncIterator]();
  const hear = async <Message>(): Promise<Message> => {
    const line = await said.next();
    if (line.done === true) throw new Error('The process ended without a word.');
    return JSON.parse(line.value) as Message;
  };
  const message = await hear<Started | { readonly refused: string; readonly hint: string }>();
  if ('refused' in message) throw new Error(`${message.refused} ${message.hint}`);
  return {
    ...message,
    leave: async () => {
      child.stdin?.write('leave\n');
      const answer = await hear<{ readonly refused?: string }>();
      if (answer.refused !== undefined) throw new Error(answer.refused);
    },
    kill: () => killChild(child),
  };
}

/** Starts the same process, for those who do not want to hear from it. */
export function spawnChild({ application, directory, uid, gid, path }: Launch): ChildProcess {
  const child = spawn(process.execPath, [join(application, 'child.mjs'), directory], {
    cwd: '/',
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: path ?? '/usr/bin:/bin' },
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  });
  children.add(child);
  return child;
}

/** Kills a child process, and resolves when it is gone. */
export async function killChild(child: ChildProcess): Promise<void> {
  children.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Kills every process that was launched and every server whose home lies in one of the folders, then removes these. */
export async function cleanUp(folders: readonly string[]): Promise<void> {
  for (const child of children) await killChild(child);
  for (const folder of folders) {
    for (const home of homesIn(folder)) await killServer(home, 'SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  }
}

function homesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const found = execFileSync('find', [folder, '-type', 'd', '-name', 'cluster', '-prune'], {
    encoding: 'utf8',
  });
  return found.split('\n').filter(Boolean).map(dirname);
}

/** The process id of the server that runs on a home; undefined when none does. */
export function serverPid(home: string): number | undefined {
  return findPostmaster(join(home, 'cluster'))?.pid;
}

/** Sends a signal to the server of a home, and resolves when the server is gone. */
export async function killServer(home: string, signal: NodeJS.Signals): Promise<void> {
  const pid = serverPid(home);
  if (pid === undefined) return;
  process.kill(pid, signal);
  await until(() => serverPid(home) !== pid || undefined, 20_000);
}

/** Runs one statement on a connection of its own. */
export async function query<Row extends pg.QueryResultRow>(url: string, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Copies a folder with owners and modes. */
export function copyTree(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  execFileSync('cp', ['-a', from, to]);
}

export function removeIfEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}
