/** What a stream answers when it is asked: its next message, its end, or nothing if there is none yet. */
export type Taken<Message> = IteratorResult<Message, undefined> | undefined;

/** The end of a stream. */
export const streamEnd = { done: true, value: undefined } as const;

/**
 * A stream that answers at once. Whoever reads it asks when there is room for a message; where there is none yet, the
 * reader is woken when it is worth asking again. So one loop can serve thousands of readers without a promise for each,
 * and a slow reader costs no queue. It can be read as any other iterable too. One reader at a time.
 */
export abstract class Stream<Message> implements AsyncIterableIterator<Message, undefined> {
  /**
   * Those for whom the same message, asked for in the same words, says the same. Set by the door, where the watch says so;
   * without it, nothing is shared.
   */
  audience: string | undefined;

  /** The next message. Nothing: `wake` is called when it is worth asking again. Throws what ends the stream. */
  abstract take(wake: () => void): Taken<Message>;

  /** Ends the stream at once; whoever waits is woken. */
  abstract return(): Promise<IteratorResult<Message, undefined>>;

  async next(): Promise<IteratorResult<Message, undefined>> {
    for (;;) {
      let wake: () => void = () => undefined;
      const woken = new Promise<void>((resolve) => (wake = resolve));
      const taken = this.take(wake);
      if (taken) return taken;
      await woken;
    }
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** A stream of one message, or of none, that is to come. */
export class PromisedStream<Message> extends Stream<Message> {
  private taken: Taken<Message>;
  private failure: { readonly error: unknown } | undefined;
  private wake: () => void = () => undefined;

  constructor(message: Promise<Message | undefined>) {
    super();
    message
      .then(
        (value) => void (this.taken = value === undefined ? streamEnd : { done: false, value }),
        (error: unknown) => void (this.failure = { error }),
      )
      .finally(() => this.wake())
      .catch(() => undefined);
  }

  take(wake: () => void): Taken<Message> {
    this.wake = wake;
    const { taken, failure } = this;
    this.failure = undefined;
    if (taken || failure) this.taken = streamEnd;
    if (failure) throw failure.error;
    return taken;
  }

  return(): Promise<IteratorResult<Message, undefined>> {
    this.taken = streamEnd;
    this.wake();
    return Promise.resolve(streamEnd);
  }
}
