import { randomFraction } from '../../../foundation/kernel/id.js';
import type { NetChange } from '../fold.store.js';
import type { Revision } from '../revision.js';

/** What a watcher is told. docs/watch-protocol.md says, message by message, what it may rely on. */
export type StreamMessage<Item> = SnapshotPart<Item> | Delta | Fold | Bookmark | Resync | Goodbye;

/** One part of the whole state at a revision. It counts only together with all the other parts. */
export interface SnapshotPart<Item> {
  readonly is: 'snapshot';
  /** Where to continue from, once all parts are there. */
  readonly cursor: string;
  readonly revision: number;
  /** Null where some of the state is told, and its hash is that of all. */
  readonly stateHash: Buffer | null;
  /** Counted from 1. */
  readonly part: number;
  readonly parts: number;
  readonly items: readonly Item[];
}

/** Whole revisions, in order, without a hole, from one cursor to the next. */
export interface Delta {
  readonly is: 'delta';
  readonly fromCursor: string;
  readonly cursor: string;
  /** Null where some of the state is told. */
  readonly stateHash: Buffer | null;
  readonly revisions: readonly Revision[];
}

/** Whole revisions, in order, without a hole, as what they come to together: for a watcher that is far behind. */
export interface Fold {
  readonly is: 'fold';
  readonly fromCursor: string;
  readonly cursor: string;
  /** The revision that it follows on. */
  readonly fromRevision: number;
  /** The last one in it. */
  readonly revision: number;
  /** Null where some of the state is told. */
  readonly stateHash: Buffer | null;
  /** What is gone comes first. */
  readonly changes: readonly NetChange[];
}

/** Nothing is missing up to here. */
export interface Bookmark {
  readonly is: 'bookmark';
  /** What this follows on; another one where what was not asked for was passed over in between. */
  readonly fromCursor: string;
  readonly cursor: string;
  readonly headRevision: number;
  readonly at: Date;
  /** True while the database cannot be asked, so that there may be more than this says. */
  readonly stale: boolean;
}

/** The cursor cannot be continued; a snapshot follows. */
export interface Resync {
  readonly is: 'resync';
  readonly reason: ResyncReason;
  readonly message: string;
}

export type ResyncReason = 'COMPACTED' | 'DIVERGED' | 'FUTURE' | 'LAGGED';

/** The server ends the stream on purpose. Come back with the cursor, after a while. */
export interface Goodbye {
  readonly is: 'goodbye';
  readonly cause: 'DRAINING' | 'REPLACED' | 'UNAVAILABLE';
  readonly message: string;
  readonly retryAfterMs: number;
}

export function resync(reason: ResyncReason): Resync {
  return { is: 'resync', reason, message: resyncReasons[reason] };
}

const resyncReasons: Readonly<Record<ResyncReason, string>> = {
  COMPACTED: 'The history after this cursor is no longer kept. A snapshot follows.',
  DIVERGED:
    'This cursor belongs to another history than the one that is here now, as after a restore. A snapshot follows.',
  FUTURE: 'This cursor is ahead of the history that is here now, as after a restore. A snapshot follows.',
  LAGGED: 'So much has happened since this cursor that the whole state is less. A snapshot follows.',
};

const farewells = {
  DRAINING: 'This server is about to stop. Come back with your cursor.',
  UNAVAILABLE:
    'This server has not reached its database for long. Come back with your cursor: another one may.',
} as const;

/** Leavers come back spread over a few seconds, so that the replicas that remain are not stormed. */
export function goodbye(cause: keyof typeof farewells): Goodbye {
  return {
    is: 'goodbye',
    cause,
    message: farewells[cause],
    retryAfterMs: Math.round(randomFraction() * 5_000),
  };
}
