import { Field, Int, ObjectType } from 'type-graphql';
import { Refusal, type Problem, type RefusalKind } from '../kernel/refusal.js';

@ObjectType({
  description: 'Why a mutation was refused: something that the caller can act on. Nothing was changed.',
})
export class UserError {
  @Field(() => String, { description: 'A stable code, listed in docs/errors.md.' })
  code!: string;

  @Field(() => String, { description: 'What was asked, why not, and what to do, in a sentence for people.' })
  message!: string;

  @Field(() => [String], {
    description: 'The place in the input that this is about; empty if it is about the whole.',
  })
  path!: readonly string[];
}

/** What every payload of a write to the organization's own log has. */
@ObjectType()
export abstract class OrganizationWritePayload {
  @Field(() => Int, {
    nullable: true,
    description:
      'The revision of the organization’s own log that this write produced. Null if the write was refused.',
  })
  revision?: number | null;

  @Field(() => [UserError], { description: 'Why the write was refused; empty if it was not.' })
  userErrors!: readonly UserError[];
}

/** Refusals that belong into a payload; the others are errors of the operation. */
const answerable: ReadonlySet<RefusalKind> = new Set(['invalid', 'conflict', 'missing', 'compacted']);

/** Translates the place that a problem is about from the domain's names to those of the schema. */
export type NameInput = (path: readonly string[]) => readonly string[];

/** The payload of a mutation: what it answers, or why it was refused. */
export async function payload<Answer extends object>(
  run: () => Promise<Answer>,
  nameInput: NameInput = (path) => path,
): Promise<Answer | { readonly userErrors: readonly UserError[] }> {
  try {
    return { userErrors: [], ...(await run()) };
  } catch (error) {
    if (!(error instanceof Refusal) || !answerable.has(error.kind)) throw error;
    return { userErrors: error.problems.map((problem) => userError(problem, nameInput)) };
  }
}

function userError({ code, message, path }: Problem, nameInput: NameInput): UserError {
  return { code, message, path: nameInput(path) };
}
