import type { JsonObject } from '../../src/foundation/kernel/json.js';

/** Everything that one observer was told about one stream, over all its connections, in order. */
export interface Trace {
  /** Who it was, for people. */
  readonly observer: string;
  readonly of: 'configuration' | 'status' | 'versions' | 'changes';
  readonly entries: readonly TraceEntry[];
  /** What of the stream was asked for, if not all of it. */
  readonly filter?: Filter;
  /** When each of them came, in milliseconds since 1970, where somebody has looked. */
  readonly times?: readonly number[];
  /** When the right to follow the stream ended, in the same measure, if it did. */
  readonly allowedUntil?: number;
}

/** Some items of a stream: of one of these kinds, if any are named, and with all of these tags. */
export interface Filter {
  readonly kinds: readonly string[] | null;
  readonly tags: readonly string[];
  /** In each of these fields, one of its values. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
}

/** An observer opens a stream, is told messages, and at some time the stream is over: again and again. */
export type TraceEntry = Opened | Closed | Message;

/** A message of a stream, as it was delivered. */
export type Message = SessionOpened | SnapshotPart | Delta | Fold | Bookmark | Resync | Goodbye;

export interface Opened {
  readonly is: 'opened';
  readonly after: string | null;
}

/** The stream is over: the observer left it, the connection was lost, or the server ended it. */
export interface Closed {
  readonly is: 'closed';
}

export interface SessionOpened {
  readonly is: 'session';
  readonly session: number;
}

export interface SnapshotPart {
  readonly is: 'snapshot';
  readonly cursor: string;
  /** Null in streams that do not tell it: those of a status. */
  readonly revision: number | null;
  readonly stateHash: string | null;
  readonly part: number;
  readonly parts: number;
  readonly items: readonly Item[];
}

export interface Item {
  readonly kind: string;
  readonly id: string;
  readonly document: JsonObject;
}

export interface Delta {
  readonly is: 'delta';
  readonly fromCursor: string;
  readonly cursor: string;
  readonly stateHash: string | null;
  /** Of a status stream: none. Its changes do not say which revision they are of. */
  readonly revisions: readonly RevisionSeen[];
  /** All changes of all revisions, in order. */
  readonly changes: readonly Change[];
}

/** Several revisions as what they come to. */
export interface Fold {
  readonly is: 'fold';
  readonly fromCursor: string;
  readonly cursor: string;
  readonly fromRevision: number;
  readonly revision: number;
  /** How many they are. */
  readonly revisionCount: number;
  readonly stateHash: string | null;
  readonly changes: readonly Change[];
}

export interface RevisionSeen {
  readonly revision: number;
  /** Null in streams that do not tell it: those that are a part of a log. */
  readonly hash: string | null;
  readonly stateHash: string | null;
  readonly changes: readonly Change[];
  /** Of the stream of all changes: what it says of this one. */
  readonly told?: object;
}

export interface Change {
  readonly kind: string;
  readonly id: string;
  /** Undefined: the stream does not tell what was before. */
  readonly before?: JsonObject | null;
  /** Null: it is gone. */
  readonly after: JsonObject | null;
  /** Told to instances alone. */
  readonly secrets?: readonly { readonly path: readonly string[]; readonly value: string }[] | null;
}

export interface Bookmark {
  readonly is: 'bookmark';
  /** Another one than the cursor where something was passed over that was not asked for. */
  readonly fromCursor?: string | null;
  readonly cursor: string;
  readonly headRevision: number;
  readonly stale: boolean;
}

export interface Resync {
  readonly is: 'resync';
  readonly reason: string;
}

export interface Goodbye {
  readonly is: 'goodbye';
  readonly cause: string;
  readonly retryAfterMs: number;
}

/** Where an observer stands after these entries: the newest cursor that it may come back with, if it has one. */
export function cursorOf(entries: readonly TraceEntry[]): string | null {
  return entries.reduce(cursorAfter, null);
}

/** Where an observer stands after one more entry. The parts of a snapshot count only together. */
export function cursorAfter(cursor: string | null, entry: TraceEntry): string | null {
  switch (entry.is) {
    case 'opened':
      return entry.after;
    case 'delta':
    case 'fold':
    case 'bookmark':
      return entry.cursor;
    case 'snapshot':
      return entry.part === entry.parts ? entry.cursor : null;
    case 'resync':
      return null;
    case 'session':
    case 'goodbye':
    case 'closed':
      return cursor;
  }
}
