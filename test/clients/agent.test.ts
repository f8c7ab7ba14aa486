import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAgent } from '../../src/clients/agent/agent.js';
import { fileDriver } from '../../src/clients/agent/drivers/file.js';
import { memberDigest, withEntity } from '../../src/foundation/kernel/set-hash.js';
import { eventually } from '../kit/eventually.js';
import { goodbye } from './messages.js';
import { ScriptedGroup } from './scripted-group.js';
import { startScriptedServer, type Script, type ScriptedServer } from './scripted-server.js';

const timing = { firstWindowMs: 5, windowCapMs: 20, refusedMs: 20, closeMs: 200 };

const leftovers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of leftovers.splice(0).reverse()) await stop();
});

async function serve(script: Script, port?: number): Promise<ScriptedServer> {
  const server = await startScriptedServer(script, port);
  leftovers.push(() => server.stop());
  return server;
}

async function directory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'signalbox-agent-'));
  leftovers.push(() => rm(path, { recursive: true }));
  return path;
}

interface RunningAgent {
  readonly out: string;
  readonly lines: readonly string[];
  readonly ended: Promise<void>;
  content(): Promise<string>;
  stop(): Promise<void>;
}

interface Start {
  readonly endpoint: string;
  readonly directory: string;
  readonly name?: string;
  /** Null: there is none. */
  readonly operatorToken?: string | null;
  readonly group?: string;
}

function start({ endpoint, directory: place, name = 'gateway', ...given }: Start): RunningAgent {
  const out = join(place, `${name}.yml`);
  const lines: string[] = [];
  const leave = new AbortController();
  const { group = 'default', operatorToken = 'operator' } = given;
  const running = runAgent({
    edition: 'ENTERPRISE',
    ...{ endpoint, group, out, timing, driver: fileDriver, hostname: name, signal: leave.signal },
    stateDirectory: `${out}.state`,
    operatorToken: () => Promise.resolve(operatorToken ?? undefined),
    journal: {
      say: (sentence) => lines.push(sentence),
      warn: (sentence) => lines.push(`warning: ${sentence}`),
    },
  });
  running.catch(() => undefined);
  const stop = async (): Promise<void> => {
    leave.abort();
    await running;
  };
  leftovers.push(() => stop().catch(() => undefined));
  return { out, lines, stop, ended: running, content: () => readFile(out, 'utf8').catch(() => '') };
}

async function has(agent: RunningAgent, content: string): Promise<void> {
  await eventually(async () => (await agent.content()) === content);
}

describe('an agent', () => {
  it('enrols at its first start only, and keeps what it got from others', async () => {
    const group = new ScriptedGroup();
    group.put(1, { port: 80 });
    const server = await serve(group.script());
    const place = await directory();
    const first = start({ endpoint: server.endpoint, directory: place });
    await has(first, group.fileAt(1));
    await first.stop();
    const second = start({ endpoint: server.endpoint, directory: place });
    await eventually(() => server.subscriptions.length === 2);
    expect(group.enrolled).toEqual(['instance-1']);
    expect(server.subscriptions.map(({ token }) => token)).toEqual(['instance-1', 'instance-1']);
    const state = `${second.out}.state`;
    expect((await stat(state)).mode & 0o777).toBe(0o700);
    expect((await stat(join(state, 'identity.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(state, 'configuration.jsonl'))).mode & 0o777).toBe(0o600);
  });

  it('is another instance for another output', async () => {
    const group = new ScriptedGroup();
    const server = await serve(group.script());
    const place = await directory();
    start({ endpoint: server.endpoint, directory: place, name: 'a' });
    start({ endpoint: server.endpoint, directory: place, name: 'b' });
    await eventually(() => server.subscriptions.length === 2);
    expect(new Set(server.subscriptions.map(({ token }) => token)).size).toBe(2);
  });

  it('writes a snapshot only when all its parts are there', async () => {
    const group = new ScriptedGroup();
    [1, 2, 3, 4].forEach((index) => group.put(index, { port: index }));
    group.parts = 3;
    const [first, ...others] = group.snapshot();
    const server = await serve(
      group.script({
        subscribed: (subscription) => subscription.send(group.opened(subscription.token), first as never),
      }),
    );
    const agent = start({ endpoint: server.endpoint, directory: await directory() });
    await eventually(() => agent.lines.some((line) => line.startsWith('connected')));
    expect(await agent.content()).toBe('');
    server.subscriptions[0]?.send(...others);
    await has(agent, group.fileAt(4));
  });

  it('follows each change, and reports what it has put in place with its hash', async () => {
    const group = new ScriptedGroup();
    group.put(1, { port: 80 });
    const server = await serve(group.script());
    const agent = start({ endpoint: server.endpoint, directory: await directory() });
    await has(agent, group.fileAt(1));
    group.put(2, { port: 81 });
    group.put(1, { port: 82 });
    await has(agent, group.fileAt(3));
    await eventually(() => group.reports.at(-1)?.cursor === 'c3');
    expect(group.reports.at(-1)).toEqual({
      ...{ session: 1, outcome: 'APPLIED', cursor: 'c3', runningCursor: 'c3', stateHash: group.hashAt(3) },
    });
  });

  it('reports again in a new session', async () => {
    const group = new ScriptedGroup();
    group.put(1, { port: 80 });
    const server = await serve(group.script());
    start({ endpoint: server.endpoint, directory: await directory() });
    await eventually(() => group.reports.length === 1);
    server.subscriptions[0]?.cut();
    await eventually(() => group.reports.length === 2);
    expect(group.reports.map(({ session, cursor }) => [session, cursor])).toEqual([
      [1, 'c1'],
      [2, 'c1'],
    ]);
  });

  it('reports until the report arrives', async () => {
    const group = new ScriptedGroup();
    group.put(1, { port: 80 });
    let fails = 3;
    const server = await serve(
      group.script({
        answers: {
          reportSync: ({ input }: { input: (typeof group.reports)[number] }) => {
            if ((fails -= 1) >= 0)
              throw Object.assign(new Error('Busy.'), { extensions: { code: 'UNAVAILABLE' } });
            group.reports.push(input);
            return { accepted: true, userErrors: [] };
          },
        },
      }),
    );
    start({ endpoint: server.endpoint, directory: await directory() });
    await eventually(() => group.reports.length === 1);
    expect(fails).toBe(-1);
  });

  it('continues from the cursor on its disk', async () => {
    const group = new ScriptedGroup();
    group.put(1, { port: 80 });
    const server = await serve(group.script());
    const place = await directory();
    const first = start({ endpoint: server.endpoint, directory: place });
    await has(first, group.fileAt(1));
    await first.stop();
    group.put(2, { port: 81 });
    const second = start({ endpoint: server.endpoint, directory: place });
    await has(second, group.fileAt(2));
    expect(server.subscriptions.map(({ after }) => after)).toEqual([null, 'c1']);
  });

  it('keeps its last good file while the server is away, and goes on when it is back', async () => {
    const group = new ScriptedGroup();
    group.put(1, { port: 80 });
    const server = await serve(group.script());
    const place = await directory();
    const first = start({ endpoint: server.endpoint, directory: place });
    await has(first, group.fileAt(1));
    await first.stop();
    await server.stop();
    await rm(first.out);
    const second = start({ endpoint: server.endpoint, directory: place });
    await has(second, group.fileAt(1));
    await eventually(() => second.lines.some((line) => line.includes('What is in place stays')));
    group.put(1, { port: 90 });
    await serve(group.script(), server.port);
    await has(second, group.fileAt(2));
  });

  it('waits for a server to enrol with', async () => {
    const group = new ScriptedGroup();
    group.put(1, { port: 80 });
    const gone = await serve({});
    await gone.stop();
    const agent = start({ endpoint: gone.endpoint, directory: await directory() });
    await eventually(() => agent.lines.some((line) => line.includes('cannot enrol yet')));
    await serve(group.script(), gone.port);
    await has(agent, group.fileAt(1));
  });

  it('fetches everything again when its copy has another hash than the server’s', async () => {
    const group = new ScriptedGroup();
    group.put(1, { port: 80 });
    const server = await serve(group.script());
    const agent = start({ endpoint: server.endpoint, directory: await directory() });
    await has(agent, group.fileAt(1));
    server.subscriptions[0]?.send({
      __typename: 'ConfigDelta',
      ...{ fromCursor: 'c1', cursor: 'c2', stateHash: 'f'.repeat(64) },
      revisions: [{ revision: 2, changes: [] }],
    });
    await eventually(() => server.subscriptions.length === 2);
    expect(server.subscriptions[1]?.after).toBe(null);
    expect(agent.lines.join('\n')).toContain('does not have the server’s hash here');
  });

  it('goes on by a fold, if that leads to the server’s hash', async () => {
    const group = new ScriptedGroup();
    group.put(1, { port: 80 });
    const server = await serve(group.script());
    const agent = start({ endpoint: server.endpoint, directory: await directory() });
    await has(agent, group.fileAt(1));
    const fold = (from: number, to: number): object => ({
      __typename: 'ConfigFold',
      ...{ fromCursor: `c${from}`, cursor: `c${to}`, fromRevision: from, revision: to, changes: [] },
    });
    server.subscriptions[0]?.send({ ...fold(1, 900), stateHash: group.hashAt(1) } as never);
    await eventually(() => group.reports.length === 2);
    expect(group.reports[1]).toMatchObject({ outcome: 'APPLIED', cursor: 'c900' });
    server.subscriptions[0]?.send({ ...fold(900, 901), stateHash: 'f'.repeat(64) } as never);
    await eventually(() => server.subscriptions.length === 2);
    expect(server.subscriptions[1]?.after).toBe(null);
  });

  it('reports a configuration that cannot be put in place, and keeps the one before', async () => {
    const group = new ScriptedGroup();
    group.put(1, { port: 80 });
    const server = await serve(group.script());
    const agent = start({ endpoint: server.endpoint, directory: await directory() });
    await has(agent, group.fileAt(1));
    const unlisted = { kind: 'novelty', collection: 'novelties', id: 'n1' };
    const digest = memberDigest(unlisted.kind, unlisted.id, {});
    server.subscriptions[0]?.send({
      __typename: 'ConfigDelta',
      ...{ fromCursor: 'c1', cursor: 'c2' },
      stateHash: withEntity(Buffer.from(group.hashAt(1), 'hex'), digest).toString('hex'),
      revisions: [{ revision: 2, changes: [{ ...unlisted, operation: 'CREATED', after: {} }] }],
    });
    await eventually(() => group.reports.length === 2);
    expect(group.reports[1]).toMatchObject({ outcome: 'REJECTED', cursor: 'c2', runningCursor: 'c1' });
    expect(group.reports[1]?.message).toContain('“novelties”');
    expect(group.reports[1]?.stateHash).toBe(group.hashAt(1));
    expect(await agent.content()).toBe(group.fileAt(1));
  });

  it('enrols anew when its instance was deleted, if it has a token to do so', async () => {
    const group = new ScriptedGroup();
    group.put(1, { port: 80 });
    const server = await serve(group.script());
    const agent = start({ endpoint: server.endpoint, directory: await directory() });
    await has(agent, group.fileAt(1));
    group.deleted.add('instance-1');
    server.subscriptions[0]?.cut();
    group.put(1, { port: 81 });
    await has(agent, group.fileAt(2));
    expect(group.enrolled).toEqual(['instance-1', 'instance-2']);
    expect(agent.lines.join('\n')).toContain('instance-1 was deleted on the server; enrolling anew');
  });

  it('enrols anew when it is told that another took over, and its instance is in truth gone', async () => {
    const group = new ScriptedGroup();
    group.put(1, { port: 80 });
    const server = await serve(group.script());
    const agent = start({ endpoint: server.endpoint, directory: await directory() });
    await has(agent, group.fileAt(1));
    group.deleted.add('instance-1');
    server.subscriptions[0]?.send(goodbye('REPLACED', 60_000));
    await eventually(() => group.enrolled.length === 2);
  });

  it('says what to do when its instance was deleted, and it has no token to enrol anew', async () => {
    const group = new ScriptedGroup();
    const server = await serve(group.script());
    const place = await directory();
    const first = start({ endpoint: server.endpoint, directory: place });
    await eventually(() => server.subscriptions.length === 1);
    await first.stop();
    group.deleted.add('instance-1');
    const second = start({ endpoint: server.endpoint, directory: place, operatorToken: null });
    await eventually(() => second.lines.some((line) => line.includes('to enrol it anew if it was deleted')));
  });

  it('does not begin in a group that is not there, nor in another than before', async () => {
    const group = new ScriptedGroup();
    const server = await serve(group.script());
    const place = await directory();
    const lost = start({ endpoint: server.endpoint, directory: place, group: 'nowhere' });
    await expect(lost.ended).rejects.toThrow('There is no runtime group “nowhere”');
    const first = start({ endpoint: server.endpoint, directory: place });
    await eventually(() => server.subscriptions.length === 1);
    await first.stop();
    const moved = start({ endpoint: server.endpoint, directory: place, group: 'other' });
    await expect(moved.ended).rejects.toThrow('is enrolled in the runtime group “default”, not in “other”');
  });
});
