import type { Json } from '../../../foundation/kernel/json.js';

/** What became of a request for approvals. Only `REJECTED` and `SPENT` are facts of their own; the others follow from facts. */
export type ApprovalState = 'PENDING' | 'APPROVED' | 'REJECTED' | 'EXPIRED' | 'SPENT' | 'STALE';

/** Somebody asks others to agree to exactly what a plan says, in one group. */
export interface ApprovalRequest {
  readonly id: string;
  readonly runtimeGroupId: string;
  /** The command that would do it: `services.publish`. */
  readonly command: string;
  readonly planToken: string;
  readonly plan: AskedPlan;
  readonly reason: string | null;
  /** The token that asked. */
  readonly requestedBy: string;
  readonly requestedByName: string;
  readonly state: ApprovalState;
  /** How many approvals the group asks for now. */
  readonly required: number;
  /** How many approvals count: not those of tokens that were revoked since. */
  readonly given: number;
  readonly decisions: readonly Decision[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly closedAt: Date | null;
}

/** What somebody said to a request. */
export interface Decision {
  readonly tokenId: string;
  readonly actor: string;
  readonly verdict: Verdict;
  readonly comment: string;
  readonly at: Date;
  readonly isRevoked: boolean;
}

export type Verdict = 'APPROVED' | 'REJECTED';

/** A plan, in one group. */
export type PlanKey = Pick<ApprovalRequest, 'runtimeGroupId' | 'planToken'>;

/** What approvers are shown of a plan. */
export interface AskedPlan {
  readonly transitions: readonly PlannedTransition[];
  /** What would become of the group's configuration, as it is shown: without secrets. */
  readonly changes: Json;
  readonly warnings: Json;
}

/** What would become of a version, or of what a service runs with. */
export interface PlannedTransition {
  readonly subject: 'service_version' | 'runtime_configuration';
  readonly transition: string;
  readonly serviceId: string;
  /** Null where it is about what all versions run with. */
  readonly number: string | null;
}

/** True while others can still say something to it. */
export function isOpen({ state }: Pick<ApprovalRequest, 'state'>): boolean {
  return state === 'PENDING' || state === 'APPROVED';
}
