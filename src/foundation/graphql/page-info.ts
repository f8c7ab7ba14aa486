import 'reflect-metadata';
import { Directive, Field, ObjectType } from 'type-graphql';

/** Where a page stands in its list, as Relay has it. */
@ObjectType({ description: 'Where a page stands in its list.', simpleResolvers: true })
@Directive('@shareable')
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there are items after this page.' })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether there are items before this page.' })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the first item of this page, for `before`. Null if the page is empty.',
  })
  readonly startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the last item of this page, for `after`. Null if the page is empty.',
  })
  readonly endCursor!: string | null;
}
