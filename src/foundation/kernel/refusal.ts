/** What sort of "no" a refusal is; each sort has one GraphQL code and one log level (docs/errors.md). */
export type RefusalKind =
  'invalid' | 'unauthenticated' | 'denied' | 'missing' | 'conflict' | 'compacted' | 'unavailable';

/** One reason for a refusal: a stable code, a sentence for people, and the place in the input it is about. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
}

/**
 * An expected "no": the caller asked for something that will not be done. Everything else that is thrown is a defect.
 * A refusal has at least one problem; its code and message are those of the first.
 */
export class Refusal extends Error {
  readonly code: string;

  constructor(
    readonly kind: RefusalKind,
    readonly problems: readonly [Problem, ...Problem[]],
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(problems[0].message);
    this.name = 'Refusal';
    this.code = problems[0].code;
  }
}

/** Makes refusals of one sort: the facts become the sentence, the path says which part of the input it is about. */
export interface RefusalType<Facts> {
  (facts: Facts, path?: readonly string[]): Refusal;
  readonly code: string;
  readonly kind: RefusalKind;
  /** The same as a problem, to be gathered with others. */
  problem(facts: Facts, path?: readonly string[]): Problem;
}

const catalogue = new Map<string, RefusalKind>();

/** Declares a refusal. Its code enters the catalogue, which docs/errors.md must list. Codes are unique. */
export function defineRefusal<Facts extends object>(
  code: string,
  kind: RefusalKind,
  sentence: (facts: Facts) => string,
): RefusalType<Facts> {
  if (catalogue.has(code)) throw new Error(`The refusal ${code} is declared twice.`);
  catalogue.set(code, kind);
  const problem = (facts: Facts, path: readonly string[] = []): Problem => ({
    code,
    message: sentence(facts),
    path,
  });
  const make = (facts: Facts, path: readonly string[] = []): Refusal =>
    new Refusal(kind, [problem(facts, path)], { ...facts } as Record<string, unknown>);
  return Object.assign(make, { code, kind, problem });
}

/** Every declared refusal code with its kind. */
export function refusalCatalogue(): ReadonlyMap<string, RefusalKind> {
  return catalogue;
}

/** Throws one refusal with all problems, if there are any. */
export function refuseAny(problems: readonly Problem[]): void {
  const [first, ...rest] = problems;
  if (!first) return;
  throw new Refusal(catalogue.get(first.code) ?? 'invalid', [first, ...rest]);
}
