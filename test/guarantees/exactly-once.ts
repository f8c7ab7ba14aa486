import type { GroupHistory, RecordPromise, WriteRecord } from './records.js';

/** A write is known in the log by its key. */
export const exactlyOnce: RecordPromise<WriteRecord> = {
  name: 'exactly-once',
  promise: 'A write happens at most once, however often it is repeated with its key; a refused one never.',
  breaches: (writes, histories) => {
    const counts = new Map(histories.map((group) => [group.groupId, countKeys(group)]));
    return writes.flatMap(({ key, groupId, outcome }) => {
      const times = counts.get(groupId)?.get(key) ?? 0;
      if (times > 1) return [`${key} happened ${times} times`];
      return times === 1 && outcome === 'refused' ? [`${key} was refused, and happened`] : [];
    });
  },
};

function countKeys({ history }: GroupHistory): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { key } of history.values()) if (key != null) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
