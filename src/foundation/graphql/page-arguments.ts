import 'reflect-metadata';
import { ArgsType, Field, Int } from 'type-graphql';
import { defaultPageSize, largestPageSize, type PageRequest } from '../postgres/list-page.js';

/** The arguments that every list has. */
@ArgsType()
export class PageArguments implements PageRequest {
  @Field(() => Int, {
    nullable: true,
    description: `How many items from the beginning, or after \`after\`; ${defaultPageSize} unless said, ${largestPageSize} at most.`,
  })
  readonly first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only items after the one with this cursor.' })
  readonly after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `How many items from the end, or before \`before\`; ${largestPageSize} at most. Not together with \`first\`.`,
  })
  readonly last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only items before the one with this cursor.' })
  readonly before?: string | null;
}
