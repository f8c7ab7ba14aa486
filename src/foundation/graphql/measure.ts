import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyInstance } from 'fastify';
import type { Meter } from '../metrics/meter.js';
import { secondsSince } from '../metrics/seconds.js';
import { codeFor } from './format-error.js';

/** Takes note of how long each HTTP request takes. Whatever no route answers counts as one. */
export function measureRequests(app: FastifyInstance, meter: Meter): void {
  app.addHook('onResponse', async ({ routeOptions }, reply) => {
    const labels = { route: routeOptions.url ?? 'none', status: String(reply.statusCode) };
    meter.observe('signalbox_http_request_duration_seconds', reply.elapsedTime / 1_000, labels);
  });
}

/** What there is to note of a query or a mutation. */
interface Operation {
  readonly transport: 'http' | 'websocket';
  /** `query`, `mutation`; nothing if it could not even be read. */
  readonly operation: string | undefined;
  /** A reading of `performance.now()`. */
  readonly begun: number;
  /** The first of its errors, as it was thrown. */
  readonly error: unknown;
}

/** Takes note of how long an operation took, and of what came of it. */
export function noteOperation(
  meter: Meter,
  { transport, operation = 'unknown', begun, error }: Operation,
): void {
  const labels = { transport, operation, outcome: error === undefined ? 'OK' : codeFor(error) };
  meter.observe('signalbox_graphql_operation_duration_seconds', secondsSince(begun), labels);
}

/** The same for whatever Apollo answers. */
export function measurePlugin(meter: Meter): ApolloServerPlugin<object> {
  return {
    requestDidStart: async () => {
      const begun = performance.now();
      return {
        willSendResponse: async ({ operation, errors }) =>
          noteOperation(meter, {
            transport: 'http',
            operation: operation?.operation,
            begun,
            error: errors?.[0],
          }),
      };
    },
  };
}
