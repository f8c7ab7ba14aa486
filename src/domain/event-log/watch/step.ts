import type { Delta, Fold } from './message.js';

/** How far a watcher has been told: up to a revision of a history. All who are there share it. */
export interface Position {
  readonly revision: number;
  /** The number of the history, as this replica counts them. */
  readonly history: number;
  readonly hash: string;
  readonly cursor: string;
}

/** A message, and where it leads. Made once for all who stand at the same place. */
export interface Step {
  readonly message: Delta | Fold;
  readonly to: Position;
}
