import type {
  ConfigChangesSubscription,
  InstanceStatusFragment,
  SyncStatusSubscription,
} from '../sdk/generated.js';
import type { Delivered } from '../sdk/stream.js';

type ConfigMessage = Delivered<ConfigChangesSubscription['configChanges']>;
type StatusMessage = Delivered<SyncStatusSubscription['syncStatus']>;

/** How long one revision took. */
export interface Passage {
  readonly revision: number;
  /** From the commit until every instance was known to run it. */
  readonly tookMs: number;
}

/** What is known of the fleet from its streams: who runs what, and how long each revision took to be everywhere. */
export class Board {
  private readonly statuses = new Map<string, InstanceStatusFragment>();
  private readonly underWay = new Map<number, number>();
  private readonly done: Passage[] = [];
  private head = 0;

  /** How many instances the fleet has; before they are all there, no revision is everywhere. */
  constructor(private readonly size: number) {}

  /** All instances, by name. */
  get instances(): readonly InstanceStatusFragment[] {
    return [...this.statuses.values()].sort((a, b) => a.hostname.localeCompare(b.hostname));
  }

  /** The newest revision that was committed. */
  get revision(): number {
    return this.head;
  }

  get passages(): readonly Passage[] {
    return this.done;
  }

  takeConfig(message: ConfigMessage): void {
    if (message.__typename === 'ConfigSnapshot' || message.__typename === 'ConfigFold')
      this.head = message.revision;
    if (message.__typename !== 'ConfigDelta') return;
    for (const { revision, at } of message.revisions) {
      this.head = revision;
      this.underWay.set(revision, new Date(at).getTime());
    }
  }

  /** Answers the revisions that are everywhere now, and were not before. */
  takeStatus(message: StatusMessage, now: Date): readonly Passage[] {
    if (message.__typename === 'SyncStatusSnapshot') this.put(message.instances);
    if (message.__typename === 'SyncStatusDelta') this.put(message.changes);
    return this.settle(now);
  }

  private put(statuses: readonly InstanceStatusFragment[]): void {
    for (const status of statuses) {
      if (status.removed) this.statuses.delete(status.runtimeInstanceId);
      else this.statuses.set(status.runtimeInstanceId, status);
    }
  }

  private settle(now: Date): readonly Passage[] {
    if (this.statuses.size < this.size) return [];
    const everywhere = Math.min(...this.instances.map(({ appliedRevision }) => appliedRevision ?? 0));
    const arrived = [...this.underWay].filter(([revision]) => revision <= everywhere);
    const passages = arrived.map(([revision, at]) => ({ revision, tookMs: Math.max(0, now.getTime() - at) }));
    for (const { revision } of passages) this.underWay.delete(revision);
    this.done.push(...passages);
    return passages;
  }
}
