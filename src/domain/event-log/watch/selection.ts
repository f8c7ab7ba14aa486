import { systemClock } from '../../../foundation/kernel/clock.js';
import type { Json } from '../../../foundation/kernel/json.js';
import { OnceEach } from '../../../foundation/live/once-each.js';
import type { NetChange } from '../fold.store.js';
import type { Revision } from '../revision.js';
import type { Bookmark, StreamMessage } from './message.js';

/** Which of the things that a stream tells of somebody follows. */
export interface Selection {
  /** The same for all selections from a stream that have the same. */
  readonly key: string;
  /** Whether something of this kind, as this document says it is, is selected. */
  has(kind: string, document: Json): boolean;
}

const messages = new OnceEach<object, object>();

/**
 * A message as far as it is about what is selected. What something was or is beside the selection is as if it were not
 * there: so what enters is made, and what leaves is deleted. A message of which nothing is left is a bookmark. The hash of the
 * state is left out: it is that of everything. Snapshots are taken to have what is selected alone.
 */
export function selected<Item>(message: StreamMessage<Item>, selection: Selection): StreamMessage<Item> {
  const made = messages.of(message, selection.key, () => selectedFrom(message, selection));
  return made as StreamMessage<Item>;
}

function selectedFrom<Item>(message: StreamMessage<Item>, selection: Selection): StreamMessage<Item> {
  switch (message.is) {
    case 'snapshot':
      return { ...message, stateHash: null };
    case 'delta': {
      const revisions = message.revisions.flatMap((each) => selectedRevision(each, selection) ?? []);
      if (revisions.length > 0) return { ...message, stateHash: null, revisions };
      return passedOver(message, message.revisions.at(-1)?.revision ?? 0);
    }
    case 'fold': {
      const changes = message.changes.flatMap((each) => selectedChange(each, selection) ?? []);
      if (changes.length === 0) return passedOver(message, message.revision);
      const isGone = ({ after }: NetChange): boolean => after === null;
      const inOrder = [...changes.filter(isGone), ...changes.filter((each) => !isGone(each))];
      return { ...message, stateHash: null, changes: inOrder };
    }
    default:
      return message;
  }
}

function selectedRevision(revision: Revision, selection: Selection): Revision | undefined {
  const events = revision.events.flatMap((event) => selectedChange(event, selection) ?? []);
  return events.length === 0 ? undefined : { ...revision, events };
}

/** A change as those see it who follow only what is selected. Nothing: it is none for them. */
function selectedChange<Change extends NetChange>(change: Change, selection: Selection): Change | undefined {
  const { kind, before, after } = change;
  const was = before !== null && selection.has(kind, before);
  const is = after !== null && selection.has(kind, after);
  if (was && is) return change;
  if (was) return { ...change, operation: 'DELETED', after: null };
  return is ? { ...change, operation: 'CREATED', before: null } : undefined;
}

function passedOver(
  { fromCursor, cursor }: { readonly fromCursor: string; readonly cursor: string },
  headRevision: number,
): Bookmark {
  return { is: 'bookmark', fromCursor, cursor, headRevision, at: systemClock.now(), stale: false };
}
