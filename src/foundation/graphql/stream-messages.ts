import 'reflect-metadata';
import { GraphQLISODateTime, Field, Int, ObjectType, registerEnumType } from 'type-graphql';

/** The messages that every stream has, whatever it is about. Their fields are those of the domain's messages. */
@ObjectType({
  description:
    'Nothing is missing up to here. Sent when a stream has been quiet for about 15 seconds, and where what has happened is not what was asked for.',
})
export class Bookmark {
  @Field(() => String, {
    description:
      'The cursor that this follows on: the one that you have. Another one than `cursor` where what was not asked for was passed over in between. Where a stream without a state begins: the same.',
  })
  fromCursor!: string;

  @Field(() => String, { description: 'Where to continue from.' })
  cursor!: string;

  @Field(() => Int, { description: 'The newest revision that there is, as far as the server knows.' })
  headRevision!: number;

  @Field(() => GraphQLISODateTime, { description: 'When the server said so.' })
  at!: Date;

  @Field(() => Boolean, {
    description: 'True while the server cannot ask its database, so that there may be more than this says.',
  })
  stale!: boolean;
}

export enum ResyncReason {
  COMPACTED = 'COMPACTED',
  DIVERGED = 'DIVERGED',
  FUTURE = 'FUTURE',
  LAGGED = 'LAGGED',
}
registerEnumType(ResyncReason, {
  name: 'ResyncReason',
  description: 'Why a cursor cannot be continued.',
  valuesConfig: {
    COMPACTED: { description: 'The history after the cursor is no longer kept.' },
    DIVERGED: {
      description: 'The cursor belongs to another history than the one that is here now, as after a restore.',
    },
    FUTURE: { description: 'The cursor is ahead of the history that is here now, as after a restore.' },
    LAGGED: { description: 'So much has happened since the cursor that the whole state is less.' },
  },
});

@ObjectType({
  description:
    'The cursor cannot be continued. A snapshot follows on the same subscription; what was known before is void.',
})
export class Resync {
  @Field(() => ResyncReason, { description: 'Why.' })
  reason!: ResyncReason;

  @Field(() => String, { description: 'The same in a sentence.' })
  message!: string;
}

export enum GoodbyeCause {
  DRAINING = 'DRAINING',
  REPLACED = 'REPLACED',
  UNAVAILABLE = 'UNAVAILABLE',
}
registerEnumType(GoodbyeCause, {
  name: 'GoodbyeCause',
  description: 'Why the server ends a stream.',
  valuesConfig: {
    DRAINING: { description: 'This server is about to stop.' },
    REPLACED: { description: 'Another process has connected with the identity of this instance.' },
    UNAVAILABLE: { description: 'This server has not reached its database for long; another one may.' },
  },
});

@ObjectType({ description: 'The server ends this stream on purpose. Come back later with the last cursor.' })
export class Goodbye {
  @Field(() => GoodbyeCause, { description: 'Why.' })
  cause!: GoodbyeCause;

  @Field(() => String, { description: 'The same in a sentence.' })
  message!: string;

  @Field(() => Int, { description: 'How long to wait before coming back, in milliseconds.' })
  retryAfterMs!: number;
}
