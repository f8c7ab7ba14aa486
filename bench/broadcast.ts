import { setTimeout as pause } from 'node:timers/promises';
import { startControlPlaneProcess, type ControlPlaneProcess } from '../test/kit/control-plane-process.js';
import { makeSeed, type Group } from '../test/kit/seed.js';
import { configChanges } from '../test/kit/streams.js';
import { Companion, processorMs, residentBytes, sharedNow } from './companion.js';
import type { Arrived, Await, Open } from './crowd.js';
import { median } from './median.js';

const subscribers = Number(process.env['BENCH_SUBSCRIBERS'] ?? 5_000);
const rounds = 15;
const warming = 4;

/** One commit that 5,000 subscribers are told of, beside the same bytes sent to as many bare sockets, in turn. */
export async function run(): Promise<string> {
  const plane = await startControlPlaneProcess();
  const raw = await Companion.start('raw-server');
  const [ourCrowd, rawCrowd] = [await Companion.start('crowd'), await Companion.start('crowd')];
  try {
    const { group } = await makeSeed(plane.admin, plane.databaseUrl).group();
    const { port } = raw.said as { port: number };
    const memory = [
      await connect('bare sockets', raw.pid, rawCrowd, {
        open: `ws://127.0.0.1:${port}`,
        clients: everyone({}),
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
    return [...memory, ...compared(ours.slice(warming), theirs.slice(warming))].join('\n');
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
  return { open: `${plane.origin.replace('http', 'ws')}/graphql`, clients, query };
}

async function connect(what: string, pid: number, crowd: Companion, open: Open): Promise<string> {
  const before = await residentBytes(pid);
  const { ms } = await crowd.ask<{ ms: number }>(open);
  await pause(3_000);
  const each = ((await residentBytes(pid)) - before) / subscribers / 1024;
  return `${subscribers} ${what}: open after ${(ms / 1000).toFixed(1)} s, ${each.toFixed(1)} KB each`;
}

async function commit(plane: ControlPlaneProcess, group: Group, crowd: Companion): Promise<Told> {
  const input = {
    runtimeGroupId: group.id,
    name: `s${sharedNow()}`.replace('.', '-'),
    url: 'http://example.internal',
    tags: Array.from({ length: 12 }, (_, index) => `a-tag-that-makes-it-longer-${index}`),
  };
  const pid = plane.pid();
  const cpu = await processorMs(pid);
  const arriving = crowd.ask<Arrived>({ count: subscribers, text: 'ConfigDelta' } satisfies Await);
  await plane.admin.mutate('createGatewayService', input, 'gatewayService { id }');
  const { last, sample } = await arriving;
  // A little before the commit, by the clock of the database, which is this machine's.
  const at = Date.parse(/"at":"([^"]+)"/.exec(sample)?.[1] ?? '');
  const ms = last - at;
  await pause(300);
  return { ms, cpuMs: (await processorMs(pid)) - cpu, sample };
}

async function broadcast(raw: Companion, crowd: Companion, text: string): Promise<Round> {
  const cpu = await processorMs(raw.pid);
  const arriving = crowd.ask<Arrived>({ count: subscribers, text: 'ConfigDelta' } satisfies Await);
  const { began } = await raw.ask<{ began: number }>({ text });
  const { last } = await arriving;
  await pause(300);
  return { ms: last - began, cpuMs: (await processorMs(raw.pid)) - cpu };
}

function compared(ours: readonly Told[], theirs: readonly Round[]): string[] {
  const line = (what: string, of: (round: Round) => number): string => {
    const [mine, bare] = [median(ours.map(of)), median(theirs.map(of))];
    return `${what}: ${mine.toFixed(1)} ms, bare sockets ${bare.toFixed(1)} ms; ratio ${(mine / bare).toFixed(2)}`;
  };
  const bytes = ours[0]?.sample.length ?? 0;
  return [
    `a message of ${bytes} bytes, medians of ${ours.length} rounds in turn`,
    line('from the commit until the last is told', ({ ms }) => ms),
    line('processor time of the server', ({ cpuMs }) => cpuMs),
  ];
}
