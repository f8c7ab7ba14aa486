import type { Visibility } from '../../foundation/commands/command.js';
import { isId } from '../../foundation/kernel/id.js';
import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import { list, mapPage, type ListPage, type ListRequest } from '../../foundation/postgres/list.js';
import { statement } from '../../foundation/postgres/statement.js';
import type { Connection, RegistryHealth, ServiceRegistry } from './registry.js';

interface RegistryRow {
  readonly id: string;
  readonly runtime_group_id: string;
  readonly name: string;
  readonly type: 'CONSUL';
  readonly address: string;
  readonly datacenter: string | null;
  readonly has_token: boolean;
  readonly health: RegistryHealth['status'];
  readonly health_message: string | null;
  readonly health_since: Date;
  readonly last_success_at: Date | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** Without the token: what is read to be shown has none. */
const registryColumns = `r.id, r.runtime_group_id, r.name, r.type, r.address, r.datacenter, r.token is not null as has_token,
  r.health, r.health_message, r.health_since, r.last_success_at, r.version, r.created_at, r.updated_at`;
const registryFrom = 'service_registry r join runtime_group g on g.id = r.runtime_group_id';

function registryOf(row: RegistryRow): ServiceRegistry {
  return {
    id: row.id,
    runtimeGroupId: row.runtime_group_id,
    name: row.name,
    type: row.type,
    address: row.address,
    datacenter: row.datacenter,
    hasToken: row.has_token,
    health: {
      status: row.health,
      message: row.health_message,
      since: row.health_since,
      lastSuccessAt: row.last_success_at,
    },
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

const byIds = statement(
  'registries.by_ids',
  `select ${registryColumns} from ${registryFrom}
   where r.id = any($1::uuid[]) and g.organization_id = $2 and ($3::uuid is null or g.id = $3)`,
);

/** The visible ones of the registries asked for, in any order. What is no id finds nothing. */
export async function findRegistries(
  reader: Reader,
  { organizationId, runtimeGroupId }: Visibility,
  ids: readonly string[],
): Promise<ServiceRegistry[]> {
  const values = [ids.filter(isId), organizationId, runtimeGroupId];
  return (await reader.rows<RegistryRow>(byIds, values)).map(registryOf);
}

const registries = {
  name: 'registries.page',
  from: registryFrom,
  select: registryColumns,
  id: 'r.id',
  where: 'g.organization_id = $1 and ($2::uuid is null or g.id = $2)',
  columns: {
    id: { sql: 'r.id', type: 'uuid', required: true },
    name: { sql: 'r.name', type: 'text', required: true },
    address: { sql: 'r.address', type: 'text', required: true },
    status: { sql: 'r.health', type: 'text', required: true },
    createdAt: { sql: 'r.created_at', type: 'timestamp', required: true },
    updatedAt: { sql: 'r.updated_at', type: 'timestamp', required: true },
  },
} as const;

/** A page of the registries of each group. */
export async function listRegistries(
  reader: Reader,
  { organizationId, runtimeGroupId }: Visibility,
  { groupIds, ...request }: ListRequest & { readonly groupIds: readonly string[] },
): Promise<ListPage<ServiceRegistry>[]> {
  const fixed = [organizationId, runtimeGroupId];
  const parents = { sql: 'r.runtime_group_id', ids: groupIds };
  const pages = await list<RegistryRow>(reader, registries, { ...request, fixed, parents });
  return pages.map((page) => mapPage(page, registryOf));
}

interface ConnectionRow {
  readonly id: string;
  readonly organization_id: string;
  readonly runtime_group_id: string;
  readonly name: string;
  readonly address: string;
  readonly datacenter: string | null;
  readonly token: string | null;
  readonly version: number;
}

const allConnections = statement(
  'registries.connections',
  `select r.id, g.organization_id, r.runtime_group_id, r.name, r.address, r.datacenter, r.token, r.version
   from ${registryFrom}`,
);
const connections = statement(
  'registries.connections_by_ids',
  `${allConnections.text} where r.id = any($1::uuid[])`,
);

/** What it takes to ask each of these registries. */
export async function findConnections(reader: Reader, ids: readonly string[]): Promise<Connection[]> {
  return (await reader.rows<ConnectionRow>(connections, [ids])).map(connectionOf);
}

/** What it takes to ask each of all registries. */
export async function readConnections(reader: Reader): Promise<Connection[]> {
  return (await reader.rows<ConnectionRow>(allConnections)).map(connectionOf);
}

function connectionOf({ organization_id, runtime_group_id, ...row }: ConnectionRow): Connection {
  return { ...row, organizationId: organization_id, runtimeGroupId: runtime_group_id };
}

const holdShared = statement(
  'registries.hold_shared',
  'select runtime_group_id, name from service_registry where id = $1 for share',
);

/** Keeps a registry from being deleted until the transaction ends; nothing if there is none. */
export async function holdRegistry(
  tx: Transaction,
  id: string,
): Promise<{ readonly runtimeGroupId: string; readonly name: string } | undefined> {
  const [row] = await tx.rows<{ runtime_group_id: string; name: string }>(holdShared, [id]);
  return row && { runtimeGroupId: row.runtime_group_id, name: row.name };
}

const holdAlone = statement('registries.hold', 'select from service_registry where id = $1 for update');

/** Waits for whoever has just begun to use a registry, and keeps others from it until the transaction ends. */
export async function holdRegistryAlone(tx: Transaction, id: string): Promise<void> {
  await tx.rows(holdAlone, [id]);
}

const named = statement(
  'registries.named',
  'select id from service_registry where runtime_group_id = $1 and name = $2',
);

export async function isNameTaken(tx: Transaction, runtimeGroupId: string, name: string): Promise<boolean> {
  return (await tx.rows(named, [runtimeGroupId, name])).length > 0;
}

/** What is stored of a registry besides its health. */
export interface RegistryDraft {
  readonly id: string;
  readonly runtimeGroupId: string;
  readonly name: string;
  readonly address: string;
  readonly datacenter: string | null;
}

const insert = statement(
  'registries.insert',
  `insert into service_registry (id, runtime_group_id, name, type, address, datacenter, token)
   values ($1, $2, $3, 'CONSUL', $4, $5, $6)`,
);

export async function insertRegistry(
  tx: Transaction,
  draft: RegistryDraft,
  token: string | null,
): Promise<void> {
  const { id, runtimeGroupId, name, address, datacenter } = draft;
  await tx.rows(insert, [id, runtimeGroupId, name, address, datacenter, token]);
}

const update = statement(
  'registries.update',
  `update service_registry set name = $2, address = $3, datacenter = $4, token = case when $5 then $6 else token end,
     health = 'CONNECTING', health_message = null, health_since = clock_timestamp(), version = version + 1,
     updated_at = clock_timestamp()
   where id = $1`,
);

/** Changes a registry, and counts it. How it is found to be begins anew. `token` undefined: as it is. */
export async function updateRegistryRow(
  tx: Transaction,
  { id, name, address, datacenter }: RegistryDraft,
  token: string | null | undefined,
): Promise<void> {
  await tx.rows(update, [id, name, address, datacenter, token !== undefined, token ?? null]);
}

const remove = statement('registries.delete', 'delete from service_registry where id = $1');

export async function deleteRegistryRow(tx: Transaction, id: string): Promise<void> {
  await tx.rows(remove, [id]);
}

const recordHealth = statement(
  'registries.record_health',
  `update service_registry set health_message = $4,
     health_since = case when health = $3 then health_since else clock_timestamp() end, health = $3,
     last_success_at = case when $3 = 'HEALTHY' then clock_timestamp() else last_success_at end
   where id = $1 and version = $2`,
);

/** Writes down how a registry was found to be, unless it is set otherwise by now. */
export async function putHealth(
  tx: Transaction,
  { id, version }: Pick<Connection, 'id' | 'version'>,
  { status, message }: Pick<RegistryHealth, 'status' | 'message'>,
): Promise<void> {
  await tx.rows(recordHealth, [id, version, status, message]);
}
