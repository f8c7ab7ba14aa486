import type { Execute } from '../../foundation/commands/execute.js';
import { equalJson, type Json } from '../../foundation/kernel/json.js';
import { Refusal } from '../../foundation/kernel/refusal.js';
import { systemClock } from '../../foundation/kernel/clock.js';
import type { Logger } from '../../foundation/log/log.js';
import type { Keyring } from '../../foundation/secrets/keyring.js';
import type { Outbound } from '../../foundation/outbound/outbound.js';
import type { Database, Reader } from '../../foundation/postgres/database.js';
import { Duties } from '../../foundation/postgres/duties.js';
import type { Signals } from '../../foundation/postgres/signals.js';
import { itself } from '../access/index.js';
import { followLookup } from './follow-lookup.js';
import { findFindings } from './lookup.store.js';
import { ObservedHealth } from './observed-health.js';
import { lookupId, type Connection, type FoundNode, type Lookup } from './registry.js';
import { recordHealth } from './registry.commands.js';
import { readConnections } from './registry.store.js';
import { openedConnection } from './token-seal.js';
import { Slots } from './slots.js';

export interface DiscoveryPorts {
  readonly database: Database;
  readonly execute: Execute;
  readonly outbound: Outbound;
  readonly secrets: Keyring;
  readonly log: Logger;
  /** Everything that is to be known at all times. */
  lookupsInUse(reader: Reader): Promise<readonly Lookup[]>;
  /** Makes what was found the truth. Done twice, it does nothing the second time. */
  apply(execute: Execute, found: FoundNodes): Promise<void>;
}

/** Other nodes than those that were known. */
export interface FoundNodes {
  readonly connection: Connection;
  readonly lookup: Lookup;
  readonly nodes: readonly FoundNode[];
}

/** How soon one replica notices that it is to take over from another. */
const dutyMs = 1_000;

/** What is asked is looked over this often, and on hints. */
const lookOverMs = 5_000;

/** Hints that come close together are answered by one look. */
const gatherMs = 100;

const maxAtOnce = 200;

/** A question that is being asked. */
interface Followed {
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

/**
 * Follows all lookups in use, in one replica for all: the one that has the duty, which another takes over as soon as the
 * connection of the first is lost. For the moment in which two do it, the second finds nothing left to write; what a late
 * one wrote is put right with the other's next answer, which comes after the time that registries are asked to wait.
 */
export class Discovery {
  private readonly duties: Duties;
  private readonly slots = new Slots(maxAtOnce);
  private readonly followed = new Map<string, Followed>();
  private readonly healths = new Map<string, ObservedHealth>();
  private working: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private gathering: NodeJS.Timeout | undefined;
  private nextLookOver = 0;
  private stopped = false;

  constructor(private readonly ports: DiscoveryPorts) {
    this.duties = new Duties(ports.database);
  }

  start(signals: Signals): void {
    signals.listen((names) => this.hint(names));
    this.timer = setInterval(() => this.enqueue(), dutyMs).unref();
    this.enqueue();
  }

  /** Waits for what is under way, and leaves the duty to other replicas. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    clearTimeout(this.gathering);
    await this.working;
    await this.leave([...this.followed.keys()]);
    await this.duties.close();
  }

  private hint(names: readonly string[] | undefined): void {
    if (names?.every((name) => !/^(?:services|organization)\//.test(name))) return;
    this.nextLookOver = 0;
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      this.enqueue();
    }, gatherMs).unref();
  }

  private enqueue(): void {
    this.working = this.working.then(async () => {
      if (!this.stopped) await this.look().catch((error: unknown) => this.warn(error));
    });
  }

  private async look(): Promise<void> {
    // Whoever cannot ask whether it has the duty could not write either.
    const isMine = await this.duties.has('service-discovery').catch(() => false);
    if (!isMine) {
      this.nextLookOver = 0;
      return this.leave([...this.followed.keys()]);
    }
    const now = systemClock.monotonic();
    if (now < this.nextLookOver) return;
    this.nextLookOver = now + lookOverMs;
    await this.lookOver();
  }

  private async lookOver(): Promise<void> {
    const { database } = this.ports;
    const sealed = await readConnections(database);
    const connections = await Promise.all(sealed.map((each) => openedConnection(this.ports.secrets, each)));
    const lookups = await this.ports.lookupsInUse(database);
    const wanted = new Map(
      connections.flatMap((connection) => {
        const own = lookups.filter(({ registryId }) => registryId === connection.id);
        const questions = own.length === 0 ? [null] : own;
        return questions.map((lookup) => [keyOf(connection, lookup), { connection, lookup }] as const);
      }),
    );
    await this.leave([...this.followed.keys()].filter((key) => !wanted.has(key)));
    this.forgetHealths(connections);
    for (const [key, { connection, lookup }] of wanted)
      if (!this.followed.has(key)) this.followed.set(key, this.follow(key, connection, lookup));
  }

  private follow(key: string, connection: Connection, lookup: Lookup | null): Followed {
    const stop = new AbortController();
    const health = this.healthOf(connection);
    const question = {
      asking: { outbound: this.ports.outbound, connection, stop: stop.signal },
      ...{ lookup, slots: this.slots },
      found: (asked: Lookup, nodes: readonly FoundNode[]) =>
        this.applyOthers({ connection, lookup: asked, nodes }),
      report: (failure: string | null) => health.report(key, failure),
      warn: (error: unknown) => this.warn(error),
    };
    const done = followLookup(question).finally(() => health.forget(key));
    return { stop, done };
  }

  private async leave(keys: readonly string[]): Promise<void> {
    const left = keys.flatMap((key) => this.followed.get(key) ?? []);
    for (const key of keys) this.followed.delete(key);
    for (const { stop } of left) stop.abort();
    await Promise.all(left.map(({ done }) => done));
  }

  /** Nothing is done for what is known already, which is what most answers say; nor for nothing, where something is needed. */
  private async applyOthers(found: FoundNodes): Promise<void> {
    const { lookup, nodes } = found;
    if (nodes.length === 0 && !lookup.allowEmpty) return;
    const id = lookupId(lookup);
    const known = (await findFindings(this.ports.database, [id])).get(id);
    if (known && equalJson(known.nodes as unknown as Json, nodes as unknown as Json)) return;
    await this.ports.apply(this.ports.execute, found);
  }

  private healthOf(connection: Connection): ObservedHealth {
    const key = keyOf(connection, null);
    const known = this.healths.get(key);
    if (known) return known;
    const actor = itself(connection.organizationId);
    const health = new ObservedHealth(async (observed) => {
      await this.ports.execute(actor, recordHealth, { connection, health: observed });
    });
    this.healths.set(key, health);
    return health;
  }

  private forgetHealths(connections: readonly Connection[]): void {
    const known = new Set(connections.map((connection) => keyOf(connection, null)));
    for (const key of this.healths.keys()) if (!known.has(key)) this.healths.delete(key);
  }

  private warn(error: unknown): void {
    if (error instanceof Refusal && error.kind === 'missing') return;
    this.ports.log.warn({ err: error }, 'service discovery failed here; it is tried again');
  }
}

/** A registry that is set otherwise is another one to ask. */
function keyOf({ id, version }: Connection, lookup: Lookup | null): string {
  return `${id}@${version}/${lookup === null ? '' : lookupId(lookup)}`;
}
