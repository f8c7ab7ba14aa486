import type { Reader } from '../postgres/database.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Action, Actor, Resource } from './command.js';

/** An open question that the product answers, as a value: what to follow, and who may. */
export interface Watch<Input, Message> {
  readonly name: string;
  readonly action: Action;
  scope(reader: Reader, input: Input, actor: Actor): Promise<Resource>;
  /** Begins to follow. `authorize` throws as soon as the actor may not watch any more; it is called before each message. */
  open(
    input: Input,
    context: WatchContext,
  ): AsyncIterableIterator<Message> | Promise<AsyncIterableIterator<Message>>;
}

export interface WatchContext {
  readonly actor: Actor;
  readonly resource: Resource;
  readonly authorize: () => Promise<void>;
}

export interface WatchPorts {
  readonly reader: Reader;
  readonly decide: (actor: Actor, action: Action, resource: Resource) => Refusal | undefined;
  /** The actor as of now, for one that was let in a while ago; throws a refusal if it would no longer be let in. */
  readonly refresh: (actor: Actor) => Promise<Actor>;
}

/** Opens a stream. The caller must return the iterator: it holds a place. */
export type OpenWatch = <Input, Message>(
  actor: Actor,
  watch: Watch<Input, Message>,
  input: Input,
) => Promise<AsyncIterableIterator<Message>>;

/** The one door for streams. Rights are decided at the start, and again before each message. */
export function makeWatch(ports: WatchPorts): OpenWatch {
  return async (actor, watch, input) => {
    const resource = await watch.scope(ports.reader, input, actor);
    const authorize = async (): Promise<void> => {
      const refusal = ports.decide(await ports.refresh(actor), watch.action, resource);
      if (refusal) throw refusal;
    };
    await authorize();
    return watch.open(input, { actor, resource, authorize });
  };
}
