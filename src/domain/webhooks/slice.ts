import type { Slice } from '../../foundation/graphql/slice.js';
import type { SendingPorts } from './delivery.commands.js';
import { WebhookType } from './webhook.graphql.js';
import { loadWebhook, WebhookResolver, webhookWrites } from './webhook.resolver.js';

export { Deliverer } from './deliverer.js';
export { sealedSecrets } from './secret-seal.js';

/** Receivers of what happens in an organization. */
export function webhooksSlice(ports: SendingPorts): Slice {
  return {
    name: 'webhooks',
    resolvers: [WebhookResolver, webhookWrites(ports)],
    types: [WebhookType],
    references: [
      {
        typeName: 'Webhook',
        node: true,
        resolve: async (context, { id }) => loadWebhook(context, String(id)),
      },
    ],
  };
}
