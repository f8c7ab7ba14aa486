import { clientCodes, fromGraphqlErrors, SignalboxError } from './error.js';
import { unreachable } from './unreachable.js';

/** One GraphQL request over HTTP. */
export interface GraphqlRequest {
  readonly endpoint: string;
  readonly token: string;
  readonly query: string;
  readonly variables: unknown;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Sends a request and answers its data. Throws a `SignalboxError` for whatever else comes of it. */
export async function sendRequest(request: GraphqlRequest): Promise<unknown> {
  const response = await send(request);
  const answer = await readAnswer(request.endpoint, response);
  if (answer.errors?.length) throw fromGraphqlErrors(answer.errors);
  if (answer.data === undefined || answer.data === null) throw unexpected(request.endpoint, response.status);
  return answer.data;
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
}

async function send({
  endpoint,
  token,
  query,
  variables,
  timeoutMs,
  signal,
}: GraphqlRequest): Promise<Response> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify({ query, variables }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (error) {
    throw timeout.aborted ? timedOut(endpoint, timeoutMs) : unreachable(endpoint, error);
  }
}

async function readAnswer(endpoint: string, response: Response): Promise<Answer> {
  const text = await response.text().catch((error: unknown) => {
    throw unreachable(endpoint, error);
  });
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null) return answer;
  } catch {
    // Not JSON: said below, as for any other answer that is not one of GraphQL.
  }
  throw unexpected(endpoint, response.status);
}

function timedOut(endpoint: string, timeoutMs: number): SignalboxError {
  return new SignalboxError({
    code: clientCodes.timedOut,
    message: `The Signalbox server at ${endpoint} did not answer within ${timeoutMs / 1_000} s.`,
    retryable: true,
    mayBeDone: true,
    hint: 'It is not known whether a change was made. Look before you repeat it.',
  });
}

/** The failure to find a Signalbox server where one was looked for. */
export function unexpected(endpoint: string, status: number): SignalboxError {
  return new SignalboxError({
    code: clientCodes.unexpected,
    message: `What answered at ${endpoint} is not a Signalbox server, or one in trouble: HTTP ${status} without a GraphQL answer.`,
    retryable: status >= 500,
    mayBeDone: status >= 500,
    hint: 'Check the address: --server names the server, for example http://127.0.0.1:4000.',
  });
}
