import type { Actor } from '../../foundation/commands/command.js';
import { parseCursor } from '../event-log/index.js';
import { ownIdentity, type ReportSync } from './session.commands.js';
import { reportInvalid } from './instance.refusals.js';

/** How much of a gateway's message is kept. */
const messageLimit = 2_000;

/** A report as an instance sends it. */
export interface GivenReport {
  readonly session: number;
  readonly cursor: string;
  readonly outcome: 'APPLIED' | 'REJECTED';
  readonly message?: string | null;
  readonly runningCursor?: string | null;
  readonly stateHash?: string | null;
}

/** Reads a report: its cursors become revisions of the instance's own group; refuses what makes no sense. */
export function readReport(given: GivenReport, actor: Actor): ReportSync {
  const stream = { topic: 'config', scopeId: ownIdentity(actor).groupId } as const;
  const revisionAt = (cursor: string): number => parseCursor(cursor, stream).revision;
  const { session, cursor, outcome, message, runningCursor } = given;
  const stateHash = readHash(given.stateHash ?? null);
  if (outcome === 'APPLIED') {
    const applied = { appliedRevision: revisionAt(cursor), appliedHash: stateHash };
    return { session, ...applied, rejectedRevision: null, rejectedMessage: null };
  }
  const running = runningCursor == null ? null : revisionAt(runningCursor);
  return {
    session,
    appliedRevision: running,
    appliedHash: running === null ? null : stateHash,
    rejectedRevision: revisionAt(cursor),
    // A gateway's words are kept whatever they are, but for what cannot be stored.
    rejectedMessage: (message ?? '').replaceAll('\0', '').slice(0, messageLimit),
  };
}

function readHash(hash: string | null): string | null {
  if (hash === null || /^[0-9a-f]{64}$/.test(hash)) return hash;
  throw reportInvalid({ why: 'stateHash is not 64 hexadecimal digits' }, ['stateHash']);
}
