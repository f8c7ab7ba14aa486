import { setTimeout as pause } from 'node:timers/promises';

/** How soon something is done again. */
export interface Pace {
  readonly random: () => number;
  /** The longest time between two. */
  readonly pauseMs: number;
}

/** Does something again and again until it is stopped. */
export class Repeating {
  private isOver = false;
  private readonly done: Promise<void>;

  constructor(once: () => Promise<unknown>, pace: Pace) {
    this.done = this.goOn(once, pace);
    // What went wrong is told to whoever stops it.
    this.done.catch(() => undefined);
  }

  /** Finishes what is under way. */
  async stop(): Promise<void> {
    this.isOver = true;
    await this.done;
  }

  private async goOn(once: () => Promise<unknown>, { random, pauseMs }: Pace): Promise<void> {
    while (!this.isOver) {
      await once();
      await pause(random() * pauseMs);
    }
  }
}
