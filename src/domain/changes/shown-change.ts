import type { Labels } from '../runtime-groups/index.js';
import type { Change, Entry } from './change.js';

const shownOnce = new WeakMap<Change, ShownChange>();

interface ShownChange extends Omit<Change, 'stream' | 'entries'> {
  readonly stream: string;
  readonly entries: readonly object[];
}

/** A change as its GraphQL type shows it; once for all who are told of all of it. */
export function shownChange(change: Change): ShownChange {
  const known = shownOnce.get(change);
  if (known) return known;
  const { stream, entries, ...facts } = change;
  const made = { ...facts, stream: stream.topic.toUpperCase(), entries: entries.map(shownEntry) };
  shownOnce.set(change, made);
  return made;
}

/** Labels by themselves, sorted; the right to read it is not shown. */
function shownEntry(entry: Entry): object {
  const { labels, action: _, ...facts } = Object.getOwnPropertyDescriptors(entry);
  const own = labels.value as Entry['labels'];
  // The fields stay what is made when it is read.
  return Object.defineProperties({ labels: own.flatMap((each) => labelList(each)) }, facts);
}

function labelList(labels: Labels): { readonly key: string; readonly value: string }[] {
  return Object.entries(labels)
    .map(([key, value]) => ({ key, value }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
