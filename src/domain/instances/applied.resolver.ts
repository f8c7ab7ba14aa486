import {
  Arg,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Query,
  Resolver,
  Root,
  Subscription,
  type ClassType,
} from 'type-graphql';
import type { GraphqlContext } from '../../foundation/graphql/context.js';
import { mapMessages } from '../../foundation/live/map-messages.js';
import { defaultPageSize, pageWindow } from '../../foundation/postgres/list-page.js';
import { loadGroup, RuntimeGroupType } from '../runtime-groups/index.js';
import {
  AppliedMessage,
  AppliedStatusType,
  MissingInstanceType,
  RequiredInstancesEnum,
} from './applied.graphql.js';
import { maxMissing, type AppliedQuestion, type AppliedStatus, type MissingInstance } from './applied.js';
import { applied } from './applied.queries.js';
import { appliedProgress, type AppliedMessage as Told, type AppliedPorts } from './applied.watches.js';
import { RuntimeInstanceType } from './instance.graphql.js';
import { loadInstance } from './instance.resolver.js';

@Resolver(() => AppliedStatusType)
export class AppliedStatusResolver {
  @FieldResolver(() => RuntimeGroupType, { description: 'The group whose revision it is.' })
  runtimeGroup(@Root() status: AppliedStatus, @Ctx() context: GraphqlContext) {
    return loadGroup(context, status.runtimeGroupId);
  }

  @FieldResolver(() => [MissingInstanceType], {
    description: 'The missing instances, those first that have been missing the longest.',
  })
  missing(
    @Root() status: AppliedStatus,
    @Arg('first', () => Int, {
      nullable: true,
      description: `How many of them; ${defaultPageSize} unless said, ${maxMissing} at most. \`runtimeInstances\` lists all.`,
    })
    first?: number | null,
  ): readonly MissingInstance[] {
    return status.missing.slice(0, pageWindow({ first }).size);
  }
}

@Resolver(() => MissingInstanceType)
export class MissingInstanceResolver {
  @FieldResolver(() => RuntimeInstanceType, {
    nullable: true,
    description: 'The instance as it is now. Null if it has been removed meanwhile.',
  })
  runtimeInstance(@Root() missing: MissingInstance, @Ctx() context: GraphqlContext) {
    return loadInstance(context, missing.runtimeInstanceId);
  }
}

const groupArgument = { description: 'The group whose revision it is.' };
const revisionArgument = {
  description: 'The revision, as the write that produced it answered. One that is still to come is refused.',
};
const requiredArgument = {
  defaultValue: RequiredInstancesEnum.PRESENT,
  description: 'Which instances have to run it.',
};

/** Who runs a revision: asked once, or until it runs everywhere. */
export function appliedResolver(ports: AppliedPorts): ClassType {
  const watch = appliedProgress(ports);

  @Resolver()
  class AppliedResolver {
    @Query(() => AppliedStatusType, {
      description:
        'How far a revision of a runtime group has come: which instances run it, and why not the others.',
    })
    applied(
      @Arg('runtimeGroupId', () => ID, groupArgument) runtimeGroupId: string,
      @Arg('revision', () => Int, revisionArgument) revision: number,
      @Arg('required', () => RequiredInstancesEnum, requiredArgument) required: RequiredInstancesEnum,
      @Ctx() context: GraphqlContext,
    ) {
      return context.ask(applied, { runtimeGroupId, revision, required });
    }

    @Subscription(() => AppliedMessage, {
      name: 'applied',
      description:
        'How far a revision of a runtime group has come: as it stands, then after each change. Completes once it is everywhere.',
      subscribe: async ({ args, context }) => {
        const messages = await (context as GraphqlContext).watch(watch, args as AppliedQuestion);
        return mapMessages(messages, appliedMessage) as never;
      },
    })
    appliedProgress(
      @Root() message: object,
      @Arg('runtimeGroupId', () => ID, groupArgument) _group: string,
      @Arg('revision', () => Int, revisionArgument) _revision: number,
      @Arg('required', () => RequiredInstancesEnum, requiredArgument) _required: RequiredInstancesEnum,
    ): typeof AppliedMessage {
      return message as never;
    }
  }
  return AppliedResolver;
}

function appliedMessage(message: Told): object {
  return message.is === 'status'
    ? { ...message.status, __typename: 'AppliedStatus' }
    : { ...message, __typename: 'Goodbye' };
}
