/** So many may do something at once; the others wait for their turn, first come, first served. */
export class Slots {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  /** True if somebody waits: those who are at it should not take long. */
  get isCrowded(): boolean {
    return this.waiting.length > 0;
  }

  async use<Result>(run: () => Promise<Result>): Promise<Result> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await run();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}
