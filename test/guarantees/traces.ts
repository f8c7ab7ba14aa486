import type { JsonObject } from '../../src/foundation/kernel/json.js';
import { emptyHash, memberDigest, withEntity } from '../../src/foundation/kernel/set-hash.js';
import type {
  Bookmark,
  Change,
  Delta,
  Filter,
  Fold,
  Item,
  RevisionSeen,
  SnapshotPart,
  Trace,
  TraceEntry,
} from '../kit/trace.js';
import type { Committed, Final } from './guarantee.js';

// Traces of a stream whose revision n adds one route, n. Its cursors are its revisions, so that tests read like the wire.

/** What one observer of that stream was told. */
export function traceOf(...entries: readonly TraceEntry[]): Trace {
  return { observer: 'the observer', of: 'configuration', entries };
}

/** What an observer was told who asked for some of it. */
export function of(filter: Filter, ...entries: readonly TraceEntry[]): Trace {
  return { ...traceOf(...entries), filter };
}

export const consumers: Filter = { kinds: ['consumer'], tags: [] };
export const tagged: Filter = { kinds: null, tags: ['eu'] };

export function opened(after: number | null = null): TraceEntry {
  return { is: 'opened', after: after === null ? null : cursor(after) };
}

export const closed: TraceEntry = { is: 'closed' };

export const resync: TraceEntry = { is: 'resync', reason: 'COMPACTED' };

/** Everything up to a revision, in one part, or one of its parts. */
export function snapshot(revision: number, { part = 1, parts = 1 } = {}): SnapshotPart {
  const items = upTo(revision).map(item);
  const size = Math.ceil(items.length / parts);
  const own = items.slice((part - 1) * size, part * size);
  return {
    is: 'snapshot',
    cursor: cursor(revision),
    revision,
    stateHash: stateHash(revision),
    part,
    parts,
    items: own,
  };
}

/** The revisions after one, up to another; or those given. */
export function delta(from: number, to: number, revisions = upTo(to).slice(from).map(seen)): Delta {
  return {
    is: 'delta',
    ...{ fromCursor: cursor(from), cursor: cursor(to), stateHash: stateHash(to), revisions },
    changes: revisions.flatMap(({ changes }) => changes),
  };
}

/** The revisions after one, up to another, as what they come to. */
export function fold(from: number, to: number): Fold {
  return {
    is: 'fold',
    ...{ fromCursor: cursor(from), cursor: cursor(to), fromRevision: from, revision: to },
    ...{ revisionCount: to - from, stateHash: stateHash(to), changes: upTo(to).slice(from).map(change) },
  };
}

export function bookmark(revision: number, headRevision = revision): Bookmark {
  return { is: 'bookmark', cursor: cursor(revision), headRevision, stale: false };
}

/** A revision as an observer sees it. */
export function seen(revision: number): RevisionSeen {
  return { revision, ...committed(revision), changes: [change(revision)] };
}

/** What the stream has come to at a revision. */
export function finalAt(revision: number): Final {
  const history = new Map(upTo(revision).map((each) => [each, committed(each)]));
  return { revision, history, items: upTo(revision).map(item), stateHash: stateHash(revision) };
}

function committed(revision: number): Committed {
  const { id, after } = change(revision);
  return {
    ...{ hash: `hash-${revision}`, stateHash: stateHash(revision), changes: [{ kind: 'route', id, after }] },
    ...{ key: `key-${revision}`, at: revision * 1_000 },
  };
}

function change(revision: number): Change {
  const { kind, id, document } = item(revision);
  return { kind, id, before: null, after: document };
}

function item(n: number): Item {
  const document: JsonObject = { name: `route-${n}` };
  return { kind: 'route', id: `id-${n}`, document };
}

function stateHash(revision: number): string {
  const digests = upTo(revision).map((n) => memberDigest('route', item(n).id, item(n).document));
  return digests.reduce((hash, digest) => withEntity(hash, digest), emptyHash).toString('hex');
}

const cursor = (revision: number): string =>
  Buffer.from(`v1.config.the-group.${revision}.hash`).toString('base64url');

function upTo(revision: number): number[] {
  return Array.from({ length: revision }, (_, index) => index + 1);
}
