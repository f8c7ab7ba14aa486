import type { FastifyReply, FastifyRequest } from 'fastify';
import { hostInvalid } from './request-refusals.js';
import type { ContextFor } from './transport.js';

/**
 * Answers the context of whoever sends this request, or refuses them. What is answered to somebody is nothing for a cache that
 * others use too.
 */
export function admit(
  request: FastifyRequest,
  reply: FastifyReply,
  { contextFor }: { readonly contextFor: ContextFor },
): Promise<object> {
  void reply.header('cache-control', 'no-store');
  assertHost(request);
  const { headers, ip } = request;
  return contextFor(headers.authorization, { ip });
}

/** A host that makes no address would break whatever builds addresses further on. */
function assertHost({ host }: FastifyRequest): void {
  if (!URL.canParse(`http://${host}/`)) throw hostInvalid({ host });
}
