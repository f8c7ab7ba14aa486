import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { kindNamed } from '../kinds/index.js';
import { typesOf } from './kind-types.js';

const pluginType = (): object => typesOf(kindNamed('plugin')).object;

export enum PluginScope {
  ROUTE = 'route',
  SERVICE = 'service',
  CONSUMER = 'consumer',
  CONSUMER_GROUP = 'consumer_group',
}
registerEnumType(PluginScope, {
  name: 'PluginScope',
  description: 'What a plugin can be limited to.',
  valuesConfig: {
    ROUTE: { description: 'The requests of one route.' },
    SERVICE: { description: 'The requests of one gateway service.' },
    CONSUMER: { description: 'The requests of one consumer.' },
    CONSUMER_GROUP: { description: 'The requests of the consumers of one group.' },
  },
});

export enum PassedOverBecause {
  DISABLED = 'disabled',
  PROTOCOLS = 'protocols',
  OTHER_ROUTE = 'other_route',
  OTHER_SERVICE = 'other_service',
  OTHER_CONSUMER = 'other_consumer',
  OTHER_CONSUMER_GROUP = 'other_consumer_group',
  LESS_SPECIFIC = 'less_specific',
}
registerEnumType(PassedOverBecause, {
  name: 'PassedOverBecause',
  description: 'Why a plugin does not run.',
  valuesConfig: {
    DISABLED: { description: 'It is not enabled.' },
    PROTOCOLS: { description: 'It is for streams and the route is for requests, or the other way round.' },
    OTHER_ROUTE: { description: 'It is for another route.' },
    OTHER_SERVICE: { description: 'It is for another gateway service.' },
    OTHER_CONSUMER: { description: 'It is for another consumer, or nobody was named.' },
    OTHER_CONSUMER_GROUP: { description: 'It is for a consumer group that the consumer is not in.' },
    LESS_SPECIFIC: { description: 'Another of the same name is limited to more, and runs in its place.' },
  },
});

@ObjectType({ description: 'A plugin that runs.', simpleResolvers: true })
export class RunningPlugin {
  @Field(pluginType, { description: 'The plugin.' })
  plugin!: object;

  @Field(() => Int, { description: 'Its place in the order of execution, from 1.' })
  position!: number;

  @Field(() => [PluginScope], { description: 'What it is limited to; nothing, if it is for everything.' })
  scope!: readonly PluginScope[];
}

@ObjectType({ description: 'A plugin that does not run.', simpleResolvers: true })
export class PassedOverPlugin {
  @Field(pluginType, { description: 'The plugin.' })
  plugin!: object;

  @Field(() => PassedOverBecause, { description: 'Why it does not run.' })
  because!: PassedOverBecause;

  @Field(pluginType, { nullable: true, description: 'The plugin that runs in its place, if there is one.' })
  inFavourOf?: object | null;
}

@ObjectType({
  description: 'Which plugins run for requests of a route, and of a consumer.',
  simpleResolvers: true,
})
export class EffectivePlugins {
  @Field(() => [RunningPlugin], { description: 'Those that run, in the order of execution.' })
  running!: readonly RunningPlugin[];

  @Field(() => [PassedOverPlugin], {
    description:
      'Those that do not, although they are for everything, or for the route, its gateway service, or the consumer. At most 1,000 plugins are looked at; those that run always are.',
  })
  passedOver!: readonly PassedOverPlugin[];
}
