import type { Actor, NewEvent, StreamKey } from '../../foundation/commands/command.js';
import type { JsonObject } from '../../foundation/kernel/json.js';
import { mayRead } from '../access/index.js';
import { withEntries, type Change, type Entry } from './change.js';

/** Which entries are meant: those for which all holds that is given. Of several values, one must hold. */
export interface ChangeFilter {
  readonly runtimeGroupIds?: readonly string[] | undefined;
  readonly serviceIds?: readonly string[] | undefined;
  readonly streams?: readonly StreamKey['topic'][] | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly subjectIds?: readonly string[] | undefined;
  readonly operations?: readonly NewEvent['operation'][] | undefined;
  /** Ids of tokens, or their names as they were then. */
  readonly actors?: readonly string[] | undefined;
  /** All of them are to be there, on the subject, its group or its service. No value: any value will do. */
  readonly labels?:
    readonly { readonly key: string; readonly value?: string | null | undefined }[] | undefined;
}

/** The change with those of its entries that the actor may see, and that are meant; nothing if there are none. */
export function seenBy(actor: Actor, filter: ChangeFilter): (change: Change) => Change | undefined {
  const isMeant = meaning(filter);
  return (change) => {
    if (!holds(filter.streams, change.stream.topic) || !isBy(filter.actors, change)) return undefined;
    const entries = change.entries.filter((entry) => mayRead(actor, entry.action, entry) && isMeant(entry));
    return entries.length === 0 ? undefined : withEntries(change, entries);
  };
}

function meaning({ labels = [], ...filter }: ChangeFilter): (entry: Entry) => boolean {
  const groups = lowerCase(filter.runtimeGroupIds);
  const services = lowerCase(filter.serviceIds);
  const subjects = lowerCase(filter.subjectIds);
  return (entry) =>
    holds(groups, entry.runtimeGroupId) &&
    holds(services, entry.serviceId) &&
    holds(subjects, entry.subjectId) &&
    holds(filter.kinds, entry.kind) &&
    holds(filter.operations, entry.operation) &&
    labels.every((label) => isLabelled(entry, label));
}

/** Ids are compared as they stand in the events, however they were written. */
function lowerCase(ids: readonly string[] | undefined): readonly string[] | undefined {
  return ids?.map((id) => id.toLowerCase());
}

function holds(asked: readonly string[] | undefined, value: string | null): boolean {
  return asked === undefined || (value !== null && asked.includes(value));
}

function isBy(asked: readonly string[] | undefined, { actor }: Change): boolean {
  return holds(asked, actor.name) || holds(lowerCase(asked), actor.id);
}

function isLabelled(
  { labels }: Entry,
  { key, value }: { readonly key: string; readonly value?: string | null | undefined },
): boolean {
  return labels.some((own) => Object.hasOwn(own, key) && (value == null || own[key] === value));
}

/** What is stored of a filter, without what says nothing. */
export function filterJson(filter: ChangeFilter): JsonObject {
  return JSON.parse(JSON.stringify(filter)) as JsonObject;
}
