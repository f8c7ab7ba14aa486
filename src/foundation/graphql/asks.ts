import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type GraphQLResolveInfo,
  type SelectionNode,
} from 'graphql';

/** What a resolver is told about the operation. */
export type Asked = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'variableValues'>;

/**
 * True if the operation selects `field` right below the field that is being resolved: under whatever alias, through
 * fragments, and unless `@skip` or `@include` leave it out. Type conditions of fragments are taken to hold.
 */
export function asks(info: Asked, field: string): boolean {
  return info.fieldNodes.some((node) =>
    node.selectionSet?.selections.some((below) => selects(info, below, field)),
  );
}

function selects(info: Asked, selection: SelectionNode, field: string): boolean {
  if (!isIncluded(info, selection)) return false;
  if (selection.kind === Kind.FIELD) return selection.name.value === field;
  const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : info.fragments[selection.name.value];
  return fragment?.selectionSet.selections.some((below) => selects(info, below, field)) ?? false;
}

function isIncluded({ variableValues }: Asked, selection: SelectionNode): boolean {
  if (!selection.directives?.length) return true;
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variableValues);
  return skip?.['if'] !== true && include?.['if'] !== false;
}
