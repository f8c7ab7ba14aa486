import { defineRefusal } from '../../../foundation/kernel/refusal.js';
import type { ApprovalState } from './approval.js';

interface MissingFacts {
  readonly group: string;
  readonly required: number;
  readonly given: number;
  readonly request: { readonly id: string; readonly state: ApprovalState; readonly expiresAt: Date } | null;
}

export const approvalsMissing = defineRefusal('APPROVALS_MISSING', 'conflict', (facts: MissingFacts) => {
  const { group, required, given } = facts;
  const missing = Math.max(0, required - given);
  return `Runtime group “${group}” asks for approvals by others: ${required} for exactly what this would do. ${given} are given, ${missing} are missing. ${whatToDo(facts)}`;
});

const askAgain =
  'Ask with the same write and requestApproval: true (--request-approval), and repeat the write when others have approved.';

function whatToDo({ request }: MissingFacts): string {
  if (request?.state === 'PENDING') {
    return `The request ${request.id} waits for them until ${request.expiresAt.toISOString()}: others approve it with approveRequest (signalbox approvals approve).`;
  }
  if (request) return `The last request, ${request.id}, ${ends[request.state]}. ${askAgain}`;
  return askAgain;
}

const ends: Readonly<Record<ApprovalState, string>> = {
  PENDING: 'waits',
  APPROVED: 'is approved',
  REJECTED: 'was rejected',
  EXPIRED: 'has expired',
  SPENT: 'is spent: approvals are good for one write',
  STALE: 'is stale: what it is about was changed since',
};

export const approvalRequestNotFound = defineRefusal(
  'APPROVAL_REQUEST_NOT_FOUND',
  'missing',
  (facts: { id: string }) => `There is no request for approvals with the id ${facts.id}.`,
);

export const approvalRequestClosed = defineRefusal(
  'APPROVAL_REQUEST_CLOSED',
  'conflict',
  (facts: { id: string; state: ApprovalState }) =>
    `The request ${facts.id} ${ends[facts.state]}: nothing can be said to it any more. Ask anew for what is still wanted.`,
);

export const approvalByRequester = defineRefusal(
  'APPROVAL_BY_REQUESTER',
  'conflict',
  (facts: { name: string }) =>
    `The request was made with the token “${facts.name}”, and this token may be in the same hands: it is the same one, has the same name, or one was made with the other. Somebody else has to approve it.`,
);

export const approvalRepeated = defineRefusal(
  'APPROVAL_REPEATED',
  'conflict',
  (facts: { name: string }) =>
    `The request was already approved with the token “${facts.name}”, and this token may be in the same hands: it is the same one, has the same name, or one was made with the other. Everybody counts once.`,
);

export const approvalNotNeeded = defineRefusal(
  'APPROVAL_NOT_NEEDED',
  'conflict',
  () => 'This needs no approvals in any of its runtime groups. Do it without requestApproval.',
);
