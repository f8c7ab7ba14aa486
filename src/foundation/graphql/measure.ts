import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyInstance } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import type { Meter } from '../metrics/meter.js';
import { secondsSince } from '../metrics/seconds.js';

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
  /** As the client is told. */
  readonly errors: readonly GraphQLFormattedError[] | undefined;
}

/** Takes note of how long an operation took, and of what came of it. */
export function noteOperation(
  meter: Meter,
  { transport, operation = 'unknown', begun, errors }: Operation,
): void {
  const code = errors?.[0]?.extensions?.['code'];
  const outcome = typeof code === 'string' ? code : errors?.length ? 'UNKNOWN' : 'OK';
  const labels = { transport, operation, outcome };
  meter.observe('signalbox_graphql_operation_duration_seconds', secondsSince(begun), labels);
}

/** The same for whatever Apollo answers. */
export function measurePlugin(meter: Meter): ApolloServerPlugin<object> {
  return {
    requestDidStart: async () => {
      const begun = performance.now();
      return {
        willSendResponse: async ({ operation, response: { body } }) => {
          const errors = body.kind === 'single' ? body.singleResult.errors : undefined;
          noteOperation(meter, { transport: 'http', operation: operation?.operation, begun, errors });
        },
      };
    },
  };
}
