import type { Command, Means, Scope } from '../../foundation/commands/command.js';
import type { Actor } from '../../foundation/commands/command.js';
import type { Outbound } from '../../foundation/outbound/outbound.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { changesStream, seenBy, type ReadChanges } from '../changes/index.js';
import { readRevisions } from '../event-log/index.js';
import { attempt, deliveriesOf, testOf, type Attempt, type Delivery } from './delivery.js';
import { openedSecrets } from './secret-seal.js';
import { readerOf, type Webhook } from './webhook.js';
import { getWebhook, resourceOf } from './webhook.commands.js';
import { deliveryNotFound, resyncNotRepeated } from './webhook.refusals.js';
import {
  advanceCursor,
  countFailure,
  findDelivery,
  readSealedSecrets,
  recordAttempt,
} from './webhook.store.js';

export interface SendingPorts {
  readonly outbound: Outbound;
  readonly readChanges: ReadChanges;
}

interface Tried {
  readonly webhook: Webhook;
  readonly attempt: Attempt;
}

/** Tells a receiver nothing, to see whether it can be told. Where the webhook stands does not matter. */
export function testWebhook({
  outbound,
}: SendingPorts): Command<{ readonly id: string }, { deliveryId: string }, Tried> {
  return {
    name: 'webhooks.test',
    action: 'webhook:write',
    scope: webhookAlone,
    prepare: async ({ id }, means) => {
      const webhook = await getWebhook(means.reader, id, means.actor);
      return sent(outbound, means, webhook, testOf(webhook));
    },
    run: recordTried,
  };
}

/** Tells a receiver once more what it was told, or was to be told. Where the webhook stands stays as it is. */
export function redeliver(
  ports: SendingPorts,
): Command<{ readonly deliveryId: string }, { deliveryId: string }, Tried> {
  return {
    name: 'webhooks.redeliver',
    action: 'webhook:write',
    scope: async (reader, { deliveryId }, actor) =>
      webhookAlone(reader, await ownerOf(reader, deliveryId), actor),
    prepare: async ({ deliveryId }, means) => {
      const { id } = await ownerOf(means.reader, deliveryId);
      const webhook = await getWebhook(means.reader, id, means.actor);
      const delivery = await readAgain(ports, means.reader, webhook, deliveryId);
      return sent(ports.outbound, means, webhook, delivery);
    },
    run: recordTried,
  };
}

async function ownerOf(reader: Reader, deliveryId: string): Promise<{ readonly id: string }> {
  const known = await findDelivery(reader, deliveryId);
  if (!known) throw deliveryNotFound({ id: deliveryId }, ['deliveryId']);
  return { id: known.webhookId };
}

/** The same delivery, made again: from the change that it tells of; or as a test, which is of now. */
async function readAgain(
  { readChanges }: SendingPorts,
  reader: Reader,
  webhook: Webhook,
  deliveryId: string,
): Promise<Delivery> {
  const { number = null, type } = (await findDelivery(reader, deliveryId)) ?? {};
  if (type === 'test') return { ...testOf(webhook), id: deliveryId };
  if (type === 'resync') throw resyncNotRepeated({ id: deliveryId }, ['deliveryId']);
  const stream = changesStream(webhook);
  const revisions =
    number === null ? [] : await readRevisions(reader, stream, { after: number - 1, limit: 1 });
  const [change] = await readChanges(stream, revisions);
  const seen = change && seenBy(readerOf(webhook), webhook.filter)(change);
  const delivery = seen && deliveriesOf(webhook, seen).find(({ id }) => id === deliveryId);
  if (!delivery) throw deliveryNotFound({ id: deliveryId }, ['deliveryId']);
  return delivery;
}

async function sent(
  outbound: Outbound,
  { reader, secrets }: Means,
  webhook: Webhook,
  delivery: Delivery,
): Promise<Tried> {
  const opened = await openedSecrets(secrets, webhook, await readSealedSecrets(reader, webhook.id));
  return { webhook, attempt: await attempt({ outbound, webhook, secrets: opened }, delivery) };
}

const recordTried: Command<unknown, { deliveryId: string }, Tried>['run'] = async (tx, tried) => {
  await recordAttempt(tx, tried.webhook.id, tried.attempt);
  return { result: { deliveryId: tried.attempt.delivery.id }, events: [] };
};

async function webhookAlone(reader: Reader, { id }: { readonly id: string }, actor: Actor): Promise<Scope> {
  return { resource: resourceOf(await getWebhook(reader, id, actor)), stream: null };
}

export interface Progress {
  readonly webhook: Webhook;
  /** Where the webhook was before. */
  readonly from: string;
  /** Where it is now; null: where it was. */
  readonly to: string | null;
  /** What was tried, if something was. */
  readonly attempt: Attempt | null;
  /** After a failure: when it is tried again. */
  readonly retryInMs?: number;
}

/** Writes down how far a webhook has come. False if it is elsewhere: somebody else delivers to it, or nobody is to. */
export const recordProgress: Command<Progress, boolean> = {
  name: 'webhooks.progress',
  action: 'webhook:write',
  scope: (_reader, { webhook }) => Promise.resolve({ resource: resourceOf(webhook), stream: null }),
  run: async (tx, { webhook, from, to, attempt: tried, retryInMs = 0 }) => {
    const isOurs =
      tried?.delivered === false
        ? await countFailure(tx, webhook.id, from, retryInMs)
        : await advanceCursor(tx, webhook.id, from, to ?? from);
    if (isOurs && tried) await recordAttempt(tx, webhook.id, tried);
    return { result: isOurs, events: [] };
  },
};
