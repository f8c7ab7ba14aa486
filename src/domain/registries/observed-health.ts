import { systemClock } from '../../foundation/kernel/clock.js';
import type { RegistryHealth } from './registry.js';

type Observed = Pick<RegistryHealth, 'status' | 'message'>;

/** What has not changed is told again after this time, so that the last success stays recent. */
const repeatMs = 10_000;

/** How a registry is, by all that is asked of it: unreachable, as long as any of it has failed the last time. */
export class ObservedHealth {
  private readonly failing = new Map<string, string>();
  private told: { readonly health: Observed; readonly at: number } | undefined;

  constructor(private readonly tell: (health: Observed) => Promise<void>) {}

  /** Of one question, how it went the last time: a failure's message, or null. */
  async report(question: string, failure: string | null): Promise<void> {
    if (failure === null) this.failing.delete(question);
    else this.failing.set(question, failure);
    const [message = null] = this.failing.values();
    const health: Observed = { status: message === null ? 'HEALTHY' : 'UNREACHABLE', message };
    if (this.isKnown(health)) return;
    this.told = { health, at: systemClock.monotonic() };
    try {
      await this.tell(health);
    } catch (error) {
      this.told = undefined;
      throw error;
    }
  }

  /** A question that is asked no more. */
  forget(question: string): void {
    this.failing.delete(question);
  }

  private isKnown({ status, message }: Observed): boolean {
    const { told } = this;
    if (told?.health.status !== status || told.health.message !== message) return false;
    return systemClock.monotonic() - told.at < repeatMs;
  }
}
