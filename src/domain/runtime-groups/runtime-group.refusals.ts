import { defineRefusal } from '../../foundation/kernel/refusal.js';

export const groupNotFound = defineRefusal(
  'RUNTIME_GROUP_NOT_FOUND',
  'missing',
  (facts: { id?: string; name?: string }) =>
    `There is no runtime group with the ${facts.id === undefined ? `name “${facts.name}”` : `id ${facts.id}`}.`,
);

export const nameTaken = defineRefusal(
  'RUNTIME_GROUP_NAME_TAKEN',
  'conflict',
  (facts: { name: string }) =>
    `There is already a runtime group with the name “${facts.name}”. Choose another name; names are unique in an organization.`,
);

export const nameInvalid = defineRefusal(
  'RUNTIME_GROUP_NAME_INVALID',
  'invalid',
  (facts: { maxName: number }) =>
    `The name of a runtime group has 1 to ${facts.maxName} characters, and no control characters.`,
);

export const descriptionTooLong = defineRefusal(
  'RUNTIME_GROUP_DESCRIPTION_TOO_LONG',
  'invalid',
  (facts: { maxDescription: number }) => `A description has at most ${facts.maxDescription} characters.`,
);

export const descriptionInvalid = defineRefusal(
  'RUNTIME_GROUP_DESCRIPTION_INVALID',
  'invalid',
  () => 'A description is text: line breaks and tabs are fine, other control characters are not.',
);

export const approvalPolicyInvalid = defineRefusal(
  'APPROVAL_POLICY_INVALID',
  'invalid',
  (facts: { mostApprovals: number; longestApproval: number }) =>
    `A group asks for 0 to ${facts.mostApprovals} approvals, which expire after 60 to ${facts.longestApproval} seconds.`,
);

export const labelInvalid = defineRefusal(
  'LABEL_INVALID',
  'invalid',
  (facts: { label: string; isRepeated?: boolean }) =>
    facts.isRepeated
      ? `The label “${facts.label}” is given more than once: a key has one value.`
      : `“${facts.label}” cannot be a label: there are at most 50; keys and values have 1 to 63 letters, digits, “-”, “.” and “_”, and begin and end with a letter or digit.`,
);

export const defaultGroupKept = defineRefusal(
  'DEFAULT_RUNTIME_GROUP_KEPT',
  'conflict',
  (facts: { name: string }) =>
    `“${facts.name}” is the default runtime group. It can be renamed, but never deleted.`,
);

export const groupInUse = defineRefusal(
  'RUNTIME_GROUP_IN_USE',
  'conflict',
  (facts: { name: string; connected: number; live: number }) =>
    `“${facts.name}” has ${facts.connected} connected instances and ${facts.live} live versions of services. Stop and delete them first, or pass force: true; dryRun: true says what would go.`,
);

export const quotaReached = defineRefusal(
  'RUNTIME_GROUP_QUOTA_REACHED',
  'conflict',
  (facts: { plan: string; limit: number; used: number }) =>
    `The plan ${facts.plan} allows ${facts.limit} custom runtime groups beside the default one, and ${facts.used} are in use. Delete one, or change the plan.`,
);

export const versionStale = defineRefusal(
  'VERSION_STALE',
  'conflict',
  (facts: { expected: number; actual: number }) =>
    `You expected version ${facts.expected}, but it is at version ${facts.actual}. Read it again, and repeat the change if it still makes sense.`,
);

export const oneKeyNeeded = defineRefusal(
  'ONE_KEY_NEEDED',
  'invalid',
  () => 'Give either the id or the name of a runtime group, not both and not neither.',
);

export const asOfInvalid = defineRefusal(
  'AS_OF_INVALID',
  'invalid',
  () => 'A place in the history is named by a revision, which is 0 or more, or by a time. Give exactly one.',
);

export const revisionInFuture = defineRefusal(
  'REVISION_IN_FUTURE',
  'invalid',
  (facts: { asked: string; head: number }) =>
    `You asked for ${facts.asked}, which is still to come: the newest revision of the group is ${facts.head}.`,
);

export const revisionCompacted = defineRefusal(
  'REVISION_COMPACTED',
  'compacted',
  (facts: { asked: string; oldest: number; oldestAt: string }) =>
    `You asked for ${facts.asked}, which is no longer kept: history is kept for a limited time (docs/history.md). The oldest revision that is kept is ${facts.oldest}, of ${facts.oldestAt}.`,
);
