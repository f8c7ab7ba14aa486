import type { Committed } from './guarantee.js';

/** A write as its caller knows it. */
export interface WriteRecord {
  /** The idempotency key; the reason that stands in the log is the same text. */
  readonly key: string;
  readonly groupId: string;
  readonly outcome: 'done' | 'refused' | 'unknown';
  /** The revision of this log that was answered, if one was. */
  readonly revision: number | null;
}

/** What a group's stream was and is; or one that an organization has, whose id then stands for the group's. */
export interface GroupHistory {
  readonly groupId: string;
  readonly history: ReadonlyMap<number, Committed>;
  readonly lost: readonly ReadonlyMap<number, Committed>[];
}

/** A report of an instance, and what the server said to it. In the order in which they were sent. */
export interface ReportRecord {
  readonly instanceId: string;
  readonly session: number;
  /** The newest session of this instance that was open to anybody's knowledge when the report was sent. */
  readonly newestSession: number;
  readonly revision: number;
  readonly accepted: boolean;
}

/** What an instance ran. */
export interface RanRecord {
  readonly instanceId: string;
  readonly groupId: string;
  readonly revision: number;
  readonly stateHash: string;
}

/** What the server says of an instance. */
export interface ShownRecord {
  readonly instanceId: string;
  readonly syncStatus: string;
  readonly appliedRevision: number | null;
}

/** What a gateway has been found to serve; null: nothing. */
export interface ServedRecord {
  readonly gateway: string;
  readonly groupId: string;
  readonly stateHash: string | null;
}

/** How much happened in a run, and how much had to. */
export interface Activity {
  readonly what: string;
  readonly happened: number;
  readonly atLeast: number;
}

/** A promise about what was recorded beside the streams. */
export interface RecordPromise<Record> {
  readonly name: string;
  readonly promise: string;
  /** What breaks it. */
  breaches(records: readonly Record[], histories: readonly GroupHistory[]): readonly string[];
}
