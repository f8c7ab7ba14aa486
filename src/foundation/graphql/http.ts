import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { costPlugin, noSubscriptionsPlugin, plainJsonPlugin } from './apollo-plugins.js';
import { measurePlugin } from './measure.js';
import { assertSize, shapeRule } from './limits.js';
import { bodyLimitBytes } from './request-refusals.js';
import { admit } from './admit.js';
import { tracePlugin } from './trace.js';
import { graphqlPath, type Answering } from './transport.js';

/**
 * Answers queries and mutations over HTTP, by POST and GET. Who asks is known before a body is read, so that a stranger
 * makes this server neither keep nor parse anything. Ends with `app`.
 */
export async function registerGraphqlHttp(app: FastifyInstance, answering: Answering): Promise<void> {
  const apollo = apolloFor(answering);
  await apollo.start();
  app.addHook('onClose', () => apollo.stop());
  const contexts = new WeakMap<FastifyRequest, object>();
  await app.register(async (scope) => {
    scope.removeContentTypeParser('text/plain');
    scope.route({
      url: graphqlPath,
      // Apollo tells the others which methods there are.
      method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
      bodyLimit: bodyLimitBytes,
      onRequest: async (request, reply) => {
        contexts.set(request, await admit(request, reply, answering));
      },
      preHandler: async (request) => {
        const { query } = { ...(request.query as object), ...(request.body as object) } as {
          query?: unknown;
        };
        if (typeof query === 'string') assertSize(query, answering.limits);
      },
      handler: fastifyApolloHandler(apollo, { context: async (request) => contexts.get(request) ?? {} }),
    });
  });
}

function apolloFor({ schema, limits, formatError, log, meter }: Answering): ApolloServer<object> {
  return new ApolloServer<object>({
    schema,
    // Where another executor comes in: `gateway`, whose `load()` answers `{ executor }` (and then no `schema` here).
    validationRules: [shapeRule(limits)],
    plugins: [
      measurePlugin(meter),
      tracePlugin(),
      costPlugin(limits),
      noSubscriptionsPlugin(),
      plainJsonPlugin(),
      ...nothingUnasked(),
    ],
    formatError: (_formatted, error) => formatError(error),
    includeStacktraceInErrorResponses: false,
    introspection: true,
    // The schema is public; a hint at a misspelt field tells nobody anything.
    hideSchemaDetailsFromClientErrors: false,
    // Nothing but a bearer token lets anybody in, and that no page of another site can make a browser send.
    csrfPrevention: false,
    stopOnTerminationSignals: false,
    logger: {
      debug: (message: string) => log.debug(message),
      info: (message: string) => log.debug(message),
      warn: (message: string) => log.warn(message),
      error: (message: string) => log.error(message),
    },
  });
}

/** Apollo would time every field for cache hints, trace for its gateway, report to its maker, and show a page. */
function nothingUnasked(): ReturnType<typeof ApolloServerPluginCacheControlDisabled>[] {
  return [
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginInlineTraceDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
    ApolloServerPluginSchemaReportingDisabled(),
    ApolloServerPluginLandingPageDisabled(),
  ];
}
