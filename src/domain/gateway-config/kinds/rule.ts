import type { Problem } from '../../../foundation/kernel/refusal.js';
import type { Document, Rule } from '../kind.js';

/** A rule across the named fields. */
export function rule(reads: readonly string[], check: (document: Document) => readonly Problem[]): Rule {
  return { reads, check };
}

/** The texts in a list field; none if it is absent. */
export function textsIn(document: Document, field: string): readonly string[] {
  return (document[field] ?? []) as readonly string[];
}

/** Those of the fields that the document has. */
export function present(document: Document, fields: readonly string[]): readonly string[] {
  return fields.filter((field) => document[field] !== undefined);
}
