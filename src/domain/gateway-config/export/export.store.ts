import { inBatches } from '../../../foundation/postgres/batches.js';
import type { Reader } from '../../../foundation/postgres/database.js';
import { statement, type Statement } from '../../../foundation/postgres/statement.js';
import type { EntityDraft } from '../config-entity.js';
import { referenceIn } from '../field.js';
import type { Document } from '../kind.js';
import { kinds } from '../kinds/index.js';
import { nameField } from '../naming.js';
import { standsIn } from './belonging.js';

/** Which entities to read: those of a group with all of these tags, as they were at a revision, or as they are. */
export interface Selection {
  readonly runtimeGroupId: string;
  readonly selectTags: readonly string[];
  readonly revision: number | null;
}

/** How many entities are in memory at a time. */
const batchSize = 100;

/** Where entities are read from: now, and at a revision. */
const sources = {
  now: 'select e.id, e.kind, e.body from config_entity e where e.runtime_group_id = $1',
  then: 'select e.id, e.kind, e.body from config_entity_at($1, $3) e',
};

type Source = keyof typeof sources;

function valuesOf({ runtimeGroupId, selectTags, revision }: Selection, shape: object): unknown[] {
  const asked = [runtimeGroupId, JSON.stringify({ ...shape, tags: selectTags })];
  return revision === null ? asked : [...asked, revision];
}

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly body: Document;
}

function draftOf({ id, kind, body }: Row): EntityDraft {
  return { id, kind, document: body };
}

const isSelected = `($2::jsonb->'tags' = '[]' or coalesce(s.body->'tags' @> ($2::jsonb->'tags'), false))`;

const listed = (source: Source): Statement =>
  statement(
    `gateway_config.export_flat_${source}`,
    `select s.id, s.kind, s.body from (${sources[source]}) s
     join jsonb_array_elements_text($2::jsonb->'kinds') with ordinality k(kind, place) on k.kind = s.kind
     where ${isSelected} order by k.place, s.id`,
  );
const flat = { now: listed('now'), then: listed('then') };

/** The entities that are for gateways, kind by kind, and by id; in batches. */
export async function* readFlat(
  reader: Reader,
  selection: Selection,
): AsyncGenerator<readonly EntityDraft[]> {
  const shape = { kinds: kinds.filter(({ notForGateways }) => !notForGateways).map(({ name }) => name) };
  const options = { values: valuesOf(selection, shape), size: batchSize };
  for await (const rows of inBatches<Row>(reader, flat[sourceOf(selection)], options)) {
    yield rows.map(draftOf);
  }
}

/** An entity where it stands when a configuration is written down nested. */
export interface Placed {
  readonly entity: EntityDraft;
  /** The one that it stands in at last, itself if it stands in no other; and what that one is called. */
  readonly root: string;
  readonly title: string;
  /** The one that it stands in, and the field by which it refers to that, and which it does not repeat. */
  readonly holder: string | null;
  readonly parentField: string | null;
  /** True if nothing but its id says which entity is meant where it is referred to. */
  readonly needsId: boolean;
  /** The names of those that it refers to, by their ids, as far as they have names. */
  readonly names: Readonly<Record<string, string>>;
}

/**
 * What stands in what. What has no name holds what refers to it, whatever that is; otherwise, things stand in the one that they
 * are about, if they are about one alone. Only what is selected is written down; the rest is at most referred to.
 */
const outlined = (source: Source): Statement =>
  statement(
    `gateway_config.export_nested_${source}`,
    `with recursive source as ${source === 'now' ? 'not materialized' : 'materialized'} (${sources[source]}),
     thing as materialized (
       select s.id, s.kind, k.place, s.body->>k.name_field as name, ${isSelected} as is_selected,
         coalesce(case when k.is_sayable then s.body->>k.name_field end, s.body->>'name', '') as title
       from source s join jsonb_to_recordset($2::jsonb->'kinds')
         as k(kind text, place int, name_field text, is_sayable boolean) on k.kind = s.kind
     ),
     reference as materialized (
       select s.id as from_id, f.field, f.place, f.is_single, f.belongs, v.to_id::uuid as to_id,
         count(*) filter (where f.is_single) over (partition by s.id) as singles
       from source s join jsonb_to_recordset($2::jsonb->'references')
         as f(kind text, field text, place int, is_single boolean, belongs boolean) on f.kind = s.kind and s.body ? f.field
       cross join lateral jsonb_array_elements_text(
         case when f.is_single then jsonb_build_array(s.body->f.field) else s.body->f.field end
       ) v(to_id)
     ),
     known as materialized (
       select r.*, t.name, t.is_selected from reference r join thing own on own.id = r.from_id and own.is_selected
       left join thing t on t.id = r.to_id
     ),
     parent as materialized (
       select distinct on (r.from_id) r.from_id as id, r.field, r.to_id from known r
       where r.is_single and r.is_selected and (r.name is null or (r.belongs and r.singles = 1))
       order by r.from_id, r.name is not null, r.place
     ),
     needed as (
       select distinct r.to_id as id from known r left join parent p on p.id = r.from_id
       where r.name is null and r.field is distinct from p.field
     ),
     named as (
       select r.from_id as id, jsonb_object_agg(r.to_id, r.name) as names from known r
       where r.name is not null group by r.from_id
     ),
     tree as (
       select t.id, t.id as root, null::uuid as holder, null::text as parent_field
       from thing t left join parent p on p.id = t.id where t.is_selected and p.id is null
       union all
       select p.id, tree.root, p.to_id, p.field from tree join parent p on p.to_id = tree.id
     )
     select e.id, e.kind, e.body, tree.root, tree.holder, tree.parent_field, needed.id is not null as needs_id,
       coalesce(named.names, '{}') as names, root.title
     from tree join source e on e.id = tree.id join thing root on root.id = tree.root
     left join needed on needed.id = tree.id left join named on named.id = tree.id
     order by root.place, root.title collate "C", tree.root`,
  );
const nested = { now: outlined('now'), then: outlined('then') };

const outline = {
  kinds: kinds.map((kind, place) => {
    const field = nameField(kind);
    const isSayable = field !== undefined && kind.fields[field]?.secret !== true;
    return { kind: kind.name, place, name_field: field ?? null, is_sayable: isSayable };
  }),
  references: kinds.flatMap(({ name, fields }) =>
    Object.entries(fields).flatMap(([field, { type }], place) =>
      referenceIn(type)
        ? [{ kind: name, field, place, is_single: type.is === 'reference', belongs: standsIn(name, field) }]
        : [],
    ),
  ),
};

interface PlacedRow extends Row {
  readonly root: string;
  readonly title: string;
  readonly holder: string | null;
  readonly parent_field: string | null;
  readonly needs_id: boolean;
  readonly names: Readonly<Record<string, string>>;
}

/**
 * The entities with their places, in batches: those of one tree one after the other, the trees by the kinds of their roots, and
 * by what these are called.
 */
export async function* readNested(reader: Reader, selection: Selection): AsyncGenerator<readonly Placed[]> {
  const options = { values: valuesOf(selection, outline), size: batchSize };
  for await (const rows of inBatches<PlacedRow>(reader, nested[sourceOf(selection)], options)) {
    yield rows.map(({ root, title, holder, parent_field, needs_id, names, ...row }) => ({
      ...{ entity: draftOf(row), root, title, holder, names },
      ...{ parentField: parent_field, needsId: needs_id },
    }));
  }
}

function sourceOf({ revision }: Selection): Source {
  return revision === null ? 'now' : 'then';
}
