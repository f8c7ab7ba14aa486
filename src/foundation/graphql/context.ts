import type { Actor, Command, ExecuteOptions, Executed, Query } from '../commands/command.js';
import type { Watch } from '../commands/watch.js';
import type { Json, JsonObject } from '../kernel/json.js';

/**
 * All that a resolver is handed: the three doors, for the actor who asks. There is no other
 * road from GraphQL to anything stored.
 */
export interface GraphqlContext {
  readonly actor: Actor;
  execute<Input, Result extends Json | JsonObject, Prepared = Input>(
    command: Command<Input, Result, Prepared>,
    input: Input,
    options?: ExecuteOptions,
  ): Promise<Executed<Result>>;
  ask<Input, Result>(query: Query<Input, Result>, input: Input): Promise<Result>;
  watch<Input, Message>(watch: Watch<Input, Message>, input: Input): Promise<AsyncIterableIterator<Message>>;
  /** The address that the caller connects from, where it is known. */
  readonly ipAddress: string | null;
}
