import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** How large an operation is, whatever it is executed with. Fragments count as often as they are used. */
export interface QueryShape {
  /** Levels of fields. */
  readonly depth: number;
  readonly aliases: number;
  /** Fields on the first level. */
  readonly rootFields: number;
}

/** Measures one operation of a document, valid or not, in time that grows with the document alone. */
export function shapeOf(document: DocumentNode, operation: OperationDefinitionNode): QueryShape {
  return new Measure(document).of(operation.selectionSet);
}

const nothing: QueryShape = { depth: 0, aliases: 0, rootFields: 0 };

/** Measures each fragment once. One that contains itself counts as empty in itself; validation refuses it elsewhere. */
class Measure {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly known = new Map<string, QueryShape>();

  constructor(document: DocumentNode) {
    const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
    this.fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  }

  of(selectionSet: SelectionSetNode): QueryShape {
    return selectionSet.selections.map((selection) => this.ofSelection(selection)).reduce(together, nothing);
  }

  private ofSelection(selection: SelectionNode): QueryShape {
    if (selection.kind === Kind.INLINE_FRAGMENT) return this.of(selection.selectionSet);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.ofFragment(selection.name.value);
    const below = selection.selectionSet ? this.of(selection.selectionSet) : nothing;
    return { depth: below.depth + 1, aliases: below.aliases + (selection.alias ? 1 : 0), rootFields: 1 };
  }

  private ofFragment(name: string): QueryShape {
    const known = this.known.get(name);
    if (known) return known;
    this.known.set(name, nothing);
    const fragment = this.fragments.get(name);
    const shape = fragment ? this.of(fragment.selectionSet) : nothing;
    this.known.set(name, shape);
    return shape;
  }
}

function together(a: QueryShape, b: QueryShape): QueryShape {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    rootFields: a.rootFields + b.rootFields,
  };
}
