import type { Visibility } from '../../foundation/commands/command.js';
import { isId } from '../../foundation/kernel/id.js';
import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import { list, mapPage, type ListPage, type ListRequest } from '../../foundation/postgres/list.js';
import { statement } from '../../foundation/postgres/statement.js';
import { filterJson, type ChangeFilter } from '../changes/index.js';
import type { Attempt, Delivery } from './delivery.js';
import type { Webhook } from './webhook.js';

interface WebhookRow {
  readonly id: string;
  readonly organization_id: string;
  readonly runtime_group_id: string | null;
  readonly name: string;
  readonly url: string;
  readonly filter: ChangeFilter;
  readonly max_attempts: number;
  readonly state: Webhook['state'];
  readonly state_reason: string | null;
  readonly cursor: string;
  readonly failures: number;
  readonly next_attempt_at: Date | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** Without the secrets: what is read to be shown has none. */
const columns = `w.id, w.organization_id, w.runtime_group_id, w.name, w.url, w.filter, w.max_attempts, w.state, w.state_reason,
  w.cursor, w.failures, w.next_attempt_at, w.version, w.created_at, w.updated_at`;

const visible = 'w.organization_id = $1 and ($2::uuid is null or w.runtime_group_id = $2)';

function webhookOf(row: WebhookRow): Webhook {
  return {
    ...{ id: row.id, organizationId: row.organization_id, runtimeGroupId: row.runtime_group_id },
    ...{ name: row.name, url: row.url, filter: row.filter, maxAttempts: row.max_attempts },
    ...{ state: row.state, stateReason: row.state_reason, cursor: row.cursor, failures: row.failures },
    ...{ nextAttemptAt: row.next_attempt_at, version: row.version },
    ...{ createdAt: row.created_at, updatedAt: row.updated_at },
  };
}

const byIds = statement(
  'webhooks.by_ids',
  `select ${columns} from webhook w where ${visible} and w.id = any($3::uuid[])`,
);

/** The visible ones of the webhooks asked for, in any order. What is no id finds nothing. */
export async function findWebhooks(
  reader: Reader,
  { organizationId, runtimeGroupId }: Visibility,
  ids: readonly string[],
): Promise<Webhook[]> {
  return (await reader.rows<WebhookRow>(byIds, [organizationId, runtimeGroupId, ids.filter(isId)])).map(
    webhookOf,
  );
}

const webhooks = {
  name: 'webhooks.page',
  from: 'webhook w',
  select: columns,
  id: 'w.id',
  where: visible,
  columns: {
    id: { sql: 'w.id', type: 'uuid', required: true },
    name: { sql: 'w.name', type: 'text', required: true },
    state: { sql: 'w.state', type: 'text', required: true },
    createdAt: { sql: 'w.created_at', type: 'timestamp', required: true },
  },
} as const;

/** A page of the webhooks that may be seen. */
export async function listWebhooks(
  reader: Reader,
  { organizationId, runtimeGroupId }: Visibility,
  request: ListRequest,
): Promise<ListPage<Webhook>> {
  const [page] = await list<WebhookRow>(reader, webhooks, {
    ...request,
    fixed: [organizationId, runtimeGroupId],
  });
  return mapPage(page as ListPage<WebhookRow>, webhookOf);
}

const active = statement('webhooks.active', `select ${columns} from webhook w where w.state = 'ACTIVE'`);

const activeOne = statement('webhooks.active_one', `${active.text} and w.id = $1`);

/** A webhook as it stands now, if it is to be told of changes. */
export async function readActiveWebhook(reader: Reader, id: string): Promise<Webhook | undefined> {
  const [row] = await reader.rows<WebhookRow>(activeOne, [id]);
  return row && webhookOf(row);
}

/** All webhooks that are to be told of changes, of all organizations. */
export async function readActiveWebhooks(reader: Reader): Promise<Webhook[]> {
  return (await reader.rows<WebhookRow>(active)).map(webhookOf);
}

const secrets = statement(
  'webhooks.secrets',
  `select secret, case when previous_secret_until > clock_timestamp() then previous_secret end as previous
   from webhook where id = $1`,
);

/** The sealed secrets that deliveries are signed with: the newest, and for a while the one before it. */
export async function readSealedSecrets(reader: Reader, id: string): Promise<readonly string[]> {
  const [row] = await reader.rows<{ secret: string; previous: string | null }>(secrets, [id]);
  return row ? [row.secret, ...(row.previous === null ? [] : [row.previous])] : [];
}

const named = statement('webhooks.named', 'select id from webhook where organization_id = $1 and name = $2');

export async function isNameTaken(tx: Transaction, organizationId: string, name: string): Promise<boolean> {
  return (await tx.rows(named, [organizationId, name])).length > 0;
}

export type NewWebhook = Omit<
  Webhook,
  'state' | 'stateReason' | 'failures' | 'nextAttemptAt' | 'version' | 'createdAt' | 'updatedAt'
>;

const insert = statement(
  'webhooks.insert',
  `insert into webhook (id, organization_id, runtime_group_id, name, url, filter, max_attempts, cursor, secret)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);

export async function insertWebhook(tx: Transaction, webhook: NewWebhook, sealed: string): Promise<void> {
  const { id, organizationId, runtimeGroupId, name, url, filter, maxAttempts, cursor } = webhook;
  const json = JSON.stringify(filterJson(filter));
  await tx.rows(insert, [id, organizationId, runtimeGroupId, name, url, json, maxAttempts, cursor, sealed]);
}

const update = statement(
  'webhooks.update',
  `update webhook set name = $2, url = $3, filter = $4, max_attempts = $5, state = $6, state_reason = $7, failures = 0,
     next_attempt_at = null, version = version + 1, updated_at = clock_timestamp() where id = $1`,
);

/** Changes a webhook, and counts it. Whoever delivers to it begins anew, with what comes after its cursor. */
export async function updateWebhookRow(tx: Transaction, webhook: Webhook): Promise<void> {
  const { id, name, url, filter, maxAttempts, state, stateReason } = webhook;
  await tx.rows(update, [id, name, url, JSON.stringify(filterJson(filter)), maxAttempts, state, stateReason]);
}

const rotate = statement(
  'webhooks.rotate',
  `update webhook set previous_secret = secret, previous_secret_until = clock_timestamp() + interval '24 hours', secret = $2,
     version = version + 1, updated_at = clock_timestamp() where id = $1`,
);

/** Sets a new secret. The one before it signs, too, for a day. */
export async function rotateSecret(tx: Transaction, id: string, sealed: string): Promise<void> {
  await tx.rows(rotate, [id, sealed]);
}

const remove = statement('webhooks.delete', 'delete from webhook where id = $1');

export async function deleteWebhookRow(tx: Transaction, id: string): Promise<void> {
  await tx.rows(remove, [id]);
}

const advance = statement(
  'webhooks.advance',
  `update webhook set cursor = $3, failures = 0, next_attempt_at = null
   where id = $1 and cursor = $2 and state = 'ACTIVE' returning id`,
);

/** Moves on from a cursor to another; false if that is not where the webhook is any more. */
export async function advanceCursor(tx: Transaction, id: string, from: string, to: string): Promise<boolean> {
  return (await tx.rows(advance, [id, from, to])).length > 0;
}

const fail = statement(
  'webhooks.fail',
  `update webhook set failures = failures + 1, next_attempt_at = clock_timestamp() + make_interval(secs => $3)
   where id = $1 and cursor = $2 and state = 'ACTIVE' returning failures`,
);

/** Counts a failure of what comes after a cursor, and says when it is tried again; false as `advanceCursor`. */
export async function countFailure(
  tx: Transaction,
  id: string,
  cursor: string,
  waitMs: number,
): Promise<boolean> {
  return (await tx.rows(fail, [id, cursor, waitMs / 1_000])).length > 0;
}

const record = statement(
  'webhooks.record',
  `insert into webhook_delivery as d (id, webhook_id, type, number, part, delivered, status, error, duration_ms)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
   on conflict (id) do update set delivered = excluded.delivered, status = excluded.status, error = excluded.error,
     duration_ms = excluded.duration_ms, attempts = d.attempts + 1, last_attempt_at = clock_timestamp()`,
);

const trim = statement(
  'webhooks.trim',
  `delete from webhook_delivery where webhook_id = $1 and last_attempt_at < (
     select last_attempt_at from webhook_delivery where webhook_id = $1 order by last_attempt_at desc offset 99 limit 1
   )`,
);

/** Writes down how an attempt went. The last hundred deliveries of a webhook are known. */
export async function recordAttempt(tx: Transaction, webhookId: string, attempt: Attempt): Promise<void> {
  const { delivery, delivered, status, error, durationMs } = attempt;
  const { id, type, number, part } = delivery;
  await tx.rows(record, [id, webhookId, type, number, part, delivered, status, error, durationMs]);
  await tx.rows(trim, [webhookId]);
}

interface DeliveryRow {
  readonly id: string;
  readonly webhook_id: string;
  readonly type: Delivery['type'];
  readonly number: string | null;
  readonly part: number;
  readonly delivered: boolean;
  readonly attempts: number;
  readonly status: number | null;
  readonly error: string | null;
  readonly duration_ms: number;
  readonly first_attempt_at: Date;
  readonly last_attempt_at: Date;
}

/** A delivery as it is remembered. */
export interface KnownDelivery {
  readonly id: string;
  readonly webhookId: string;
  readonly type: Delivery['type'];
  readonly number: number | null;
  readonly part: number;
  readonly delivered: boolean;
  readonly attempts: number;
  readonly status: number | null;
  readonly error: string | null;
  readonly durationMs: number;
  readonly firstAttemptAt: Date;
  readonly lastAttemptAt: Date;
}

const deliveryColumns =
  'id, webhook_id, type, number, part, delivered, attempts, status, error, duration_ms, first_attempt_at, last_attempt_at';

const last = statement(
  'webhooks.last_deliveries',
  `select d.* from unnest($1::uuid[]) as w(id) cross join lateral (
     select ${deliveryColumns} from webhook_delivery d where d.webhook_id = w.id order by d.last_attempt_at desc limit $2
   ) d`,
);

/** The last deliveries of webhooks, the newest first. */
export async function readLastDeliveries(
  reader: Reader,
  webhookIds: readonly string[],
  count: number,
): Promise<KnownDelivery[]> {
  return (await reader.rows<DeliveryRow>(last, [webhookIds, count])).map(deliveryOf);
}

const one = statement('webhooks.delivery', `select ${deliveryColumns} from webhook_delivery where id = $1`);

export async function findDelivery(reader: Reader, id: string): Promise<KnownDelivery | undefined> {
  const [row] = isId(id) ? await reader.rows<DeliveryRow>(one, [id]) : [];
  return row && deliveryOf(row);
}

function deliveryOf(row: DeliveryRow): KnownDelivery {
  return {
    ...{ id: row.id, webhookId: row.webhook_id, type: row.type, part: row.part },
    ...{ number: row.number === null ? null : Number(row.number), delivered: row.delivered },
    ...{ attempts: row.attempts, status: row.status, error: row.error, durationMs: row.duration_ms },
    ...{ firstAttemptAt: row.first_attempt_at, lastAttemptAt: row.last_attempt_at },
  };
}
