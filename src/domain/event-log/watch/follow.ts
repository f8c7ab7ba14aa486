import type { StreamHead, StreamKey } from '../../../foundation/commands/command.js';
import { systemClock } from '../../../foundation/kernel/clock.js';
import { randomFraction } from '../../../foundation/kernel/id.js';
import { defineRefusal } from '../../../foundation/kernel/refusal.js';
import { isPassing } from '../../../foundation/postgres/database-refusal.js';
import { formatCursor, parseCursor, shortHash, type Cursor } from '../cursor.js';
import type { Feed, Place } from './feed.js';
import type { StreamHub } from './hub.js';
import type { Bookmark, Goodbye, ResyncReason, StreamMessage } from './message.js';

/** A quiet watcher is told this often where it stands, give or take a fifth, so that its cursor stays young. */
const bookmarkMs = 15_000;

/** What failed is tried again after this long. */
const againMs = 1_000;

const streamRemoved = defineRefusal(
  'STREAM_REMOVED',
  'missing',
  (facts: { stream: StreamKey }) =>
    `The ${facts.stream.topic} stream of ${facts.stream.scopeId} has ended: what it told about was deleted.`,
);

/** The whole state of a stream at one revision. */
export interface State<Item> {
  readonly head: StreamHead;
  /** At least one part, even if it is empty. */
  readonly parts: readonly (readonly Item[])[];
}

/** What is needed to follow a stream. */
export interface Follow<Item> {
  readonly hub: StreamHub;
  readonly stream: StreamKey;
  /** A cursor to continue from; without one, a snapshot comes first. */
  readonly after: string | null;
  /** Reads the state as of one revision. */
  readonly snapshot: () => Promise<State<Item>>;
  /** The chain's hash at a revision, if it is known. */
  readonly hashAt: (revision: number) => Promise<Buffer | undefined>;
  /** Throws a refusal as soon as the watcher may not watch any more. */
  readonly authorize: () => Promise<void>;
  /** Ends the stream, where its owner has a reason of its own. */
  readonly stop?: AbortSignal;
}

/**
 * Delivers a stream from a cursor on, without end: every revision once, in order, whole; or, where the cursor cannot be
 * continued, a resync and a snapshot. Pulled by its reader, so that a slow reader costs a position and no queue.
 * The caller must return the iterator; that ends it at once, even while it waits.
 */
export function follow<Item>(options: Follow<Item>): AsyncIterableIterator<StreamMessage<Item>> {
  const stopped = new AbortController();
  const stop = AbortSignal.any([
    stopped.signal,
    options.hub.drained,
    ...(options.stop ? [options.stop] : []),
  ]);
  const messages = deliver(options, stop);
  return {
    next: () => messages.next(),
    return: () => {
      stopped.abort();
      return messages.return(undefined);
    },
    throw: (error) => messages.throw(error),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** How far a watcher has been told. */
interface Position extends Place {
  readonly hash: string;
  readonly cursor: string;
}

async function* deliver<Item>(
  options: Follow<Item>,
  stop: AbortSignal,
): AsyncGenerator<StreamMessage<Item>, undefined> {
  const feed = await options.hub.join(options.stream);
  try {
    let position = yield* begin(options, feed);
    while (!stop.aborted) position = yield* stepOrWait(options, feed, position, stop);
    const cause = options.hub.partingCause;
    if (cause) yield goodbye(cause);
    return undefined;
  } finally {
    options.hub.leave(feed);
  }
}

type Messages<Item> = AsyncGenerator<StreamMessage<Item>, Position>;

async function* begin<Item>(options: Follow<Item>, feed: Feed): Messages<Item> {
  if (feed.removed) throw streamRemoved({ stream: options.stream });
  if (options.after === null) return yield* snapshot(options, feed);
  const { revision, hash } = parseCursor(options.after, options.stream);
  return yield* goOn(options, feed, { revision, hash, cursor: options.after });
}

/** Continues from a position if the history that is there now has it. */
async function* goOn<Item>(
  options: Follow<Item>,
  feed: Feed,
  from: Omit<Position, 'history'>,
): Messages<Item> {
  const { history } = feed;
  const reason = await whyNotFrom(from, options, feed);
  return reason ? yield* startOver(options, feed, reason) : { ...from, history };
}

/** While the database cannot be asked, a watcher is told where it stands, and no more. */
async function* stepOrWait<Item>(
  options: Follow<Item>,
  feed: Feed,
  position: Position,
  stop: AbortSignal,
): Messages<Item> {
  try {
    if (!options.hub.stale) return yield* step(options, feed, position, stop);
  } catch (error) {
    if (!isPassing(error)) throw error;
  }
  const patienceMs = options.hub.stale ? bookmarkMs : againMs;
  if (options.hub.stale) yield bookmark(options.hub, feed, position);
  await feed.woken(stop, patienceMs);
  return position;
}

/** Everything that the watcher is told next, or, when it is quiet for long, where it stands. */
async function* step<Item>(
  options: Follow<Item>,
  feed: Feed,
  position: Position,
  stop: AbortSignal,
): Messages<Item> {
  if (feed.removed) throw streamRemoved({ stream: options.stream });
  if (feed.history !== position.history) return yield* goOn(options, feed, position);
  const revisions = await feed.after(position.revision);
  await options.authorize();
  if (feed.history !== position.history) return position;
  if (!revisions) return yield* startOver(options, feed, 'COMPACTED');
  const last = revisions.at(-1);
  if (last) {
    const reached = positionAt(options.stream, last, position.history);
    yield {
      is: 'delta',
      fromCursor: position.cursor,
      cursor: reached.cursor,
      stateHash: last.stateHash,
      revisions,
    };
    return reached;
  }
  const waitMs = bookmarkMs * (0.8 + 0.4 * randomFraction());
  const before = performance.now();
  await feed.moved(position, stop, waitMs);
  if (performance.now() - before >= waitMs && feed.history === position.history)
    yield bookmark(options.hub, feed, position);
  return position;
}

/** Why a cursor cannot be continued, if it cannot: it is compared with the history that is there now. */
async function whyNotFrom<Item>(
  cursor: Pick<Cursor, 'revision' | 'hash'>,
  options: Follow<Item>,
  feed: Feed,
): Promise<ResyncReason | undefined> {
  const { head = 0, floor = 0 } = feed.extentNow ?? {};
  if (cursor.revision > head) return 'FUTURE';
  if (cursor.revision < floor) return 'COMPACTED';
  const hash = await options.hashAt(cursor.revision);
  if (!hash) return 'COMPACTED';
  return shortHash(hash) === cursor.hash ? undefined : 'DIVERGED';
}

async function* startOver<Item>(options: Follow<Item>, feed: Feed, reason: ResyncReason): Messages<Item> {
  yield { is: 'resync', reason, message: resyncReasons[reason] };
  return yield* snapshot(options, feed);
}

const resyncReasons: Readonly<Record<ResyncReason, string>> = {
  COMPACTED: 'The history after this cursor is no longer kept. A snapshot follows.',
  DIVERGED:
    'This cursor belongs to another history than the one that is here now, as after a restore. A snapshot follows.',
  FUTURE: 'This cursor is ahead of the history that is here now, as after a restore. A snapshot follows.',
};

async function* snapshot<Item>(options: Follow<Item>, feed: Feed): Messages<Item> {
  await options.authorize();
  const { history } = feed;
  const { head, parts } = await options.snapshot();
  const position = positionAt(options.stream, head, history);
  for (const [index, items] of parts.entries()) {
    yield {
      is: 'snapshot',
      cursor: position.cursor,
      revision: head.revision,
      stateHash: head.stateHash,
      part: index + 1,
      parts: parts.length,
      items,
    };
  }
  return position;
}

function bookmark(hub: StreamHub, feed: Feed, position: Position): Bookmark {
  return {
    is: 'bookmark',
    cursor: position.cursor,
    headRevision: Math.max(feed.extentNow?.head ?? 0, position.revision),
    at: systemClock.now(),
    stale: hub.stale,
  };
}

const farewells = {
  DRAINING: 'This server is about to stop. Come back with your cursor.',
  UNAVAILABLE:
    'This server has not reached its database for long. Come back with your cursor: another one may.',
} as const;

/** Leavers come back spread over a few seconds, so that the replicas that remain are not stormed. */
function goodbye(cause: 'DRAINING' | 'UNAVAILABLE'): Goodbye {
  return {
    is: 'goodbye',
    cause,
    message: farewells[cause],
    retryAfterMs: Math.round(randomFraction() * 5_000),
  };
}

function positionAt(
  stream: StreamKey,
  at: { readonly revision: number; readonly hash: Buffer },
  history: number,
): Position {
  return { revision: at.revision, history, hash: shortHash(at.hash), cursor: formatCursor(stream, at) };
}
