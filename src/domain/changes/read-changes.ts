import type { StreamKey } from '../../foundation/commands/command.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { formatCursor, readRevisionsByKey, type Revision } from '../event-log/index.js';
import { changeOf, type Change, type Numbering } from './change.js';
import type { Content } from './context.js';

/** The changes that revisions of an organization's order stand for, in their order. Asked again for the same, it reads nothing. */
export type ReadChanges = (order: StreamKey, revisions: readonly Revision[]) => Promise<readonly Change[]>;

/** How many changes are read in one statement, if they are small. */
const readAtOnce = 200;

/**
 * Reads changes once for all who are told of them: whoever follows the order is handed the same revisions of it, and what
 * was read for one of them is kept for as long as these are.
 */
export function makeReadChanges(reader: Reader): ReadChanges {
  const known = new WeakMap<Revision, Promise<Change>>();
  return async (order, revisions) => {
    const missing = revisions.filter((revision) => !known.has(revision));
    for (let start = 0; start < missing.length; start += readAtOnce) {
      const some = missing.slice(start, start + readAtOnce);
      const read = readSome(reader, order, some);
      for (const [index, revision] of some.entries()) {
        const one = read.then((changes) => changes[index] as Change);
        known.set(revision, one);
        // Whoever reads it is told; it is tried again by the next.
        one.catch(() => known.delete(revision));
      }
    }
    return Promise.all(revisions.map((revision) => known.get(revision) as Promise<Change>));
  };
}

async function readSome(reader: Reader, order: StreamKey, revisions: readonly Revision[]): Promise<Change[]> {
  const places = revisions.map((revision) => placeOf(order, revision));
  const changes: Change[] = [];
  while (changes.length < places.length) {
    const wanted = places.slice(changes.length).map(({ stream, content }) => ({ stream, ...content }));
    const read = await readRevisionsByKey(reader, wanted);
    if (read.length === 0) throw notThere(places[changes.length]);
    for (const { stream, found } of read) {
      const place = places[changes.length];
      if (place?.content.revision !== found.revision || place.stream.scopeId !== stream.scopeId)
        throw notThere(place);
      changes.push(changeOf(place, found));
    }
  }
  return changes;
}

/** What is numbered is kept for as long as its number is. */
function notThere(place: Numbering | undefined): Error {
  return new Error(`What change ${place?.number} stands for is not there any more.`);
}

function placeOf(order: StreamKey, revision: Revision): Numbering {
  const [event] = revision.events;
  if (!event) throw new Error(`Number ${revision.revision} stands for nothing.`);
  return {
    number: revision.revision,
    cursor: formatCursor(order, revision),
    stream: { topic: event.kind as StreamKey['topic'], scopeId: event.subjectId },
    content: event.after as unknown as Content,
  };
}
