import {
  getOperationAST,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLError,
  type OperationDefinitionNode,
} from 'graphql';
import { complaintOf } from './format-error.js';
import { assertCost, assertSize, shapeRule } from './limits.js';
import type { Answering } from './transport.js';

/** An operation as a client sends it. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

/** An operation that may be executed. */
export interface PreparedOperation {
  readonly document: DocumentNode;
  /** The document's text: one and the same for all who sent it. */
  readonly text: string;
  readonly operation: OperationDefinitionNode;
}

/** Why an operation cannot be executed: all that is wrong with it. */
export class OperationInvalid extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super(errors[0]?.message);
  }
}

/**
 * Reads and checks operations by the same rules, limits and codes as HTTP, where Apollo does. Throws a refusal, or
 * `OperationInvalid`. Documents are kept, so that many who subscribe to the same thing cost one reading.
 */
export function makePrepare({ schema, limits }: Answering): (request: OperationRequest) => PreparedOperation {
  const rules = [...specifiedRules, shapeRule(limits)];
  const read = (query: string): DocumentNode => {
    assertSize(query, limits);
    const document = parsed(query);
    const errors = validate(schema, document, rules);
    if (errors.length > 0) {
      throw new OperationInvalid(errors.map((error) => complaintOf(error, 'GRAPHQL_VALIDATION_FAILED')));
    }
    return document;
  };
  const documents = new RecentDocuments(read);
  return ({ query, operationName, variables }) => {
    const document = documents.get(query);
    const operation = operationIn(document, operationName);
    assertCost({ schema, document, operation, variables: variables ?? {} }, limits);
    return { document, text: document.loc?.source.body ?? query, operation };
  };
}

function parsed(query: string): DocumentNode {
  try {
    return parse(query);
  } catch (error) {
    throw new OperationInvalid([complaintOf(error as GraphQLError, 'GRAPHQL_PARSE_FAILED')]);
  }
}

function operationIn(document: DocumentNode, name: string | null | undefined): OperationDefinitionNode {
  const operation = getOperationAST(document, name);
  if (operation) return operation;
  const message = name
    ? `Unknown operation named "${name}".`
    : 'Must provide operation name if query contains multiple operations.';
  throw new OperationInvalid([complaintOf(new Error(message), 'OPERATION_RESOLUTION_FAILURE')]);
}

/** The documents that were asked for last: a bounded number, and none that is long. */
class RecentDocuments {
  private readonly documents = new Map<string, DocumentNode>();

  constructor(private readonly read: (query: string) => DocumentNode) {}

  get(query: string): DocumentNode {
    const document = this.documents.get(query) ?? this.read(query);
    this.documents.delete(query);
    if (query.length <= 10_000) this.documents.set(query, document);
    const [oldest] = this.documents.keys();
    if (this.documents.size > 500 && oldest !== undefined) this.documents.delete(oldest);
    return document;
  }
}
