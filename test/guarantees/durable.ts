import type { GroupHistory, RecordPromise, WriteRecord } from './records.js';

/** What an operator has lost, by putting an older state of the database in place, is known and excepted. */
export const durable: RecordPromise<WriteRecord> = {
  name: 'durable',
  promise: 'What was acknowledged is there: under the revision that was answered, and for ever.',
  breaches: (writes, histories) => {
    const groups = new Map(histories.map((group) => [group.groupId, group]));
    return writes.flatMap(({ key, groupId, outcome, revision }) => {
      const group = groups.get(groupId);
      if (outcome !== 'done' || revision === null || !group) return [];
      // A write that changes nothing answers the revision that there is.
      return isThere(group, revision, key)
        ? []
        : [`${key} was acknowledged as revision ${revision}, and is not there`];
    });
  },
};

function isThere({ history, lost }: GroupHistory, revision: number, key: string): boolean {
  return [history, ...lost].some((each) => each.get(revision)?.key === key);
}
