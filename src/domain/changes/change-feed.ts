import type { StreamKey } from '../../foundation/commands/command.js';
import { systemClock } from '../../foundation/kernel/clock.js';
import type { Database } from '../../foundation/postgres/database.js';
import {
  findHashAt,
  follow,
  type Bookmark,
  type Goodbye,
  type Resync,
  type State,
  type StreamHub,
  type StreamMessage,
} from '../event-log/index.js';
import { beginningOf, type Beginning } from './beginning.js';
import type { Change } from './change.js';
import type { ReadChanges } from './read-changes.js';

/** What somebody who follows changes is told. */
export type ChangesMessage = ChangesDelta | Bookmark | Resync | Goodbye;

/** The changes that are for the reader, from one cursor to the next. */
export interface ChangesDelta {
  readonly is: 'changes';
  readonly fromCursor: string;
  readonly cursor: string;
  /** At least one. */
  readonly changes: readonly Change[];
}

export interface FeedPorts {
  readonly database: Database;
  readonly hub: StreamHub;
  readonly readChanges: ReadChanges;
}

export interface FollowFeed {
  readonly stream: StreamKey;
  readonly after: string | null;
  readonly from: Beginning;
  readonly seen: (change: Change) => Change | undefined;
  readonly authorize: () => void | Promise<void>;
  readonly stop?: AbortSignal;
}

/** While everything that happens is for others, the reader is told at most this often where it stands. */
const bookmarkMs = 5_000;

/**
 * Follows the order of an organization: from a cursor on, or from its beginning, or from now. Where it begins without a
 * cursor, and after a resync, it first says where that is.
 */
export function followFeed(ports: FeedPorts, options: FollowFeed): AsyncIterableIterator<ChangesMessage> {
  const { database, hub } = ports;
  const { stream, after, authorize } = options;
  // Only where a reader begins of its own accord may something be left out.
  let from = after === null ? options.from : 'START';
  const beginning = async (): Promise<State<never>> => {
    const state = { head: await beginningOf(database, stream, from), parts: [[]] };
    from = 'START';
    return state;
  };
  const messages = follow<never>({
    ...{ hub, stream, after, authorize, snapshot: beginning },
    ...(options.stop ? { stop: options.stop } : {}),
    hashAt: (revision) => findHashAt(database, stream, revision),
  });
  return new ChangeFeed(messages, ports, options);
}

class ChangeFeed implements AsyncIterableIterator<ChangesMessage> {
  /** What the reader has; of a reader without a cursor it is known as soon as it is told where it begins. */
  private told: string | undefined;
  private toldAt = 0;

  constructor(
    private readonly source: AsyncIterableIterator<StreamMessage<never>>,
    private readonly ports: FeedPorts,
    private readonly options: FollowFeed,
  ) {
    this.told = options.after ?? undefined;
  }

  async next(): Promise<IteratorResult<ChangesMessage, undefined>> {
    for (;;) {
      const next = await this.source.next();
      if (next.done) return { done: true, value: undefined };
      const value = await this.messageFor(next.value);
      if (value) return { done: false, value };
    }
  }

  async return(): Promise<IteratorResult<ChangesMessage, undefined>> {
    await this.source.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private async messageFor(message: StreamMessage<never>): Promise<ChangesMessage | undefined> {
    switch (message.is) {
      case 'snapshot':
        return this.reached(this.bookmarkAt(message.cursor, message.revision));
      case 'bookmark':
        return this.reached({ ...message, fromCursor: this.told ?? message.cursor });
      case 'delta': {
        const { cursor, revisions } = message;
        const all = await this.ports.readChanges(this.options.stream, revisions);
        const changes = all.flatMap((change) => this.options.seen(change) ?? []);
        if (changes.length > 0)
          return this.reached({ is: 'changes', fromCursor: this.told ?? cursor, cursor, changes });
        const isDue = systemClock.monotonic() - this.toldAt >= bookmarkMs;
        return isDue ? this.reached(this.bookmarkAt(cursor, revisions.at(-1)?.revision ?? 0)) : undefined;
      }
      case 'fold':
        throw new Error('the order of changes is never folded');
      case 'resync':
        this.told = undefined;
        return message;
      default:
        return message;
    }
  }

  private reached<Message extends ChangesDelta | Bookmark>(message: Message): Message {
    this.told = message.cursor;
    this.toldAt = systemClock.monotonic();
    return message;
  }

  private bookmarkAt(cursor: string, headRevision: number): Bookmark {
    const fromCursor = this.told ?? cursor;
    return { is: 'bookmark', fromCursor, cursor, headRevision, at: systemClock.now(), stale: false };
  }
}
