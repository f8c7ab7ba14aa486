import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { GraphQLDateTimeISO, GraphQLJSON } from '../../../foundation/graphql/scalars.js';
import { ChangeOperation } from './config-change.graphql.js';
import { ChangeCounts } from './revision.graphql.js';

@InputType({
  description:
    'A configuration in the history of a runtime group: as of a revision, or a time; of now, if neither is given.',
})
export class ConfigPointInput {
  @Field(() => ID, { description: 'The runtime group.' })
  runtimeGroupId!: string;

  @Field(() => Int, { nullable: true, description: 'The revision, from 0, which is the empty beginning.' })
  revision?: number | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description:
      'A time: the last revision that was written at or before it is meant. Not together with a revision.',
  })
  time?: Date | null;
}

@ObjectType({ description: 'A configuration in the history of a runtime group.', simpleResolvers: true })
export class ConfigPoint {
  @Field(() => ID, { description: 'The runtime group.' })
  runtimeGroupId!: string;

  @Field(() => Int, { description: 'The revision.' })
  revision!: number;

  @Field(() => String, { description: 'The hash of the configuration, in hex.' })
  configHash!: string;
}

export enum ChangeImpact {
  SAFE = 'SAFE',
  RISKY = 'RISKY',
  BREAKING = 'BREAKING',
}
registerEnumType(ChangeImpact, {
  name: 'ChangeImpact',
  description:
    'What a change can mean for those who call the gateway, judged by rules from what differs alone.',
  valuesConfig: {
    SAFE: { description: 'What worked works as before.' },
    RISKY: { description: 'Some of what worked may work differently; look at it.' },
    BREAKING: { description: 'Some of what worked is refused, or no longer answered.' },
  },
});

@ObjectType({ description: 'One place at which two versions of an entity differ.', simpleResolvers: true })
export class ConfigFieldDifference {
  @Field(() => String, { description: 'The place, under Kong’s field names, as `config.minute`.' })
  path!: string;

  @Field(() => GraphQLJSON, {
    nullable: true,
    description:
      'What is there before; of a list, the member that left it. Null: nothing. Secrets are hidden.',
  })
  before!: unknown;

  @Field(() => GraphQLJSON, {
    nullable: true,
    description:
      'What is there after; of a list, the member that came into it. Null: nothing. Secrets are hidden.',
  })
  after!: unknown;

  @Field(() => ChangeImpact, { description: 'What it can mean for callers.' })
  impact!: ChangeImpact;

  @Field(() => String, { description: 'Why it is judged so, in a sentence.' })
  reason!: string;
}

@ObjectType({ description: 'An entity that two configurations do not have alike.', simpleResolvers: true })
export class ConfigDifference {
  @Field(() => String, { description: 'The kind of the entity, as `route`.' })
  kind!: string;

  @Field(() => String, { description: 'The array of declarative files that it stands in, as `routes`.' })
  collection!: string;

  @Field(() => ID, { description: 'The id of the entity after; before, if it is not there any more.' })
  id!: string;

  @Field(() => String, { description: 'What it is called: its name or, where it has none, its id.' })
  name!: string;

  @Field(() => ChangeOperation, { description: 'What leads from the one to the other.' })
  operation!: ChangeOperation;

  @Field(() => GraphQLJSON, {
    nullable: true,
    description:
      'What it is before, under Kong’s field names, secrets hidden; between groups with names in the place of ids. Null if it is not there.',
  })
  before!: unknown;

  @Field(() => GraphQLJSON, {
    nullable: true,
    description:
      'What it is after, under Kong’s field names, secrets hidden; between groups with names in the place of ids. Null if it is not there.',
  })
  after!: unknown;

  @Field(() => [ConfigFieldDifference], {
    description: 'Where the two differ; a secret that differs is among them. None if it is only on one side.',
  })
  fields!: readonly ConfigFieldDifference[];

  @Field(() => ChangeImpact, { description: 'What it can mean for callers: the worst of its fields.' })
  impact!: ChangeImpact;

  @Field(() => String, { description: 'Why it is judged so, in a sentence.' })
  reason!: string;
}

@ObjectType({ description: 'What differs between two configurations.', simpleResolvers: true })
export class ConfigDiff {
  @Field(() => ConfigPoint, { description: 'The configuration before.' })
  from!: ConfigPoint;

  @Field(() => ConfigPoint, { description: 'The configuration after.' })
  to!: ConfigPoint;

  @Field(() => ChangeCounts, { description: 'How much differs.' })
  counts!: ChangeCounts;

  @Field(() => ChangeImpact, { nullable: true, description: 'The worst of all; null if nothing differs.' })
  impact!: ChangeImpact | null;

  @Field(() => [ConfigDifference], {
    description: 'Every entity that differs; what is referred to comes before what refers to it.',
  })
  changes!: readonly ConfigDifference[];
}
