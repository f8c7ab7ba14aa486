import { largestPageSize } from '../../foundation/postgres/list-page.js';
import type { SyncReason } from './instance.js';

/**
 * Which instances a revision has to reach. `PRESENT`, unless another is asked for: those that were there when the
 * revision was committed, or came since. So an instance that fell silent with the new configuration is waited for, and
 * one that was gone long before is not (docs/barrier.md).
 */
export type RequiredInstances = 'CONNECTED' | 'PRESENT' | 'ALL';

/** Who runs a revision of a group? */
export interface AppliedQuestion {
  readonly runtimeGroupId: string;
  readonly revision: number;
  readonly required: RequiredInstances;
}

/** An instance that a revision has not reached, with the reason that its status gives. */
export interface MissingInstance {
  readonly runtimeInstanceId: string;
  readonly hostname: string;
  readonly appliedRevision: number | null;
  readonly syncReason: SyncReason;
  readonly syncMessage: string;
  /** Since when the reason holds. */
  readonly since: Date;
}

/** How far a revision has come. */
export interface AppliedStatus extends AppliedQuestion {
  /** True if at least one instance counts, and all that count run the revision or a later one. */
  readonly everywhere: boolean;
  /** Null for revision 0, and for one that is no longer kept. */
  readonly committedAt: Date | null;
  /** Null while it is not everywhere. */
  readonly everywhereSince: Date | null;
  readonly totalCount: number;
  readonly appliedCount: number;
  readonly missingCount: number;
  readonly missingByReason: readonly { readonly syncReason: SyncReason; readonly count: number }[];
  /** Those that have been missing the longest, at most `maxMissing`. */
  readonly missing: readonly MissingInstance[];
}

/** How many missing instances are named at most. */
export const maxMissing = largestPageSize;
