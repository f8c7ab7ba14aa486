import type { NewEvent } from '../../../foundation/commands/command.js';
import { newEvent } from '../../../foundation/commands/new-event.js';
import type { JsonObject } from '../../../foundation/kernel/json.js';
import type { ApprovalRequest, Decision } from './approval.js';

type Told = Pick<ApprovalRequest, 'id' | 'runtimeGroupId' | 'command' | 'requestedByName' | 'reason'> & {
  readonly decisions: readonly Pick<Decision, 'tokenId' | 'actor' | 'verdict' | 'comment'>[];
};

/** What became of a request, for the log of services: `approval_request.approved`. */
export function requestEvent(past: string, before: Told | null, after: Told | null): NewEvent {
  const { id } = (after ?? before) as Told;
  const facts = { before: before && requestFacts(before), after: after && requestFacts(after) };
  return newEvent({ type: `approval_request.${past}`, kind: 'approval_request', subjectId: id, ...facts });
}

function requestFacts({ decisions, ...request }: Told): JsonObject {
  const { runtimeGroupId, command, requestedByName, reason } = request;
  const said = decisions.map(({ actor, verdict, comment }) => ({ actor, verdict, comment }));
  return {
    runtime_group: runtimeGroupId,
    ...{ command, requested_by: requestedByName, reason, decisions: said },
  };
}
