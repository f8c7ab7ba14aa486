import { equalJson, type Json } from '../../../foundation/kernel/json.js';
import { refuseAny, type Problem } from '../../../foundation/kernel/refusal.js';
import type { Change } from '../apply-changes.js';
import type { ConfigEntity } from '../config-entity.js';
import { referenceIn } from '../field.js';
import type { Document, Kind } from '../kind.js';
import { kindNamed, kinds } from '../kinds/index.js';
import { nearest } from '../nearest.js';
import type { DeclarativeFile, FileEntity, Link } from './declarative-file.js';
import { Identities } from './identities.js';
import { referenceUnresolved } from './import.refusals.js';
import { nameOf } from './naming.js';
import { StoredEntities } from './stored-entities.js';
import { redacted } from '../secrets.js';

/**
 * What brings the file into a group whose entities are `stored`: creations and replacements, each with its place in the
 * input, and nothing for what is there already. The same file and the same entities give the same changes, ids included;
 * nothing is deleted. Refuses references that lead nowhere.
 */
export function changesOf(
  file: DeclarativeFile,
  stored: readonly ConfigEntity[],
  { groupId, hide }: Group,
): Change[] {
  const known = new StoredEntities(stored);
  const planning: Planning = {
    ...{ file, hide, stored: known, identities: new Identities(groupId, known, file.entities) },
    ...{ ids: new Map(), problems: [] },
  };
  // What is referred to comes first, because the ids of what refers to it may depend on its own.
  const changes = inOrderOfKinds(file.entities).flatMap((entity) => planEntity(planning, entity));
  refuseAny(planning.problems);
  return changes;
}

/** The group that a file is for. */
export interface Group {
  readonly groupId: string;
  /** The content of an entity of the group as it would be shown, secrets hidden: so it is compared, and so it is named. */
  readonly hide: (kind: Kind, document: Document) => Document;
}

interface Planning {
  readonly hide: Group['hide'];
  readonly file: DeclarativeFile;
  readonly stored: StoredEntities;
  readonly identities: Identities;
  /** The ids of the entities of the file, as far as it is planned. */
  readonly ids: Map<FileEntity, string>;
  readonly problems: Problem[];
}

function inOrderOfKinds(entities: readonly FileEntity[]): readonly FileEntity[] {
  return kinds.flatMap((kind) => entities.filter((entity) => entity.kind === kind));
}

function planEntity(planning: Planning, entity: FileEntity): readonly Change[] {
  const { kind, origin } = entity;
  const fields = linked(planning, entity);
  const shown = planning.hide(kind, fields);
  const id = planning.identities.take(entity, shown);
  planning.ids.set(entity, id);
  const current = planning.stored.find(kind, id);
  if (!current) return [{ is: 'create', kind: kind.name, id, fields, origin }];
  if (equalJson(redacted(kind, current.document), shown)) return [];
  return [{ is: 'replace', kind: kind.name, id, fields, origin }];
}

function linked(planning: Planning, entity: FileEntity): Document {
  if (entity.links.length === 0) return entity.document;
  const ids = new Map<string, Set<string>>();
  for (const link of entity.links) {
    ids.set(link.field, (ids.get(link.field) ?? new Set()).add(idOf(planning, entity, link)));
  }
  const references = [...ids].map(([field, found]): [string, Json] => {
    const isList = entity.kind.fields[field]?.type.is === 'list';
    return [field, isList ? [...found] : ([...found][0] ?? '')];
  });
  return { ...entity.document, ...Object.fromEntries(references) };
}

function idOf(planning: Planning, { kind, origin }: FileEntity, { field, to }: Link): string {
  if (typeof to !== 'string') return planning.ids.get(to) ?? '';
  const type = kind.fields[field]?.type;
  const target = kindNamed((type && referenceIn(type)?.to) ?? '');
  const found = planning.stored.findByIdOrName(target, to);
  if (found) return found.id;
  const facts = { field, typeName: target.typeName, named: to, meant: suggestion(planning, target, to) };
  planning.problems.push(referenceUnresolved.problem(facts, [...origin, field]));
  return '';
}

/** Only the first problems come with a guess at what was meant, since guessing costs far more than finding. */
const suggestions = 10;

function suggestion({ file, stored, problems }: Planning, kind: Kind, named: string): string | undefined {
  if (problems.length >= suggestions) return undefined;
  const inFile = file.entities.filter((entity) => entity.kind === kind);
  return nearest(named, [
    ...inFile.flatMap((each) => nameOf(kind, each.document) ?? []),
    ...stored.names(kind),
  ]);
}
