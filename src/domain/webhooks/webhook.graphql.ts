import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../foundation/graphql/connection.js';
import { filterInputFor } from '../../foundation/graphql/filter-input.js';
import { enumFilter, IdFilter, StringFilter, TimestampFilter } from '../../foundation/graphql/filter.js';
import { listArgumentsFor } from '../../foundation/graphql/list-arguments.js';
import { Node } from '../../foundation/graphql/node.js';
import { orderInputFor } from '../../foundation/graphql/order-input.js';
import { GraphQLDateTimeISO, GraphQLJSON } from '../../foundation/graphql/scalars.js';
import { OrganizationWritePayload } from '../../foundation/graphql/user-error.js';
import { WriteInput } from '../../foundation/graphql/write-options.js';
import { ChangesFilter, ChangesOrigin } from '../changes/index.js';
import { defaultAttempts, mostAttempts } from './webhook.js';

export enum WebhookState {
  ACTIVE = 'ACTIVE',
  PAUSED = 'PAUSED',
  SUSPENDED = 'SUSPENDED',
}
registerEnumType(WebhookState, {
  name: 'WebhookState',
  description: 'Whether a webhook is told of changes.',
  valuesConfig: {
    ACTIVE: { description: 'It is.' },
    PAUSED: { description: 'It is not, because somebody said so.' },
    SUSPENDED: {
      description:
        'It is not, because a delivery failed too often. Set active again, it goes on with that one.',
    },
  },
});

@ObjectType({
  description: 'Something that the receiver of a webhook was told, or was to be told.',
  simpleResolvers: true,
})
export class WebhookDelivery {
  @Field(() => ID, { description: 'What the receiver knows it by: repeated, it has the same id.' })
  id!: string;

  @Field(() => String, { description: 'What it tells: `change`, `resync`, or `test`.' })
  type!: string;

  @Field(() => Int, { nullable: true, description: 'The number of the change that it tells of.' })
  number!: number | null;

  @Field(() => Int, { description: 'Which part of a change with many entries it is, from 1.' })
  part!: number;

  @Field(() => Boolean, { description: 'Whether the last attempt went well.' })
  delivered!: boolean;

  @Field(() => Int, { description: 'How often it was tried.' })
  attempts!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'The HTTP status that the receiver answered last; null if it did not answer.',
  })
  status!: number | null;

  @Field(() => String, { nullable: true, description: 'Why the last attempt failed, in a sentence.' })
  error!: string | null;

  @Field(() => Int, { description: 'How long the last attempt took, in milliseconds.' })
  durationMs!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was first tried.' })
  firstAttemptAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was last tried.' })
  lastAttemptAt!: Date;
}

@ObjectType('Webhook', {
  description: 'A server that is told of changes, one after the other (docs/webhooks.md).',
  implements: Node,
  simpleResolvers: true,
})
@Directive('@key(fields: "id")')
export class WebhookType {
  @Field(() => ID, { description: 'Globally unique; never changes.' })
  id!: string;

  @Field(() => String, { description: 'Unique in the organization.' })
  name!: string;

  @Field(() => String, { description: 'The address of the receiver.' })
  url!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Set for one that was made with a token of one runtime group: it is told what that may see.',
  })
  runtimeGroupId!: string | null;

  @Field(() => GraphQLJSON, { description: 'Which changes it is told of, as a `ChangesFilter`.' })
  filter!: unknown;

  @Field(() => Int, { description: 'How often a delivery is tried before the webhook is suspended.' })
  maxAttempts!: number;

  @Field(() => WebhookState, { description: 'Whether it is told of changes.' })
  state!: WebhookState;

  @Field(() => String, { nullable: true, description: 'Why it is suspended, and how it goes on.' })
  stateReason!: string | null;

  @Field(() => String, { description: 'Everything up to here was delivered.' })
  cursor!: string;

  @Field(() => Int, { description: 'How often the next delivery has failed so far.' })
  failures!: number;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When that one is tried again.' })
  nextAttemptAt!: Date | null;

  @Field(() => Int, { description: 'Counts its changes, for `expectedVersion`.' })
  version!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was last changed.' })
  updatedAt!: Date;
}

export const WebhookConnection = connectionOf('Webhook', () => WebhookType);

const fields = { name: 'Its name.', state: 'Whether it is told of changes.', createdAt: 'When it was made.' };

export const WebhookListArguments = listArgumentsFor('Webhook', {
  filter: filterInputFor('Webhook', {
    id: { filter: () => IdFilter, description: 'Its id.' },
    name: { filter: () => StringFilter, description: fields.name },
    state: { filter: () => enumFilter('WebhookState', () => WebhookState), description: fields.state },
    createdAt: { filter: () => TimestampFilter, description: fields.createdAt },
  }),
  order: orderInputFor('Webhook', fields),
});

const urlDescription =
  'Where deliveries are posted to: an http or https URL. Addresses of private networks, and of the control plane’s own machine, are refused unless it is set to allow them.';

@InputType({ description: 'A receiver to tell of changes.' })
export class CreateWebhookInput extends WriteInput {
  @Field(() => String, { description: 'Unique in the organization; 1 to 100 characters.' })
  name!: string;

  @Field(() => String, { description: urlDescription })
  url!: string;

  @Field(() => ChangesFilter, { nullable: true, description: 'Which changes it is told of. Default: all.' })
  filter?: ChangesFilter | null;

  @Field(() => ChangesOrigin, { nullable: true, description: 'Where to begin. Default: NOW.' })
  from?: ChangesOrigin | null;

  @Field(() => Int, {
    nullable: true,
    description: `How often a delivery is tried before the webhook is suspended, from 1 to ${mostAttempts}. Default: ${defaultAttempts}, which is about two hours.`,
  })
  maxAttempts?: number | null;
}

@InputType({ description: 'Changes to a webhook. What is absent or null stays.' })
export class UpdateWebhookInput extends WriteInput {
  @Field(() => ID, { description: 'The webhook to change.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Its new name.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: urlDescription })
  url?: string | null;

  @Field(() => ChangesFilter, { nullable: true, description: 'Which changes it is told of from now on.' })
  filter?: ChangesFilter | null;

  @Field(() => Int, {
    nullable: true,
    description: `How often a delivery is tried before the webhook is suspended, from 1 to ${mostAttempts}.`,
  })
  maxAttempts?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: it is told of changes, again if it was suspended, from where it was. False: it is not, until it is set active again.',
  })
  active?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with VERSION_STALE unless the webhook is at this version.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'A webhook to forget.' })
export class DeleteWebhookInput extends WriteInput {
  @Field(() => ID, { description: 'The webhook to forget.' })
  id!: string;
}

@InputType({ description: 'A webhook that is to have another secret.' })
export class RotateWebhookSecretInput extends WriteInput {
  @Field(() => ID, { description: 'The webhook.' })
  id!: string;
}

@InputType({ description: 'A webhook whose receiver is to be tried.' })
export class TestWebhookInput extends WriteInput {
  @Field(() => ID, { description: 'The webhook.' })
  id!: string;
}

@InputType({ description: 'A delivery to repeat.' })
export class RedeliverWebhookInput extends WriteInput {
  @Field(() => ID, { description: 'The delivery, one of the last hundred of its webhook.' })
  deliveryId!: string;
}

@ObjectType({ description: 'The answer to a write of a webhook.', simpleResolvers: true })
export class WebhookPayload extends OrganizationWritePayload {
  @Field(() => WebhookType, {
    nullable: true,
    description:
      'The webhook as it is now, or as it was before it was deleted. Null if the write was refused.',
  })
  webhook?: object | null;
}

@ObjectType({ description: 'The answer to a write that makes a secret.', simpleResolvers: true })
export class WebhookSecretPayload extends WebhookPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'What deliveries are signed with. It is shown this once, and to a repeated call with the same `idempotencyKey` not at all. Null if the write was refused.',
  })
  secret?: string | null;
}

@ObjectType({
  description: 'How an attempt went. It writes nothing to the log of the organization.',
  simpleResolvers: true,
})
export class WebhookDeliveryPayload extends OrganizationWritePayload {
  @Field(() => WebhookDelivery, {
    nullable: true,
    description: 'The delivery, with how it went. Null if it was refused.',
  })
  delivery?: object | null;
}
