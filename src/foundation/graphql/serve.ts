import { setTimeout as pause } from 'node:timers/promises';
import { fastify, type FastifyError, type FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { closeCodes } from '../live/connection.js';
import { attachWebSockets, type Sockets } from '../live/websocket.js';
import { defaultSocketLimits, type SocketLimits } from '../live/socket-limits.js';
import type { Logger } from '../log/log.js';
import { unmeasured, type Meter } from '../metrics/meter.js';
import type { Refusal } from '../kernel/refusal.js';
import { makeFormatError, responseHeadFor, type FormatError } from './format-error.js';
import { registerHealth, type Readiness } from './health.js';
import { registerGraphqlHttp } from './http.js';
import { defaultRouteLimits, registerRoutes, type HttpRoute, type RouteLimits } from './http-routes.js';
import { defaultLimits, type Limits } from './limits.js';
import { InFlight } from '../live/in-flight.js';
import { metricsPath } from '../metrics/route.js';
import { listen, type ListenAt } from './listen.js';
import { measureRequests } from './measure.js';
import { pathUnknown, readableError, serverStopping } from './request-refusals.js';
import { traceRoutes } from './trace.js';
import { graphqlPath, type ContextFor } from './transport.js';

/** What to serve, to whom, and where. */
export interface ServeOptions extends ListenAt {
  readonly schema: GraphQLSchema;
  readonly log: Logger;
  /** Takes note of what happens; without one, nobody does. */
  readonly meter?: Meter;
  readonly contextFor: ContextFor;
  readonly limits?: Partial<Limits>;
  readonly socketLimits?: Partial<SocketLimits>;
  /** Takes note of what is on its way to sockets. Without one, it is bounded by nothing. */
  readonly inFlight?: InFlight;
  readonly routeLimits?: Partial<RouteLimits>;
  /** Origins of other sites whose pages may open a WebSocket. */
  readonly allowedOrigins?: readonly string[];
  /** What is answered over HTTP beside GraphQL, to those whom `contextFor` lets in. */
  readonly routes?: readonly HttpRoute<never>[];
  /** Adds what else this server answers, to everybody. */
  readonly pages?: (app: FastifyInstance) => void;
  readonly ready: () => Promise<Readiness>;
  /** Why no WebSocket can be opened now. */
  readonly closedFor?: () => Refusal | undefined;
  /** Called once when the server begins to stop: the place to end all streams with a goodbye. */
  readonly beforeClose?: () => void | Promise<void>;
}

/** A server that runs. */
export interface GraphqlServer {
  /** The address of GraphQL over HTTP. */
  readonly url: string;
  /** The address of GraphQL over WebSocket. */
  readonly wsUrl: string;
  readonly port: number;
  /** How many sockets are open. */
  socketCount(): number;
  /** Closes the sockets that are open now, as soon as their streams have ended: others may serve them better. */
  turnAway(): Promise<void>;
  /**
   * Stops: is not ready any more, takes nothing new, answers what it was asked, lets streams say goodbye, closes sockets.
   * After `graceMs` what is left is cut off. Resolves when all is closed; called again, answers the same promise.
   */
  stop(graceMs: number): Promise<void>;
}

/** Serves a schema over HTTP and WebSocket on one port. Throws a `StartupError` if it cannot listen there. */
export async function serveGraphql(options: ServeOptions): Promise<GraphqlServer> {
  const { log } = options;
  let stopping: Promise<void> | undefined;
  const isStopping = (): boolean => stopping !== undefined;
  const formatError = makeFormatError(log);
  const { meter = unmeasured } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const answering = { ...options, meter, formatError, limits };
  const app = makeApp(formatError, isStopping);
  measureRequests(app, meter);
  registerHealth(app, { ready: options.ready, isStopping, log });
  options.pages?.(app);
  traceRoutes(app);
  await registerGraphqlHttp(app, answering);
  const routeLimits = { ...defaultRouteLimits, ...options.routeLimits };
  registerRoutes(app, options.routes ?? [], { ...answering, limits: routeLimits });
  const sockets = attachWebSockets(app.server, answering, {
    limits: { ...defaultSocketLimits, ...options.socketLimits },
    inFlight: options.inFlight ?? new InFlight(Infinity, meter),
    allowedOrigins: options.allowedOrigins ?? [],
    refusal: () => (isStopping() ? serverStopping({ retryAfterMs: 1_000 }) : options.closedFor?.()),
  });
  const port = await listen(app, options).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  const authority = `${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`;
  return {
    url: `http://${authority}${graphqlPath}`,
    wsUrl: `ws://${authority}${graphqlPath}`,
    port,
    socketCount: () => sockets.count(),
    turnAway: async () => {
      await sockets.quiet(quietMs);
      await sockets.close(turnAwayMs, { code: closeCodes.later, reason: 'Try again later' });
    },
    stop: (graceMs) => (stopping ??= stop({ app, sockets, ...options }, graceMs)),
  };
}

/** Whoever runs this server looks on while it stops. */
function isForOperators(url: string): boolean {
  return url.startsWith('/health/') || url.startsWith(metricsPath);
}

/** The HTTP server: whatever it refuses, on whatever path, it refuses in the form of GraphQL's errors. */
function makeApp(formatError: FormatError, isStopping: () => boolean): FastifyInstance {
  const app = fastify({ requestTimeout: 60_000, return503OnClosing: false });
  app.addHook('onRequest', async ({ url }) => {
    if (isStopping() && !isForOperators(url)) throw serverStopping({ retryAfterMs: 1_000 });
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isStopping()) void reply.header('connection', 'close');
  });
  app.setNotFoundHandler(({ method, url }) => {
    throw pathUnknown({ method, path: url.split('?', 1)[0] ?? url });
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const readable = readableError(error, request.headers['content-type']);
    const { status, headers } = responseHeadFor(readable);
    const body = { errors: [formatError(readable)] };
    // Fastify hangs up on a body that is too large. A client that is still sending would then never read why: most see a
    // broken pipe. Left open, the rest is read and thrown away, for as long as a request may take.
    void reply.removeHeader('connection');
    return reply.code(status).headers(Object.fromEntries(headers)).send(body);
  });
  return app;
}

interface Stopping {
  readonly app: FastifyInstance;
  readonly sockets: Sockets;
  readonly beforeClose?: () => void | Promise<void>;
  readonly log: Logger;
}

async function stop(stopping: Stopping, graceMs: number): Promise<void> {
  const { app, sockets } = stopping;
  const isOver = new AbortController();
  const hardLimit = pause(graceMs, undefined, { signal: isOver.signal }).catch(() => undefined);
  // From here on nothing new is accepted; this ends when the last connection does.
  const closed = app.close();
  await Promise.race([Promise.all([closed, sayGoodbye(stopping, graceMs)]), hardLimit]);
  isOver.abort();
  sockets.terminate();
  app.server.closeAllConnections();
  await closed;
  // The streams of sockets that have just closed are being returned.
  await sockets.quiet(lastMomentMs);
}

const lastMomentMs = 100;

/** How long streams may take to end by themselves. */
const quietMs = 2_000;

/** Over so long sockets are closed while this server goes on. */
const turnAwayMs = 5_000;

/** Streams get a quarter of the time to end by themselves, and sockets half of it to be closed in slices. */
async function sayGoodbye({ sockets, beforeClose, log }: Stopping, graceMs: number): Promise<void> {
  try {
    await beforeClose?.();
  } catch (error) {
    log.error({ err: error }, 'streams could not be ended with a goodbye');
  }
  if (beforeClose) await sockets.quiet(Math.min(graceMs / 4, quietMs));
  await sockets.close(graceMs / 2, { code: closeCodes.goodbye, reason: 'Service restart' });
}
