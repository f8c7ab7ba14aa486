import {
  createSourceEventStream,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
} from 'graphql';
import { toGraphqlError } from '../graphql/format-error.js';
import { Delivery, type SendingNotes } from './delivery.js';
import { endable } from './endable.js';
import type { Executions, Operation } from './executions.js';
import { mapMessages, mapStream } from './map-messages.js';
import { Stream } from './stream.js';

/** Why a stream did not begin. Thrown by its first `next`, so that it ends in an `error` message like one that breaks. */
export class StreamRefused extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super(errors[0]?.message);
  }
}

/** Runs a query or a mutation. Never rejects. */
export async function runOnce(args: ExecutionArgs): Promise<ExecutionResult> {
  try {
    return await execute(args);
  } catch (error) {
    return { errors: [toGraphqlError(error)] };
  }
}

/** What streams are opened with. */
export interface Opening extends SendingNotes {
  readonly executions: Executions;
  /** Told what a stream throws that has ended. */
  readonly late: (error: unknown) => void;
}

/** Opens a subscription, whose stream ends at once when it is returned. Never rejects. */
export async function openStream(
  operation: Operation,
  { executions, late, ...notes }: Opening,
): Promise<AsyncIterableIterator<ExecutionResult>> {
  try {
    const source = (await createSourceEventStream(operation)) as Stream<object> | Source | ExecutionResult;
    if (source instanceof Stream) {
      const payloads = mapStream(source, executions.of(operation, source.audience));
      return new Delivery(payloads, notes);
    }
    if (!(Symbol.asyncIterator in source)) return refusedStream(source.errors ?? []);
    return endable(
      mapMessages(source, (message) => runOnce({ ...operation, rootValue: message })),
      late,
    );
  } catch (error) {
    return refusedStream([toGraphqlError(error)]);
  }
}

type Source = AsyncIterableIterator<object>;

async function* refusedStream(errors: readonly GraphQLError[]): AsyncGenerator<never> {
  throw new StreamRefused(errors);
}
