import { referenceIn } from '../field.js';
import type { Document, Kind } from '../kind.js';
import { textAt } from '../reading.js';

/** What people call an entity: what names it in files, as far as that is neither secret nor another entity; else its id. */
export function entityName(kind: Kind, id: string, document: Document): string {
  const fields = kind.unique.flatMap((key) => key.fields);
  const names = fields.flatMap((field) => {
    const own = kind.fields[field];
    return own && !own.secret && !referenceIn(own.type) ? [textAt(document, field)] : [];
  });
  return names.find((name) => name !== '') ?? id;
}

/** A kind as it is called in a sentence: `gateway service`. */
export function kindNoun(kind: Kind): string {
  return kind.name.replaceAll('_', ' ');
}
