import type { Actor, Command, NewEvent, Resource, Scope } from '../../foundation/commands/command.js';
import { newEvent } from '../../foundation/commands/new-event.js';
import { newId } from '../../foundation/kernel/id.js';
import { equalJson, type JsonObject } from '../../foundation/kernel/json.js';
import { refuseAny } from '../../foundation/kernel/refusal.js';
import type { Outbound } from '../../foundation/outbound/outbound.js';
import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import {
  beginningOf,
  changesStream,
  filterJson,
  type Beginning,
  type ChangeFilter,
} from '../changes/index.js';
import { formatCursor } from '../event-log/index.js';
import { refuseStaleVersion } from '../runtime-groups/index.js';
import { webhookNameTaken, webhookNotFound, webhookUrlForbidden } from './webhook.refusals.js';
import { receiverAt, webhookProblems, type Webhook } from './webhook.js';
import {
  deleteWebhookRow,
  findWebhooks,
  insertWebhook,
  isNameTaken,
  rotateSecret,
  updateWebhookRow,
} from './webhook.store.js';
import { sealedSecret } from './secret-seal.js';

export interface CreateWebhook {
  readonly name: string;
  readonly url: string;
  readonly filter: ChangeFilter;
  readonly maxAttempts: number;
  readonly from: Beginning;
  readonly secret: string;
}

/** Adds a receiver. With a token of one group, it is told what that token may see. */
export function createWebhook(outbound: Outbound): Command<CreateWebhook, { id: string }> {
  return {
    name: 'webhooks.create',
    action: 'webhook:write',
    fresh: ['secret'],
    scope: (_reader, _input, actor) => Promise.resolve(scopeOf(actor, actor.runtimeGroupId)),
    prepare: (given) => {
      const input = { ...given, name: given.name.trim() };
      refuseAny(webhookProblems(input));
      refuseForbidden(outbound, input.url);
      return input;
    },
    run: async (tx, { secret, from, ...input }, { actor, secrets }) => {
      const { organizationId, runtimeGroupId } = actor;
      await refuseTakenName(tx, organizationId, input.name);
      const stream = changesStream({ organizationId });
      const cursor = formatCursor(stream, await beginningOf(tx, stream, from));
      const webhook = { ...input, id: newId(), organizationId, runtimeGroupId, cursor };
      await insertWebhook(tx, webhook, sealedSecret(secrets, webhook, secret));
      const after = facts({ ...webhook, state: 'ACTIVE', stateReason: null });
      return { result: { id: webhook.id }, events: [event('created', webhook.id, null, after)] };
    },
  };
}

export interface UpdateWebhook {
  readonly id: string;
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly filter?: ChangeFilter | undefined;
  readonly maxAttempts?: number | undefined;
  /** True: it is told of changes, again if it was suspended; false: it is not, and goes on later where it was. */
  readonly active?: boolean | undefined;
  readonly expectedVersion?: number | undefined;
}

/** Changes a webhook. What is absent stays. One that is active again goes on after the last delivery. */
export function updateWebhook(outbound: Outbound): Command<UpdateWebhook, { id: string }> {
  return {
    name: 'webhooks.update',
    action: 'webhook:write',
    scope: webhookScope,
    prepare: (input) => {
      if (input.url !== undefined) refuseForbidden(outbound, input.url);
      return input;
    },
    run: async (tx, { id, expectedVersion, ...input }, { actor }) => {
      const before = await getWebhook(tx, id, actor);
      refuseStaleVersion(before, expectedVersion);
      const to = revised(before, input);
      refuseAny(webhookProblems(to));
      if (to.name !== before.name) await refuseTakenName(tx, before.organizationId, to.name);
      if (equalJson(facts(before), facts(to)) && to.url === before.url)
        return { result: { id: before.id }, events: [] };
      await updateWebhookRow(tx, to);
      return { result: { id: before.id }, events: [event('updated', before.id, facts(before), facts(to))] };
    },
  };
}

function revised(before: Webhook, { active, ...input }: Omit<UpdateWebhook, 'id'>): Webhook {
  const isSame = active === undefined || active === (before.state === 'ACTIVE');
  const state = isSame ? before.state : active ? 'ACTIVE' : 'PAUSED';
  return {
    ...before,
    name: input.name?.trim() ?? before.name,
    url: input.url ?? before.url,
    filter: input.filter ?? before.filter,
    maxAttempts: input.maxAttempts ?? before.maxAttempts,
    state,
    stateReason: state === before.state ? before.stateReason : null,
  };
}

/** Forgets a receiver. */
export const deleteWebhook: Command<{ readonly id: string }, { id: string }> = {
  name: 'webhooks.delete',
  action: 'webhook:write',
  scope: webhookScope,
  run: async (tx, { id }, { actor }) => {
    const webhook = await getWebhook(tx, id, actor);
    await deleteWebhookRow(tx, webhook.id);
    return { result: { id: webhook.id }, events: [event('deleted', webhook.id, facts(webhook), null)] };
  },
};

/** Sets another secret. For a day, deliveries are signed with both. */
export const rotateWebhookSecret: Command<{ readonly id: string; readonly secret: string }, { id: string }> =
  {
    name: 'webhooks.rotate-secret',
    action: 'webhook:write',
    fresh: ['secret'],
    scope: webhookScope,
    run: async (tx, { id, secret }, { actor, secrets }) => {
      const webhook = await getWebhook(tx, id, actor);
      await rotateSecret(tx, webhook.id, sealedSecret(secrets, webhook, secret));
      const told = facts(webhook);
      return { result: { id: webhook.id }, events: [event('secret-rotated', webhook.id, told, told)] };
    },
  };

/** Stops telling a receiver that cannot be told. */
export const suspendWebhook: Command<{ readonly id: string; readonly reason: string }, null> = {
  name: 'webhooks.suspend',
  action: 'webhook:write',
  scope: webhookScope,
  run: async (tx, { id, reason }, { actor }) => {
    const before = await getWebhook(tx, id, actor);
    if (before.state !== 'ACTIVE') return { result: null, events: [] };
    const to: Webhook = { ...before, state: 'SUSPENDED', stateReason: reason };
    await updateWebhookRow(tx, to);
    return { result: null, events: [event('suspended', before.id, facts(before), facts(to))] };
  },
};

/** The webhook, if it is there for the actor; else a refusal. */
export async function getWebhook(
  reader: Reader,
  id: string,
  { organizationId, runtimeGroupId }: Actor,
): Promise<Webhook> {
  const [webhook] = await findWebhooks(reader, { organizationId, runtimeGroupId }, [id]);
  if (!webhook) throw webhookNotFound({ id }, ['id']);
  return webhook;
}

async function webhookScope(reader: Reader, { id }: { readonly id: string }, actor: Actor): Promise<Scope> {
  return scopeOf(actor, (await getWebhook(reader, id, actor)).runtimeGroupId);
}

/** What the right to a webhook is asked for. */
export function resourceOf({
  organizationId,
  runtimeGroupId,
}: Pick<Webhook, 'organizationId' | 'runtimeGroupId'>): Resource {
  return { organizationId, runtimeGroupId };
}

function scopeOf({ organizationId }: Actor, runtimeGroupId: string | null): Scope {
  return {
    resource: resourceOf({ organizationId, runtimeGroupId }),
    stream: { topic: 'organization', scopeId: organizationId },
  };
}

function refuseForbidden(outbound: Outbound, url: string): void {
  const receiver = receiverAt(url);
  if (receiver && outbound.refuses(receiver)) throw webhookUrlForbidden({ host: receiver.hostname }, ['url']);
}

async function refuseTakenName(tx: Transaction, organizationId: string, name: string): Promise<void> {
  if (await isNameTaken(tx, organizationId, name)) throw webhookNameTaken({ name }, ['name']);
}

type Told = Pick<
  Webhook,
  'name' | 'url' | 'filter' | 'maxAttempts' | 'state' | 'stateReason' | 'runtimeGroupId'
>;

/** Addresses of receivers can have a secret after their path: it is not told. */
function facts({ name, url, filter, maxAttempts, state, stateReason, runtimeGroupId }: Told): JsonObject {
  const { origin, pathname } = new URL(url);
  const told = { url: `${origin}${pathname}`, filter: filterJson(filter) };
  return { name, ...told, maxAttempts, state, stateReason, runtimeGroupId };
}

function event(past: string, id: string, before: JsonObject | null, after: JsonObject | null): NewEvent {
  return newEvent({ type: `webhook.${past}`, kind: 'webhook', subjectId: id, before, after });
}
