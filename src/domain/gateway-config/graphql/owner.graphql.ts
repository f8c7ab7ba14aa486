import { Field, ObjectType } from 'type-graphql';

@ObjectType({
  description: 'Something outside of the configuration that has made an entity of it, and alone changes it.',
  simpleResolvers: true,
})
export class EntityOwner {
  @Field(() => String, { description: 'What it is called in messages: `version 2.1.0 of service payments`.' })
  name!: string;
}
