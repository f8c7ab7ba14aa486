import { execute, subscribe, type ExecutionArgs, type ExecutionResult, type GraphQLError } from 'graphql';
import { toGraphqlError } from '../graphql/format-error.js';
import { endable } from './endable.js';

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

/** Opens a subscription, whose stream ends at once when it is returned. Never rejects. */
export async function openStream(
  args: ExecutionArgs,
  late: (error: unknown) => void,
): Promise<AsyncIterableIterator<ExecutionResult>> {
  try {
    const opened = await subscribe(args);
    return Symbol.asyncIterator in opened ? endable(opened, late) : refusedStream(opened.errors ?? []);
  } catch (error) {
    return refusedStream([toGraphqlError(error)]);
  }
}

async function* refusedStream(errors: readonly GraphQLError[]): AsyncGenerator<never> {
  throw new StreamRefused(errors);
}
