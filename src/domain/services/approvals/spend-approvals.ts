import type { Actor, NewEvent } from '../../../foundation/commands/command.js';
import type { Transaction } from '../../../foundation/postgres/database.js';
import { getGroup } from '../../runtime-groups/index.js';
import { requestEvent } from './approval-events.js';
import { approvalsMissing } from './approval.refusals.js';
import type { PlanKey } from './approval.js';
import { closeRequest, findRequestsOfPlans } from './approval.store.js';

/** Takes the approvals of exactly this plan, which are good for this once; refuses if others have not agreed to it. */
export async function spendApprovals(
  tx: Transaction,
  plan: PlanKey & { readonly required: number },
  actor: Actor,
): Promise<NewEvent> {
  const [request] = await findRequestsOfPlans(tx, [plan]);
  if (request?.state !== 'APPROVED') {
    const { name: group } = await getGroup(tx, plan.runtimeGroupId, actor);
    const isCounted = request?.state === 'PENDING';
    throw approvalsMissing({
      ...{ group, required: plan.required },
      ...{ given: isCounted ? request.given : 0, request: request ?? null },
    });
  }
  await closeRequest(tx, request.id, 'SPENT');
  return requestEvent('spent', request, request);
}
