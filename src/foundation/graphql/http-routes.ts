import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { admit } from './admit.js';
import { downloadsBusy } from './request-refusals.js';
import { ReaderLost, StreamedBody, type BodyLimits } from './streamed-body.js';
import type { Answering } from './transport.js';

/** A read whose answer is too long to be kept whole. */
export interface HttpRoute<Context extends object> {
  /** `/v1/things/:id`. */
  readonly path: string;
  /** Writes the answer. What it throws before it begins to is answered as a refusal. */
  answer(request: RouteRequest, context: Context, body: StreamedBody): Promise<void>;
}

/** The parts of an address that say what is asked for. */
export interface RouteRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
}

/** How many long answers are sent at once, and how slowly they may be read. */
export interface RouteLimits extends BodyLimits {
  readonly atOnce: number;
}

/** The limits unless others are set. */
export const defaultRouteLimits: RouteLimits = { atOnce: 4, partMs: 5_000, wholeMs: 300_000 };

interface Routing extends Pick<Answering, 'contextFor' | 'formatError' | 'log'> {
  readonly limits: RouteLimits;
}

/** Answers routes, each to those alone whom the server lets in; what they may read, the doors decide. */
export function registerRoutes(
  app: FastifyInstance,
  routes: readonly HttpRoute<never>[],
  routing: Routing,
): void {
  const contexts = new WeakMap<FastifyRequest, object>();
  let underWay = 0;
  for (const route of routes) {
    app.get(route.path, {
      exposeHeadRoute: false,
      onRequest: async (request, reply) => {
        contexts.set(request, await admit(request, reply, routing));
      },
      handler: async (request, reply) => {
        if (underWay >= routing.limits.atOnce) throw downloadsBusy({ limit: underWay, retryAfterMs: 2_000 });
        underWay += 1;
        try {
          await sendAnswer(route, { request, reply, context: contexts.get(request) as never }, routing);
        } finally {
          underWay -= 1;
        }
        return reply;
      },
    });
  }
}

interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly context: never;
}

async function sendAnswer(
  route: HttpRoute<never>,
  { request, reply, context }: Asked,
  { limits, formatError, log }: Routing,
): Promise<void> {
  const body = new StreamedBody(reply, limits);
  try {
    await route.answer(request as RouteRequest, context, body);
    body.end();
  } catch (error) {
    if (!body.hasBegun) throw error;
    body.breakOff();
    if (error instanceof ReaderLost)
      log.info({ path: route.path }, `An answer was broken off: ${error.message}.`);
    else formatError(error);
  }
}
