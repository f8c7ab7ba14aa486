import type { ChangeCounts, FirstChange } from './summary.js';

/** A revision of a group's configuration, as its history lists it. */
export interface RevisionRecord {
  readonly runtimeGroupId: string;
  readonly revision: number;
  readonly at: Date;
  readonly actor: { readonly id: string; readonly name: string };
  readonly command: string;
  readonly reason: string | null;
  readonly restoredRevision: number | null;
  readonly hash: string;
  readonly stateHash: string;
  readonly counts: ChangeCounts;
  readonly first: FirstChange | null;
}

/** Whose history is listed, and up to where. */
export interface HistoryOf {
  readonly runtimeGroupId: string;
  /** Null: up to the newest revision. */
  readonly upTo: number | null;
}

/** A revision of a group. */
export type RevisionOf = Pick<RevisionRecord, 'runtimeGroupId' | 'revision'>;
