import type { Json } from '../../../foundation/kernel/json.js';
import type { Problem } from '../../../foundation/kernel/refusal.js';
import type { Document, Kind, UniqueKey } from '../kind.js';
import { shown } from '../reading.js';
import { redacted } from '../secrets.js';
import type { Declaration, FileEntity, Place } from './declarative-file.js';
import type { GatheredEntity } from './gather.js';
import { duplicateInFile } from './import.refusals.js';
import { keysPresent } from '../naming.js';
import { pathText } from './places.js';

/** Entities of the files that have the same id, or the same unique key. Each problem says where the first one stands. */
export function findDuplicates(
  entities: readonly GatheredEntity[],
  placeOf: Declaration['placeOf'],
): readonly Problem[] {
  const claims = new Map<string, FileEntity>();
  const problems: Problem[] = [];
  for (const entity of entities) {
    for (const claim of claimsOf(entity)) {
      const first = claims.get(claim.text);
      if (!first) claims.set(claim.text, entity);
      else {
        const where = whereText(first, placeOf(first.origin), placeOf(entity.origin));
        const facts = { typeName: first.kind.typeName, key: keyText(entity, claim), where };
        problems.push(duplicateInFile.problem(facts, [...entity.origin, fieldOf(entity, claim)]));
      }
    }
  }
  return problems;
}

function whereText({ origin }: FileEntity, first: Place, second: Place): string {
  const file = first.file === second.file ? 'this file' : first.fileName;
  return `${file}: ${pathText(origin)}, line ${first.line}`;
}

/** What no other entity of the file may have, too: an id, or what the fields of a unique key say. */
interface Claim {
  readonly text: string;
  readonly of: Pick<UniqueKey, 'fields' | 'whenPresent'>;
}

const idClaimed = { fields: ['id'] };

function claimsOf(entity: GatheredEntity): readonly Claim[] {
  const { kind, id, isSound } = entity;
  const claims: Claim[] = id === undefined ? [] : [{ text: `id ${id}`, of: idClaimed }];
  const document = kind.unique.some((key) => isLinked(kind, key)) ? withLinks(entity) : entity.document;
  for (const { slot, key } of keysPresent(kind, document)) {
    const of = kind.unique[slot];
    // Where fields are wrong, they are absent, which makes a key absent, too; or it makes it another key.
    if (of && (isSound || of.absentCounts !== true)) claims.push({ text: `${kind.name} ${slot} ${key}`, of });
  }
  return claims;
}

/** True for a key that references are part of. */
function isLinked({ fields: all }: Kind, { fields, whenPresent = [] }: UniqueKey): boolean {
  const isReference = (field: string): boolean => all[field]?.type.is === 'reference';
  return fields.some(isReference) || whenPresent.some(isReference);
}

function namesIn({ of: { fields, whenPresent = [] } }: Claim): readonly string[] {
  return [...fields, ...whenPresent];
}

/** The document with its id, and in each reference something that is the same for the same entity of the file. */
function withLinks({ id = '', document, links }: FileEntity): Document {
  const linked: Record<string, Json> = { ...document, id };
  for (const { field, to } of links) linked[field] = typeof to === 'string' ? to : to.origin.join('/');
  return linked;
}

function keyText(entity: FileEntity, claim: Claim): string {
  const told = redacted(entity.kind, withLinks(entity));
  const given = namesIn(claim).filter((field) => told[field] !== undefined);
  const said = given.map((field) =>
    isLink(entity, field) ? `the same ${field}` : `${field} ${shown(told[field] ?? null)}`,
  );
  return said.join(' and ');
}

function fieldOf(entity: FileEntity, claim: Claim): string {
  return namesIn(claim).find((field) => !isLink(entity, field)) ?? '';
}

function isLink({ links }: FileEntity, field: string): boolean {
  return links.some((link) => link.field === field);
}
