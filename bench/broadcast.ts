import { setTimeout as pause } from 'node:timers/promises';
import { startControlPlaneProcess, type ControlPlaneProcess } from '../test/kit/control-plane-process.js';
import { makeSeed, type Group } from '../test/kit/seed.js';
import { configChanges } from '../test/kit/streams.js';
import { Companion, processorMs, residentBytes, sharedNow } from './companion.js';
import type { Arrived, Await, Open } from './crowd.js';
import { mean, median } from './median.js';

const subscribers = Number(process.env['BENCH_SUBSCRIBERS'] ?? 5_000);
const rounds = 15;
const warming = 4;

/** How long after each round the processor time is read. */
const settleMs = 500;

/** One commit that 5,000 subscribers are told of, beside the same bytes sent to as many bare sockets, in turn. */
export async function run(): Promise<string> {
  const plane = await startControlPlaneProcess();
  const raw = await Companion.start('raw-server');
  const [ourCrowd, rawCrowd] = [await Companion.start('crowd'), await Companion.start('crowd')];
  try {
    const { group } = await makeSeed(plane.admin, plane.databaseUrl).group();
    const { port } = raw.said as { port: number };
    const alone: number[] = [];
    for (let round = 0; round < warming + rounds; round += 1) alone.push(await write(plane, group));
    const memory = [
      await connect('bare sockets', raw.pid, rawCrowd, {
        open: `ws://127.0.0.1:${port}`,
        clients: everyone({}),
        atOnce: 250,
      }),
      await connect('subscribers', plane.pid(), ourCrowd, subscription(plane, group)),
    ];
    const ours: Told[] = [];
    const theirs: Round[] = [];
    for (let round = 0; round < warming + rounds; round += 1) {
      const told = await commit(plane, group, ourCrowd);
      ours.push(told);
      theirs.push(await broadcast(raw, rawCrowd, told.sample));
    }
    const writeAlone = `of that, the write alone, with nobody there: ${mean(alone.slice(warming)).toFixed(1)} ms`;
    return [...memory, ...compared(ours.slice(warming), theirs.slice(warming)), writeAlone].join('\n');
  } finally {
    for (const companion of [raw, ourCrowd, rawCrowd]) await companion.stop();
    await plane.stop();
  }
}

interface Round {
  readonly ms: number;
  readonly cpuMs: number;
}

interface Told extends Round {
  readonly sample: string;
}

function everyone<Client>(client: Client): Client[] {
  return Array.from({ length: subscribers }, () => client);
}

function subscription(plane: ControlPlaneProcess, group: Group): Open {
  const query = configChanges(group.id).query.replace('revisions { ', 'revisions { at ');
  const variables = { runtimeGroupId: group.id };
  const clients = everyone({ token: plane.admin.token ?? '', variables });
  return { open: `${plane.origin.replace('http', 'ws')}/graphql`, clients, query, atOnce: 250 };
}

async function connect(what: string, pid: number, crowd: Companion, open: Open): Promise<string> {
  const before = await residentBytes(pid);
  const { ms } = await crowd.ask<{ ms: number }>(open);
  await pause(3_000);
  const each = ((await residentBytes(pid)) - before) / subscribers / 1024;
  return `${subscribers} ${what}: open after ${(ms / 1000).toFixed(1)} s, ${each.toFixed(1)} KB each`;
}

/** Writes once; the processor time that the server took for it, and in the time after. */
async function write(plane: ControlPlaneProcess, { id: runtimeGroupId }: Group): Promise<number> {
  const input = {
    ...{ runtimeGroupId, name: `s${sharedNow()}`.replace('.', '-'), url: 'http://example.internal' },
    tags: Array.from({ length: 12 }, (_, index) => `a-tag-that-makes-it-longer-${index}`),
  };
  const cpu = await processorMs(plane.pid());
  await plane.admin.mutate('createGatewayService', input, 'gatewayService { id }');
  await pause(settleMs);
  return (await processorMs(plane.pid())) - cpu;
}

async function commit(plane: ControlPlaneProcess, group: Group, crowd: Companion): Promise<Told> {
  const arriving = crowd.ask<Arrived>({ count: subscribers, text: 'ConfigDelta' } satisfies Await);
  const cpuMs = await write(plane, group);
  const { last, sample } = await arriving;
  // A little before the commit, by the clock of the database, which is this machine's.
  const at = Date.parse(/"at":"([^"]+)"/.exec(sample)?.[1] ?? '');
  return { ms: last - at, cpuMs, sample };
}

async function broadcast(raw: Companion, crowd: Companion, text: string): Promise<Round> {
  const cpu = await processorMs(raw.pid);
  const arriving = crowd.ask<Arrived>({ count: subscribers, text: 'ConfigDelta' } satisfies Await);
  const { began } = await raw.ask<{ began: number }>({ text });
  const { last } = await arriving;
  await pause(settleMs);
  return { ms: last - began, cpuMs: (await processorMs(raw.pid)) - cpu };
}

function compared(ours: readonly Told[], theirs: readonly Round[]): string[] {
  const line = (
    what: string,
    of: (round: Round) => number,
    middle: (values: readonly number[]) => number,
  ): string => {
    const [mine, bare] = [middle(ours.map(of)), middle(theirs.map(of))];
    return `${what}: ${mine.toFixed(1)} ms, bare sockets ${bare.toFixed(1)} ms; ratio ${(mine / bare).toFixed(2)}`;
  };
  const bytes = ours[0]?.sample.length ?? 0;
  return [
    `a message of ${bytes} bytes, ${ours.length} rounds in turn`,
    line('from the commit until the last is told', ({ ms }) => ms, median),
    line('processor time of the server', ({ cpuMs }) => cpuMs, mean),
  ];
}
