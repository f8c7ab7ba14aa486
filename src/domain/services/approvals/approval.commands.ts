import type { Actor, Command, NewEvent, Outcome, Scope } from '../../../foundation/commands/command.js';
import { newId } from '../../../foundation/kernel/id.js';
import type { JsonObject } from '../../../foundation/kernel/json.js';
import type { Reader, Transaction } from '../../../foundation/postgres/database.js';
import { findSameHolder } from '../../access/index.js';
import { getGroup, holdApprovalPolicy } from '../../runtime-groups/index.js';
import { entryOf, servicesStream } from '../service-events.js';
import { isText } from '../service.js';
import { textTooLong } from '../services.refusals.js';
import { requestEvent } from './approval-events.js';
import { isOpen, type ApprovalRequest, type AskedPlan, type Verdict } from './approval.js';
import {
  approvalByRequester,
  approvalNotNeeded,
  approvalRepeated,
  approvalRequestClosed,
  approvalRequestNotFound,
} from './approval.refusals.js';
import {
  closeRequest,
  findRequests,
  findRequestsOfPlans,
  insertRequest,
  putDecision,
} from './approval.store.js';

/** A plan that others are to agree to. */
export interface AskForApproval {
  readonly runtimeGroupId: string;
  readonly command: string;
  readonly planToken: string;
  readonly plan: AskedPlan;
  readonly subjects: readonly string[];
  readonly configRevision: number;
  readonly servicesRevision: number;
  readonly reason: string | null;
}

interface RequestId extends JsonObject {
  readonly id: string;
}

/** Asks others to agree to a plan. While one request for the plan is open, asking again finds it. */
export const askForApproval: Command<AskForApproval, RequestId> = {
  name: 'services.request-approval',
  action: 'service:deploy',
  scope: async (reader, { runtimeGroupId }, actor) => {
    const { id } = await getGroup(reader, runtimeGroupId, actor);
    return scopeIn(id, actor);
  },
  run: async (tx, asked, { actor, head }) => {
    const { required, expiresAfterSeconds } = await holdApprovalPolicy(tx, asked.runtimeGroupId);
    if (required === 0) throw approvalNotNeeded({}, ['requestApproval']);
    const [known] = await findRequestsOfPlans(tx, [asked]);
    if (known && isOpen(known)) return { result: { id: known.id }, events: [] };
    const request = { ...asked, id: newId(), requestedBy: actor.tokenId, requestedByName: actor.name };
    await insertRequest(tx, { ...request, expiresAfterSeconds });
    const event = requestEvent('requested', null, { ...request, decisions: [] });
    return { result: { id: request.id }, ...entryOf(head, [event]) };
  },
};

export interface DecideRequest {
  readonly id: string;
  readonly comment: string;
}

/** Agrees to a request of somebody else. */
export const approveRequest: Command<DecideRequest, RequestId> = {
  name: 'services.approve',
  action: 'service:approve',
  scope: requestScope,
  run: async (tx, { id, comment }, { actor, head }) => {
    const request = await getOpenRequest(tx, id, actor);
    await refuseSameHands(tx, request, actor);
    const events = await decide(tx, request, { verdict: 'APPROVED', comment, actor });
    return outcome(id, entryOf(head, events));
  },
};

/** Says no to a request, which ends it. Who asked may do so, too. */
export const rejectRequest: Command<DecideRequest, RequestId> = {
  name: 'services.reject',
  action: 'service:approve',
  scope: requestScope,
  run: async (tx, { id, comment }, { actor, head }) => {
    const request = await getOpenRequest(tx, id, actor);
    const events = await decide(tx, request, { verdict: 'REJECTED', comment, actor });
    await closeRequest(tx, request.id, 'REJECTED');
    return outcome(id, entryOf(head, events));
  },
};

async function requestScope(reader: Reader, { id }: DecideRequest, actor: Actor): Promise<Scope> {
  return scopeIn((await getRequest(reader, id, actor)).runtimeGroupId, actor);
}

/** Whatever is said to requests comes one after the other, and so does what they are for. */
function scopeIn(runtimeGroupId: string, actor: Actor): Scope {
  const { organizationId } = actor;
  return { resource: { organizationId, runtimeGroupId }, stream: servicesStream(actor) };
}

async function getRequest(
  reader: Reader,
  id: string,
  { organizationId, runtimeGroupId }: Actor,
): Promise<ApprovalRequest> {
  const [request] = await findRequests(reader, { organizationId, runtimeGroupId }, [id]);
  if (!request) throw approvalRequestNotFound({ id }, ['id']);
  return request;
}

async function getOpenRequest(tx: Transaction, id: string, actor: Actor): Promise<ApprovalRequest> {
  const request = await getRequest(tx, id, actor);
  if (!isOpen(request)) throw approvalRequestClosed({ id, state: request.state }, ['id']);
  return request;
}

async function refuseSameHands(
  tx: Transaction,
  { requestedBy, decisions }: ApprovalRequest,
  { tokenId }: Actor,
): Promise<void> {
  const asking = await findSameHolder(tx, tokenId, [requestedBy]);
  if (asking !== undefined) throw approvalByRequester({ name: asking }, ['id']);
  const counting = decisions.filter(({ isRevoked }) => !isRevoked).map((decision) => decision.tokenId);
  const approving = await findSameHolder(tx, tokenId, counting);
  if (approving !== undefined) throw approvalRepeated({ name: approving }, ['id']);
}

interface Said {
  readonly verdict: Verdict;
  readonly comment: string;
  readonly actor: Actor;
}

async function decide(
  tx: Transaction,
  request: ApprovalRequest,
  { verdict, comment, actor: { tokenId, name } }: Said,
): Promise<NewEvent[]> {
  if (!isText(comment, 2_048)) throw textTooLong({ max: 2_048 }, ['comment']);
  const decision = { tokenId, actor: name, verdict, comment };
  await putDecision(tx, request.id, decision);
  const others = request.decisions.filter((each) => each.tokenId !== tokenId);
  const after = { ...request, decisions: [...others, decision] };
  return [requestEvent(verdict.toLowerCase(), request, after)];
}

function outcome(id: string, entry: Omit<Outcome<RequestId>, 'result'>): Outcome<RequestId> {
  return { result: { id: id.toLowerCase() }, ...entry };
}
