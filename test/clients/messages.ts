import type { WireMessage } from './scripted-server.js';

// Messages of a stream whose cursors are its revisions, so that a test reads like the conversation.

const stateHash = '0'.repeat(64);

export function snapshot(revision: number, { part = 1, parts = 1 } = {}): WireMessage {
  return {
    __typename: 'ConfigSnapshot',
    ...{ cursor: `c${revision}`, revision, stateHash, part, parts, entities: [] },
  };
}

/** A delta from one revision to another; the revisions in it are all between, unless others are given. */
export function delta(
  from: number,
  to: number,
  revisions: readonly number[] = between(from, to),
): WireMessage {
  return {
    __typename: 'ConfigDelta',
    ...{ fromCursor: `c${from}`, cursor: `c${to}`, stateHash },
    revisions: revisions.map((revision) => ({ revision, changes: [] })),
  };
}

/** The revisions from one to another, folded. */
export function fold(from: number, to: number): WireMessage {
  return {
    __typename: 'ConfigFold',
    ...{ fromCursor: `c${from}`, cursor: `c${to}`, fromRevision: from, revision: to },
    ...{ revisionCount: to - from, stateHash, changes: [] },
  };
}

export function bookmark(revision: number): WireMessage {
  return { __typename: 'Bookmark', cursor: `c${revision}`, headRevision: revision, stale: false };
}

export function resync(): WireMessage {
  return { __typename: 'Resync', reason: 'FUTURE', message: 'A snapshot follows.' };
}

export function goodbye(cause: 'DRAINING' | 'REPLACED', retryAfterMs: number): WireMessage {
  return {
    __typename: 'Goodbye',
    retryAfterMs,
    cause,
    message: 'Come back later.',
  };
}

function between(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index + 1);
}
