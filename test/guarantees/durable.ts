import type { GroupHistory, RecordPromise, WriteRecord } from './records.js';

/** What an operator has lost, by putting an older state of the database in place, is known and excepted. */
export const durable: RecordPromise<WriteRecord> = {
  name: 'durable',
  promise: 'What was acknowledged is there: under the revision that was answered, and for ever.',
  breaches: (writes, histories) => {
    const groups = new Map(histories.map((group) => [group.groupId, group]));
    return writes.flatMap(({ key, groupId, outcome, revision }) => {
      const group = groups.get(groupId);
      if (outcome !== 'done' || !group || isThere(group, revision, key)) return [];
      return [`${key} was acknowledged as revision ${revision ?? 'that is not told'}, and is not there`];
    });
  },
};

/** Where no revision of this log was answered, it may be any. */
function isThere({ history, lost }: GroupHistory, revision: number | null, key: string): boolean {
  return [history, ...lost].some((each) =>
    revision === null
      ? [...each.values()].some((committed) => committed.key === key)
      : each.get(revision)?.key === key,
  );
}
