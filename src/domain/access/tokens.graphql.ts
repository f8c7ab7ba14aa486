import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../foundation/graphql/connection.js';
import { filterInputFor } from '../../foundation/graphql/filter-input.js';
import { enumFilter, IdFilter, StringFilter, TimestampFilter } from '../../foundation/graphql/filter.js';
import { listArgumentsFor } from '../../foundation/graphql/list-arguments.js';
import { Node } from '../../foundation/graphql/node.js';
import { orderInputFor } from '../../foundation/graphql/order-input.js';
import { GraphQLDateTimeISO } from '../../foundation/graphql/scalars.js';
import { OrganizationWritePayload } from '../../foundation/graphql/user-error.js';
import { WriteInput } from '../../foundation/graphql/write-options.js';

export enum TokenRole {
  ADMIN = 'ADMIN',
  VIEWER = 'VIEWER',
  INSTANCE = 'INSTANCE',
}
registerEnumType(TokenRole, {
  name: 'TokenRole',
  description: 'What a token lets its holder do.',
  valuesConfig: {
    ADMIN: { description: 'Everything.' },
    VIEWER: { description: 'Read and follow, and change nothing.' },
    INSTANCE: { description: 'Run the configuration of its group as one instance, and report.' },
  },
});

/** The roles of tokens that are made by themselves; those of instances are made with the instance, or for it. */
export enum GrantedRole {
  ADMIN = 'ADMIN',
  VIEWER = 'VIEWER',
}
registerEnumType(GrantedRole, {
  name: 'GrantedRole',
  description: 'What a token of a person or a pipeline lets its holder do.',
  valuesConfig: {
    ADMIN: { description: 'Everything.' },
    VIEWER: { description: 'Read and follow, and change nothing.' },
  },
});

export enum TokenState {
  GOOD = 'GOOD',
  EXPIRED = 'EXPIRED',
  REVOKED = 'REVOKED',
}
registerEnumType(TokenState, {
  name: 'TokenState',
  description: 'Whether a token lets anybody in.',
  valuesConfig: {
    GOOD: { description: 'It does.' },
    EXPIRED: { description: 'It did, until its time was up.' },
    REVOKED: { description: 'It was withdrawn.' },
  },
});

@ObjectType({
  description: 'A token that people, pipelines and instances come with. Its secret is kept nowhere.',
  implements: Node,
  simpleResolvers: true,
})
export class AccessToken {
  @Field(() => ID, { description: 'Globally unique; never changes.' })
  id!: string;

  @Field(() => String, { description: 'What it is for.' })
  name!: string;

  @Field(() => TokenRole, { description: 'What it lets its holder do.' })
  role!: TokenRole;

  @Field(() => ID, {
    nullable: true,
    description: 'The one runtime group that it is good for; null: all of them.',
  })
  runtimeGroupId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The instance that comes with it; null: it is that of a person or a pipeline.',
  })
  runtimeInstanceId?: string | null;

  @Field(() => TokenState, { description: 'Whether it lets anybody in.' })
  state!: TokenState;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When its time is up; null: never.' })
  expiresAt?: Date | null;
}

export const AccessTokenConnection = connectionOf('AccessToken', () => AccessToken);

const fields = {
  name: 'What it is for.',
  role: 'What it lets its holder do.',
  state: 'Whether it lets anybody in.',
  createdAt: 'When it was made.',
  expiresAt: 'When its time is up.',
};

export const AccessTokenListArguments = listArgumentsFor('AccessToken', {
  filter: filterInputFor('AccessToken', {
    id: { filter: () => IdFilter, description: 'Its id.' },
    name: { filter: () => StringFilter, description: fields.name },
    role: { filter: () => enumFilter('TokenRole', () => TokenRole), description: fields.role },
    state: { filter: () => enumFilter('TokenState', () => TokenState), description: fields.state },
    runtimeGroupId: { filter: () => IdFilter, description: 'The one runtime group that it is good for.' },
    runtimeInstanceId: { filter: () => IdFilter, description: 'The instance that comes with it.' },
    createdAt: { filter: () => TimestampFilter, description: fields.createdAt },
    expiresAt: { filter: () => TimestampFilter, description: fields.expiresAt },
  }),
  order: orderInputFor('AccessToken', fields),
});

@InputType({ description: 'A new token.' })
export class CreateAccessTokenInput extends WriteInput {
  @Field(() => String, { description: 'What it is for; 1 to 100 characters.' })
  name!: string;

  @Field(() => GrantedRole, { description: 'What it lets its holder do.' })
  role!: GrantedRole;

  @Field(() => ID, {
    nullable: true,
    description: 'The one runtime group that it is to be good for. Default: all of them.',
  })
  runtimeGroupId?: string | null;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When its time is up. Default: never.' })
  expiresAt?: Date | null;
}

@InputType({ description: 'A token to withdraw.' })
export class RevokeAccessTokenInput extends WriteInput {
  @Field(() => ID, { description: 'The token.' })
  id!: string;
}

@ObjectType({ description: 'The answer to the making of a token.', simpleResolvers: true })
export class CreateAccessTokenPayload extends OrganizationWritePayload {
  @Field(() => AccessToken, { nullable: true, description: 'The token. Null if it was refused.' })
  accessToken?: object | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What its holder sends. It is shown this once and kept nowhere: an answer repeated by its idempotency key comes without it.',
  })
  secret?: string | null;
}

@ObjectType({ description: 'The answer to the withdrawal of a token.', simpleResolvers: true })
export class RevokeAccessTokenPayload extends OrganizationWritePayload {
  @Field(() => AccessToken, {
    nullable: true,
    description: 'The token as it is now. Null if the write was refused.',
  })
  accessToken?: object | null;
}
