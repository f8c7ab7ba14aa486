import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Info,
  Mutation,
  Query,
  Resolver,
  Root,
  type ClassType,
} from 'type-graphql';
import type { Command } from '../../foundation/commands/command.js';
import { toConnection } from '../../foundation/graphql/connection.js';
import type { GraphqlContext } from '../../foundation/graphql/context.js';
import { levelLoader } from '../../foundation/graphql/level-loader.js';
import { askedList, type ListArguments } from '../../foundation/graphql/list-arguments.js';
import { payload } from '../../foundation/graphql/user-error.js';
import { inputArgument, writeOptions } from '../../foundation/graphql/write-options.js';
import { mapPage } from '../../foundation/postgres/list.js';
import { filterOf } from '../changes/index.js';
import { redeliver, testWebhook, type SendingPorts } from './delivery.commands.js';
import { newWebhookSecret } from './signature.js';
import { createWebhook, deleteWebhook, rotateWebhookSecret, updateWebhook } from './webhook.commands.js';
import {
  CreateWebhookInput,
  DeleteWebhookInput,
  RedeliverWebhookInput,
  RotateWebhookSecretInput,
  TestWebhookInput,
  UpdateWebhookInput,
  WebhookConnection,
  WebhookDelivery,
  WebhookDeliveryPayload,
  WebhookListArguments,
  WebhookPayload,
  WebhookSecretPayload,
  WebhookType,
} from './webhook.graphql.js';
import { defaultAttempts, type Webhook } from './webhook.js';
import { deliveryById, lastDeliveries, webhooksById, webhooksPage } from './webhook.queries.js';

type WebhookNode = Webhook & { readonly __typename: 'Webhook' };

function nodeOf(webhook: Webhook): WebhookNode {
  return { ...webhook, __typename: 'Webhook' };
}

/** Webhooks by id, all of a level by one statement; null for what is not there for the actor. */
export function loadWebhook(context: GraphqlContext, id: string): Promise<WebhookNode | null> {
  const loader = levelLoader(context, 'webhook', async (ids) =>
    (await context.ask(webhooksById, ids)).map((webhook) => (webhook ? nodeOf(webhook) : null)),
  );
  return loader.load(id);
}

/** Reads of webhooks. */
@Resolver(() => WebhookType)
export class WebhookResolver {
  @Query(() => WebhookType, { nullable: true, description: 'One webhook, or null if there is none for you.' })
  webhook(
    @Arg('id', () => ID, { description: 'The id of the webhook.' }) id: string,
    @Ctx() context: GraphqlContext,
  ) {
    return loadWebhook(context, id);
  }

  @Query(() => WebhookConnection, { description: 'The webhooks that you may see.' })
  async webhooks(
    @Args(() => WebhookListArguments) args: ListArguments,
    @Ctx() context: GraphqlContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return toConnection(mapPage(await context.ask(webhooksPage, askedList(args, info)), nodeOf));
  }

  @FieldResolver(() => [WebhookDelivery], { description: 'The last deliveries, up to 20, the newest first.' })
  lastDeliveries(@Root() { id }: WebhookNode, @Ctx() context: GraphqlContext) {
    return levelLoader(context, 'Webhook.lastDeliveries', (ids) => context.ask(lastDeliveries, ids)).load(id);
  }
}

/** Writes of webhooks. */
export function webhookWrites(ports: SendingPorts): ClassType {
  const create = createWebhook(ports.outbound);
  const update = updateWebhook(ports.outbound);
  const test = testWebhook(ports);
  const repeat = redeliver(ports);

  @Resolver()
  class WebhookWritesResolver {
    @Mutation(() => WebhookSecretPayload, { description: 'Adds a receiver, and shows its secret.' })
    createWebhook(
      @Arg('input', () => CreateWebhookInput, inputArgument) input: CreateWebhookInput,
      @Ctx() context: GraphqlContext,
    ) {
      const { name, url, from, maxAttempts } = input;
      const given = { name, url, from: from ?? 'NOW', maxAttempts: maxAttempts ?? defaultAttempts } as const;
      const command = (secret: string) => ({ ...given, filter: filterOf(input.filter), secret });
      return withSecret(context, (secret) => [create, command(secret)], input);
    }

    @Mutation(() => WebhookPayload, { description: 'Changes a webhook; resumes it, if it was suspended.' })
    updateWebhook(
      @Arg('input', () => UpdateWebhookInput, inputArgument) input: UpdateWebhookInput,
      @Ctx() context: GraphqlContext,
    ) {
      const command = () => ({
        ...{ id: input.id, name: input.name ?? undefined, url: input.url ?? undefined },
        ...{ maxAttempts: input.maxAttempts ?? undefined, active: input.active ?? undefined },
        filter: input.filter ? filterOf(input.filter) : undefined,
        expectedVersion: input.expectedVersion ?? undefined,
      });
      return payload(async () => {
        const { result, revision } = await context.execute(update, command(), writeOptions(input));
        return { webhook: await loadWebhook(context, result.id), revision };
      });
    }

    @Mutation(() => WebhookPayload, { description: 'Forgets a webhook.' })
    deleteWebhook(
      @Arg('input', () => DeleteWebhookInput, inputArgument) input: DeleteWebhookInput,
      @Ctx() context: GraphqlContext,
    ) {
      return payload(async () => {
        const webhook = await loadWebhook(context, input.id).catch(() => null);
        const { revision } = await context.execute(deleteWebhook, { id: input.id }, writeOptions(input));
        return { webhook, revision };
      });
    }

    @Mutation(() => WebhookSecretPayload, {
      description:
        'Gives a webhook another secret, and shows it. For a day, deliveries are signed with both.',
    })
    rotateWebhookSecret(
      @Arg('input', () => RotateWebhookSecretInput, inputArgument) input: RotateWebhookSecretInput,
      @Ctx() context: GraphqlContext,
    ) {
      return withSecret(context, (secret) => [rotateWebhookSecret, { id: input.id, secret }], input);
    }

    @Mutation(() => WebhookDeliveryPayload, {
      description: 'Tells a receiver something of the type `test`, at once, and answers how it went.',
    })
    testWebhook(
      @Arg('input', () => TestWebhookInput, inputArgument) input: TestWebhookInput,
      @Ctx() context: GraphqlContext,
    ) {
      return tried(context, () => context.execute(test, { id: input.id }, writeOptions(input)));
    }

    @Mutation(() => WebhookDeliveryPayload, {
      description:
        'Tells a receiver something once more, at once, and answers how it went. What it is told besides stays as it is.',
    })
    redeliverWebhook(
      @Arg('input', () => RedeliverWebhookInput, inputArgument) input: RedeliverWebhookInput,
      @Ctx() context: GraphqlContext,
    ) {
      const { deliveryId } = input;
      return tried(context, () => context.execute(repeat, { deliveryId }, writeOptions(input)));
    }
  }
  return WebhookWritesResolver;
}

/** A repeated call made another secret, which counts for nothing: it is not shown. */
function withSecret<Input, Prepared>(
  context: GraphqlContext,
  write: (secret: string) => readonly [Command<Input, { id: string }, Prepared>, Input],
  input: Parameters<typeof writeOptions>[0],
): Promise<object> {
  return payload(async () => {
    const secret = newWebhookSecret();
    const { result, revision, committed } = await context.execute(...write(secret), writeOptions(input));
    return { webhook: await loadWebhook(context, result.id), secret: committed ? secret : null, revision };
  });
}

function tried(
  context: GraphqlContext,
  execute: () => Promise<{ readonly result: { readonly deliveryId: string } }>,
): Promise<object> {
  return payload(async () => {
    const { result } = await execute();
    return { delivery: (await context.ask(deliveryById, result.deliveryId)) ?? null, revision: null };
  });
}
