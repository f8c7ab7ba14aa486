import { Stream, streamEnd, type Taken } from './stream.js';

function nothing(): void {
  // Nobody waits.
}

type Translate<From, To> = (message: From) => To | Promise<To>;

/** The same stream with each message translated. Returning it returns the source, at once. */
export function mapMessages<From, To>(
  source: AsyncIterableIterator<From>,
  translate: Translate<From, To>,
): AsyncIterableIterator<To> {
  return source instanceof Stream
    ? mapStream(source as Stream<From>, translate)
    : mapIterator(source, translate);
}

/** Of a translated stream whose messages are translated further comes one stream and not two: there are thousands. */
export function mapStream<From, To>(source: Stream<From>, translate: Translate<From, To>): Stream<To> {
  return source instanceof MappedStream
    ? (source as MappedStream<unknown, From>).further(translate)
    : new MappedStream(source, translate);
}

function mapIterator<From, To>(
  source: AsyncIterableIterator<From>,
  translate: Translate<From, To>,
): AsyncIterableIterator<To> {
  const mapped = async (result: IteratorResult<From>): Promise<IteratorResult<To>> =>
    result.done ? streamEnd : { done: false, value: await translate(result.value) };
  return {
    next: async () => mapped(await source.next()),
    return: async () => {
      await source.return?.();
      return streamEnd;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Answers at once where the source and the translation do. */
class MappedStream<From, To> extends Stream<To> {
  private isEnded = false;
  /** While a translation is under way: nothing more is asked of the source. */
  private isTranslating = false;
  private translated: { readonly value: To } | { readonly error: unknown } | undefined;
  private wake = nothing;

  constructor(
    private readonly source: Stream<From>,
    private readonly translate: Translate<From, To>,
  ) {
    super();
    this.audience = source.audience;
  }

  /** Before anything was taken. */
  further<Further>(translate: Translate<To, Further>): MappedStream<From, Further> {
    const { translate: first } = this;
    const both = (message: From): Further | Promise<Further> => {
      const made = first(message);
      return made instanceof Promise ? made.then(translate) : translate(made);
    };
    const mapped = new MappedStream(this.source, both);
    mapped.audience = this.audience;
    return mapped;
  }

  take(wake: () => void): Taken<To> {
    if (this.isEnded) return streamEnd;
    if (this.translated) return this.giveTranslated();
    if (this.isTranslating) return this.waitWith(wake);
    const taken = this.source.take(wake);
    if (!taken || taken.done) return taken;
    const made = this.translate(taken.value);
    if (!(made instanceof Promise)) return { done: false, value: made };
    this.await(made);
    return this.waitWith(wake);
  }

  async return(): Promise<IteratorResult<To, undefined>> {
    this.isEnded = true;
    this.wake();
    await this.source.return();
    return streamEnd;
  }

  private waitWith(wake: () => void): undefined {
    this.wake = wake;
    return undefined;
  }

  private await(made: Promise<To>): void {
    this.isTranslating = true;
    const settle = (translated: NonNullable<typeof this.translated>): void => {
      this.isTranslating = false;
      this.translated = translated;
      this.wake();
    };
    made.then(
      (value) => settle({ value }),
      (error: unknown) => settle({ error }),
    );
  }

  private giveTranslated(): Taken<To> {
    const { translated } = this;
    this.translated = undefined;
    if (translated && 'error' in translated) throw translated.error;
    return translated && { done: false, value: translated.value };
  }
}
