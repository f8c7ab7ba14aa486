import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { toConnection } from '../../foundation/graphql/connection.js';
import type { GraphqlContext } from '../../foundation/graphql/context.js';
import { levelLoader } from '../../foundation/graphql/level-loader.js';
import { askedList, type ListArguments } from '../../foundation/graphql/list-arguments.js';
import { payload } from '../../foundation/graphql/user-error.js';
import { inputArgument, writeOptions } from '../../foundation/graphql/write-options.js';
import { mapPage } from '../../foundation/postgres/list.js';
import { createToken, newTokenSecret, revokeAccessToken } from './tokens.commands.js';
import {
  AccessToken,
  AccessTokenConnection,
  AccessTokenListArguments,
  CreateAccessTokenInput,
  CreateAccessTokenPayload,
  RevokeAccessTokenInput,
  RevokeAccessTokenPayload,
} from './tokens.graphql.js';
import { tokensById, tokensPage, type StoredToken } from './tokens.queries.js';

@Resolver(() => AccessToken)
export class AccessTokenResolver {
  @Query(() => AccessTokenConnection, {
    description: 'The tokens of people, pipelines and instances. For administrators.',
  })
  async accessTokens(
    @Args(() => AccessTokenListArguments) args: ListArguments,
    @Ctx() context: GraphqlContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return toConnection(mapPage(await context.ask(tokensPage, askedList(args, info)), nodeOf));
  }

  @Mutation(() => CreateAccessTokenPayload, { description: 'Makes a token, and shows its secret once.' })
  createAccessToken(
    @Arg('input', () => CreateAccessTokenInput, inputArgument) input: CreateAccessTokenInput,
    @Ctx() context: GraphqlContext,
  ) {
    return payload(async () => {
      const { secret, hash } = newTokenSecret();
      const command = {
        name: input.name,
        role: input.role,
        runtimeGroupId: input.runtimeGroupId ?? null,
        expiresAt: input.expiresAt?.toISOString() ?? null,
        secretHash: hash.toString('hex'),
      };
      const { result, revision, committed } = await context.execute(
        createToken,
        command,
        writeOptions(input),
      );
      return {
        accessToken: await loadToken(context, result.id),
        secret: committed ? secret : null,
        revision,
      };
    });
  }

  @Mutation(() => RevokeAccessTokenPayload, {
    description: 'Withdraws a token for good. What was opened with it ends within two seconds.',
  })
  revokeAccessToken(
    @Arg('input', () => RevokeAccessTokenInput, inputArgument) input: RevokeAccessTokenInput,
    @Ctx() context: GraphqlContext,
  ) {
    return payload(async () => {
      const { revision } = await context.execute(revokeAccessToken, { id: input.id }, writeOptions(input));
      return { accessToken: await loadToken(context, input.id), revision };
    });
  }
}

/** Tokens by id, all of a level by one statement; null for what is not there for the actor. */
export function loadToken(context: GraphqlContext, id: string): Promise<object | null> {
  const loader = levelLoader(context, 'access-token', async (ids) => {
    const tokens = await context.ask(tokensById, ids);
    return tokens.map((token) => (token ? nodeOf(token) : null));
  });
  return loader.load(id);
}

function nodeOf(token: StoredToken): object {
  return {
    __typename: 'AccessToken',
    id: token.id,
    name: token.name,
    role: token.role,
    state: token.state,
    runtimeGroupId: token.runtime_group_id,
    runtimeInstanceId: token.runtime_instance_id,
    createdAt: token.created_at,
    expiresAt: token.expires_at,
  };
}
