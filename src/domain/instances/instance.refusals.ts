import { defineRefusal } from '../../foundation/kernel/refusal.js';

export const instanceNotFound = defineRefusal(
  'RUNTIME_INSTANCE_NOT_FOUND',
  'missing',
  (facts: { id: string }) => `There is no runtime instance with the id ${facts.id}.`,
);

export const hostnameInvalid = defineRefusal(
  'HOSTNAME_INVALID',
  'invalid',
  () => 'A hostname has 1 to 253 characters, and neither white space nor control characters.',
);

export const ipAddressInvalid = defineRefusal(
  'IP_ADDRESS_INVALID',
  'invalid',
  (facts: { received: string }) => `“${facts.received}” is neither an IPv4 nor an IPv6 address.`,
);

export const runtimeVersionInvalid = defineRefusal(
  'RUNTIME_VERSION_INVALID',
  'invalid',
  () => 'The version of a gateway has 1 to 100 characters, and no control characters.',
);

export const notAnInstance = defineRefusal(
  'NOT_AN_INSTANCE',
  'denied',
  () =>
    'Only an instance may do this, with the token that createRuntimeInstance gave it. An administrator follows configChanges instead.',
);

export const reportInvalid = defineRefusal(
  'REPORT_INVALID',
  'invalid',
  (facts: { why: string }) => `The report cannot be taken: ${facts.why}.`,
);

export const revisionNegative = defineRefusal(
  'REVISION_NEGATIVE',
  'invalid',
  (facts: { revision: number }) =>
    `There is no revision ${facts.revision}: the revisions of a group are counted from 1, and 0 is the empty group.`,
);
