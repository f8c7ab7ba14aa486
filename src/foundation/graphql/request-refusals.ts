import type { FastifyError } from 'fastify';
import { defineRefusal } from '../kernel/refusal.js';
import { requestError, responseHeadFor } from './format-error.js';

/** A body has at most this many bytes; an import of a whole configuration must fit. */
export const bodyLimitBytes = 10 * 1024 * 1024;

const bodyTooLarge = defineRefusal<{ limit: number }>(
  'BODY_TOO_LARGE',
  'invalid',
  ({ limit }) =>
    `The body of this request is larger than ${limit / 1024 / 1024} MB, which is the limit. Send less at once.`,
);

const bodyNotJson = defineRefusal<{ why: string }>(
  'BODY_NOT_JSON',
  'invalid',
  ({ why }) => `The body of this request is not JSON: ${why}. Send { "query": "…", "variables": { … } }.`,
);

const contentTypeUnsupported = defineRefusal<{ contentType: string }>(
  'CONTENT_TYPE_UNSUPPORTED',
  'invalid',
  ({ contentType }) =>
    `A body of the type “${contentType}” is not read here. Send JSON, with “content-type: application/json”.`,
);

const requestMalformed = defineRefusal<{ why: string }>(
  'REQUEST_MALFORMED',
  'invalid',
  ({ why }) => `This request cannot be read: ${why}.`,
);

/** There is nothing at this path. */
export const pathUnknown = defineRefusal<{ method: string; path: string }>(
  'PATH_UNKNOWN',
  'missing',
  ({ method, path }) => `There is no ${method} ${path} here. GraphQL is at /graphql.`,
);

/** The host of the request cannot be part of an address. */
export const hostInvalid = defineRefusal<{ host: string }>(
  'HOST_INVALID',
  'invalid',
  ({ host }) => `“${host}” is not a host. Send the name that this server is reached by in the header “host”.`,
);

/** This server is about to stop. */
export const serverStopping = defineRefusal<{ retryAfterMs: number }>(
  'SERVER_STOPPING',
  'unavailable',
  () =>
    'This server is about to stop. Ask again in a moment: another one, or this one started anew, answers.',
);

/** More long answers are asked for than are sent at once. */
export const downloadsBusy = defineRefusal<{ limit: number; retryAfterMs: number }>(
  'DOWNLOADS_BUSY',
  'unavailable',
  ({ limit }) =>
    `This server sends ${limit} long files already, which is as many as it does at once. Ask again in a moment.`,
);

/** Subscriptions are not served over HTTP. */
export const subscriptionOverHttp = defineRefusal<{ wsUrl: string }>(
  'SUBSCRIPTION_OVER_HTTP',
  'invalid',
  ({ wsUrl }) =>
    `Subscriptions run over WebSocket, not over an HTTP request. Connect to ${wsUrl} with the subprotocol graphql-transport-ws.`,
);

/** What the HTTP server throws of itself when it cannot read a request, as an error that says so in our words. */
export function readableError(error: FastifyError, contentType: string | undefined): unknown {
  const { statusCode: status = 500, code, message } = error;
  if (status < 400 || status >= 500) return error;
  const why = message.replace(/\.$/, '');
  if (status === 413) return withStatus(status, bodyTooLarge({ limit: bodyLimitBytes }));
  if (status === 415) return withStatus(status, contentTypeUnsupported({ contentType: contentType ?? '' }));
  const isAboutJson = error.name === 'SyntaxError' || code.endsWith('_JSON_BODY');
  return withStatus(status, isAboutJson ? bodyNotJson({ why }) : requestMalformed({ why }));
}

function withStatus(status: number, refusal: Error): unknown {
  return requestError(refusal, { status, headers: responseHeadFor(refusal).headers });
}
