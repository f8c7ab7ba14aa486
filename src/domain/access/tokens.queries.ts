import type { Actor, Query, Resource } from '../../foundation/commands/command.js';
import type { Reader } from '../../foundation/postgres/database.js';
import type { ListPage, ListRequest } from '../../foundation/postgres/list.js';
import { findTokens, listTokens, type StoredToken } from './access.store.js';
import { decide } from './decide.js';

export type { StoredToken };

/** A page of the tokens of the actor's organization. */
export const tokensPage: Query<ListRequest, ListPage<StoredToken>> = {
  name: 'access.page',
  action: 'token:read',
  scope: organizationWide,
  run: (reader, request, { visibility }) => listTokens(reader, visibility, request),
};

/** Tokens by their ids, one answer for each; nothing for those that are not there for the actor. */
export const tokensById: Query<readonly string[], (StoredToken | undefined)[]> = {
  name: 'access.by-id',
  // Whoever may look up anything by its id may ask. Who may not read tokens finds none, instead of being told so.
  action: 'organization:read',
  scope: organizationWide,
  run: async (reader, ids, { actor, visibility }) => {
    const resource = { organizationId: actor.organizationId, runtimeGroupId: null };
    const isBlind = decide(actor, tokensPage.action, resource) !== undefined;
    const found = isBlind ? [] : await findTokens(reader, visibility, ids);
    const tokens = new Map(found.map((token) => [token.id, token]));
    return ids.map((id) => tokens.get(id.toLowerCase()));
  },
};

function organizationWide(_reader: Reader, _input: unknown, actor: Actor): Promise<Resource> {
  return Promise.resolve({ organizationId: actor.organizationId, runtimeGroupId: null });
}
