import type { FormattedExecutionResult } from 'graphql';

/** One GraphQL operation as GraphiQL hands it over. */
export interface Operation {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: unknown;
}

/** Where an operation goes, with which headers, and for how long its answer is awaited. */
export interface Destination {
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
}

/** Runs a query or a mutation over HTTP. Never rejects: what went wrong is an error of the result. */
export async function request(
  destination: Destination,
  operation: Operation,
): Promise<FormattedExecutionResult> {
  try {
    const response = await post(destination, operation);
    return await resultOf(response);
  } catch (error) {
    return failure(
      `The control plane at ${destination.url} cannot be reached: ${(error as Error).message}. ` +
        'Check that it is running, then run this again.',
    );
  }
}

const post = ({ url, headers, signal }: Destination, operation: Operation): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json;q=0.9',
      ...textOnly(headers),
    },
    body: JSON.stringify(operation),
    signal: signal ?? null,
  });

async function resultOf(response: Response): Promise<FormattedExecutionResult> {
  const text = await response.text();
  try {
    return JSON.parse(text) as FormattedExecutionResult;
  } catch {
    return failure(
      `The server answered ${response.status} ${response.statusText}, which is no GraphQL: ${text}`,
    );
  }
}

const failure = (message: string): FormattedExecutionResult => ({ errors: [{ message }] });

const textOnly = (headers: Destination['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
