/** A page of a list. */
export interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** All items of a list, page by page. */
export async function allPages<Node>(
  read: (after: string | null) => Promise<Page<Node>>,
): Promise<readonly Node[]> {
  const nodes: Node[] = [];
  for (let after: string | null = null; ;) {
    const page: Page<Node> = await read(after);
    nodes.push(...page.nodes);
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage || after === null) return nodes;
  }
}
