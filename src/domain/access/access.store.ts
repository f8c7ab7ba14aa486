import type { Actor, Visibility } from '../../foundation/commands/command.js';
import type { IdempotencyKey } from '../../foundation/commands/execute.js';
import { isId } from '../../foundation/kernel/id.js';
import type { Json } from '../../foundation/kernel/json.js';
import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import { list, type ListPage, type ListRequest } from '../../foundation/postgres/list.js';
import { statement } from '../../foundation/postgres/statement.js';
import type { AccessTokenRow } from './access.table.js';

/** A token as it is stored, and whether it is good at this moment by the database's clock. */
export type StoredToken = AccessTokenRow & {
  readonly state: 'GOOD' | 'EXPIRED' | 'REVOKED';
  /** How long it is good yet, in milliseconds, by the clock of the database. Null: for ever. */
  readonly expires_in_ms: number | null;
};

const state = `case
  when revoked_at is not null then 'REVOKED'
  when expires_at <= clock_timestamp() then 'EXPIRED'
  else 'GOOD' end`;
// Each by its name: a newer build may add columns while this one runs, which a prepared “*” does not outlive.
const columns = `id, organization_id, name, role, secret_hash, runtime_group_id, runtime_instance_id, made_by,
  created_at, expires_at, revoked_at, ${state} as state,
  (extract(epoch from expires_at - clock_timestamp()) * 1000)::float8 as expires_in_ms`;

const bySecrets = statement(
  'access.by_secrets',
  `select ${columns} from access_token where secret_hash = any($1::bytea[])`,
);
const byIds = statement('access.by_ids', `select ${columns} from access_token where id = any($1::uuid[])`);
const visibleByIds = statement(
  'access.visible_by_ids',
  `select ${columns} from access_token
   where id = any($1::uuid[]) and organization_id = $2 and ($3::uuid is null or runtime_group_id = $3)`,
);

/** The tokens whose secrets have these hashes, in hex, each in its place. */
export async function findTokensBySecrets(
  reader: Reader,
  hashes: readonly string[],
): Promise<(StoredToken | undefined)[]> {
  const secrets = hashes.map((hash) => Buffer.from(hash, 'hex'));
  const found = await reader.rows<StoredToken>(bySecrets, [secrets]);
  const tokens = new Map(found.map((token) => [token.secret_hash.toString('hex'), token]));
  return hashes.map((hash) => tokens.get(hash));
}

/** The tokens of these ids, each in its place. */
export async function findTokensByIds(
  reader: Reader,
  ids: readonly string[],
): Promise<(StoredToken | undefined)[]> {
  const found = await reader.rows<StoredToken>(byIds, [ids.filter(isId)]);
  const tokens = new Map(found.map((token) => [token.id, token]));
  return ids.map((id) => tokens.get(id));
}

const tokens = {
  name: 'access.page',
  from: 'access_token',
  select: columns,
  id: 'id',
  where: 'organization_id = $1 and ($2::uuid is null or runtime_group_id = $2)',
  columns: {
    id: { sql: 'id', type: 'uuid', required: true },
    name: { sql: 'name', type: 'text', required: true },
    role: { sql: 'role', type: 'text', required: true },
    state: { sql: state, type: 'text', required: true },
    runtimeGroupId: { sql: 'runtime_group_id', type: 'uuid' },
    runtimeInstanceId: { sql: 'runtime_instance_id', type: 'uuid' },
    createdAt: { sql: 'created_at', type: 'timestamp', required: true },
    expiresAt: { sql: 'expires_at', type: 'timestamp' },
  },
} as const;

/** A page of the tokens of people, pipelines and instances. */
export async function listTokens(
  reader: Reader,
  { organizationId, runtimeGroupId }: Visibility,
  request: ListRequest,
): Promise<ListPage<StoredToken>> {
  const fixed = [organizationId, runtimeGroupId];
  const [page] = await list<StoredToken>(reader, tokens, { ...request, fixed });
  return page as ListPage<StoredToken>;
}

/** The visible ones of these tokens, in any order. What is no id finds nothing. */
export async function findTokens(
  reader: Reader,
  visibility: Visibility,
  ids: readonly string[],
): Promise<StoredToken[]> {
  const { organizationId, runtimeGroupId } = visibility;
  return reader.rows<StoredToken>(visibleByIds, [ids.filter(isId), organizationId, runtimeGroupId]);
}

const insert = statement(
  'access.insert',
  `insert into access_token (id, organization_id, name, role, secret_hash, runtime_group_id, runtime_instance_id, expires_at, made_by)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${columns}`,
);

export type NewToken = Omit<AccessTokenRow, 'created_at' | 'revoked_at'>;

export async function insertToken(tx: Transaction, token: NewToken): Promise<StoredToken> {
  const rows = await tx.rows<StoredToken>(insert, [
    token.id,
    token.organization_id,
    token.name,
    token.role,
    token.secret_hash,
    token.runtime_group_id,
    token.runtime_instance_id,
    token.expires_at,
    token.made_by,
  ]);
  return rows[0] as StoredToken;
}

const sameHolder = statement(
  'access.same_holder',
  `with recursive line as (
     select t.id as token, t.made_by as maker from access_token t where t.id = $1 or t.id = any($2::uuid[])
     union
     select l.token, t.made_by from line l join access_token t on t.id = l.maker
   )
   select other.name from access_token own join access_token other on other.id = any($2::uuid[])
   where own.id = $1 and (other.id = own.id or lower(other.name) = lower(own.name)
     or exists (select from line where (token, maker) in ((other.id, own.id), (own.id, other.id))))
   order by other.id limit 1`,
);

/**
 * The name of a token, among others, that may be in the same hands as this one: of the same name, or made with it, or it with
 * that one, at any remove; since whoever makes a token has seen its secret.
 */
export async function findSameHolder(
  reader: Reader,
  id: string,
  others: readonly string[],
): Promise<string | undefined> {
  return (await reader.rows<{ name: string }>(sameHolder, [id, others]))[0]?.name;
}

const group = statement(
  'access.group_exists',
  'select 1 as found from runtime_group where id = $1 and organization_id = $2',
);

/** True if the organization has this runtime group. */
export async function groupExists(reader: Reader, id: string, organizationId: string): Promise<boolean> {
  return isId(id) && (await reader.rows(group, [id, organizationId])).length > 0;
}

const revoke = statement(
  'access.revoke',
  `update access_token set revoked_at = coalesce(revoked_at, clock_timestamp())
   where id = $1 returning ${columns}`,
);

/** Withdraws a token that is there. */
export async function revokeToken(tx: Transaction, id: string): Promise<StoredToken> {
  return (await tx.rows<StoredToken>(revoke, [id]))[0] as StoredToken;
}

const claim = statement(
  'access.claim_key',
  `insert into idempotency_key (organization_id, key, fingerprint) values ($1, $2, $3)
   on conflict do nothing returning 1 as claimed`,
);
const readKey = statement(
  'access.read_key',
  'select fingerprint, answer from idempotency_key where organization_id = $1 and key = $2',
);
const recordKey = statement(
  'access.record_key',
  'update idempotency_key set answer = $3 where organization_id = $1 and key = $2',
);

/** Takes a free idempotency key; gives the record of one that is taken, after waiting for a write that is under way. */
export async function claimKey(
  tx: Transaction,
  key: IdempotencyKey,
): Promise<{ fingerprint: Buffer; answer: Json } | undefined> {
  const claimed = await tx.rows(claim, [key.organizationId, key.key, key.fingerprint]);
  if (claimed.length > 0) return undefined;
  const rows = await tx.rows<{ fingerprint: Buffer; answer: Json }>(readKey, [key.organizationId, key.key]);
  return rows[0];
}

export async function recordAnswer(tx: Transaction, key: IdempotencyKey, answer: Json): Promise<void> {
  await tx.rows(recordKey, [key.organizationId, key.key, JSON.stringify(answer)]);
}

const deleteOld = statement(
  'access.delete_old_keys',
  `delete from idempotency_key k using (
     select organization_id, key from idempotency_key
     where created_at < now() - make_interval(hours => $1)
     order by created_at limit $2 for update skip locked
   ) old
   where k.organization_id = old.organization_id and k.key = old.key
   returning 1 as gone`,
);

/** Deletes at most `limit` of the keys that are older than this, the oldest first; answers how many. */
export async function deleteOldKeys(reader: Reader, hours: number, limit: number): Promise<number> {
  return (await reader.rows(deleteOld, [hours, limit])).length;
}

/** The actor that a stored token makes. */
export function actorOf(token: StoredToken): Actor {
  return {
    tokenId: token.id,
    name: token.name,
    role: token.role,
    organizationId: token.organization_id,
    runtimeGroupId: token.runtime_group_id,
    runtimeInstanceId: token.runtime_instance_id,
    expiresAt: token.expires_at,
  };
}
