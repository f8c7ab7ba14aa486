import { Field, ID, ObjectType } from 'type-graphql';
import type { GeneratedField } from '../../../foundation/graphql/generated-class.js';

@ObjectType({
  description: 'Something that was done all the same, but that its author should know of.',
  simpleResolvers: true,
})
export class ConfigurationWarning {
  @Field(() => String, { description: 'A stable code, listed in docs/errors.md.' })
  code!: string;

  @Field(() => String, { description: 'What is to be known, and what to do, in a sentence for people.' })
  message!: string;

  @Field(() => [String], {
    description: 'The place in the input that this is about; empty if it is about the whole.',
  })
  path!: readonly string[];

  @Field(() => [ID], { description: 'The entities that this is about.' })
  entityIds!: readonly string[];
}

/** The field of a payload that has the warnings of a write. */
export const warningsField = {
  type: () => ConfigurationWarning,
  isList: true,
  nullable: true,
  description:
    'What was, or on a dry run would be, done although it may not be meant so. Null if the write was refused.',
} satisfies GeneratedField;
