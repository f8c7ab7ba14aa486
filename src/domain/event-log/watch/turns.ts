/** Says when so much is on its way to clients that nothing large should be made. */
export interface Room {
  readonly isFull: boolean;
  onRoom(listener: () => void): void;
}

/** So many large answers are made and sent at once unless another number is set. */
export const defaultTurns = 16;

/** Who takes longer than this while others wait gives way to them: four times what one message may take. */
const patienceMs = 120_000;

/** A place among those who are told much. */
export interface Turn {
  /** True as soon as it is this one's turn; false if it has left before. */
  readonly granted: Promise<boolean>;
  /** True for one that has lasted too long while others wait. */
  readonly isOverdue: boolean;
  /** Gives the place back, or waits no more. May be called again. */
  leave(): void;
}

interface Waiting {
  readonly key: string;
  readonly grant: (isGranted: boolean) => void;
}

/**
 * Lets only so many large answers be made and sent at once, whoever they are for: each is held in memory until its last reader
 * has it. Who wants the same answer as somebody whose turn it is shares that turn. First come, first served: nobody
 * overtakes, be it to share.
 */
export class Turns {
  /** The answers under way, with how many are told each. */
  private readonly underWay = new Map<string, number>();
  private readonly waiting = new Set<Waiting>();

  constructor(
    private readonly atOnce: number,
    private readonly room: Room = { isFull: false, onRoom: () => undefined },
    private readonly patience = patienceMs,
  ) {
    room.onRoom(() => this.serve());
  }

  get underWayCount(): number {
    return this.underWay.size;
  }

  get waitingCount(): number {
    return this.waiting.size;
  }

  /** Asks for a turn. Those with the same key are told the same. */
  ask(key: string): Turn {
    let grant: (isGranted: boolean) => void = () => undefined;
    const granted = new Promise<boolean>((done) => (grant = done));
    const { waiting, patience } = this;
    let since = Infinity;
    let isMine = false;
    const mine: Waiting = {
      key,
      grant: (isGranted) => {
        isMine = isGranted;
        since = performance.now();
        grant(isGranted);
      },
    };
    waiting.add(mine);
    this.serve();
    return {
      granted,
      get isOverdue() {
        return waiting.size > 0 && performance.now() - since >= patience;
      },
      leave: () => {
        if (waiting.delete(mine)) mine.grant(false);
        else if (isMine) this.giveBack(key);
        isMine = false;
        this.serve();
      },
    };
  }

  /** Everybody who waits goes away without having had a turn. */
  dismiss(): void {
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const { grant } of waiting) grant(false);
  }

  private serve(): void {
    for (const next of this.waiting) {
      if (!this.mayBegin(next.key)) return;
      this.waiting.delete(next);
      this.underWay.set(next.key, (this.underWay.get(next.key) ?? 0) + 1);
      next.grant(true);
    }
  }

  /** Where nothing is under way, one always may. */
  private mayBegin(key: string): boolean {
    const { underWay, atOnce, room } = this;
    if (underWay.size === 0 || underWay.has(key)) return true;
    return underWay.size < atOnce && !room.isFull;
  }

  private giveBack(key: string): void {
    const left = (this.underWay.get(key) ?? 1) - 1;
    if (left > 0) this.underWay.set(key, left);
    else this.underWay.delete(key);
  }
}
