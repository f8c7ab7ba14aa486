import { equalJson, type Json } from '../../../foundation/kernel/json.js';
import { refuseAny, type Problem } from '../../../foundation/kernel/refusal.js';
import type { Change } from '../apply-changes.js';
import type { ConfigEntity } from '../config-entity.js';
import { referenceIn } from '../field.js';
import type { Document, Kind } from '../kind.js';
import { kindNamed, kinds } from '../kinds/index.js';
import { nearest } from '../nearest.js';
import { hasTags } from '../select-tags.js';
import type { Declaration, FileEntity, Link } from './declarative-file.js';
import { deletionsOf } from './deletions.js';
import { Identities } from './identities.js';
import { outsideSelectTags, referenceUnresolved, type Whereabouts } from './import.refusals.js';
import { nameOf } from '../naming.js';
import { StoredEntities } from './stored-entities.js';
import { redacted } from '../secrets.js';

/** A group as an import finds it, and how far the import goes. */
export interface ImportInto {
  readonly groupId: string;
  readonly stored: readonly ConfigEntity[];
  /** Delete what is in scope and in none of the files. */
  readonly isSync: boolean;
  /** Ids in the files that entities of other groups have. */
  readonly foreignIds?: ReadonlySet<string>;
  /** The content of an entity of the group as it would be shown, secrets hidden: so it is compared, and so it is named. */
  readonly hide: (kind: Kind, document: Document) => Document;
}

/**
 * What brings the files into a group: creations and replacements, each with its place in the input, nothing for what is
 * there already, and for a synchronization deletions of what is not in the files. The same files and the same entities
 * give the same changes, ids included. Refuses with everything that is wrong with the files, by themselves and for what
 * they refer to in the group.
 */
export function changesOf(declaration: Declaration, into: ImportInto): Change[] {
  const stored = new StoredEntities(into.stored, declaration.selectTags);
  const { entities } = declaration;
  const identities = new Identities(into.groupId, stored, entities, into.foreignIds);
  const planning: Planning = {
    ...{ declaration, into, stored, identities },
    ...{ ids: new Map(), planned: new Set(), problems: [...declaration.problems] },
  };
  // What is referred to comes first, because the ids of what refers to it may depend on its own.
  const changes = inOrderOfKinds(entities).flatMap((entity) => planEntity(planning, entity));
  // What belongs to somebody is not the files' to delete.
  const isOfOthers = (entity: ConfigEntity): boolean =>
    entity.owner !== null || isShared(planning, entity) || isUnspokenOf(planning, entity);
  const deletions = into.isSync ? deletionsOf(stored, planning.planned, isOfOthers) : undefined;
  refuseAny([...planning.problems, ...(deletions?.problems ?? [])]);
  return [...changes, ...(deletions?.changes ?? [])];
}

interface Planning {
  readonly declaration: Declaration;
  readonly into: ImportInto;
  readonly stored: StoredEntities;
  readonly identities: Identities;
  /** The ids of the entities of the files, as far as they are planned. */
  readonly ids: Map<FileEntity, string>;
  readonly planned: Set<string>;
  readonly problems: Problem[];
}

function inOrderOfKinds(entities: readonly FileEntity[]): readonly FileEntity[] {
  return kinds.flatMap((kind) => entities.filter((entity) => entity.kind === kind));
}

function planEntity(planning: Planning, entity: FileEntity): readonly Change[] {
  const { kind, origin } = entity;
  const isNormal = isSettled(entity);
  const fields = linked(planning, entity);
  const shown = planning.into.hide(kind, fields);
  const id = planning.identities.take(entity, shown);
  planning.ids.set(entity, id);
  planning.planned.add(id);
  const current = planning.stored.find(kind, id);
  if (!current) return [{ is: 'create', kind: kind.name, id, fields, isNormal, origin }];
  if (!planning.stored.isInScope(current)) return refuseForeign(planning, entity);
  if (equalJson(redacted(kind, current.document), shown)) return [];
  return [{ is: 'replace', kind: kind.name, id, fields, isNormal, origin }];
}

/** True if nothing but the ids of single references is added to what was checked when the files were read. */
function isSettled({ isClosed, document, links }: FileEntity): boolean {
  return isClosed && links.every(({ field }) => typeof document[field] === 'string');
}

function refuseForeign({ declaration, problems }: Planning, { kind, document, origin }: FileEntity): [] {
  const named = nameOf(kind, document) ?? '';
  const facts = { typeName: kind.typeName, named, tags: declaration.selectTags };
  problems.push(outsideSelectTags.problem(facts, origin));
  return [];
}

function linked(planning: Planning, entity: FileEntity): Document {
  if (entity.links.length === 0) return entity.document;
  const { kind, links } = entity;
  const document: Record<string, Json> = { ...entity.document };
  const isInList = ({ field }: Link): boolean => kind.fields[field]?.type.is === 'list';
  for (const link of links) if (!isInList(link)) document[link.field] = idOf(planning, entity, link);
  const listed = links.filter(isInList);
  for (const field of new Set(listed.map((link) => link.field))) {
    const same = listed.filter((link) => link.field === field);
    document[field] = [...new Set(same.map((link) => idOf(planning, entity, link)))];
  }
  return document;
}

function idOf(planning: Planning, { kind, origin }: FileEntity, { field, to }: Link): string {
  if (typeof to !== 'string') return planning.ids.get(to) ?? '';
  const target = targetOf(kind, field);
  const entity = planning.stored.findByIdOrName(target, to);
  const found = entity ? whereaboutsOf(planning, target, entity) : 'nowhere';
  if (entity && found === undefined) return entity.id;
  const meant = entity ? undefined : suggestion(planning, target, to);
  const facts = { field, typeName: target.typeName, named: to, found: found ?? 'nowhere', meant };
  planning.problems.push(referenceUnresolved.problem(facts, [...origin, field]));
  return '';
}

function targetOf(kind: Kind, field: string): Kind {
  const type = kind.fields[field]?.type;
  return kindNamed((type && referenceIn(type)?.to) ?? '');
}

/** Why an entity of the group cannot be referred to; nothing if it can. */
function whereaboutsOf(planning: Planning, kind: Kind, entity: ConfigEntity): Whereabouts | undefined {
  if (planning.planned.has(entity.id) || isShared(planning, entity)) return undefined;
  if (planning.stored.isInScope(entity)) return planning.into.isSync ? 'to be deleted' : undefined;
  return planning.declaration.lookupTags.has(kind) ? 'without lookup tags' : undefined;
}

/** True for what the files say is kept by others, to be referred to only. */
function isShared({ declaration, stored }: Planning, entity: ConfigEntity): boolean {
  const tags = declaration.lookupTags.get(stored.kindOf(entity)) ?? [];
  return tags.length > 0 && hasTags(entity, tags);
}

/** Files of other tools never have what is not for gateways: files without any of it do not mean to delete it. */
function isUnspokenOf({ declaration, stored }: Planning, entity: ConfigEntity): boolean {
  const kind = stored.kindOf(entity);
  return kind.notForGateways === true && declaration.entities.every((each) => each.kind !== kind);
}

/** Only the first problems come with a guess at what was meant, since guessing costs far more than finding. */
const suggestions = 10;

function suggestion(
  { declaration, stored, problems }: Planning,
  kind: Kind,
  named: string,
): string | undefined {
  if (problems.length >= suggestions) return undefined;
  const inFiles = declaration.entities.filter((entity) => entity.kind === kind);
  return nearest(named, [
    ...inFiles.flatMap((each) => nameOf(kind, each.document) ?? []),
    ...stored.names(kind),
  ]);
}
