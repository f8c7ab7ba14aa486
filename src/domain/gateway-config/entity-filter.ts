import { systemClock } from '../../foundation/kernel/clock.js';
import { OnceEach } from '../../foundation/live/once-each.js';
import type { Bookmark, NetChange, Revision, State, StreamMessage } from '../event-log/index.js';
import type { ConfigEntity } from './config-entity.js';
import { kindUnknown } from './gateway-config.refusals.js';
import { configurationParts } from './in-parts.js';
import type { Document } from './kind.js';
import { entityKinds } from './kinds/index.js';
import { checkTags, hasTags } from './select-tags.js';

/** Which entities somebody follows: those for which everything holds that is given. */
export interface EntityFilter {
  /** One of these. Null: any. */
  readonly kinds: readonly string[] | null;
  /** All of these. */
  readonly tags: readonly string[];
}

/** What a filter means, and a text that is the same for all filters that mean it. Nothing, where all entities are meant. */
export function meaningOf({ kinds, tags }: EntityFilter): Meaning | undefined {
  if (kinds === null && tags.length === 0) return undefined;
  kinds?.forEach((kind, index) => {
    if (!entityKinds.includes(kind))
      throw kindUnknown({ kind, known: entityKinds }, ['kinds', String(index)]);
  });
  checkTags('tags', tags);
  const filter = { kinds: kinds && [...new Set(kinds)].sort(), tags: [...new Set(tags)].sort() };
  return { ...filter, key: JSON.stringify(filter) };
}

interface Meaning extends EntityFilter {
  readonly key: string;
}

const states = new OnceEach<State<ConfigEntity>, State<ConfigEntity>>();

/** A configuration as far as a filter means it. Made once for all who ask for the same. */
export function filteredState(state: State<ConfigEntity>, meaning: Meaning): State<ConfigEntity> {
  return states.of(state, meaning.key, () => {
    const meant = state.parts.flat().filter(({ kind, document }) => isMeant(meaning, kind, document));
    return { head: state.head, parts: configurationParts(meant) };
  });
}

type Message = StreamMessage<ConfigEntity>;
const messages = new OnceEach<Message, Message>();

/**
 * A message as far as a filter means it. What an entity was or is beside the filter is as if it were not there: so one that
 * enters is made, and one that leaves is deleted. A message of which nothing is left is a bookmark. The hash of the state is
 * left out: it is that of everything.
 */
export function filteredMessage(message: Message, meaning: Meaning): Message {
  return messages.of(message, meaning.key, () => filtered(message, meaning));
}

function filtered(message: Message, meaning: Meaning): Message {
  switch (message.is) {
    case 'snapshot':
      return { ...message, stateHash: null };
    case 'delta': {
      const revisions = message.revisions.flatMap((each) => filteredRevision(each, meaning) ?? []);
      if (revisions.length > 0) return { ...message, stateHash: null, revisions };
      return passedOver(message, message.revisions.at(-1)?.revision ?? 0);
    }
    case 'fold': {
      const changes = message.changes.flatMap((each) => filteredChange(each, meaning) ?? []);
      if (changes.length === 0) return passedOver(message, message.revision);
      const isGone = ({ after }: NetChange): boolean => after === null;
      const inOrder = [...changes.filter(isGone), ...changes.filter((each) => !isGone(each))];
      return { ...message, stateHash: null, changes: inOrder };
    }
    default:
      return message;
  }
}

function filteredRevision(revision: Revision, meaning: Meaning): Revision | undefined {
  const events = revision.events.flatMap((event) => filteredChange(event, meaning) ?? []);
  return events.length === 0 ? undefined : { ...revision, events };
}

/** A change as those see it who follow only what is meant. Nothing: it is none for them. */
function filteredChange<Change extends NetChange>(change: Change, filter: EntityFilter): Change | undefined {
  const wasMeant = isMeant(filter, change.kind, change.before);
  const isMeantNow = isMeant(filter, change.kind, change.after);
  if (wasMeant && isMeantNow) return change;
  if (wasMeant) return { ...change, operation: 'DELETED', after: null };
  return isMeantNow ? { ...change, operation: 'CREATED', before: null } : undefined;
}

/** True for what is there and meant. */
function isMeant({ kinds, tags }: EntityFilter, kind: string, document: NetChange['before']): boolean {
  if (document === null || (kinds !== null && !kinds.includes(kind))) return false;
  return hasTags({ document: document as Document }, tags);
}

function passedOver(
  { fromCursor, cursor }: { readonly fromCursor: string; readonly cursor: string },
  headRevision: number,
): Bookmark {
  return { is: 'bookmark', fromCursor, cursor, headRevision, at: systemClock.now(), stale: false };
}
