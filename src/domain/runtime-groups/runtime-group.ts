import type { Problem } from '../../foundation/kernel/refusal.js';
import { labelProblems, type GivenLabels, type Labels } from './labels.js';
import {
  approvalPolicyInvalid,
  descriptionInvalid,
  descriptionTooLong,
  nameInvalid,
} from './runtime-group.refusals.js';

/** A set of gateway instances that share their configuration, its history, and its revision counter. */
export interface RuntimeGroup {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly description: string;
  readonly runtimeType: RuntimeType;
  readonly labels: Labels;
  readonly isDefault: boolean;
  readonly approvalPolicy: ApprovalPolicy;
  /** Counts the changes of the group's own properties; its configuration is counted by its revision. */
  readonly version: number;
  readonly revision: number;
  readonly configHash: string;
  /** The oldest revision that is kept; 0 while all are. */
  readonly oldestRevision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What is asked of others before services go live in the group. */
export interface ApprovalPolicy {
  /** How many others are to approve; 0: nobody. */
  readonly required: number;
  /** How long what was asked for can be approved, and what was approved can be done. */
  readonly expiresAfterSeconds: number;
}

/** Of a group for which nothing else was said. */
export const noApprovals: ApprovalPolicy = { required: 0, expiresAfterSeconds: 86_400 };

const mostApprovals = 20;
const shortestApproval = 60;
const longestApproval = 30 * 86_400;

/** What all instances of a group are; it never changes. */
export type RuntimeType = 'KONG_GATEWAY' | 'NGINX';

/** How many custom groups each plan allows beside the default group (the Konnect source). */
export const customGroupLimits: Readonly<Record<string, number>> = {
  FREE: 0,
  ENTERPRISE: 2,
  UNLIMITED: Number.POSITIVE_INFINITY,
};

const maxName = 100;
const maxDescription = 2048;

/** True for text that can be part of a name: nothing in it that could not be typed again, or not be stored. */
export function isNameText(text: string): boolean {
  return !/[\p{Cc}\p{Cs}]/u.test(text);
}

/** What is wrong with the properties that a group would have. */
export function groupProblems(group: {
  readonly name: string;
  readonly description: string;
  readonly labels: GivenLabels;
  readonly approvalPolicy: ApprovalPolicy;
}): Problem[] {
  const problems: Problem[] = [];
  const length = [...group.name.trim()].length;
  if (length < 1 || length > maxName || !isNameText(group.name)) {
    problems.push(nameInvalid.problem({ maxName }, ['name']));
  }
  if (group.description.length > maxDescription) {
    problems.push(descriptionTooLong.problem({ maxDescription }, ['description']));
  }
  if (/(?![\t\n\r])\p{Cc}|\p{Cs}/u.test(group.description)) {
    problems.push(descriptionInvalid.problem({}, ['description']));
  }
  return [...problems, ...policyProblems(group.approvalPolicy), ...labelProblems(group.labels)];
}

function policyProblems({ required, expiresAfterSeconds }: ApprovalPolicy): Problem[] {
  const isFine =
    required >= 0 &&
    required <= mostApprovals &&
    expiresAfterSeconds >= shortestApproval &&
    expiresAfterSeconds <= longestApproval;
  return isFine
    ? []
    : [approvalPolicyInvalid.problem({ mostApprovals, longestApproval }, ['approvalPolicy'])];
}
