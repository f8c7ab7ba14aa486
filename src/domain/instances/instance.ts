/** One running gateway: a data plane node, with what it should run and what it says it runs. */
export interface Instance {
  readonly id: string;
  readonly runtimeGroupId: string;
  readonly hostname: string;
  readonly ipAddress: string | null;
  readonly runtimeVersion: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
  readonly status: InstanceStatus;
}

/** The instances of a group that run one version of the gateway; null for those that have not said theirs. */
export interface InstanceClass {
  readonly runtimeVersion: string | null;
  readonly count: number;
  /** The first of them by name, at most ten. */
  readonly hostnames: readonly string[];
}

/** Why an instance is, or is not, in sync. Derived from facts when read; never set. */
export type SyncReason =
  'APPLIED' | 'NEVER_SEEN' | 'SYNCING' | 'LAGGING' | 'REJECTED' | 'DIVERGED' | 'OFFLINE' | 'REVOKED';

/** What the facts about an instance add up to. */
export interface InstanceStatus {
  readonly hostname: string;
  readonly connection: 'CONNECTED' | 'DISCONNECTED';
  readonly syncStatus: 'IN_SYNC' | 'OUT_OF_SYNC';
  readonly syncReason: SyncReason;
  readonly syncMessage: string;
  /** The newest revision of its group. */
  readonly targetRevision: number;
  readonly appliedRevision: number | null;
  /** What it says about the target, if it refused it. */
  readonly rejectedMessage: string | null;
}

/** A live session is told to the database this often; longer than three times that without a sign is offline. */
export const heartbeatMs = 10_000;

/** How long after a change an instance may take before it lags. */
export const objectiveMs = 30_000;

/** A replica that has not renewed its lease for this long is dead, and so are its sessions. */
export const leaseMs = 15_000;

interface Facts {
  readonly reason: SyncReason;
  readonly targetRevision: number;
  readonly appliedRevision: number | null;
  readonly rejectedMessage: string | null;
}

/** The reason in a sentence for people. */
export function syncMessage(facts: Facts): string {
  return sentences[facts.reason](facts);
}

/** Every reason there is. */
export const syncReasons = (): readonly SyncReason[] => Object.keys(sentences) as SyncReason[];

const sentences: Readonly<Record<SyncReason, (facts: Facts) => string>> = {
  APPLIED: ({ targetRevision }) => `It runs revision ${targetRevision}, the newest.`,
  NEVER_SEEN: () => 'It is enrolled, and has not connected yet.',
  SYNCING: (facts) => `It runs ${running(facts)} and is on its way to revision ${facts.targetRevision}.`,
  LAGGING: (facts) =>
    `It runs ${running(facts)} and should have reached revision ${facts.targetRevision} more than ${objectiveMs / 1000} seconds ago.`,
  REJECTED: (facts) =>
    `It refused revision ${facts.targetRevision} and still runs ${running(facts)}: ${facts.rejectedMessage ?? 'it gave no reason'}.`,
  DIVERGED: (facts) =>
    `It says that it runs ${running(facts)}, but its content is not that revision's. It must read everything again.`,
  OFFLINE: (facts) =>
    `It has not been heard of for more than ${(3 * heartbeatMs) / 1000} seconds; it ran ${running(facts)}.`,
  REVOKED: () => 'All its tokens were withdrawn, so that it gets no configuration. Make a new one for it.',
};

function running({ appliedRevision }: Facts): string {
  return appliedRevision === null ? 'no revision yet' : `revision ${appliedRevision}`;
}
