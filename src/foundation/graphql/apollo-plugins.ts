import type { ApolloServerPlugin, GraphQLRequestContext, GraphQLRequestListener } from '@apollo/server';
import { OperationTypeNode } from 'graphql';
import { requestError } from './format-error.js';
import { assertCost, type Cost, type Limits } from './limits.js';
import { subscriptionOverHttp } from './request-refusals.js';
import { graphqlPath } from './transport.js';

type Listener = GraphQLRequestListener<object>;
type Request = GraphQLRequestContext<object>;

/** Refuses operations that cost too much; tells of the others, in `extensions.cost`, what they cost and what is left. */
export function costPlugin(limits: Limits): ApolloServerPlugin<object> {
  return onRequests(() => {
    let cost: Cost | undefined;
    return {
      didResolveOperation: async ({ schema, document, operation, request }) => {
        if (!operation) return;
        cost = orRefuse(() =>
          assertCost({ schema, document, operation, variables: request.variables ?? {} }, limits),
        );
      },
      willSendResponse: async ({ response: { body } }) => {
        if (!cost || body.kind !== 'single') return;
        body.singleResult.extensions = { ...body.singleResult.extensions, cost };
      },
    };
  });
}

/** Refuses subscriptions with 405, and says where they are served. Left alone, Apollo executes them like queries. */
export function noSubscriptionsPlugin(): ApolloServerPlugin<object> {
  return onRequests(() => ({
    didResolveOperation: async ({ operation, request }) => {
      if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return;
      const refusal = subscriptionOverHttp({ wsUrl: wsUrlOf(request) });
      // The address does answer GET: that is how a WebSocket is opened.
      throw requestError(refusal, { status: 405, headers: new Map([['allow', 'GET']]) });
    },
  }));
}

/**
 * Answers 200 instead of 400 to those who accept `application/json` alone: for them, as GraphQL over HTTP has it, the
 * status says no more than that an answer came.
 */
export function plainJsonPlugin(): ApolloServerPlugin<object> {
  return onRequests(() => ({
    willSendResponse: async ({ request, response }) => {
      const accept = request.http?.headers.get('accept') ?? '';
      if (response.http.status === 400 && plainJson.test(accept)) response.http.status = 200;
    },
  }));
}

const plainJson = /^\s*application\/json\s*(;[^,]*)?$/i;

function onRequests(listen: () => Listener): ApolloServerPlugin<object> {
  return { requestDidStart: async () => listen() };
}

function orRefuse<Answer>(answer: () => Answer): Answer {
  try {
    return answer();
  } catch (error) {
    // Without a status of its own, Apollo would answer 500.
    throw requestError(error);
  }
}

/** The address of the other transport, as the client reached this one. */
function wsUrlOf({ http }: Request['request']): string {
  const isSecure = http?.headers.get('x-forwarded-proto') === 'https';
  return `${isSecure ? 'wss' : 'ws'}://${http?.headers.get('host') ?? 'this server'}${graphqlPath}`;
}
