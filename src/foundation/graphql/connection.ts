import { Int, ObjectType, type ClassType } from 'type-graphql';
import type { ListPage } from '../postgres/list.js';
import { addField, generatedClass, oncePerName } from './generated-class.js';
import { PageInfo } from './page-info.js';

/** A page of a list, as Relay has it. */
export interface Connection<Node> {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge<Node>[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

/** An item of a list, with its place there. */
export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

/**
 * The class behind `<typeName>Connection`, made at the first call together with `<typeName>Edge`. That call is to come
 * before the schema is built: not from within a type thunk, which type-graphql calls when it has collected all types.
 */
export const connectionOf: (typeName: string, node: () => ClassType) => ClassType<Connection<object>> =
  oncePerName(makeConnection);

/**
 * A page as the fields of a connection. Cursors are made when they are read, and so is `totalCount`, which is a defect
 * to read if the page was listed without it.
 */
export function toConnection<Node>(page: ListPage<Node>): Connection<Node> {
  return new PageConnection(page);
}

/** Plain property reads, which every executor knows, but nothing is made that is not asked for. */
class PageConnection<Node> implements Connection<Node> {
  constructor(private readonly page: ListPage<Node>) {}

  get nodes(): readonly Node[] {
    return this.page.rows;
  }

  get edges(): readonly Edge<Node>[] {
    return this.page.rows.map((node, index) => ({ node, cursor: this.page.cursorOf(index) }));
  }

  get pageInfo(): PageInfo {
    const { rows, hasNextPage, hasPreviousPage } = this.page;
    const cursorAt = (index: number): string | null => (rows.length === 0 ? null : this.page.cursorOf(index));
    return { hasNextPage, hasPreviousPage, startCursor: cursorAt(0), endCursor: cursorAt(rows.length - 1) };
  }

  get totalCount(): number {
    if (this.page.totalCount === null) throw new Error('The page was listed without its total count.');
    return this.page.totalCount;
  }
}

function makeConnection(typeName: string, node: () => ClassType): ClassType<Connection<object>> {
  const edge = makeEdge(typeName, node);
  const connection = generatedClass<Connection<object>>(`${typeName}Connection`);
  addField(connection, 'nodes', { type: node, isList: true, description: 'The items of this page.' });
  addField(connection, 'edges', {
    type: () => edge,
    isList: true,
    description: 'The items of this page, each with its cursor.',
  });
  addField(connection, 'pageInfo', {
    type: () => PageInfo,
    description: 'Where this page stands in the list.',
  });
  addField(connection, 'totalCount', {
    type: () => Int,
    description: 'How many items the list has on all pages together. Counted only when asked for.',
  });
  const description = `A page of a list of \`${typeName}\`.`;
  ObjectType(connection.name, { description, simpleResolvers: true })(connection);
  return connection;
}

function makeEdge(typeName: string, node: () => ClassType): ClassType<Edge<object>> {
  const edge = generatedClass<Edge<object>>(`${typeName}Edge`);
  addField(edge, 'cursor', {
    type: () => String,
    description:
      'The place of the item in its list, for `after` and `before`. Good for this order of this list only.',
  });
  addField(edge, 'node', { type: node, description: 'The item.' });
  const description = `A \`${typeName}\` with its place in a list.`;
  ObjectType(edge.name, { description, simpleResolvers: true })(edge);
  return edge;
}
