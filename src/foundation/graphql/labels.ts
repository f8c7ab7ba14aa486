import 'reflect-metadata';
import { Field, InputType, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A key and a value that people sort things by.' })
export class Label {
  @Field(() => String, { description: 'Unique among the labels of one thing.' })
  key!: string;

  @Field(() => String, { description: 'Any value of 1 to 63 letters, digits, “-”, “.” and “_”.' })
  value!: string;
}

@InputType({ description: 'A label to set.' })
export class LabelInput {
  @Field(() => String, {
    description: '1 to 63 letters, digits, “-”, “.” and “_”; begins and ends with a letter or digit.',
  })
  key!: string;

  @Field(() => String, { description: 'Like a key.' })
  value!: string;
}

/** Labels as a list, sorted by key. */
export function labelList(labels: Readonly<Record<string, string>>): Label[] {
  return Object.entries(labels)
    .map(([key, value]) => ({ key, value }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
