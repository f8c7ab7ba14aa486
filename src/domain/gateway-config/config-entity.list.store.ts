import type { Visibility } from '../../foundation/commands/command.js';
import type { Reader } from '../../foundation/postgres/database.js';
import {
  list,
  mapPage,
  type Column,
  type ListPage,
  type ListRequest,
  type ListSource,
} from '../../foundation/postgres/list.js';
import { statement } from '../../foundation/postgres/statement.js';
import type { Moment } from '../runtime-groups/index.js';
import type { ConfigEntity } from './config-entity.js';
import { entityColumns, entityColumnsThen, entityOf, type ConfigEntityRow } from './config-entity.store.js';
import type { FieldType } from './field.js';
import type { Kind } from './kind.js';
import { kindNamed } from './kinds/index.js';
import { schemaName } from './schema-names.js';

/** Which entities a list is of: those of a group, those that refer to an entity by a field, or all that may be seen. */
export type EntityParents =
  | { readonly of: 'group'; readonly ids: readonly string[] }
  | { readonly of: 'reference'; readonly field: string; readonly ids: readonly string[] };

export interface EntityList extends ListRequest {
  readonly kind: string;
  readonly of: EntityParents;
  /** One for each parent, where they are read in the past. Absent: as it is now. */
  readonly at?: readonly Place[];
}

/** A revision of a group. */
export type Place = Pick<Moment, 'runtimeGroupId' | 'revision'>;

/** Pages of entities of one kind, one for each parent, read by one statement. */
export async function listEntities(
  reader: Reader,
  visibility: Visibility,
  { kind, of, at, ...request }: EntityList,
): Promise<ListPage<ConfigEntity>[]> {
  const fixed = [kind, visibility.organizationId, visibility.runtimeGroupId];
  const places = at && [at.map((place) => place.runtimeGroupId), at.map((place) => place.revision)];
  const source = sourceOf(kindNamed(kind));
  const pages = await list<ConfigEntityRow>(reader, at ? sourceThen(source, of) : source, {
    ...request,
    fixed: [...fixed, ...(places ?? [])],
    parents: at ? parentsThen(of) : parentsOf(of),
  });
  return pages.map((page) => mapPage(page, entityOf));
}

function parentsOf(of: EntityParents): NonNullable<ListRequest['parents']> {
  if (of.of === 'group') return { sql: 'e.runtime_group_id', ids: of.ids };
  return {
    sql: 'r.to_id',
    join: `join config_reference r on r.from_id = e.id and r.field = '${quoted(of.field)}'`,
    ids: of.ids,
  };
}

function quoted(field: string): string {
  return field.replaceAll("'", "''");
}

const sources = new Map<string, ListSource>();

function sourceOf(kind: Kind): ListSource {
  const known = sources.get(kind.name);
  if (known) return known;
  const source: ListSource = {
    name: `gateway_config.${kind.name}`,
    from: 'config_entity e join runtime_group g on g.id = e.runtime_group_id',
    select: entityColumns,
    id: 'e.id',
    where: `e.kind = $1 and g.organization_id = $2 and ($3::uuid is null or g.id = $3)`,
    columns: { ...commonColumns, ...fieldColumns(kind) },
  };
  sources.set(kind.name, source);
  return source;
}

// In the past, $4 and $5 are the group and the revision at which the list of each parent is read.
const groupThen = '($4::uuid[])[list_parent.place::int]';
const revisionThen = '($5::bigint[])[list_parent.place::int]';

/** What was touched since the revisions, as it was: read once for all parents, of which many are read at the same one. */
const past = `past as materialized (
  select k.of_revision, b.*, null::bytea as digest, null::uuid as owner_id, null::text as owner_name
  from (select distinct * from unnest($4::uuid[], $5::bigint[]) p(of_group, of_revision)) k
  cross join lateral config_entity_before(k.of_group, k.of_revision) b where b.kind = $1
)`;
const columnsThen = entityColumns.replaceAll('e.', 't.');

/** The same list in the past: what was not touched since, as it is, and what was, as it was, its references included. */
function sourceThen(source: ListSource, of: EntityParents): ListSource {
  const untouched = `t.runtime_group_id = ${groupThen} and t.revision <= ${revisionThen}`;
  const touched = `t.runtime_group_id = ${groupThen} and t.of_revision = ${revisionThen}`;
  const field = of.of === 'reference' ? quoted(of.field) : '';
  const arms =
    of.of === 'group'
      ? `select ${columnsThen} from config_entity t where ${untouched}
         union all select ${columnsThen} from past t where ${touched}`
      : `select r.to_id, ${columnsThen} from config_reference r join config_entity t on t.id = r.from_id
         where r.field = '${field}' and ${untouched}
         union all
         select r.to_id::uuid, ${columnsThen} from past t cross join lateral jsonb_array_elements_text(
           case jsonb_typeof(t.body->'${field}') when 'array' then t.body->'${field}' else jsonb_build_array(t.body->'${field}') end
         ) r(to_id) where ${touched} and t.body ? '${field}'`;
  return { ...source, with: past, from: source.from.replace('config_entity e', `(${arms}) e`) };
}

function parentsThen({ of, ids }: EntityParents): NonNullable<ListRequest['parents']> {
  return { sql: of === 'group' ? 'e.runtime_group_id' : 'e.to_id', ids };
}

const commonColumns: Readonly<Record<string, Column>> = {
  id: { sql: 'e.id', type: 'uuid', required: true },
  tags: { sql: `array(select jsonb_array_elements_text(e.body->'tags'))`, type: 'text[]' },
  revision: { sql: 'e.revision', type: 'integer', required: true },
  createdAt: { sql: 'e.created_at', type: 'timestamp', required: true },
  updatedAt: { sql: 'e.updated_at', type: 'timestamp', required: true },
};

function fieldColumns(kind: Kind): Record<string, Column> {
  return Object.fromEntries(
    Object.entries(kind.fields).flatMap(([name, { type, secret }]) => {
      const column = secret ? undefined : columnOf(name, type);
      return column ? [[schemaName(name, type), column]] : [];
    }),
  );
}

function columnOf(name: string, type: FieldType): Column | undefined {
  const text = `e.body->>'${name}'`;
  if (type.is === 'string' || type.is === 'enum') return { sql: `(${text})`, type: 'text' };
  if (type.is === 'integer') return { sql: `(${text})::bigint`, type: 'integer' };
  if (type.is === 'number') return { sql: `(${text})::numeric`, type: 'number' };
  if (type.is === 'boolean') return { sql: `(${text})::boolean`, type: 'boolean' };
  if (type.is === 'reference') return { sql: `(${text})::uuid`, type: 'uuid' };
  if (type.is === 'list' && (type.of.is === 'string' || type.of.is === 'reference')) {
    return { sql: `array(select jsonb_array_elements_text(e.body->'${name}'))`, type: 'text[]' };
  }
  return undefined;
}

const visibleByIds = statement(
  'gateway_config.by_ids',
  `select ${entityColumns} from config_entity e join runtime_group g on g.id = e.runtime_group_id
   where e.id = any($1::uuid[]) and g.organization_id = $2 and ($3::uuid is null or g.id = $3)`,
);

/** The visible ones of the entities asked for, of whatever kind and group, in any order. */
export async function findVisibleEntities(
  reader: Reader,
  visibility: Visibility,
  ids: readonly string[],
): Promise<ConfigEntity[]> {
  const values = [ids, visibility.organizationId, visibility.runtimeGroupId];
  return (await reader.rows<ConfigEntityRow>(visibleByIds, values)).map(entityOf);
}

const visibleByIdsThen = statement(
  'gateway_config.by_ids_then',
  `select k.place, ${entityColumnsThen}
   from unnest($4::uuid[], $5::bigint[]) with ordinality k(group_id, revision, place)
   cross join lateral config_entity_at(k.group_id, k.revision) e
   join runtime_group g on g.id = e.runtime_group_id
   where e.id = any($1::uuid[]) and g.organization_id = $2 and ($3::uuid is null or g.id = $3)`,
);

/** Those of the entities that were there at each of these places and may be seen, in any order: one list for each place. */
export async function findVisibleEntitiesAt(
  reader: Reader,
  visibility: Visibility,
  ids: readonly string[],
  places: readonly Place[],
): Promise<ConfigEntity[][]> {
  const rows = await reader.rows<ConfigEntityRow & { readonly place: string }>(visibleByIdsThen, [
    ...[ids, visibility.organizationId, visibility.runtimeGroupId],
    places.map((place) => place.runtimeGroupId),
    places.map((place) => place.revision),
  ]);
  const found: ConfigEntity[][] = places.map(() => []);
  for (const row of rows) found[Number(row.place) - 1]?.push(entityOf(row));
  return found;
}
