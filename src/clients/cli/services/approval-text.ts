import type { ApprovalShownFragment } from '../../sdk/generated.js';
import { countOf } from '../count-text.js';
import { agoText, spanText } from '../time-text.js';

/** What a request is about, in words: `published pets 2.0.0`. */
export function aboutText({ transitions, command }: ApprovalShownFragment): string {
  const versions = transitions.filter(({ subject }) => subject === 'SERVICE_VERSION');
  const told = versions.length > 0 ? versions : transitions;
  const texts = told.map(({ transition, number, service }) =>
    [transition, service?.name ?? '', number ?? ''].filter((part) => part !== '').join(' '),
  );
  return texts.length > 0 ? texts.join(', ') : command;
}

/** How many approvals there are, of how many. */
export function countText({ given, required }: ApprovalShownFragment): string {
  return `${given} of ${required}`;
}

/** A request, and what to do with it. */
export function requestText(request: ApprovalShownFragment): string {
  const { id, required, given, runtimeGroup, expiresAt } = request;
  const missing = Math.max(0, required - given);
  return [
    `Asked for approvals in group “${runtimeGroup.name}”: ${aboutText(request)}. It needs ${countOf(missing, 'approval')} more, until ${expiresAt}.`,
    `Others approve it with: signalbox approvals approve ${id}`,
  ].join('\n');
}

/** What was said to a request, and by whom it was asked. */
export function decisionLines(request: ApprovalShownFragment, now: Date): readonly string[] {
  const { decisions, requestedBy, createdAt, expiresAt, reason, state } = request;
  const isWaiting = state === 'PENDING' || state === 'APPROVED';
  const expiry = isWaiting ? `; expires in ${spanText(now.toISOString(), new Date(expiresAt))}` : '';
  return [
    `asked by ${requestedBy} ${agoText(createdAt, now)}${expiry}${reason == null ? '' : `: ${reason}`}`,
    ...decisions.map(({ actor, verdict, comment, isRevoked, at }) => {
      const revoked = isRevoked ? ' (does not count: the token was revoked)' : '';
      const said = comment === '' ? '' : `: ${comment}`;
      return `${verdict.toLowerCase()} by ${actor} ${agoText(at, now)}${revoked}${said}`;
    }),
  ];
}
