import type { FastifyInstance } from 'fastify';
import type { Logger } from '../log/log.js';

/** Whether this server can do its work now, and if not, why: sentences for people. */
export interface Readiness {
  readonly ready: boolean;
  readonly reasons: readonly string[];
}

/** What the health addresses tell. */
export interface HealthOptions {
  readonly ready: () => Promise<Readiness>;
  readonly isStopping: () => boolean;
  readonly log: Logger;
}

/**
 * Serves, to everybody, `/health/live` (200 as long as the process answers at all) and `/health/ready` (200, or 503 with
 * the reasons: send requests elsewhere).
 */
export function registerHealth(app: FastifyInstance, options: HealthOptions): void {
  app.get('/health/live', async () => ({ live: true }));
  app.get('/health/ready', async (_request, reply) => {
    const readiness = await readinessNow(options);
    return reply.code(readiness.ready ? 200 : 503).send(readiness);
  });
}

async function readinessNow({ ready, isStopping, log }: HealthOptions): Promise<Readiness> {
  if (isStopping()) return { ready: false, reasons: ['This server is about to stop.'] };
  try {
    return await ready();
  } catch (error) {
    log.error({ err: error }, 'could not find out whether this server is ready');
    return { ready: false, reasons: ['It could not be found out whether this server is ready.'] };
  }
}
