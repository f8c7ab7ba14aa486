import type { GraphqlContext } from '../../../foundation/graphql/context.js';
import type { Json } from '../../../foundation/kernel/json.js';
import { askForApproval } from '../approvals/approval.commands.js';
import { approvalNotNeeded } from '../approvals/approval.refusals.js';
import type { NeededApproval } from '../approvals/agreement.js';
import { loadRequest } from './approval.resolver.js';

/** The plan of a write in one group. */
export interface PlannedInGroup {
  readonly runtimeGroupId: string;
  readonly planToken?: string;
  readonly result: {
    readonly changes: readonly object[];
    readonly warnings: readonly object[];
    readonly approval: NeededApproval | null;
  };
}

/** Asks others to agree to these plans, in each group that asks for approvals; refuses if none does. */
export async function askForApprovals(
  context: GraphqlContext,
  plans: readonly PlannedInGroup[],
  { command, reason }: { readonly command: string; readonly reason: string | undefined },
): Promise<object[]> {
  const requests: object[] = [];
  for (const { runtimeGroupId, planToken, result } of plans) {
    const { approval } = result;
    if (approval === null || planToken === undefined) continue;
    const { transitions, subjects, configRevision, servicesRevision } = approval;
    const shown = { changes: result.changes, warnings: result.warnings } as unknown as Record<string, Json>;
    const asked = {
      ...{ runtimeGroupId, command, planToken, reason: reason ?? null },
      ...{ subjects, configRevision, servicesRevision },
      plan: { transitions, changes: shown['changes'] ?? [], warnings: shown['warnings'] ?? [] },
    };
    const { result: made } = await context.execute(askForApproval, asked, { reason });
    requests.push((await loadRequest(context, made.id)) as object);
  }
  if (requests.length === 0) throw approvalNotNeeded({}, ['requestApproval']);
  return requests;
}
