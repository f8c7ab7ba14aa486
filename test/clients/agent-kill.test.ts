import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../kit/eventually.js';
import { ScriptedGroup } from './scripted-group.js';
import { startScriptedServer, type ScriptedServer } from './scripted-server.js';

const kills = 8;

const signalbox = join(import.meta.dirname, '../../bin/signalbox.js');

let group: ScriptedGroup;
let server: ScriptedServer;
let place: string;
let out: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  group = new ScriptedGroup();
  server = await startScriptedServer(group.script());
  place = await mkdtemp(join(tmpdir(), 'signalbox-kill-'));
  out = join(place, 'gateway.yml');
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await server.stop();
  await rm(place, { recursive: true });
});

/** An agent in a process of its own. */
function startAgent(): ChildProcess {
  const options = ['--server', server.server, '--token', 'operator', '--out', out];
  const child = spawn(process.execPath, [signalbox, 'agent', ...options], { stdio: 'ignore' });
  children.push(child);
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

/** The revision whose file this is, if it is one, whole. */
function revisionOf(content: string): number | undefined {
  for (let revision = group.head; revision > 0; revision -= 1) {
    if (group.fileAt(revision) === content) return revision;
  }
  return undefined;
}

async function keptRevision(file: string): Promise<number | undefined> {
  const text = await readFile(join(`${out}.state`, file), 'utf8').catch(() => undefined);
  return text === undefined
    ? undefined
    : (JSON.parse(text.split('\n')[0] ?? '') as { revision: number }).revision;
}

describe('an agent that is killed', () => {
  it('has one whole revision in its file, that its cursor names or is about to name, and loses nothing', async () => {
    for (let index = 1; index <= 200; index += 1) group.put(index, { port: index });
    let child = startAgent();
    await eventually(async () => (await readFile(out, 'utf8').catch(() => '')) !== '');
    for (let kill = 0; kill < kills; kill += 1) {
      const writing = new AbortController();
      const writes = keepWriting(writing.signal);
      // The moment of the kill is what varies: somewhere among the writes of a few dozen applications.
      await pause(100 + 37 * kill);
      await end(child, 'SIGKILL');
      writing.abort();
      await writes;
      const found = revisionOf(await readFile(out, 'utf8'));
      const [current, next] = [
        await keptRevision('configuration.jsonl'),
        await keptRevision('configuration.next.jsonl'),
      ];
      expect([current, next]).toContain(found);
      child = startAgent();
      await eventually(async () => (await readFile(out, 'utf8')) === group.fileAt(group.head));
    }
    const [first, ...resumed] = server.subscriptions.map(({ after }) => after);
    expect(first).toBe(null);
    expect(resumed).toHaveLength(kills);
    expect(resumed).not.toContain(null);
    await end(child, 'SIGTERM');
    expect(await readdir(place)).toEqual(['gateway.yml', 'gateway.yml.state']);
    expect(await readdir(`${out}.state`)).toEqual(['configuration.jsonl', 'identity.json']);
  });

  it('asks for the same instance again if it is killed before it knows which one it is', async () => {
    const keys: string[] = [];
    const enrol = ({ input }: { readonly input: { readonly idempotencyKey: string } }): unknown => {
      keys.push(input.idempotencyKey);
      return keys.length === 1 ? new Promise(() => undefined) : group.enrol();
    };
    await server.stop();
    server = await startScriptedServer(group.script({ answers: { createRuntimeInstance: enrol } }));
    group.put(1, { port: 80 });
    const child = startAgent();
    await eventually(() => keys.length === 1);
    await end(child, 'SIGKILL');
    startAgent();
    await eventually(() => group.reports.length === 1);
    expect(keys).toEqual([keys[0], keys[0]]);
    expect(await readdir(`${out}.state`)).not.toContain('enrolment-key');
  });

  it('tells the server that it leaves when it is asked to, within a second', async () => {
    group.put(1, { port: 80 });
    const child = startAgent();
    await eventually(() => group.reports.length === 1);
    const asked = performance.now();
    await end(child, 'SIGTERM');
    expect(performance.now() - asked).toBeLessThan(1_000);
    await server.subscriptions[0]?.ended;
    expect(server.subscriptions[0]?.completedByClient()).toBe(true);
    expect(child.exitCode).toBe(0);
  });
});

/** Changes one entity after the other, as fast as the events come, until the signal. */
async function keepWriting(signal: AbortSignal): Promise<void> {
  for (let index = 1; !signal.aborted; index += 1) {
    group.put((index % 200) + 1, { port: group.head });
    await pause(3);
  }
}
