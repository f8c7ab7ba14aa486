import { Kind, visit, type DocumentNode, type OperationDefinitionNode } from 'graphql';

/** A document, and the operation in it that is meant. */
interface Definition {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
}

const known = new WeakMap<OperationDefinitionNode, string | null>();

/**
 * The variable that says where a stream begins: the one given for `after` at the subscription's own field, if it is used
 * for nothing else.
 */
export function cursorVariable({ document, definition }: Definition): string | null {
  const held = known.get(definition);
  if (held !== undefined) return held;
  const name = variableOfAfter(definition);
  const cursor = name !== null && countUses(document, name) === 1 ? name : null;
  known.set(definition, cursor);
  return cursor;
}

function variableOfAfter({ selectionSet: { selections } }: OperationDefinitionNode): string | null {
  const [field] = selections;
  if (field?.kind !== Kind.FIELD || selections.length > 1) return null;
  const after = field.arguments?.find(({ name }) => name.value === 'after')?.value;
  return after?.kind === Kind.VARIABLE ? after.name.value : null;
}

function countUses(document: DocumentNode, variable: string): number {
  let uses = 0;
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void (uses += name.value === variable ? 1 : 0),
  });
  return uses;
}
