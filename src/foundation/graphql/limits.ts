import { Lexer, Source, TokenKind, type ValidationRule } from 'graphql';
import { defineRefusal, type RefusalType } from '../kernel/refusal.js';
import { defaultPageSize } from '../postgres/list-page.js';
import { requestError } from './format-error.js';
import { costOf, type Costed } from './query-cost.js';
import { shapeOf, type QueryShape } from './query-shape.js';

/** How much one operation may ask for, over whatever transport. */
export interface Limits {
  /** Words and signs in the document. */
  readonly tokens: number;
  /** Levels of fields. The introspection that GraphiQL and most tools send has 15. */
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  /** Objects that it can answer at most (`costOf`). */
  readonly cost: number;
}

/** The limits unless others are set. */
export const defaultLimits: Limits = { tokens: 4_000, depth: 15, aliases: 30, rootFields: 30, cost: 200_000 };

interface Exceeded {
  readonly limit: number;
  readonly actual: number;
}

const tooLarge = defineRefusal<Omit<Exceeded, 'actual'>>(
  'QUERY_TOO_LARGE',
  'invalid',
  ({ limit }) =>
    `This document has more than ${limit} tokens, which is the limit. Ask in several requests, and give long values in variables.`,
);

const tooDeep = defineRefusal<Exceeded>(
  'QUERY_TOO_DEEP',
  'invalid',
  ({ limit, actual }) =>
    `This operation is ${actual} levels deep, and the limit is ${limit}. Ask for what lies deeper in a request of its own, by its id.`,
);

const tooManyAliases = defineRefusal<Exceeded>(
  'QUERY_TOO_MANY_ALIASES',
  'invalid',
  ({ limit, actual }) =>
    `This operation has ${actual} aliases, and the limit is ${limit}. Ask for many things of one sort with a list field, or in several requests.`,
);

const tooManyRootFields = defineRefusal<Exceeded>(
  'QUERY_TOO_MANY_ROOT_FIELDS',
  'invalid',
  ({ limit, actual }) =>
    `This operation has ${actual} fields on its first level, and the limit is ${limit}. Ask in several requests.`,
);

const tooCostly = defineRefusal<Exceeded>(
  'QUERY_TOO_COSTLY',
  'invalid',
  ({ limit, actual }) =>
    `This operation can answer ${actual} objects, and the limit is ${limit}. Ask for smaller pages (first, last), or nest fewer lists.`,
);

/** Refuses `QUERY_TOO_LARGE`. To be called before parsing; it reads a short document not at all. */
export function assertSize(text: string, { tokens: limit }: Limits): void {
  if (text.length > limit && hasMoreTokens(text, limit)) throw tooLarge({ limit });
}

/** Refuses what is too deep, or has too many aliases or root fields. A rule for validation, beside GraphQL's own. */
export function shapeRule(limits: Limits): ValidationRule {
  return (context) => ({
    OperationDefinition(operation) {
      const shape = shapeOf(context.getDocument(), operation);
      const exceeded = shapeLimits.find(({ measure }) => shape[measure] > limits[measure]);
      if (!exceeded) return;
      const { measure, refuse } = exceeded;
      context.reportError(requestError(refuse({ limit: limits[measure], actual: shape[measure] })));
    },
  });
}

const shapeLimits: readonly { readonly measure: keyof QueryShape; readonly refuse: RefusalType<Exceeded> }[] =
  [
    { measure: 'depth', refuse: tooDeep },
    { measure: 'aliases', refuse: tooManyAliases },
    { measure: 'rootFields', refuse: tooManyRootFields },
  ];

/** What an operation costs, and what is left. */
export interface Cost {
  readonly requested: number;
  readonly limit: number;
  readonly remaining: number;
}

/** What a valid operation costs with its variables. Refuses `QUERY_TOO_COSTLY`. */
export function assertCost(operation: Omit<Costed, 'unknownListSize'>, { cost: limit }: Limits): Cost {
  const requested = costOf({ ...operation, unknownListSize: defaultPageSize });
  if (requested > limit) throw tooCostly({ limit, actual: requested });
  return { requested, limit, remaining: limit - requested };
}

function hasMoreTokens(text: string, limit: number): boolean {
  const lexer = new Lexer(new Source(text));
  try {
    for (let count = 0; count <= limit; count += 1) {
      if (lexer.advance().kind === TokenKind.EOF) return false;
    }
    return true;
  } catch {
    // What cannot be read is for the parser to refuse, in its own words.
    return false;
  }
}
