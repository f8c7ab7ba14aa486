/**
 * Why the program cannot start, for the person who started it. The message says what was tried and why it did not
 * work; the hint, where there is one, says what to do. It is printed without a stack.
 */
export class StartupError extends Error {
  constructor(
    message: string,
    readonly hint?: string,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'StartupError';
  }
}
