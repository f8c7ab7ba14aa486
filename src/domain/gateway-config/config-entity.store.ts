import type { Visibility } from '../../foundation/commands/command.js';
import { sha256 } from '../../foundation/kernel/id.js';
import { canonicalText } from '../../foundation/kernel/json.js';
import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import type { Cell } from '../../foundation/postgres/copy.js';
import { insertion, insertRows } from '../../foundation/postgres/insert-rows.js';
import { statement } from '../../foundation/postgres/statement.js';
import { digestOf, type ConfigEntity, type EntityDraft, type Owner } from './config-entity.js';
import { keysOf, referencesOf } from './document.js';
import type { Document } from './kind.js';
import { kindNamed } from './kinds/index.js';

export interface ConfigEntityRow {
  readonly id: string;
  readonly runtime_group_id: string;
  readonly kind: string;
  readonly body: Document;
  readonly owner_id: string | null;
  readonly owner_name: string | null;
  /** Null where the row is taken from the log: it follows from the rest. */
  readonly digest: Buffer | null;
  readonly created_revision: string;
  readonly revision: string;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export const entityColumns =
  'e.id, e.runtime_group_id, e.kind, e.body, e.owner_id, e.owner_name, e.digest, e.created_revision, e.revision, e.created_at, e.updated_at';

/** The same in the past: of then, it is not known whose an entity was. */
export const entityColumnsThen = entityColumns.replace(
  'e.owner_id, e.owner_name',
  'null::uuid as owner_id, null::text as owner_name',
);

/** The entity that a row stands for. */
export function entityOf(row: ConfigEntityRow): ConfigEntity {
  return {
    id: row.id,
    runtimeGroupId: row.runtime_group_id,
    kind: row.kind,
    document: row.body,
    owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? '' },
    digest: row.digest ?? digestOf({ id: row.id, kind: row.kind, document: row.body }),
    createdRevision: Number(row.created_revision),
    revision: Number(row.revision),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/**
 * What is found by its id must be in the group, too. So written, no index serves that: a plan that goes through the entities
 * of a group costs what the group has, and is chosen where statistics were taken before the group grew.
 */
const ofGroup = (group: string): string => `e.runtime_group_id is not distinct from ${group}`;

const inGroup = statement(
  'gateway_config.in_group',
  `select ${entityColumns} from config_entity e where e.id = any($2::uuid[]) and ${ofGroup('$1::uuid')}`,
);

/** The entities of a group with these ids, those that there are. */
export async function findEntities(
  reader: Reader,
  groupId: string,
  ids: readonly string[],
): Promise<ConfigEntity[]> {
  if (ids.length === 0) return [];
  return (await reader.rows<ConfigEntityRow>(inGroup, [groupId, ids])).map(entityOf);
}

const all = statement(
  'gateway_config.all',
  `select ${entityColumns} from config_entity e where e.runtime_group_id = $1 order by e.id`,
);

/** Every entity of a group, by id. */
export async function readAllEntities(reader: Reader, groupId: string): Promise<ConfigEntity[]> {
  return (await reader.rows<ConfigEntityRow>(all, [groupId])).map(entityOf);
}

const owned = statement(
  'gateway_config.owned',
  `select ${entityColumns} from config_entity e where e.runtime_group_id = $1 and e.owner_id = any($2::uuid[])`,
);

/** The entities of a group that belong to these owners. */
export async function findOwnedEntities(
  reader: Reader,
  groupId: string,
  ownerIds: readonly string[],
): Promise<ConfigEntity[]> {
  if (ownerIds.length === 0) return [];
  return (await reader.rows<ConfigEntityRow>(owned, [groupId, ownerIds])).map(entityOf);
}

const rename = statement(
  'gateway_config.rename_owners',
  `update config_entity e set owner_name = n.name from unnest($1::uuid[], $2::text[]) n(id, name)
   where e.owner_id = n.id and e.owner_name <> n.name`,
);

/** Gives owners other names, by which refusals call them. Nothing else of their entities changes. */
export async function renameOwners(tx: Transaction, owners: readonly Owner[]): Promise<void> {
  await tx.rows(rename, [owners.map(({ id }) => id), owners.map(({ name }) => name)]);
}

const allThen = statement(
  'gateway_config.all_then',
  `select ${entityColumnsThen} from config_entity_at($1, $2) e where $3::text[] is null or e.kind = any($3) order by e.id`,
);

/** Every entity that a group had at a revision, by id; of these kinds alone, if some are named. The revision must be kept. */
export async function readEntitiesAt(
  reader: Reader,
  groupId: string,
  revision: number,
  kinds: readonly string[] | null = null,
): Promise<ConfigEntity[]> {
  return (await reader.rows<ConfigEntityRow>(allThen, [groupId, revision, kinds])).map(entityOf);
}

const ofKinds = statement(
  'gateway_config.of_kinds',
  `select ${entityColumns} from config_entity e where e.runtime_group_id = $1 and e.kind = any($2::text[]) order by e.id`,
);

/** The entities of a group that are of these kinds, by id. */
export async function readEntitiesOfKinds(
  reader: Reader,
  groupId: string,
  kinds: readonly string[],
): Promise<ConfigEntity[]> {
  return (await reader.rows<ConfigEntityRow>(ofKinds, [groupId, kinds])).map(entityOf);
}

const count = statement(
  'gateway_config.count',
  'select count(*)::int as entities from config_entity where runtime_group_id = $1',
);

/** How many entities a group has. */
export async function countEntities(reader: Reader, groupId: string): Promise<number> {
  const [row] = await reader.rows<{ entities: number }>(count, [groupId]);
  return row?.entities ?? 0;
}

const owners = statement(
  'gateway_config.owners',
  `select e.id, e.runtime_group_id from config_entity e join runtime_group g on g.id = e.runtime_group_id
   where e.id = any($1::uuid[]) and g.organization_id = $2`,
);

/** Which group of the organization each of these entities is in. */
export async function findGroupsOfEntities(
  reader: Reader,
  ids: readonly string[],
  organizationId: string,
): Promise<Map<string, string>> {
  const rows = await reader.rows<{ id: string; runtime_group_id: string }>(owners, [ids, organizationId]);
  return new Map(rows.map((row) => [row.id, row.runtime_group_id]));
}

const groupOfSubject = statement(
  'gateway_config.group_of_subject',
  `select g.id from (
     (select e.runtime_group_id as id from config_entity e where e.id = $1)
     union all
     (select v.scope_id from stream_event v where v.topic = 'config' and v.subject_id = $1 order by v.revision desc limit 1)
   ) found join runtime_group g on g.id = found.id
   where g.organization_id = $2 and ($3::uuid is null or g.id = $3) limit 1`,
);

/** The group that an entity is in or, if it is gone, was in. Nothing if it may not be seen. */
export async function findGroupOfSubject(
  reader: Reader,
  { organizationId, runtimeGroupId }: Visibility,
  id: string,
): Promise<string | undefined> {
  const rows = await reader.rows<{ id: string }>(groupOfSubject, [id, organizationId, runtimeGroupId]);
  return rows[0]?.id;
}

const taken = statement('gateway_config.taken', 'select id from config_entity where id = any($1::uuid[])');

/** Those of the ids that are in use, in whatever group: ids are unique everywhere. */
export async function findTakenIds(reader: Reader, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  return (await reader.rows<{ id: string }>(taken, [ids])).map((row) => row.id);
}

/** A unique key of an entity: the first or the second that its kind has. */
export interface EntityKey {
  readonly kind: string;
  readonly slot: 0 | 1;
  readonly key: string;
}

const holders = statement(
  'gateway_config.key_holders',
  `with k as (
     select * from unnest($2::text[], $3::int[], $4::text[], $5::text[]) as k(kind, slot, key, stored)
   )
   select e.id, k.kind, k.slot, k.key from k cross join lateral (
     select e.id from config_entity e
     where e.runtime_group_id = $1 and e.kind = k.kind and e.key_a = k.stored limit 1
   ) e where k.slot = 0
   union all
   select e.id, k.kind, k.slot, k.key from k cross join lateral (
     select e.id from config_entity e
     where e.runtime_group_id = $1 and e.kind = k.kind and e.key_b = k.stored limit 1
   ) e where k.slot = 1`,
);

/** Who holds these unique keys in the group. */
export async function findKeyHolders(
  reader: Reader,
  groupId: string,
  keys: readonly EntityKey[],
): Promise<(EntityKey & { readonly id: string })[]> {
  if (keys.length === 0) return [];
  return reader.rows(holders, [
    groupId,
    keys.map((key) => key.kind),
    keys.map((key) => key.slot),
    keys.map((key) => key.key),
    keys.map((key) => storedKey(key.key)),
  ]);
}

/** A reference from one entity to another. */
export interface Referrer {
  readonly from_id: string;
  readonly field: string;
  readonly to_id: string;
}

const referrers = statement(
  'gateway_config.referrers',
  `select from_id, field, to_id from config_reference where to_id = any($1::uuid[]) order by to_id, field, from_id`,
);

/** All references to these entities. */
export async function findReferrers(reader: Reader, ids: readonly string[]): Promise<Referrer[]> {
  if (ids.length === 0) return [];
  return reader.rows<Referrer>(referrers, [ids]);
}

const referring = statement(
  'gateway_config.referring',
  `select e.* from (
     select distinct from_id from config_reference where to_id = any($2::uuid[])
   ) r cross join lateral (
     select ${entityColumns} from config_entity e
     where e.id = r.from_id and e.kind = any($3::text[]) and ${ofGroup('$1::uuid')} limit 1
   ) e`,
);

/** The entities of these kinds that refer to any of these ids. */
export async function findReferring(
  reader: Reader,
  groupId: string,
  { ids, kinds }: { readonly ids: readonly string[]; readonly kinds: readonly string[] },
): Promise<ConfigEntity[]> {
  if (ids.length === 0) return [];
  return (await reader.rows<ConfigEntityRow>(referring, [groupId, ids, kinds])).map(entityOf);
}

/** An entity as it is to be stored. */
export type EntityWrite = EntityDraft & Pick<ConfigEntity, 'owner'>;

/** What one revision does to the entities of a group. */
export interface EntityWrites {
  readonly groupId: string;
  readonly revision: number;
  readonly created: readonly EntityWrite[];
  readonly updated: readonly (EntityWrite & { readonly stored: ConfigEntity })[];
  readonly deleted: readonly ConfigEntity[];
}

/**
 * Stores a revision's writes, and answers the digests of what was created and of what was updated. No constraint says that references lead to entities of the group: that is what the changes were
 * checked for, while the group's stream is locked.
 */
export async function writeEntities(tx: Transaction, writes: EntityWrites): Promise<readonly Buffer[]> {
  const { groupId, revision, created, updated, deleted } = writes;
  const before = [...updated.map(({ stored }) => stored), ...deleted];
  await unlinkAll(tx, before);
  if (deleted.length > 0) await tx.rows(remove, [groupId, deleted.map(({ id }) => id)]);
  const digests: Buffer[] = [];
  const cellsOf = (entity: EntityWrite): readonly Cell[] => {
    const text = canonicalText(entity.document);
    const digest = digestOf(entity, text);
    digests.push(digest);
    return [...keyCellsOf(entity), text, digest, entity.owner?.id ?? null, entity.owner?.name ?? null];
  };
  if (updated.length > 0) await tx.rows(update, [...columnsOf(updated.map(cellsOf)), groupId, revision]);
  await insertRows(tx, insert, created, (entity) => [...cellsOf(entity), groupId, revision, revision]);
  const links = [...created, ...updated].flatMap(linksOf);
  await insertRows(tx, link, links, ({ from_id, field, to_id }) => [to_id, field, from_id]);
  return digests;
}

// Reference by reference, whatever statistics say: no other plan costs the same in small and in large groups.
const unlink = statement(
  'gateway_config.unlink',
  `delete from config_reference where ctid = any(array(
     select r.row from unnest($1::uuid[], $2::text[], $3::uuid[]) as n(to_id, field, from_id) cross join lateral (
       select r.ctid as row from config_reference r
       where r.to_id = n.to_id and r.field = n.field and r.from_id = n.from_id limit 1
     ) r))`,
);
const remove = statement(
  'gateway_config.delete',
  `delete from config_entity e where e.id = any($2::uuid[]) and ${ofGroup('$1::uuid')}`,
);
const written = {
  ...{ id: 'uuid', kind: 'text', key_a: 'text', key_b: 'text', body: 'jsonb', digest: 'bytea' },
  ...{ owner_id: 'uuid', owner_name: 'text' },
};
const update = statement(
  'gateway_config.update',
  `update config_entity e set key_a = n.key_a, key_b = n.key_b, body = n.body, digest = n.digest, revision = $10,
     owner_id = n.owner_id, owner_name = n.owner_name, updated_at = clock_timestamp()
   from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::bytea[], $7::uuid[], $8::text[])
     as n(${Object.keys(written).join(', ')})
   where e.id = n.id and ${ofGroup('$9::uuid')}`,
);
const insert = insertion('gateway_config.insert', 'config_entity', {
  ...{ ...written, runtime_group_id: 'uuid', created_revision: 'bigint', revision: 'bigint' },
});
const link = insertion('gateway_config.link', 'config_reference', {
  ...{ to_id: 'uuid', field: 'text', from_id: 'uuid' },
});

function keyCellsOf({ id, kind, document }: EntityWrite): readonly Cell[] {
  const [a = null, b = null] = keysOf(kindNamed(kind), document).map(storedKey);
  return [id, kind, a, b];
}

function columnsOf(rows: readonly (readonly Cell[])[]): unknown[] {
  return Object.keys(written).map((_, column) => rows.map((row) => row[column]));
}

function linksOf({ id, kind, document }: EntityDraft): Referrer[] {
  const references = referencesOf(kindNamed(kind), document);
  return references.map(({ field, to }) => ({ from_id: id, field, to_id: to }));
}

async function unlinkAll(tx: Transaction, entities: readonly EntityDraft[]): Promise<void> {
  const links = entities.flatMap(linksOf);
  if (links.length === 0) return;
  await tx.rows(unlink, [
    links.map(({ to_id }) => to_id),
    links.map(({ field }) => field),
    links.map(({ from_id }) => from_id),
  ]);
}

function storedKey(key: string | null): string | null {
  return key === null ? null : indexedKey(key);
}

/** An index entry is limited to 2,704 bytes; a key that might not fit is stored as its digest. */
export function indexedKey(key: string): string {
  return key.length <= 600 ? key : `sha256:${sha256(key).toString('hex')}`;
}
