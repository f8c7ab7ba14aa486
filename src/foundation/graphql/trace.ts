import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyInstance } from 'fastify';
import { callerOf, tell, traced, type Part } from '../tracing/span.js';

/** Traces what routes do, as a part of what the caller does, if it says so in its headers. */
export function traceRoutes(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const { handler, url } = route;
    route.handler = function (request, reply) {
      const attributes = { 'http.request.method': request.method, 'http.route': url };
      const part = { name: `${request.method} ${url}`, kind: 'server', attributes } as const;
      const work = async (): Promise<unknown> => {
        const answer: unknown = await handler.call(this, request, reply);
        tell({ attributes: { 'http.response.status_code': reply.statusCode } });
        return answer;
      };
      return traced(part, work, callerOf(request.headers));
    };
  });
}

/** An operation, called as its sender calls it. */
export function operationPart(type: string, name: string | null | undefined): Part {
  return {
    ...{ name: name ? `${type} ${name}` : type, kind: 'server' },
    attributes: { 'graphql.operation.type': type, ...(name ? { 'graphql.operation.name': name } : {}) },
  };
}

/** Calls a request by the operation that it brings. */
export function tracePlugin(): ApolloServerPlugin<object> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ operation, operationName }) => {
        if (operation) tell(operationPart(operation.operation, operationName));
      },
    }),
  };
}
