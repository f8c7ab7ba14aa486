import type { Selection } from '../event-log/index.js';
import type { InstanceStatus } from './instance.js';

/** Which instances somebody follows: those whose status has, for each list that is given, one of its values. */
export interface StatusFilter {
  readonly connections?: readonly string[] | null;
  readonly syncStatuses?: readonly string[] | null;
  readonly syncReasons?: readonly string[] | null;
}

/** What a filter selects. Nothing, where all instances are meant. */
export function statusSelection(filter: StatusFilter): Selection | undefined {
  const { connections = null, syncStatuses = null, syncReasons = null } = filter;
  const lists = [connections, syncStatuses, syncReasons];
  if (lists.every((list) => list === null)) return undefined;
  return {
    key: JSON.stringify(lists.map((list) => list && [...new Set(list)].sort())),
    has: (_kind, document) => {
      const { connection, syncStatus, syncReason } = document as unknown as InstanceStatus;
      const values = [connection, syncStatus, syncReason];
      return lists.every((list, index) => list?.includes(values[index] ?? '') ?? true);
    },
  };
}
