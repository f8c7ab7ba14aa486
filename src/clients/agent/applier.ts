import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../foundation/kernel/clock.js';
import { countChanges, type Configuration } from './configuration.js';
import type { Driver } from './drivers/driver.js';
import type { Journal } from './journal.js';
import type { KeptConfiguration } from './kept-configuration.js';

/** What became of a configuration. */
export interface SyncOutcome {
  readonly cursor: string;
  readonly outcome: 'APPLIED' | 'REJECTED';
  /** Why it was refused. */
  readonly message?: string;
  /** What is in place. */
  readonly runningCursor?: string;
  readonly stateHash?: string;
}

export interface ApplierPorts {
  readonly driver: Driver;
  readonly kept: KeptConfiguration;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly report: (outcome: SyncOutcome) => void;
  /** Before a configuration that was refused is tried once more, if nothing newer has come. */
  readonly retryMs: number;
  readonly signal: AbortSignal;
}

/** Puts configurations in place, one at a time. Of those that come meanwhile, only the newest counts. */
export class Applier {
  private wanted: Configuration | undefined;
  private newest: Configuration | undefined;
  private applying: Promise<void> | undefined;
  private running: Configuration | undefined;

  constructor(private readonly ports: ApplierPorts) {}

  /** Resolves when nothing is being put in place. */
  get settled(): Promise<void> {
    return this.applying ?? Promise.resolve();
  }

  /**
   * Puts in place what the last process left: what it was about to put there, else what was there. Answers what there is to
   * continue from.
   */
  async recover(): Promise<Configuration | undefined> {
    const { current, next } = await this.ports.kept.load();
    this.running = current;
    if (current) this.ports.journal.say(`found ${named(current)} from the last run`);
    if (next && (await this.attempt(next))) return next;
    if (current && !(await this.attempt(current))) this.retryLater(current);
    return current;
  }

  /** Makes this the configuration to have in place. */
  want(configuration: Configuration): void {
    this.wanted = configuration;
    this.applying ??= this.work().finally(() => (this.applying = undefined));
  }

  private async work(): Promise<void> {
    while (this.wanted && !this.ports.signal.aborted) {
      const target = this.wanted;
      this.wanted = undefined;
      if (!(await this.attempt(target))) this.retryLater(target);
    }
  }

  private async attempt(target: Configuration): Promise<boolean> {
    const { driver, kept, clock } = this.ports;
    const began = clock.monotonic();
    this.newest = target;
    try {
      await kept.prepare(target);
      await driver.apply(target);
      await kept.commit();
    } catch (error) {
      await this.refuse(target, error);
      return false;
    }
    this.accept(target, clock.monotonic() - began);
    return true;
  }

  private accept(target: Configuration, tookMs: number): void {
    const { revision, entities } = target;
    const changed = countChanges(this.running, target);
    this.running = target;
    this.ports.journal.say(
      `applied revision ${revision} (${changed} changed, ${entities.size} entities) in ${Math.round(tookMs)} ms`,
    );
    this.ports.report(applied(target));
  }

  private async refuse(target: Configuration, error: unknown): Promise<void> {
    await this.ports.kept.discard().catch(() => undefined);
    const message = (error as Error).message;
    const rest = this.running ? `revision ${this.running.revision} stays in place` : 'nothing is in place';
    this.ports.journal.warn(`revision ${target.revision} could not be applied: ${message}; ${rest}`);
    this.ports.report({
      ...{ outcome: 'REJECTED', cursor: target.cursor, message: message.slice(0, 2_000) },
      ...(this.running && { runningCursor: this.running.cursor, stateHash: this.running.stateHash }),
    });
  }

  private retryLater(target: Configuration): void {
    const { retryMs, signal } = this.ports;
    wait(retryMs, undefined, { signal, ref: false }).then(
      () => {
        if (this.newest === target && !this.wanted) this.want(target);
      },
      () => undefined,
    );
  }
}

function named({ revision, entities }: Configuration): string {
  return `revision ${revision} (${entities.size} entities)`;
}

function applied({ cursor, stateHash }: Configuration): SyncOutcome {
  return { outcome: 'APPLIED', cursor, runningCursor: cursor, stateHash };
}
