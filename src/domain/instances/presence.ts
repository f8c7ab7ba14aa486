import { newId } from '../../foundation/kernel/id.js';
import type { Logger } from '../../foundation/log/log.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { heartbeatMs } from './instance.js';
import { renew, renewLease } from './session.store.js';

/** A session that this replica holds: one open stream of one instance. */
export interface LocalSession {
  readonly instanceId: string;
  readonly session: number;
  /** Aborted when a newer session of the same instance has taken over, here or on another replica. */
  readonly replaced: AbortSignal;
}

/** The lease is renewed three times as often as it would run out. */
const leaseRenewalMs = 5_000;

/**
 * The sessions of this replica, and its lease. Their life signs reach the database together, in one statement each interval.
 * When the replica stops, its sessions are left open: they outlive it by its lease, in which their instances come back elsewhere,
 * so that a restart makes no false alarm.
 */
export class Presence {
  readonly replicaId = newId();
  private readonly sessions = new Map<string, LocalSession & { readonly control: AbortController }>();
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly reader: Reader,
    private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    await renewLease(this.reader, this.replicaId);
    this.timers = [
      setInterval(() => void this.flush(), heartbeatMs).unref(),
      setInterval(() => void this.renewLease(), leaseRenewalMs).unref(),
    ];
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  /** Takes note of a session that was opened here. An older one of the same instance is told that it was replaced. */
  add(instanceId: string, session: number): LocalSession {
    const older = this.sessions.get(instanceId);
    if (older && older.session < session) older.control.abort();
    const control = new AbortController();
    const local = { instanceId, session, control, replaced: control.signal };
    if (!older || older.session < session) this.sessions.set(instanceId, local);
    else control.abort();
    return local;
  }

  remove(local: LocalSession): void {
    if (this.sessions.get(local.instanceId)?.session === local.session)
      this.sessions.delete(local.instanceId);
  }

  /** Before the replica stops: its sessions are as young as they can be, and its lease begins anew. */
  async handOver(): Promise<void> {
    await Promise.all([this.renewLease(), this.flush()]);
  }

  /** Tells the database of all life signs, and learns from it which sessions were taken over elsewhere. */
  private async flush(): Promise<void> {
    if (this.sessions.size === 0) return;
    const sessions = [...this.sessions.values()].sort((a, b) => (a.instanceId < b.instanceId ? -1 : 1));
    try {
      const held = await renew(this.reader, sessions);
      for (const local of sessions) if (!held.has(local.instanceId)) local.control.abort();
    } catch (error) {
      this.log.warn({ err: error }, 'could not store life signs; trying again');
    }
  }

  private async renewLease(): Promise<void> {
    await renewLease(this.reader, this.replicaId).catch((error: unknown) =>
      this.log.warn({ err: error }, 'could not renew the lease; trying again'),
    );
  }
}
