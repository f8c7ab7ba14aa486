import type { Problem } from '../../foundation/kernel/refusal.js';

/** Something that is done all the same, but that its author should know of: a code, a sentence, a place in the input. */
export interface Warning extends Problem {
  /** The entities that it is about, whose place in the input may be another one, or none. */
  readonly entityIds: readonly string[];
}

/** What a warning is about. */
export interface About {
  readonly path: readonly string[];
  readonly entityIds?: readonly string[];
}

const catalogue = new Set<string>();

/** Declares a warning. Its code enters the catalogue, which docs/errors.md must list. Codes are unique. */
export function defineWarning<Facts extends object>(
  code: string,
  sentence: (facts: Facts) => string,
): (facts: Facts, about: About) => Warning {
  if (catalogue.has(code)) throw new Error(`The warning ${code} is declared twice.`);
  catalogue.add(code);
  return (facts, { path, entityIds = [] }) => ({ code, message: sentence(facts), path, entityIds });
}

/** Every declared code of a warning. */
export function warningCatalogue(): ReadonlySet<string> {
  return catalogue;
}
