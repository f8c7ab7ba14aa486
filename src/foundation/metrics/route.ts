import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { sha256 } from '../kernel/id.js';
import { defineRefusal } from '../kernel/refusal.js';
import type { PrometheusMeter } from './prometheus.js';

export const metricsPath = '/metrics';

const metricsTokenWrong = defineRefusal(
  'METRICS_TOKEN_WRONG',
  'unauthenticated',
  () =>
    'The metrics are for whoever has the token that SIGNALBOX_METRICS_TOKEN names. Send it as “Authorization: Bearer <token>”.',
);

/**
 * Serves the metrics to whoever presents this token. It is a setting and no token of the database, because the metrics are
 * about all organizations, and wanted most while the database does not answer.
 */
export function registerMetrics(app: FastifyInstance, meter: PrometheusMeter, token: string): void {
  const wanted = sha256(`Bearer ${token}`);
  app.get(metricsPath, async ({ headers }, reply) => {
    if (!timingSafeEqual(sha256(headers.authorization ?? ''), wanted)) throw metricsTokenWrong({});
    return reply
      .type(meter.contentType)
      .header('cache-control', 'no-store')
      .send(await meter.text());
  });
}
