import type { StreamHead } from '../../../foundation/commands/command.js';
import type { SnapshotPart } from './message.js';
import type { Position } from './step.js';

/** The whole state of a stream at one revision. */
export interface State<Item> {
  readonly head: StreamHead;
  /** At least one part, even if it is empty. */
  readonly parts: readonly (readonly Item[])[];
}

const made = new WeakMap<State<unknown>, Map<number, SnapshotPart<unknown>>>();

/** A state as messages, each made when it is asked for; the same ones for all who are told the same state. */
export function* snapshotParts<Item>(
  state: State<Item>,
  { cursor }: Position,
): Generator<SnapshotPart<Item>, undefined> {
  const known = (made.get(state) ?? new Map()) as Map<number, SnapshotPart<Item>>;
  made.set(state, known);
  const { head, parts } = state;
  for (const [index, items] of parts.entries()) {
    const message = known.get(index) ?? {
      is: 'snapshot' as const,
      cursor,
      revision: head.revision,
      stateHash: head.stateHash,
      part: index + 1,
      parts: parts.length,
      items,
    };
    known.set(index, message);
    yield message;
  }
}
