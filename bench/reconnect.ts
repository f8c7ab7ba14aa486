import { setTimeout as pause } from 'node:timers/promises';
import { startControlPlaneProcess, type ControlPlaneProcess } from '../test/kit/control-plane-process.js';
import { makeSeed } from '../test/kit/seed.js';
import { runtimeConfig } from '../test/kit/streams.js';
import { Companion } from './companion.js';
import type { Open, Opened } from './crowd.js';
import { percentile } from './median.js';

const agents = Number(process.env['BENCH_SUBSCRIBERS'] ?? 5_000);
const groups = 100;
const probes = 200;

/** 5,000 agents of 100 groups lose their connections and come back at once, each with its cursor; others keep asking. */
export async function run(): Promise<string> {
  const plane = await startControlPlaneProcess();
  const crowd = await Companion.start('crowd');
  try {
    const fleet = await makeFleet(plane);
    const open = (atOnce: number, cursors: readonly string[]): Open => ({
      ...{ open: `${plane.origin.replace('http', 'ws')}/graphql`, atOnce },
      ...{ query: runtimeConfig().query, until: ['ConfigSnapshot', 'ConfigDelta'] },
      clients: fleet.map(({ token }, index) => ({ token, variables: { after: cursors[index] ?? null } })),
    });
    const first = await crowd.ask<Opened>(open(100, []));
    const idle = await probe(plane, (asked) => asked < probes);
    await crowd.ask({ close: true });
    await writeMeanwhile(plane, fleet);
    const returning = crowd.ask<Opened>(open(agents, first.cursors));
    let isBack = false;
    void returning.then(() => (isBack = true));
    const busy = await probe(plane, () => !isBack);
    const back = await returning;
    const seconds = (back.ms / 1000).toFixed(1);
    const [quiet, crowded] = [percentile(idle, 0.99), percentile(busy, 0.99)];
    return [
      `${agents} agents of ${groups} groups, the first time 100 at once: ${(first.ms / 1000).toFixed(1)} s`,
      `all of them at once, with cursors: all resumed after ${seconds} s; snapshots sent: ${back.snapshots}`,
      `another request meanwhile: p99 ${crowded.toFixed(1)} ms of ${busy.length}, before ${quiet.toFixed(1)} ms; ratio ${(crowded / quiet).toFixed(1)}`,
    ].join('\n');
  } finally {
    await crowd.stop();
    await plane.stop();
  }
}

interface Agent {
  readonly token: string;
  readonly groupId: string;
}

async function makeFleet(plane: ControlPlaneProcess): Promise<readonly Agent[]> {
  const seed = makeSeed(plane.admin, plane.databaseUrl);
  const fleet: Agent[] = [];
  for (let index = 0; index < groups; index += 1) {
    const { group } = await seed.group();
    await seed.service(group);
    const made = Array.from({ length: agents / groups }, () => seed.instance(group));
    for (const { client } of await Promise.all(made)) {
      fleet.push({ token: client.token ?? '', groupId: group.id });
    }
  }
  return fleet;
}

/** One revision in each group, so that whoever comes back has something to be told. */
async function writeMeanwhile(plane: ControlPlaneProcess, fleet: readonly Agent[]): Promise<void> {
  const seed = makeSeed(plane.admin, plane.databaseUrl);
  for (const id of new Set(fleet.map(({ groupId }) => groupId))) await seed.service({ id, name: '' });
}

/** Asks for something small, again and again, as long as there is more to ask; how long each took, in ms. */
async function probe(plane: ControlPlaneProcess, isMore: (asked: number) => boolean): Promise<number[]> {
  const times: number[] = [];
  while (isMore(times.length)) {
    const began = performance.now();
    await plane.admin.gql('{ runtimeGroups(first: 5) { nodes { name revision } } }');
    times.push(performance.now() - began);
    await pause(5);
  }
  return times;
}
