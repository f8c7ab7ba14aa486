import type { Reader } from '../postgres/database.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Keyring } from '../secrets/keyring.js';
import type { Action, Actor, Query, Resource, Rights, Visibility } from './command.js';

/** What reading needs from the slices behind it. */
export interface AskPorts {
  readonly reader: Reader;
  readonly decide: (actor: Actor, action: Action, resource: Resource) => Refusal | undefined;
  readonly secrets: Keyring;
}

/** Runs a read. Decides first; what a query reads is narrowed to what its actor may see. */
export type Ask = <Input, Result>(actor: Actor, query: Query<Input, Result>, input: Input) => Promise<Result>;

/** The one door for reads. */
export function makeAsk(ports: AskPorts): Ask {
  return async (actor, query, input) => {
    const refusal = ports.decide(actor, query.action, await query.scope(ports.reader, input, actor));
    if (refusal) throw refusal;
    return query.run(ports.reader, input, { actor, visibility: visibilityOf(actor), secrets: ports.secrets });
  };
}

/** The rows that an actor may see at all. */
function visibilityOf(actor: Rights): Visibility {
  return { organizationId: actor.organizationId, runtimeGroupId: actor.runtimeGroupId };
}
