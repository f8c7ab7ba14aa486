import { ArgsType, type ClassType } from 'type-graphql';
import type { OrderTerm } from '../postgres/keyset.js';
import type { PageRequest } from '../postgres/list-page.js';
import type { ListRequest } from '../postgres/list-sql.js';
import { asks, type Asked } from './asks.js';
import { toFilter } from './filter-input.js';
import { addField, generatedClass, oncePerName } from './generated-class.js';
import { PageArguments } from './page-arguments.js';

/** The arguments of a list, as a resolver gets them. */
export interface ListArguments extends PageRequest {
  readonly filter?: object | null | undefined;
  readonly orderBy?: readonly OrderTerm[] | null | undefined;
}

/** The part of a list request that a client decides on. */
export type AskedList = Pick<ListRequest, 'filter' | 'orderBy' | 'page' | 'totalCount' | 'rows'>;

/** The class of the arguments of lists of `<typeName>`, made at the first call: a page, `filter` and `orderBy`. */
export const listArgumentsFor: (
  typeName: string,
  inputs: { readonly filter?: ClassType; readonly order?: ClassType },
) => ClassType<ListArguments> = oncePerName(makeListArguments);

/** What a client asks of a list, from the arguments of a connection field and from what is selected in it. */
export function askedList(args: ListArguments, info: Asked): AskedList {
  return {
    filter: toFilter(args.filter),
    orderBy: args.orderBy?.map(({ field, direction }) => ({ field, direction })),
    page: pageOf(args),
    totalCount: asks(info, 'totalCount'),
    rows: asks(info, 'nodes') || asks(info, 'edges') || asks(info, 'pageInfo'),
  };
}

/** Without nulls, so that equal requests look equal. */
function pageOf({ first, after, last, before }: PageRequest): PageRequest {
  return {
    first: first ?? undefined,
    after: after ?? undefined,
    last: last ?? undefined,
    before: before ?? undefined,
  };
}

function makeListArguments(
  typeName: string,
  { filter, order }: { readonly filter?: ClassType; readonly order?: ClassType },
): ClassType<ListArguments> {
  const args = generatedClass<ListArguments>(`${typeName}ListArguments`, PageArguments);
  if (filter) {
    addField(args, 'filter', {
      type: () => filter,
      nullable: true,
      description: 'Only items that this means.',
    });
  }
  if (order) {
    const description = 'The order: by the first of these, then by the second, and so on. By id unless said.';
    addField(args, 'orderBy', { type: () => order, isList: true, nullable: true, description });
  }
  ArgsType()(args);
  return args;
}
