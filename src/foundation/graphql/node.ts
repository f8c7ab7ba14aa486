import { Field, ID, InterfaceType } from 'type-graphql';

/** What has a globally unique id. A source object of it carries the name of its type as `__typename`. */
@InterfaceType({
  description: 'Anything that has a globally unique id. `node` and `nodes` find it.',
  resolveType: (value: { readonly __typename: string }) => value.__typename,
})
export abstract class Node {
  @Field(() => ID, { description: 'Globally unique; never changes.' })
  id!: string;
}
