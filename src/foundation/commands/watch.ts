import type { Reader } from '../postgres/database.js';
import { defineRefusal, type Refusal } from '../kernel/refusal.js';
import { Stream } from '../live/stream.js';
import type { Action, Actor, Resource, Rights } from './command.js';

/** An open question that the product answers, as a value: what to follow, and who may. */
export interface Watch<Input, Message> {
  readonly name: string;
  readonly action: Action;
  /**
   * For whom its messages say the same, if that is not the asker alone: for all who have the same rights; or, where what an
   * instance is told depends on its group only, for all instances of a group. What the fields of a message look up is then
   * looked up once for all of them.
   */
  readonly audience?: 'same-rights' | 'instances-of-group';
  scope(reader: Reader, input: Input, actor: Actor): Promise<Resource>;
  /** Begins to follow. */
  open(
    input: Input,
    context: WatchContext,
  ): AsyncIterableIterator<Message> | Promise<AsyncIterableIterator<Message>>;
}

export interface WatchContext {
  readonly actor: Actor;
  readonly resource: Resource;
  /**
   * Throws a refusal as soon as the actor may not watch any more; to be called before each message. Answers at once where
   * what is known is young enough, else when it has been found out.
   */
  readonly authorize: () => void | Promise<void>;
}

export interface WatchPorts {
  readonly reader: Reader;
  readonly decide: (actor: Rights, action: Action, resource: Resource) => Refusal | undefined;
  /**
   * The actor as of a second ago at most, for one that was let in a while ago; throws a refusal if it would no longer be
   * let in.
   */
  readonly refresh: (actor: Actor) => Actor | Promise<Actor>;
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
    let decided: Actor | undefined;
    const decide = (now: Actor): void => {
      if (now === decided) return;
      const refusal = ports.decide(now, watch.action, resource);
      if (refusal) throw refusal;
      // What the stream tells was decided with the rights that it was opened with.
      if (!hasRightsOf(now, actor)) throw rightsChanged({});
      decided = now;
    };
    const authorize = (): void | Promise<void> => {
      const now = ports.refresh(actor);
      return now instanceof Promise ? now.then(decide) : decide(now);
    };
    await authorize();
    const stream = await watch.open(input, { actor, resource, authorize });
    if (stream instanceof Stream) stream.audience = audienceOf(actor, watch.audience);
    return stream;
  };
}

/** Whoever has the same text may be told the same. Nothing: nobody else may. */
function audienceOf(actor: Rights, audience: Watch<never, never>['audience']): string | undefined {
  if (!audience) return undefined;
  const { role, organizationId, runtimeGroupId, runtimeInstanceId } = actor;
  const instance = audience === 'instances-of-group' ? [] : [runtimeInstanceId];
  return JSON.stringify([audience, role, organizationId, runtimeGroupId, ...instance]);
}

function hasRightsOf(now: Rights, then: Rights): boolean {
  return (
    now.role === then.role &&
    now.organizationId === then.organizationId &&
    now.runtimeGroupId === then.runtimeGroupId &&
    now.runtimeInstanceId === then.runtimeInstanceId
  );
}

const rightsChanged = defineRefusal(
  'RIGHTS_CHANGED',
  'unavailable',
  () => 'The rights of this token have changed while the stream was open. Open it again with your cursor.',
);
