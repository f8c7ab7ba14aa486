import type { RanRecord, RecordPromise, ShownRecord } from './records.js';

/** What is shown is compared with what the instances themselves know. */
export const truthful: RecordPromise<{
  readonly shown: readonly ShownRecord[];
  readonly ran: readonly RanRecord[];
}> = {
  name: 'truthful',
  promise: 'An instance is shown in sync with a revision only if it ran that revision.',
  breaches: (records) =>
    records.flatMap(({ shown, ran }) => {
      const known = new Set(ran.map(({ instanceId, revision }) => `${instanceId} ${revision}`));
      const instances = new Set(ran.map(({ instanceId }) => instanceId));
      return shown
        .filter(({ instanceId, syncStatus }) => syncStatus === 'IN_SYNC' && instances.has(instanceId))
        .filter(({ instanceId, appliedRevision }) => !known.has(`${instanceId} ${appliedRevision}`))
        .map(
          ({ instanceId, appliedRevision }) =>
            `${instanceId} was shown in sync with revision ${appliedRevision}, which it never ran`,
        );
    }),
};
