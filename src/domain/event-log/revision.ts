import type { Hint, NewEvent, StreamHead } from '../../foundation/commands/command.js';
import { sha256, sha256OfParts } from '../../foundation/kernel/id.js';
import { canonicalParts, type Json } from '../../foundation/kernel/json.js';

/** One committed transaction on a stream: what it changed, who did it, and where it stands in the hash chain. */
export interface Revision {
  readonly revision: number;
  readonly hash: Buffer;
  readonly stateHash: Buffer;
  readonly command: string;
  readonly actorId: string;
  readonly actorName: string;
  /** Why it was written, if its writer said so. */
  readonly reason: string | null;
  /** The revision of another stream that came of it in the same transaction, where it is the story of that. */
  readonly effectRevision: number | null;
  readonly at: Date;
  readonly events: readonly NewEvent[];
}

/** The head of a stream that nothing was written to yet. */
export const emptyHead: StreamHead = {
  revision: 0,
  hash: Buffer.alloc(32),
  stateHash: Buffer.alloc(32),
};

/**
 * The head after one more revision. Its hash covers the hash before it, so two streams with the same hash at a revision
 * have the same history up to there (docs/reliability.md, "Hash chain").
 */
export function nextHead(head: StreamHead, events: readonly NewEvent[], stateHash: Buffer): StreamHead {
  const revision = head.revision + 1;
  const position = Buffer.alloc(8);
  position.writeBigUInt64BE(BigInt(revision));
  const content = sha256OfParts(canonicalParts(events as unknown as readonly Json[]));
  return { revision, stateHash, hash: sha256(Buffer.concat([head.hash, position, stateHash, content])) };
}

/** The one text that stands for a stream, or another hint, in maps and in signals. */
export function streamName(stream: Hint): string {
  return `${stream.topic}/${stream.scopeId}`;
}
