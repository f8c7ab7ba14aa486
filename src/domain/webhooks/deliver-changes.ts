import { setTimeout as pause } from 'node:timers/promises';
import type { Execute } from '../../foundation/commands/execute.js';
import { systemClock } from '../../foundation/kernel/clock.js';
import { randomFraction } from '../../foundation/kernel/id.js';
import type { Outbound } from '../../foundation/outbound/outbound.js';
import type { Keyring } from '../../foundation/secrets/keyring.js';
import { itself } from '../access/index.js';
import { changesStream, followFeed, seenBy, type ChangesMessage, type FeedPorts } from '../changes/index.js';
import { recordProgress } from './delivery.commands.js';
import { attempt, deliveriesOf, resyncOf, type Delivery } from './delivery.js';
import { openedSecrets } from './secret-seal.js';
import { suspendWebhook } from './webhook.commands.js';
import { readerOf, type Webhook } from './webhook.js';
import { readSealedSecrets } from './webhook.store.js';

export interface DeliveryPorts extends FeedPorts {
  readonly execute: Execute;
  readonly outbound: Outbound;
  readonly secrets: Keyring;
}

/** The first rest after a failure, and the longest. */
const firstRestMs = 1_000;
const longestRestMs = 10 * 60_000;

/** Nothing more is to be delivered here. */
class Over extends Error {}

/**
 * Tells a receiver of all changes after the webhook's cursor, one after the other, until it is stopped: what fails is tried
 * again, after rests that grow, and nothing is told before it. How far it has come is written down after each delivery, so
 * that whoever takes over goes on there; what was delivered and not written down is delivered again, with the same id.
 */
export async function deliverChanges(
  ports: DeliveryPorts,
  webhook: Webhook,
  stop: AbortSignal,
): Promise<void> {
  const receiver = new Receiver(ports, webhook, stop);
  const messages = followFeed(ports, {
    ...{ stream: changesStream(webhook), after: webhook.cursor, from: 'START', stop },
    seen: seenBy(readerOf(webhook), webhook.filter),
    authorize: () => Promise.resolve(),
  });
  try {
    await receiver.restAsBefore();
    for await (const message of messages) await receiver.take(message);
  } catch (error) {
    if (!(error instanceof Over)) throw error;
  } finally {
    await messages.return?.();
  }
}

class Receiver {
  private cursor: string;
  private failures: number;

  constructor(
    private readonly ports: DeliveryPorts,
    private readonly webhook: Webhook,
    private readonly stop: AbortSignal,
  ) {
    this.cursor = webhook.cursor;
    this.failures = webhook.failures;
  }

  /** Whoever takes over waits for as long as whoever was before would have waited. */
  async restAsBefore(): Promise<void> {
    const { nextAttemptAt } = this.webhook;
    if (nextAttemptAt) await this.rest(nextAttemptAt.getTime() - systemClock.now().getTime());
  }

  async take(message: ChangesMessage): Promise<void> {
    switch (message.is) {
      case 'changes':
        for (const change of message.changes) {
          const parts = deliveriesOf(this.webhook, change);
          for (const part of parts) await this.deliver(part, part === parts.at(-1) ? change.cursor : null);
        }
        return this.moveTo(message.cursor);
      case 'bookmark':
        return this.moveTo(message.cursor);
      case 'resync':
        return this.deliver(resyncOf({ ...this.webhook, cursor: this.cursor }, message), null);
      case 'goodbye':
        return undefined;
    }
  }

  private async moveTo(cursor: string): Promise<void> {
    if (cursor !== this.cursor) await this.write({ to: cursor, attempt: null });
  }

  private async deliver(delivery: Delivery, to: string | null): Promise<void> {
    while (!this.stop.aborted) {
      const secrets = await this.secrets();
      const { outbound } = this.ports;
      const tried = await attempt({ outbound, webhook: this.webhook, secrets, stop: this.stop }, delivery);
      // What was broken off by this side is no failure of the receiver.
      if (this.isStopped() && !tried.delivered) break;
      if (tried.delivered) return this.write({ to, attempt: tried });
      const retryInMs = restAfter(this.failures);
      await this.write({ to: null, attempt: tried, retryInMs });
      this.failures += 1;
      if (this.failures >= this.webhook.maxAttempts || tried.status === 410)
        await this.suspend(tried.error ?? '');
      await this.rest(retryInMs);
    }
    throw new Over();
  }

  private isStopped(): boolean {
    return this.stop.aborted;
  }

  private async secrets(): Promise<readonly string[]> {
    const { database, secrets } = this.ports;
    return openedSecrets(secrets, this.webhook, await readSealedSecrets(database, this.webhook.id));
  }

  private async write(
    progress: Pick<Parameters<typeof recordProgress.run>[1], 'to' | 'attempt' | 'retryInMs'>,
  ): Promise<void> {
    const actor = itself(this.webhook.organizationId);
    const input = { webhook: this.webhook, from: this.cursor, ...progress };
    const { result: isOurs } = await this.ports.execute(actor, recordProgress, input);
    if (!isOurs) throw new Over();
    this.cursor = progress.to ?? this.cursor;
    if (progress.attempt?.delivered !== false) this.failures = 0;
  }

  private async suspend(error: string): Promise<never> {
    const tries = this.failures === 1 ? 'once' : `${this.failures} times`;
    const reason = `A delivery failed ${tries}, the last time so: ${error} Mend the receiver, and set the webhook active again: it goes on with that delivery.`;
    await this.ports.execute(itself(this.webhook.organizationId), suspendWebhook, {
      id: this.webhook.id,
      reason,
    });
    throw new Over();
  }

  private async rest(ms: number): Promise<void> {
    if (ms > 0) await pause(ms, undefined, { signal: this.stop, ref: false }).catch(() => undefined);
  }
}

/** Twice as long each time, and never the same for all. */
function restAfter(failures: number): number {
  return Math.round(Math.min(longestRestMs, firstRestMs * 2 ** failures) * (0.5 + randomFraction() / 2));
}
