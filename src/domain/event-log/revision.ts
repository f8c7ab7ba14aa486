import type { Hint, NewEvent, StreamHead } from '../../foundation/commands/command.js';
import { sha256, Sha256 } from '../../foundation/kernel/id.js';
import { canonicalJson, canonicalText, type Json, type JsonObject } from '../../foundation/kernel/json.js';

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
 * Finds the head after one more revision, from the events in their order. Its hash covers the hash before it, so two streams
 * with the same hash at a revision have the same history up to there (docs/reliability.md, "Hash chain").
 */
export class NextHead {
  readonly revision: number;
  private readonly content = new Sha256();
  private count = 0;

  constructor(private readonly head: StreamHead) {
    this.revision = head.revision + 1;
  }

  add(event: NewEvent): void {
    this.content.add((this.count === 0 ? '[' : ',') + canonicalEvent(event));
    this.count += 1;
  }

  /** The head, with the hash of the state that the events lead to. After this, nothing can be added. */
  with(stateHash: Buffer): StreamHead {
    const { revision } = this;
    const position = Buffer.alloc(8);
    position.writeBigUInt64BE(BigInt(revision));
    this.content.add(this.count === 0 ? '[]' : ']');
    const parts = [this.head.hash, position, stateHash, this.content.digest()];
    return { revision, stateHash, hash: sha256(Buffer.concat(parts)) };
  }
}

/** The head after one more revision of these events. */
export function nextHead(head: StreamHead, events: readonly NewEvent[], stateHash: Buffer): StreamHead {
  const next = new NextHead(head);
  for (const event of events) next.add(event);
  return next.with(stateHash);
}

/** The canonical JSON of an event, made of the texts of its documents, which others need, too. */
export function canonicalEvent({ before, after, kind, operation, subjectId, type }: NewEvent): string {
  const members = `"kind":${JSON.stringify(kind)},"operation":"${operation}","subjectId":${JSON.stringify(subjectId)}`;
  return `{"after":${textOf(after)},"before":${textOf(before)},${members},"type":${JSON.stringify(type)}}`;
}

/** The text of what was before or after. */
export function textOf(document: Json): string {
  return isObject(document) ? canonicalText(document) : canonicalJson(document);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The one text that stands for a stream, or another hint, in maps and in signals. */
export function streamName(stream: Hint): string {
  return `${stream.topic}/${stream.scopeId}`;
}
