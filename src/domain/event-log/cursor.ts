import type { StreamKey } from '../../foundation/commands/command.js';
import { defineRefusal } from '../../foundation/kernel/refusal.js';

/** A position in a stream's history. It names the history by its hash, not only the place in it. */
export interface Cursor {
  readonly stream: StreamKey;
  readonly revision: number;
  /** The first eight bytes of the chain's hash at the revision, in hex. */
  readonly hash: string;
}

const cursorInvalid = defineRefusal(
  'STREAM_CURSOR_INVALID',
  'invalid',
  (facts: { received: string }) =>
    `“${facts.received}” is not a cursor of this stream. Pass a cursor that this stream gave you, or leave it out to begin with a snapshot.`,
);

/** The beginning of a chain's hash, as cursors carry it. */
export function shortHash(hash: Buffer): string {
  return hash.toString('hex', 0, 8);
}

/** The opaque text of a cursor. */
export function formatCursor(stream: StreamKey, at: { revision: number; hash: Buffer }): string {
  const content = ['v1', stream.topic, stream.scopeId, at.revision, shortHash(at.hash)].join('.');
  return Buffer.from(content).toString('base64url');
}

const cursorText = /^v1\.([a-z]+)\.([0-9a-f-]{36})\.(\d{1,15})\.([0-9a-f]{16})$/;

/** Reads a cursor back. Refuses what is not one, and one of another stream. */
export function parseCursor(text: string, stream: StreamKey): Cursor {
  const parts = cursorText.exec(Buffer.from(text, 'base64url').toString('utf8'));
  const [, topic, scopeId, revision = '', hash = ''] = parts ?? [];
  if (topic !== stream.topic || scopeId !== stream.scopeId) {
    throw cursorInvalid({ received: text.slice(0, 100) }, ['after']);
  }
  return { stream, revision: Number(revision), hash };
}
