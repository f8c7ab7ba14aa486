import { isId } from '../../../foundation/kernel/id.js';
import type { Json, JsonObject } from '../../../foundation/kernel/json.js';
import type { Problem } from '../../../foundation/kernel/refusal.js';
import { fieldInvalid } from '../document.refusals.js';
import { at } from '../draft-checks.js';
import type { Origin } from '../draft.js';
import { idInvalid } from '../gateway-config.refusals.js';
import { normaliseOpen } from '../given-fields.js';
import type { Kind } from '../kind.js';
import { kinds } from '../kinds/index.js';
import { isObject, shown } from '../reading.js';
import type { FileEntity, Link } from './declarative-file.js';
import { fieldsInEffect } from './fields-in-effect.js';
import type { Header } from './header.js';
import { notSupportedYet, parentRepeated } from './import.refusals.js';
import { nameField } from '../naming.js';
import { partsOf, type GivenReference, type Members, type Parts } from './parts.js';

/** An entity whose references may still be led to others of the file. */
export interface GatheredEntity extends FileEntity {
  readonly links: Link[];
  /** True if nothing is wrong with it by itself. */
  readonly isSound: boolean;
}

/** That an entity lists another, which stands elsewhere and is to refer to it. */
export interface Membership {
  readonly kind: Kind;
  readonly field: string;
  /** The id or the name of the member. */
  readonly named: string;
  readonly of: FileEntity;
  readonly origin: Origin;
}

/** What was gathered so far: the entities of files, at whatever depth they stand, and what is wrong with each by itself. */
export interface Gathering {
  readonly entities: GatheredEntity[];
  readonly memberships: Membership[];
  readonly problems: Problem[];
}

/** Gathers the entities of all collections of a file, and those nested in them. */
export function gatherEntities(
  gathering: Gathering,
  file: JsonObject,
  { header, root }: { readonly header: Header; readonly root: Origin },
): void {
  const inFile = { ...gathering, header };
  for (const kind of kinds) {
    const list = Object.hasOwn(file, kind.collection) ? (file[kind.collection] ?? null) : null;
    gatherList(inFile, { kind }, list, [...root, kind.collection]);
  }
}

interface GatheringFile extends Gathering {
  readonly header: Header;
}

/** What a list holds: entities of one kind, all of which refer to the one around them, if there is one. */
interface Sort {
  readonly kind: Kind;
  readonly parent?: Parent;
}

interface Parent {
  readonly field: string;
  readonly entity: FileEntity;
}

function gatherList(gathering: GatheringFile, sort: Sort, list: Json, origin: Origin): void {
  if (list === null) return;
  const field = origin.at(-1) ?? '';
  if (!Array.isArray(list))
    return refuseForm(gathering, { field, must: 'be a list', received: list }, origin);
  list.forEach((item: Json, index) => {
    const place = [...origin, String(index)];
    if (isObject(item)) gatherEntity(gathering, sort, item, place);
    else refuseForm(gathering, { field: `${field}[${index}]`, must: 'be a mapping', received: item }, place);
  });
}

function refuseForm(
  { problems }: Gathering,
  { field, must, received }: { readonly field: string; readonly must: string; readonly received: Json },
  origin: Origin,
): void {
  problems.push(fieldInvalid.problem({ field, must, received: shown(received) }, origin));
}

function gatherEntity(
  gathering: GatheringFile,
  { kind, parent }: Sort,
  item: JsonObject,
  origin: Origin,
): void {
  const parts = partsOf(kind, item);
  const { fields, problems } = fieldsInEffect(kind, parts.fields, gathering.header);
  const linked = linksOf(parts.references, parent);
  const given: Record<string, Json> = { ...fields };
  for (const field of linked.fields) given[field] = toBeLinked(kind, field);
  const normal = normaliseOpen(kind, given);
  const found = [...partProblems(parts), ...linked.problems, ...problems, ...normal.problems];
  gathering.problems.push(...found.map((problem) => at(origin, problem)));
  const id = typeof parts.id === 'string' ? parts.id.toLowerCase() : undefined;
  const isSound = found.length === 0;
  const { document, isClosed } = normal;
  const entity = { kind, id, origin, document, isClosed, links: linked.links, isSound };
  gathering.entities.push(entity);
  for (const child of parts.children) {
    const sort = { kind: child.kind, parent: { field: child.field, entity } };
    gatherList(gathering, sort, child.list, [...origin, child.collection]);
  }
  for (const members of parts.members) gatherMembers(gathering, members, entity);
}

function gatherMembers(
  gathering: GatheringFile,
  { collection, kind, field, list }: Members,
  of: FileEntity,
): void {
  const origin = [...of.origin, collection];
  if (list === null) return;
  if (!Array.isArray(list))
    return refuseForm(gathering, { field: collection, must: 'be a list', received: list }, origin);
  list.forEach((item: Json, index) => {
    const place = [...origin, String(index)];
    const named = memberNamed(kind, item);
    if (named !== undefined) gathering.memberships.push({ kind, field, named, of, origin: place });
    else {
      const must = `be the id or the ${nameField(kind) ?? 'id'} of a ${kind.typeName} that stands elsewhere in the files`;
      refuseForm(gathering, { field: `${collection}[${index}]`, must, received: item }, place);
    }
  });
}

/** Whom a list of members names: decK writes out whatever tells a member apart, and its tags. */
function memberNamed(kind: Kind, item: Json): string | undefined {
  if (!isObject(item)) return referredTo({ field: '', to: kind, value: item });
  const keys = ['id', ...kind.unique.flatMap(({ fields }) => fields), 'tags'];
  if (Object.keys(item).some((key) => !keys.includes(key))) return undefined;
  const { id = item[nameField(kind) ?? ''] ?? null } = item;
  return referredTo({ field: '', to: kind, value: id });
}

/** Stands in the reference fields of documents until their ids are known. */
function toBeLinked(kind: Kind, field: string): Json {
  return kind.fields[field]?.type.is === 'list' ? ['?'] : '?';
}

function partProblems({ id, unsupported }: Parts): readonly Problem[] {
  const lost = unsupported.map((facts) => notSupportedYet.problem(facts, [facts.field]));
  if (id === null || (typeof id === 'string' && isId(id))) return lost;
  return [...lost, idInvalid.problem({ id: typeof id === 'string' ? id : shown(id) }, ['id'])];
}

interface Linked {
  readonly links: Link[];
  /** The reference fields about which something is said, right or wrong. */
  readonly fields: readonly string[];
  readonly problems: readonly Problem[];
}

function linksOf(references: readonly GivenReference[], parent: Parent | undefined): Linked {
  const links: Link[] = parent ? [{ field: parent.field, to: parent.entity }] : [];
  const problems: Problem[] = [];
  for (const reference of references) {
    const { field } = reference;
    const to = referredTo(reference);
    if (field === parent?.field) {
      problems.push(parentRepeated.problem({ field, typeName: parent.entity.kind.typeName }, [field]));
    } else if (to === undefined) problems.push(notAReference(reference));
    else links.push({ field, to });
  }
  const fields = [...references.map(({ field }) => field), ...(parent ? [parent.field] : [])];
  return { links, fields, problems };
}

/** The id or the name in a reference: by itself, or in an object with nothing else. */
function referredTo({ to, value }: GivenReference): string | undefined {
  const [[key, inside] = [], ...more] = isObject(value) ? Object.entries(value) : [['id', value] as const];
  const isKey = key === 'id' || key === 'name' || key === nameField(to);
  if (!isKey || more.length > 0 || typeof inside !== 'string' || inside === '') return undefined;
  return isId(inside) ? inside.toLowerCase() : inside;
}

function notAReference({ field, to, value }: GivenReference): Problem {
  const must = `be the id or the ${nameField(to) ?? 'id'} of a ${to.typeName}, or an object with one of them`;
  return fieldInvalid.problem({ field, must, received: shown(value) }, [field]);
}
