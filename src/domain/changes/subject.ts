import type { NewEvent, StreamKey } from '../../foundation/commands/command.js';
import type { Json, JsonObject } from '../../foundation/kernel/json.js';

/** What an event is about, beside its subject. */
export interface Belonging {
  readonly runtimeGroupId: string | null;
  readonly serviceId: string | null;
}

/** The group and the service that an event of a stream belongs to: they stand in the stream's key, or in what it tells. */
export function belongingOf({ topic, scopeId }: StreamKey, event: NewEvent): Belonging {
  if (topic === 'config' || topic === 'status') return { runtimeGroupId: scopeId, serviceId: null };
  const told = factsOf(event);
  return {
    runtimeGroupId:
      event.kind === 'runtime_group' ? event.subjectId : idIn(told, ['runtimeGroupId', 'runtime_group']),
    serviceId: event.kind === 'service' ? event.subjectId : idIn(told, ['serviceId', 'service']),
  };
}

/** What the subject is after the event, or was before it ended. */
export function factsOf({ before, after }: NewEvent): JsonObject {
  const facts = after ?? before;
  return typeof facts === 'object' && facts !== null && !Array.isArray(facts) ? (facts as JsonObject) : {};
}

function idIn(facts: JsonObject, names: readonly string[]): string | null {
  const found: readonly (Json | undefined)[] = names.map((name) => facts[name]);
  return found.find((id) => typeof id === 'string') ?? null;
}
