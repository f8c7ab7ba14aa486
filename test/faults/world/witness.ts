import type { JsonObject } from '../../../src/foundation/kernel/json.js';
import type { StreamKey } from '../../../src/foundation/commands/command.js';
import { readRevisions } from '../../../src/domain/event-log/event-log.store.js';
import { emptyHead, NextHead, type Revision } from '../../../src/domain/event-log/revision.js';
import type { Committed } from '../../guarantees/guarantee.js';
import type { GroupHistory } from '../../guarantees/records.js';
import type { Cluster } from './cluster.js';

/** Reads the log of groups past every replica, before anything of it can be forgotten or lost, and keeps all of it. */
export class Witness {
  /** Where the hash chain does not hold. */
  readonly broken: string[] = [];
  events = 0;
  private readonly groups = new Map<string, Group>();
  /** One reads at a time. */
  private reading: Promise<void> = Promise.resolve();

  constructor(private readonly cluster: () => Cluster) {}

  /** From now on this group is looked at. */
  follow(groupId: string): void {
    this.groups.set(groupId, {
      history: new Map(),
      lost: [],
      hashes: new Map([[0, emptyHead.hash]]),
      head: 0,
    });
  }

  /** Nobody asks for this group any more. */
  forget(groupId: string): void {
    this.groups.delete(groupId);
  }

  history(groupId: string): GroupHistory {
    const { history, lost } = this.known(groupId);
    return { groupId, history, lost };
  }

  head(groupId: string): number {
    return this.known(groupId).head;
  }

  /** The chain's hash at a revision. */
  hashAt(groupId: string, revision: number): Buffer {
    return this.known(groupId).hashes.get(revision) ?? emptyHead.hash;
  }

  /** Reads all that is there by now. */
  catchUp(): Promise<void> {
    const read = this.reading.then(async () => {
      for (const groupId of this.groups.keys()) await this.readOn(groupId);
    });
    this.reading = read.catch(() => undefined);
    return read;
  }

  /** Another database is there now: what it does not have is lost. Answers how many revisions that are. */
  async rewind(): Promise<number> {
    let count = 0;
    for (const [groupId, group] of this.groups) {
      const head = await this.headNow(groupId);
      const gone = new Map([...group.history].filter(([revision]) => revision > head));
      for (const revision of gone.keys()) group.history.delete(revision);
      if (gone.size > 0) group.lost.push(gone);
      group.head = Math.min(group.head, head);
      count += gone.size;
    }
    return count;
  }

  private async headNow(groupId: string): Promise<number> {
    const rows = await this.cluster().query<{ revision: string }>(
      `select revision from stream_head where topic = 'config' and scope_id = $1`,
      [groupId],
    );
    return Number(rows[0]?.revision ?? 0);
  }

  private async readOn(groupId: string): Promise<void> {
    const group = this.known(groupId);
    const stream: StreamKey = { topic: 'config', scopeId: groupId };
    const cluster = this.cluster();
    const reader = {
      rows: <Row>({ text }: { text: string }, values: readonly unknown[] = []) =>
        cluster.query<Row & object>(text, values),
    };
    for (;;) {
      const revisions = await readRevisions(reader, stream, { after: group.head, limit: 200 });
      if (revisions.length === 0) return;
      for (const revision of revisions) this.note(groupId, group, revision);
    }
  }

  private note(groupId: string, group: Group, revision: Revision): void {
    const { events, hash, stateHash } = revision;
    if (revision.revision !== group.head + 1)
      this.broken.push(`revision ${revision.revision} of ${groupId} follows on ${group.head}`);
    const before = group.hashes.get(group.head) ?? emptyHead.hash;
    const due = new NextHead({ revision: group.head, hash: before, stateHash });
    for (const event of events) due.add(event);
    if (!due.with(stateHash).hash.equals(hash))
      this.broken.push(`revision ${revision.revision} of ${groupId} has another hash than its content`);
    group.head = revision.revision;
    group.hashes.set(revision.revision, hash);
    group.history.set(revision.revision, committedOf(revision));
    this.events += events.length;
  }

  private known(groupId: string): Group {
    const group = this.groups.get(groupId);
    if (!group) throw new Error(`Nobody looks at group ${groupId}.`);
    return group;
  }
}

interface Group {
  readonly history: Map<number, Committed>;
  readonly lost: ReadonlyMap<number, Committed>[];
  readonly hashes: Map<number, Buffer>;
  head: number;
}

function committedOf({ hash, stateHash, at, reason, events }: Revision): Committed {
  return {
    ...{ hash: hash.toString('hex'), stateHash: stateHash.toString('hex'), at: at.getTime(), key: reason },
    changes: events.map(({ subjectId: id, after }) => ({ id, after: (after ?? null) as JsonObject | null })),
  };
}
