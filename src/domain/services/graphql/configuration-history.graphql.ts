import { Field, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../../../foundation/graphql/connection.js';
import { listArgumentsFor } from '../../../foundation/graphql/list-arguments.js';
import { GraphQLDateTimeISO } from '../../../foundation/graphql/scalars.js';
import { CanaryType, ServiceTarget } from './runtime-configuration.graphql.js';

@ObjectType({ description: 'What a service ran with at a time.', simpleResolvers: true })
class RuntimeConfigurationFacts {
  @Field(() => [String], { description: 'The hosts of routes that named none.' })
  hosts!: readonly string[];

  @Field(() => String, { nullable: true, description: 'What came before the paths of all routes.' })
  pathPrefix?: string | null;

  @Field(() => Boolean, { description: 'Whether the prefix was cut off before a request went on.' })
  stripPathPrefix!: boolean;

  @Field(() => ServiceTarget, { description: 'Where the API was.' })
  target!: ServiceTarget;

  @Field(() => CanaryType, { nullable: true, description: 'The canary that was running, if one was.' })
  canary?: CanaryType | null;
}

@ObjectType({
  description: 'A change of what a service runs with: when, by whom, why, and what it was.',
  simpleResolvers: true,
})
class RuntimeConfigurationChange {
  @Field(() => Int, { description: 'The revision of the log of services that it belongs to.' })
  revision!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'When, by the clock of the database.' })
  at!: Date;

  @Field(() => String, { description: 'Who did it: the name of the token.' })
  actor!: string;

  @Field(() => String, { description: 'By which command.' })
  command!: string;

  @Field(() => String, { nullable: true, description: 'Why, as far as it was said.' })
  reason?: string | null;

  @Field(() => String, {
    description:
      'What happened: `created`, `updated`, `canary_started`, `canary_shifted`, `canary_promoted`, or `canary_aborted`.',
  })
  change!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'The revision of the runtime group that came of it. Null if nothing changed there, as where no version is live.',
  })
  configRevision?: number | null;

  @Field(() => RuntimeConfigurationFacts, {
    nullable: true,
    description: 'What the service ran with before; null if it ran with nothing.',
  })
  before?: RuntimeConfigurationFacts | null;

  @Field(() => RuntimeConfigurationFacts, {
    nullable: true,
    description: 'What the service ran with after; null if it was deleted.',
  })
  after?: RuntimeConfigurationFacts | null;
}

export const RuntimeConfigurationChangeConnection = connectionOf(
  'RuntimeConfigurationChange',
  () => RuntimeConfigurationChange,
);

export const RuntimeConfigurationChangeListArguments = listArgumentsFor('RuntimeConfigurationChange', {});
