import type { Json } from '../../../foundation/kernel/json.js';
import type { Problem } from '../../../foundation/kernel/refusal.js';
import type { Document } from '../kind.js';
import { shown } from '../reading.js';
import { redacted } from '../secrets.js';
import type { Declaration, FileEntity, Place } from './declarative-file.js';
import type { GatheredEntity } from './gather.js';
import { duplicateInFile } from './import.refusals.js';
import { keysPresent, type Key } from '../naming.js';
import { pathText } from './places.js';

/** Entities of the files that have the same id, or the same unique key. Each problem says where the first one stands. */
export function findDuplicates(
  entities: readonly GatheredEntity[],
  placeOf: Declaration['placeOf'],
): readonly Problem[] {
  const claims = new Map<string, FileEntity>();
  const problems: Problem[] = [];
  for (const entity of entities) {
    const document = withLinks(entity);
    for (const claim of claimsOf(entity, document)) {
      const first = claims.get(claim.text);
      if (!first) claims.set(claim.text, entity);
      else {
        const where = whereText(first, placeOf(first.origin), placeOf(entity.origin));
        const facts = { typeName: first.kind.typeName, key: keyText(entity, document, claim), where };
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

/** What no other entity of the file may have, too: values of these fields. */
interface Claim {
  readonly text: string;
  readonly fields: readonly string[];
}

function claimsOf({ kind, id, isSound }: GatheredEntity, document: Document): readonly Claim[] {
  // Where fields are wrong, they are absent, which makes a key absent, too; or it makes it another key.
  const isCertain = ({ slot }: Key): boolean => isSound || kind.unique[slot]?.absentCounts !== true;
  const keys = keysPresent(kind, document)
    .filter(isCertain)
    .map(({ slot, key }) => ({
      text: `${kind.name} ${slot} ${key}`,
      fields: [...(kind.unique[slot]?.fields ?? []), ...(kind.unique[slot]?.whenPresent ?? [])],
    }));
  return id === undefined ? keys : [{ text: `id ${id}`, fields: ['id'] }, ...keys];
}

/** The document with its id, and in each reference something that is the same for the same entity of the file. */
function withLinks({ id = '', document, links }: FileEntity): Document {
  const linked: Record<string, Json> = { ...document, id };
  for (const { field, to } of links) linked[field] = typeof to === 'string' ? to : to.origin.join('/');
  return linked;
}

function keyText(entity: FileEntity, document: Document, { fields }: Claim): string {
  const told = redacted(entity.kind, document);
  const given = fields.filter((field) => told[field] !== undefined);
  const said = given.map((field) =>
    isLink(entity, field) ? `the same ${field}` : `${field} ${shown(told[field] ?? null)}`,
  );
  return said.join(' and ');
}

function fieldOf(entity: FileEntity, { fields }: Claim): string {
  return fields.find((field) => !isLink(entity, field)) ?? '';
}

function isLink({ links }: FileEntity, field: string): boolean {
  return links.some((link) => link.field === field);
}
