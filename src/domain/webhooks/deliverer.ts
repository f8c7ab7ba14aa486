import { systemClock } from '../../foundation/kernel/clock.js';
import type { Logger } from '../../foundation/log/log.js';
import { Duties } from '../../foundation/postgres/duties.js';
import type { Signals } from '../../foundation/postgres/signals.js';
import { deliverChanges, type DeliveryPorts } from './deliver-changes.js';
import type { Webhook } from './webhook.js';
import { readActiveWebhook, readActiveWebhooks } from './webhook.store.js';

/** How soon one replica notices that it is to take over from another. */
const dutyMs = 1_000;

/** Without a hint, webhooks are looked over this often. */
const lookOverMs = 5_000;

/** A webhook that is being delivered to. */
interface Served {
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

/**
 * Delivers to all webhooks, each in one replica at a time: the one that has the duty for it, which another takes over as
 * soon as the connection of the first is lost.
 */
export class Deliverer {
  private readonly duties: Duties;
  private readonly served = new Map<string, Served>();
  private webhooks: readonly Webhook[] = [];
  private working: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private nextLookOver = 0;
  private stopped = false;

  constructor(
    private readonly ports: DeliveryPorts,
    private readonly log: Logger,
  ) {
    this.duties = new Duties(ports.database);
  }

  start(signals: Signals): void {
    signals.listen((names) => {
      if (names?.every((name) => !name.startsWith('organization/'))) return;
      this.nextLookOver = 0;
      this.enqueue();
    });
    this.timer = setInterval(() => this.enqueue(), dutyMs).unref();
    this.enqueue();
  }

  /** Waits for what is under way, and leaves the duties to other replicas. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.working;
    await this.leave([...this.served.keys()]);
    await this.duties.close();
  }

  private enqueue(): void {
    this.working = this.working.then(async () => {
      if (!this.stopped) await this.look().catch((error: unknown) => this.warn(error));
    });
  }

  private async look(): Promise<void> {
    const now = systemClock.monotonic();
    if (now >= this.nextLookOver) {
      this.nextLookOver = now + lookOverMs;
      this.webhooks = await readActiveWebhooks(this.ports.database);
    }
    const own = new Map<string, Webhook>();
    for (const webhook of this.webhooks) {
      // Whoever cannot ask whether it has the duty could not write either.
      const isMine = await this.duties.has(`webhook/${webhook.id}`).catch(() => false);
      if (isMine) own.set(keyOf(webhook), webhook);
    }
    await this.leave([...this.served.keys()].filter((key) => !own.has(key)));
    for (const [key, webhook] of own) if (!this.served.has(key)) this.serve(key, webhook);
  }

  private serve(key: string, known: Webhook): void {
    const stop = new AbortController();
    const done = this.deliver(known.id, stop.signal)
      .catch((error: unknown) => this.warn(error))
      .finally(() => {
        // Whoever ended by itself is looked at again: it was changed, or something failed here.
        if (this.served.get(key)?.stop === stop) this.served.delete(key);
        this.nextLookOver = 0;
      });
    this.served.set(key, { stop, done });
  }

  /** As it stands now: another replica may have delivered since it was read. */
  private async deliver(id: string, stop: AbortSignal): Promise<void> {
    const webhook = await readActiveWebhook(this.ports.database, id);
    if (webhook) await deliverChanges(this.ports, webhook, stop);
  }

  private async leave(keys: readonly string[]): Promise<void> {
    const left = keys.flatMap((key) => this.served.get(key) ?? []);
    for (const key of keys) this.served.delete(key);
    for (const { stop } of left) stop.abort();
    await Promise.all(left.map(({ done }) => done));
  }

  private warn(error: unknown): void {
    this.log.warn({ err: error }, 'delivering to a webhook failed here; it is tried again');
  }
}

/** A webhook that is set otherwise is served anew. */
function keyOf({ id, version }: Webhook): string {
  return `${id}@${version}`;
}
