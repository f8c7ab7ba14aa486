import type { Actor, Command, Hint, NewEvent, Scope } from '../../foundation/commands/command.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { newId, randomSecret, sha256 } from '../../foundation/kernel/id.js';
import type { JsonObject } from '../../foundation/kernel/json.js';
import { defineRefusal } from '../../foundation/kernel/refusal.js';
import { findTokensByIds, groupExists, insertToken, revokeToken, type StoredToken } from './access.store.js';

const tokenNotFound = defineRefusal(
  'TOKEN_NOT_FOUND',
  'missing',
  (facts: { id: string }) => `There is no token with the id ${facts.id}.`,
);
const nameInvalid = defineRefusal(
  'TOKEN_NAME_INVALID',
  'invalid',
  () =>
    'A token needs a name of 1 to 100 characters, without control characters, so that one can tell later what it is for.',
);
const expiryPast = defineRefusal(
  'TOKEN_EXPIRY_PAST',
  'invalid',
  (facts: { at: string }) => `The token would be expired from the start: ${facts.at} is past.`,
);
const groupUnknown = defineRefusal(
  'TOKEN_GROUP_UNKNOWN',
  'missing',
  (facts: { id: string }) => `There is no runtime group with the id ${facts.id}.`,
);

/** A secret as its owner keeps it; `sbx_` makes it easy to find where it should not be. */
export function newTokenSecret(): { readonly secret: string; readonly hash: Buffer } {
  const secret = `sbx_${randomSecret()}`;
  return { secret, hash: sha256(secret) };
}

export interface CreateToken {
  readonly name: string;
  readonly role: 'ADMIN' | 'VIEWER';
  readonly runtimeGroupId: string | null;
  readonly expiresAt: string | null;
  /** Only the hash reaches the command, so that no secret can end up in a record of it. */
  readonly secretHash: string;
}

/** Makes a token. Its secret is made by the caller's side of the door, and shown once. */
export const createToken: Command<CreateToken, { id: string }> = {
  name: 'access.create-token',
  action: 'token:create',
  fresh: ['secretHash'],
  scope: organizationScope,
  run: async (tx, input, { actor }) => {
    const name = input.name.trim();
    if (!/^[^\p{Cc}\p{Cs}]{1,100}$/u.test(name)) throw nameInvalid({}, ['name']);
    const group = input.runtimeGroupId;
    if (group && !(await groupExists(tx, group, actor.organizationId))) {
      throw groupUnknown({ id: group }, ['runtimeGroupId']);
    }
    const token = await insertToken(tx, {
      id: newId(),
      organization_id: actor.organizationId,
      name,
      role: input.role,
      secret_hash: Buffer.from(input.secretHash, 'hex'),
      runtime_group_id: input.runtimeGroupId,
      runtime_instance_id: null,
      made_by: actor.tokenId,
      expires_at: input.expiresAt === null ? null : new Date(input.expiresAt),
    });
    // By the clock of the database, as whenever it is presented.
    if (token.expires_at && token.state === 'EXPIRED')
      throw expiryPast({ at: token.expires_at.toISOString() }, ['expiresAt']);
    return { result: { id: token.id }, events: [tokenCreated(token)] };
  },
};

/** Withdraws a token for good. Streams that were opened with it end within two seconds; so does an instance's session. */
export const revokeAccessToken: Command<{ readonly id: string }, { id: string }> = {
  name: 'access.revoke-token',
  action: 'token:revoke',
  scope: organizationScope,
  run: async (tx, { id }, { actor }) => {
    const [token] = await findTokensByIds(tx, [id]);
    if (token?.organization_id !== actor.organizationId) throw tokenNotFound({ id }, ['id']);
    if (token.state === 'REVOKED') return { result: { id: token.id }, events: [] };
    const revoked = await revokeToken(tx, token.id);
    return {
      result: { id: token.id },
      events: [event('access-token.revoked', token, revoked)],
      wakes: statusesOf(revoked),
    };
  },
};

/** What is told of a token that was made. */
export function tokenCreated(token: StoredToken): NewEvent {
  return event('access-token.created', null, token);
}

/** Without its token, an instance has another status. */
function statusesOf({ runtime_instance_id: instance, runtime_group_id: group }: StoredToken): Hint[] {
  return instance !== null && group !== null ? [{ topic: 'instances', scopeId: group }] : [];
}

function event(type: string, before: StoredToken | null, after: StoredToken): NewEvent {
  const operation = before ? 'UPDATED' : 'CREATED';
  return {
    type,
    kind: 'access_token',
    subjectId: after.id,
    operation,
    before: before && facts(before),
    after: facts(after),
  };
}

function facts(token: StoredToken): JsonObject {
  const { name, role, state, runtime_group_id: runtimeGroupId } = token;
  return { name, role, state, runtimeGroupId, expiresAt: token.expires_at?.toISOString() ?? null };
}

function organizationScope(_reader: Reader, _input: unknown, actor: Actor): Promise<Scope> {
  return Promise.resolve({
    resource: { organizationId: actor.organizationId, runtimeGroupId: null },
    stream: { topic: 'organization', scopeId: actor.organizationId },
  });
}
