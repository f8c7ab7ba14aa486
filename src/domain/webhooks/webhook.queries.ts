import type { Query } from '../../foundation/commands/command.js';
import type { ListPage, ListRequest } from '../../foundation/postgres/list.js';
import { organizationWide } from '../runtime-groups/index.js';
import type { Webhook } from './webhook.js';
import {
  findDelivery,
  findWebhooks,
  listWebhooks,
  readLastDeliveries,
  type KnownDelivery,
} from './webhook.store.js';

/** A page of the webhooks that the actor may see. */
export const webhooksPage: Query<ListRequest, ListPage<Webhook>> = {
  name: 'webhooks.page',
  action: 'webhook:read',
  scope: organizationWide,
  run: (reader, request, { visibility }) => listWebhooks(reader, visibility, request),
};

/** Webhooks by their ids, one answer for each; nothing for those that are not there for the actor. */
export const webhooksById: Query<readonly string[], (Webhook | undefined)[]> = {
  name: 'webhooks.by-id',
  action: 'webhook:read',
  scope: organizationWide,
  run: async (reader, ids, { visibility }) => {
    const found = new Map(
      (await findWebhooks(reader, visibility, ids)).map((webhook) => [webhook.id, webhook]),
    );
    return ids.map((id) => found.get(id.toLowerCase()));
  },
};

/** How many deliveries are shown of each webhook. */
const shown = 20;

/** The last deliveries of webhooks that were seen already, the newest first; one answer for each. */
export const lastDeliveries: Query<readonly string[], KnownDelivery[][]> = {
  name: 'webhooks.last-deliveries',
  action: 'webhook:read',
  scope: organizationWide,
  run: async (reader, ids) => {
    const all = await readLastDeliveries(reader, ids, shown);
    return ids.map((id) => all.filter(({ webhookId }) => webhookId === id));
  },
};

/** A delivery that was just tried. */
export const deliveryById: Query<string, KnownDelivery | undefined> = {
  name: 'webhooks.delivery',
  action: 'webhook:read',
  scope: organizationWide,
  run: async (reader, id, { visibility }) => {
    const delivery = await findDelivery(reader, id);
    const [webhook] = delivery ? await findWebhooks(reader, visibility, [delivery.webhookId]) : [];
    return webhook && delivery;
  },
};
