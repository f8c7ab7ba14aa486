import type { FormattedExecutionResult } from 'graphql';
import {
  makeServer,
  type Context,
  type ExecutionResult,
  type Server,
  type ServerOptions,
  type SubscribePayload,
} from 'graphql-ws';
import { toGraphqlError } from '../graphql/format-error.js';
import { noteOperation } from '../graphql/measure.js';
import { operationPart } from '../graphql/trace.js';
import { makePrepare, OperationInvalid } from '../graphql/prepare.js';
import type { Answering } from '../graphql/transport.js';
import { defineRefusal } from '../kernel/refusal.js';
import type { Meter } from '../metrics/meter.js';
import { traced } from '../tracing/span.js';
import { Admission } from './admission.js';
import type { Connection } from './connection.js';
import { Delivery } from './delivery.js';
import { Executions, type Operation } from './executions.js';
import type { InFlight } from './in-flight.js';
import { openStream, runOnce, StreamRefused } from './run-operation.js';
import type { SocketLimits } from './socket-limits.js';

const tooManyOperations = defineRefusal<{ limit: number }>(
  'TOO_MANY_OPERATIONS',
  'invalid',
  ({ limit }) =>
    `On this socket ${limit} operations are running, which is the limit. Complete some first, or open another socket.`,
);

type Socket = Context<Record<string, unknown>, Connection>;
type Options = ServerOptions<Record<string, unknown>, Connection>;

/** The server's side of the protocol, for any number of sockets. */
export interface Protocol {
  readonly server: Server<Connection>;
  /** How many operations are running, on all sockets. */
  running(): number;
}

/**
 * The graphql-transport-ws protocol over this schema: queries, mutations and subscriptions. Whatever is wrong with an
 * operation ends that operation, with an `error` message if it has not begun or is a stream; none of the functions
 * given here rejects, because that would close the socket, and with it all that others run on it.
 */
export function makeProtocol(answering: Answering, limits: SocketLimits, inFlight: InFlight): Protocol {
  const admission = new Admission({ ...answering, limits });
  const prepare = makePrepare(answering);
  const { formatError, log } = answering;
  let running = 0;
  const late = (error: unknown): void => log.debug({ err: error }, 'a stream that had ended threw');
  const present = (result: ExecutionResult): FormattedExecutionResult =>
    result.errors ? { ...dataOf(result), errors: result.errors.map(formatError) } : dataOf(result);
  const executions = new Executions(present, answering.meter);
  const countBytes = answering.meter.counting('signalbox_socket_sent_bytes_total');
  const opening = { executions, late, countBytes, inFlight };
  const options: Options = {
    connectionInitWaitTimeout: limits.initWaitMs,
    onConnect: ({ extra, connectionParams }) => admission.admit(extra, connectionParams),
    onSubscribe: async (socket, _id, request) => {
      try {
        assertRoom(socket, limits);
        const operation = await argumentsFor(request, socket.extra);
        running += 1;
        return operation;
      } catch (error) {
        return error instanceof OperationInvalid ? error.errors : [toGraphqlError(error)];
      }
    },
    execute: (args) => measured(args as Operation, answering.meter),
    subscribe: (args) => openStream(args as Operation, opening),
    onOperation: (...[{ extra }, id, , , result]) => {
      if (result instanceof Delivery) result.to(extra.outlet, id);
    },
    // The library hands over everything that it has; the result comes last.
    onNext: (...[, , , , result]) => result.errors && present(result),
    onComplete: () => void (running -= 1),
    onError: (_socket, _id, _request, errors) => errors.flatMap(reasonsOf).map(formatError),
  };
  const argumentsFor = async (request: SubscribePayload, connection: Connection): Promise<Operation> => {
    const { document, operation: definition, text } = prepare(request);
    // What is kept of a stream's request is the text that all who sent it share.
    Object.assign(request, { query: text });
    const { operationName, variables } = request;
    const contextValue = await answering.contextFor(connection.authorization, connection.facts);
    const { schema } = answering;
    return { schema, document, definition, text, operationName, variableValues: variables, contextValue };
  };
  return { server: makeServer(options), running: () => running };
}

/** Runs a query or a mutation, and takes note of it. Never rejects. */
async function measured(operation: Operation, meter: Meter): Promise<ExecutionResult> {
  const begun = performance.now();
  const { operation: type, name } = operation.definition;
  const result = await traced(operationPart(type, name?.value), () => runOnce(operation));
  const error = result.errors?.[0];
  noteOperation(meter, { transport: 'websocket', operation: type, begun, error });
  return result;
}

/** The operation that asks is counted already. */
function assertRoom({ subscriptions }: Socket, { operations: limit }: SocketLimits): void {
  if (Object.keys(subscriptions).length > limit) throw tooManyOperations({ limit });
}

function dataOf({ data, extensions }: ExecutionResult): FormattedExecutionResult {
  return { ...(data !== undefined && { data }), ...(extensions && { extensions }) };
}

function reasonsOf(error: Error & { readonly originalError?: unknown }): readonly unknown[] {
  return error.originalError instanceof StreamRefused ? error.originalError.errors : [error];
}
