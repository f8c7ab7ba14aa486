import type { FormattedExecutionResult } from 'graphql';
import { CloseCode, createClient, type Client } from 'graphql-ws';
import type { Operation } from './request.js';

/** The socket's address, and the authorization that it is opened with. */
export interface Line {
  readonly url: string;
  readonly authorization: string | undefined;
}

type Result = FormattedExecutionResult;

const PING_EVERY_MS = 10_000;
const ANSWER_WITHIN_MS = 5_000;
const ATTEMPTS = 5;
const FIRST_WAIT_MS = 500;

/**
 * Runs a subscription on a socket of its own, so that each one speaks with the authorization of its moment.
 * A lost connection is opened again a few times, within about 16 seconds, and the operation is sent anew;
 * a refused one is not. Never rejects: what ended the stream too early is the errors of a last result.
 * `return` ends the stream at once, whatever the connection is doing.
 */
export function openStream(line: Line, operation: Operation): AsyncIterableIterator<Result> {
  const results = clientFor(line).iterate(payloadOf(operation)) as AsyncIterableIterator<Result>;
  return untilReturned({
    next: () => results.next().catch((failure: unknown) => lastResult(explain(failure, line))),
    return: () => results.return?.() ?? ended(),
  });
}

function clientFor({ url, authorization }: Line): Client {
  const client = createClient({
    url,
    ...(authorization !== undefined && { connectionParams: { authorization } }),
    keepAlive: PING_EVERY_MS,
    connectionAckWaitTimeout: ANSWER_WITHIN_MS,
    retryAttempts: ATTEMPTS,
    retryWait: (retries) => new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * 2 ** retries)),
    shouldRetry: (failure) => codeOf(failure) !== CloseCode.Forbidden,
  });
  hangUpOnSilence(client);
  return client;
}

/** Without this a half-open connection (a laptop that slept, a pulled cable) looks like a quiet stream. */
function hangUpOnSilence(client: Client): void {
  let deadline: ReturnType<typeof setTimeout> | undefined;
  client.on('ping', (received) => {
    if (!received) deadline = setTimeout(() => client.terminate(), ANSWER_WITHIN_MS);
  });
  client.on('pong', (received) => {
    if (received) clearTimeout(deadline);
  });
  client.on('closed', () => clearTimeout(deadline));
}

/** A stream whose pending `next` does not outlive `return`, which GraphiQL's stop button relies on. */
function untilReturned(
  source: Required<Pick<AsyncIterator<Result>, 'next' | 'return'>>,
): AsyncIterableIterator<Result> {
  let end: (last: IteratorResult<Result>) => void;
  const returned = new Promise<IteratorResult<Result>>((resolve) => {
    end = resolve;
  });
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => Promise.race([returned, source.next()]),
    return: () => {
      void source.return();
      end({ done: true, value: undefined });
      return ended();
    },
  };
}

function explain(failure: unknown, { url }: Line): NonNullable<Result['errors']> {
  if (Array.isArray(failure)) return failure as NonNullable<Result['errors']>;
  const code = codeOf(failure);
  if (code === CloseCode.Forbidden || code === CloseCode.Unauthorized) return [{ message: refused(code) }];
  if (code === undefined || code < 4000) return [{ message: unreachable(url) }];
  const { reason } = failure as { readonly reason?: string };
  return [{ message: `The control plane closed the stream: ${code} ${reason ?? ''}`.trim() }];
}

const refused = (code: number): string =>
  `The control plane refused to open a stream (${code}): the access token is missing, unknown or expired. ` +
  'Put a valid one into "Authorization" under Headers, then run this again.';

const unreachable = (url: string): string =>
  `The control plane at ${url} cannot be reached. Check that it is running, then run this again.`;

const codeOf = (failure: unknown): number | undefined =>
  typeof failure === 'object' && failure !== null && 'code' in failure && typeof failure.code === 'number'
    ? failure.code
    : undefined;

const payloadOf = ({ query, operationName, variables }: Operation): Parameters<Client['iterate']>[0] => ({
  query,
  operationName: operationName ?? null,
  variables: variables as Record<string, unknown> | null | undefined,
});

const lastResult = (errors: NonNullable<Result['errors']>): IteratorResult<Result> => ({
  done: false,
  value: { errors },
});

const ended = (): Promise<IteratorResult<Result>> => Promise.resolve({ done: true, value: undefined });
