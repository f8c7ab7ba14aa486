import type { ListPage } from '../postgres/list.js';
import type { Asked } from './asks.js';
import { toConnection, type Connection } from './connection.js';
import { levelKey, levelLoader } from './level-loader.js';
import { askedList, type AskedList, type ListArguments } from './list-arguments.js';

/** A connection field of one parent, while it is being resolved. */
export interface ListField {
  /** Which edge it is: `RuntimeGroup.routes`. Everything that `list` depends on besides the arguments must be in it. */
  readonly edge: string;
  readonly parentId: string;
  readonly args: ListArguments;
  readonly context: object;
  readonly info: Asked;
}

/**
 * Resolves a connection field. Fields of one edge that ask for the same of several parents share one call of `list`,
 * which answers a page for each parent, in their order.
 */
export async function listField<Node>(
  field: ListField,
  list: (parentIds: readonly string[], asked: AskedList) => Promise<readonly ListPage<Node>[]>,
): Promise<Connection<Node>> {
  const asked = askedList(field.args, field.info);
  const key = levelKey(field.edge, asked);
  const loader = levelLoader<ListPage<Node>>(field.context, key, (parentIds) => list(parentIds, asked));
  return toConnection(await loader.load(field.parentId));
}
