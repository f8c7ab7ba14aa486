/** The same stream with each message translated. Returning it returns the source, at once. */
export function mapMessages<From, To>(
  source: AsyncIterableIterator<From>,
  translate: (message: From) => To | Promise<To>,
): AsyncIterableIterator<To> {
  const mapped = async (result: IteratorResult<From>): Promise<IteratorResult<To>> =>
    result.done ? { done: true, value: undefined } : { done: false, value: await translate(result.value) };
  return {
    next: async () => mapped(await source.next()),
    return: async () => {
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
