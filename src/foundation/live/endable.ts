/**
 * The same items, until `return` is called: that ends the iteration at once, even while `next` waits, and returns the
 * source without waiting for it. What the source then still throws goes to `late`. One `next` at a time.
 */
export function endable<Item>(
  source: AsyncIterator<Item>,
  late: (error: unknown) => void,
): AsyncIterableIterator<Item> {
  return new Endable(source, late);
}

type Result<Item> = IteratorResult<Item, undefined>;

class Endable<Item> implements AsyncIterableIterator<Item, undefined> {
  private isEnded = false;
  private letGo: ((end: Result<Item>) => void) | undefined;

  constructor(
    private readonly source: AsyncIterator<Item>,
    private readonly late: (error: unknown) => void,
  ) {}

  next(): Promise<Result<Item>> {
    if (this.isEnded) return Promise.resolve(end);
    // A race with one promise that lasts as long as the stream would keep something of every item.
    return new Promise((resolve, reject) => {
      this.letGo = resolve;
      this.source.next().then(
        (result) => resolve(result as Result<Item>),
        (error: unknown) => (this.isEnded ? this.late(error) : reject(error as Error)),
      );
    });
  }

  return(): Promise<Result<Item>> {
    if (!this.isEnded) {
      this.isEnded = true;
      this.source.return?.().catch(this.late);
      this.letGo?.(end);
    }
    return Promise.resolve(end);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

const end = { done: true, value: undefined } as const;
