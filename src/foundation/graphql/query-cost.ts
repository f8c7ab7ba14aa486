import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/** What is to be executed: a valid document, the operation in it, and the variables as they came. */
export interface Costed {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Variables;
  /** How many items a list is taken to have, if nothing says how many. */
  readonly unknownListSize: number;
}

/**
 * How many objects an operation can answer at most: one for each field that is an object, times the sizes of the lists
 * that it lies in. A list is as long as its `first` or `last`, or that of the connection around it, or its list
 * of ids. Plain values and introspection cost nothing. For a subscription it is the cost of one event.
 */
export function costOf(costed: Costed): number {
  const root = costed.schema.getRootType(costed.operation.operation);
  return root ? new Costing(costed).of(costed.operation.selectionSet, root, undefined) : 0;
}

type Field = GraphQLField<unknown, unknown>;

class Costing {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly variables: Variables;
  private readonly known = new Map<string, number>();

  constructor(private readonly costed: Costed) {
    const fragments = costed.document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
    this.fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
    this.variables = { ...defaultsOf(costed.operation), ...costed.variables };
  }

  /** `page` is the size of the connection whose fields these are. */
  of({ selections }: SelectionSetNode, parent: GraphQLNamedType, page: number | undefined): number {
    return selections.reduce((sum, selection) => sum + this.ofSelection(selection, parent, page), 0);
  }

  private ofSelection(node: SelectionNode, parent: GraphQLNamedType, page: number | undefined): number {
    if (node.kind === Kind.FIELD) return this.ofField(node, parent, page);
    if (node.kind === Kind.FRAGMENT_SPREAD) return this.ofFragment(node.name.value, page);
    return this.of(node.selectionSet, this.typeNamed(node.typeCondition?.name.value) ?? parent, page);
  }

  /** A fragment is looked through once for each page size; nested ones would double the work at every level. */
  private ofFragment(name: string, page: number | undefined): number {
    const key = `${name} ${page}`;
    const fragment = this.fragments.get(name);
    const type = this.typeNamed(fragment?.typeCondition.name.value);
    const cost = this.known.get(key) ?? (fragment && type ? this.of(fragment.selectionSet, type, page) : 0);
    this.known.set(key, cost);
    return cost;
  }

  private ofField(node: FieldNode, parent: GraphQLNamedType, page: number | undefined): number {
    const hasFields = isObjectType(parent) || isInterfaceType(parent);
    const field = hasFields ? parent.getFields()[node.name.value] : undefined;
    const type = getNamedType(field?.type);
    if (!field || !node.selectionSet || !isCompositeType(type)) return 0;
    const asked = this.askedSize(node, field);
    if (!isListType(getNullableType(field.type))) return 1 + this.of(node.selectionSet, type, asked);
    const size = asked ?? page ?? this.costed.unknownListSize;
    return size * (1 + this.of(node.selectionSet, type, undefined));
  }

  /** The size that the arguments ask for: a page's, or that of the list of things that are asked for one by one. */
  private askedSize(node: FieldNode, { args }: Field): number | undefined {
    const values = new Map(node.arguments?.map(({ name, value }) => [name.value, this.valueOf(value)]));
    const page = [values.get('first'), values.get('last')].filter((size) => typeof size === 'number');
    if (page.length > 0) return Math.max(0, ...page);
    if (args.some(({ name }) => name === 'first' || name === 'last')) return this.costed.unknownListSize;
    const lists = args.filter(isRequiredList).map(({ name }) => values.get(name));
    return lists.length > 0
      ? Math.max(...lists.map((list) => (Array.isArray(list) ? list.length : 1)))
      : undefined;
  }

  private valueOf(value: Parameters<typeof valueFromASTUntyped>[0]): unknown {
    return valueFromASTUntyped(value, this.variables);
  }

  private typeNamed(name: string | undefined): GraphQLNamedType | undefined {
    return name === undefined ? undefined : this.costed.schema.getType(name);
  }
}

const isRequiredList = ({ type }: GraphQLArgument): boolean => isNonNullType(type) && isListType(type.ofType);

function defaultsOf(operation: OperationDefinitionNode): Variables {
  const definitions = operation.variableDefinitions ?? [];
  return Object.fromEntries(
    definitions.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue && valueFromASTUntyped(defaultValue),
    ]),
  );
}
