import { isDeepStrictEqual } from 'node:util';
import type { Watch } from '../../foundation/commands/watch.js';
import type { Database } from '../../foundation/postgres/database.js';
import {
  emptyHead,
  findHashAt,
  findHead,
  follow,
  type StreamHub,
  type StreamMessage,
} from '../event-log/index.js';
import { SharedAnswers } from './applied.answers.js';
import type { AppliedQuestion, AppliedStatus } from './applied.js';
import { groupAsked, readApplied } from './applied.queries.js';
import { statusStream } from './instance.commands.js';

export interface AppliedPorts {
  readonly database: Database;
  readonly hub: StreamHub;
}

/** What a watcher of a revision is told: how far it has come; or that this server ends the stream on purpose. */
export type AppliedMessage =
  | { readonly is: 'status'; readonly status: AppliedStatus }
  | Extract<StreamMessage<never>, { readonly is: 'goodbye' }>;

/**
 * How far a revision has come: as it stands now, then after each change, until it is everywhere, which ends the stream.
 * Every message is the whole state, so that one who was away needs no cursor.
 */
export function appliedProgress({ database, hub }: AppliedPorts): Watch<AppliedQuestion, AppliedMessage> {
  const answers = new SharedAnswers((question) => readApplied(database, question));
  return {
    name: 'instances.applied-progress',
    action: 'instance:read',
    scope: groupAsked,
    open: (asked, { authorize, resource }) => {
      const question = { ...asked, runtimeGroupId: resource.runtimeGroupId as string };
      const stream = statusStream(question.runtimeGroupId);
      // What the instances do moves their status stream: where it stands says whether to look again.
      const moves = follow<never>({
        ...{ hub, stream, after: null, authorize },
        snapshot: async () => ({ head: (await findHead(database, stream)) ?? emptyHead, parts: [[]] }),
        hashAt: (revision) => findHashAt(database, stream, revision),
      });
      const statusAfter = ({ is, cursor }: Move): Promise<AppliedStatus> =>
        is === 'snapshot' ? answers.now(question, cursor) : answers.at(question, cursor);
      return endingWith(moves, progress(moves, statusAfter));
    },
  };
}

/** Where the status stream stands when one comes, and each step that it makes. */
type Move = Extract<StreamMessage<never>, { readonly is: 'snapshot' | 'delta' }>;

async function* progress(
  moves: AsyncIterable<StreamMessage<never>>,
  statusAfter: (move: Move) => Promise<AppliedStatus>,
): AsyncGenerator<AppliedMessage, undefined> {
  let told: AppliedStatus | undefined;
  for await (const move of moves) {
    if (move.is === 'goodbye') yield move;
    if (move.is !== 'snapshot' && move.is !== 'delta') continue;
    const status = await statusAfter(move);
    if (!isDeepStrictEqual(status, told)) yield { is: 'status', status };
    if (status.everywhere) return undefined;
    told = status;
  }
  return undefined;
}

/** The messages, which wait for the source: returning them ends the source first, so that nobody waits any more. */
function endingWith<Message>(
  source: AsyncIterableIterator<unknown>,
  messages: AsyncGenerator<Message, undefined>,
): AsyncIterableIterator<Message> {
  return {
    next: () => messages.next(),
    return: async () => {
      await source.return?.();
      return messages.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
