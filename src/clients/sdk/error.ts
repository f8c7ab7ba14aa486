/** One reason for a refusal, as the server gives it. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
}

/** What is known of a failure. */
export interface Failure {
  /** Stable: the server's own code for a refusal, or one of the codes in `clientCodes`. */
  readonly code: string;
  readonly message: string;
  /** True when the same request may succeed later without anybody doing anything. */
  readonly retryable: boolean;
  /** True when no answer came to a request that the server may have carried out. */
  readonly mayBeDone?: boolean;
  /** What a person can do about it. */
  readonly hint?: string;
  /** GraphQL's class of the error: `UNAUTHENTICATED`, `FORBIDDEN`, `NOT_FOUND`, `BAD_USER_INPUT`, … */
  readonly category?: string;
  readonly problems?: readonly Problem[];
}

/** Codes of failures that never came as far as the server's rules. */
export const clientCodes = {
  unreachable: 'UNREACHABLE',
  timedOut: 'TIMED_OUT',
  unexpected: 'UNEXPECTED_ANSWER',
  interrupted: 'INTERRUPTED',
} as const;

/** Every failure of a request or of a stream. The message is a sentence for people. */
export class SignalboxError extends Error {
  readonly code: string;
  readonly retryable: boolean;
  readonly mayBeDone: boolean;
  readonly hint: string | undefined;
  readonly category: string;
  readonly problems: readonly Problem[];

  constructor(failure: Failure, cause?: unknown) {
    super(failure.message, cause === undefined ? undefined : { cause });
    this.name = 'SignalboxError';
    this.code = failure.code;
    this.retryable = failure.retryable;
    this.mayBeDone = failure.mayBeDone ?? false;
    this.hint = failure.hint;
    this.category = failure.category ?? failure.code;
    this.problems = failure.problems ?? [];
  }

  /** True when the server does not know who asks, or does not let them. */
  get isAccessRefusal(): boolean {
    return this.category === 'UNAUTHENTICATED' || this.category === 'FORBIDDEN';
  }
}

/** The errors of a GraphQL answer as one failure: the first one, with the problems that it lists. */
export function fromGraphqlErrors(errors: readonly unknown[]): SignalboxError {
  const { message = 'The server answered with an error without a message.', extensions = {} } = (errors[0] ??
    {}) as WireError;
  const { code = 'UNKNOWN', reason = code, problems = [], retryable } = extensions;
  return new SignalboxError({
    ...{ code: reason, category: code, message, problems },
    retryable: retryable ?? retryableCategories.has(code),
    ...(hints[code] !== undefined && { hint: hints[code] }),
  });
}

/** The parts of an error on the wire that are used here. */
interface WireError {
  readonly message?: string;
  readonly extensions?: {
    readonly code?: string;
    readonly reason?: string;
    readonly problems?: readonly Problem[];
    readonly retryable?: boolean;
  };
}

const retryableCategories: ReadonlySet<string> = new Set(['UNAVAILABLE', 'INTERNAL_SERVER_ERROR']);

const hints: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: 'Give a valid token with --token or in SIGNALBOX_TOKEN.',
  FORBIDDEN: 'Use a token that has the right to do this.',
  INTERNAL_SERVER_ERROR: 'The server’s log has the details under this id.',
};

/** Refusals that a mutation answered with, as one failure with what a person should know besides; nothing if it was not refused. */
export function fromUserErrors(userErrors: readonly Problem[], hint?: string): SignalboxError | undefined {
  const [first] = userErrors;
  if (!first) return undefined;
  return new SignalboxError({
    ...{ code: first.code, message: first.message, category: 'BAD_USER_INPUT' },
    ...{ retryable: false, problems: userErrors },
    ...(hint !== undefined && { hint }),
  });
}
