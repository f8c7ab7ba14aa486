import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { emptyHash, memberDigest, withEntity } from '../../../src/foundation/kernel/set-hash.js';
import type { ServedRecord } from '../../guarantees/records.js';
import { startAgentProcess, type AgentProcess } from '../../kit/agent-process.js';
import { itemsOf } from '../../kit/final.js';
import type { Agent } from '../faults/fault.js';

const clock = join(import.meta.dirname, '../../kit/skewed-clock.mjs');
const lookMs = 100;

/** What the collections of a file have, as the streams call it. */
const kinds: Readonly<Record<string, string>> = { services: 'gateway_service', routes: 'route' };

/** Gateways of one group, each with an agent that runs as users run it, and somebody who keeps looking at what they serve. */
export class Gateways {
  readonly agents: Agent[] = [];
  readonly served: ServedRecord[] = [];
  private readonly processes: AgentProcess[] = [];
  private isOver = false;
  private looking: Promise<void> = Promise.resolve();

  private constructor(
    private readonly folder: string,
    private readonly groupId: string,
  ) {}

  /** Starts this many, for the default group. */
  static async start(origin: string, groupId: string, count: number): Promise<Gateways> {
    const gateways = new Gateways(await mkdtemp(join(tmpdir(), 'signalbox-gateways-')), groupId);
    for (let index = 0; index < count; index += 1) gateways.add(origin, `gateway-${index}`);
    gateways.looking = gateways.look();
    return gateways;
  }

  async stop(): Promise<void> {
    this.isOver = true;
    for (const process of this.processes) process.signal('SIGCONT');
    await Promise.all([this.looking, ...this.processes.map((process) => process.end('SIGKILL'))]);
    await rm(this.folder, { recursive: true, force: true });
  }

  private add(origin: string, name: string): void {
    const clockFile = join(this.folder, `${name}.clock`);
    const environment = { NODE_OPTIONS: `--import=${clock}`, SIGNALBOX_TEST_CLOCK: clockFile };
    const process = startAgentProcess(origin, join(this.folder, `${name}.yml`), name, environment);
    const setClock = (offsetMs: number): Promise<void> => writeFile(clockFile, String(offsetMs));
    this.processes.push(process);
    this.agents.push({ ...process, setClock });
  }

  private async look(): Promise<void> {
    const known = new Map<string, string | null>();
    while (!this.isOver) {
      for (const { out } of this.agents) {
        const text = await readFile(out, 'utf8').catch(() => null);
        if (text === known.get(out)) continue;
        known.set(out, text);
        const stateHash = text === null ? null : stateHashOf(text);
        this.served.push({ gateway: out, groupId: this.groupId, stateHash });
      }
      await pause(lookMs);
    }
  }
}

/** What is no configuration has a hash that no revision has. */
function stateHashOf(text: string): string {
  try {
    const digests = itemsOf(text).map(({ kind, id, document }) =>
      memberDigest(kinds[kind] ?? kind, id, document),
    );
    return digests.reduce((hash, digest) => withEntity(hash, digest), emptyHash).toString('hex');
  } catch {
    return 'unreadable';
  }
}
