import type { JsonObject } from '../../../src/foundation/kernel/json.js';
import type { StreamKey } from '../../../src/foundation/commands/command.js';
import { readRevisions } from '../../../src/domain/event-log/event-log.store.js';
import { emptyHead, NextHead, streamName, type Revision } from '../../../src/domain/event-log/revision.js';
import type { Committed } from '../../guarantees/guarantee.js';
import type { GroupHistory } from '../../guarantees/records.js';
import type { Cluster } from './cluster.js';

/** Which log of something is looked at: the configuration of a group, or one that the organization has once. */
type Topic = Extract<StreamKey['topic'], 'config' | 'services' | 'changes'>;

/** Reads logs past every replica, before anything of them can be forgotten or lost, and keeps all of it. */
export class Witness {
  /** Where the hash chain does not hold. */
  readonly broken: string[] = [];
  events = 0;
  private readonly logs = new Map<string, Log>();
  /** One reads at a time. */
  private reading: Promise<void> = Promise.resolve();

  constructor(private readonly cluster: () => Cluster) {}

  /** From now on this log is looked at. */
  follow(scopeId: string, topic: Topic = 'config'): void {
    const stream: StreamKey = { topic, scopeId };
    this.logs.set(streamName(stream), {
      stream,
      history: new Map(),
      lost: [],
      hashes: new Map([[0, emptyHead.hash]]),
      head: 0,
    });
  }

  /** Nobody asks for this group any more. */
  forget(groupId: string): void {
    this.logs.delete(streamName({ topic: 'config', scopeId: groupId }));
  }

  history(scopeId: string, topic: Topic = 'config'): GroupHistory {
    const { history, lost } = this.known(scopeId, topic);
    return { groupId: scopeId, history, lost };
  }

  head(scopeId: string, topic: Topic = 'config'): number {
    return this.known(scopeId, topic).head;
  }

  /** The chain's hash at a revision of a group's configuration. */
  hashAt(groupId: string, revision: number): Buffer {
    return this.known(groupId).hashes.get(revision) ?? emptyHead.hash;
  }

  /** Reads all that is there by now. */
  catchUp(): Promise<void> {
    const read = this.reading.then(async () => {
      for (const log of this.logs.values()) await this.readOn(log);
    });
    this.reading = read.catch(() => undefined);
    return read;
  }

  /** Another database is there now: what it does not have is lost. Answers how many revisions of groups that are. */
  async rewind(): Promise<number> {
    let count = 0;
    for (const log of this.logs.values()) {
      const head = await this.headNow(log);
      const gone = new Map([...log.history].filter(([revision]) => revision > head));
      for (const revision of gone.keys()) log.history.delete(revision);
      if (gone.size > 0) log.lost.push(gone);
      log.head = Math.min(log.head, head);
      if (log.stream.topic === 'config') count += gone.size;
    }
    return count;
  }

  private async headNow({ stream: { topic, scopeId } }: Log): Promise<number> {
    const rows = await this.cluster().query<{ revision: string }>(
      'select revision from stream_head where topic = $1 and scope_id = $2',
      [topic, scopeId],
    );
    return Number(rows[0]?.revision ?? 0);
  }

  private async readOn(log: Log): Promise<void> {
    const cluster = this.cluster();
    const reader = {
      rows: <Row>({ text }: { text: string }, values: readonly unknown[] = []) =>
        cluster.query<Row & object>(text, values),
    };
    for (;;) {
      const revisions = await readRevisions(reader, log.stream, { after: log.head, limit: 200 });
      if (revisions.length === 0) return;
      for (const revision of revisions) this.note(log, revision);
    }
  }

  private note(log: Log, revision: Revision): void {
    const { events, hash, stateHash } = revision;
    const name = streamName(log.stream);
    if (revision.revision !== log.head + 1)
      this.broken.push(`revision ${revision.revision} of ${name} follows on ${log.head}`);
    const before = log.hashes.get(log.head) ?? emptyHead.hash;
    const due = new NextHead({ revision: log.head, hash: before, stateHash });
    for (const event of events) due.add(event);
    if (!due.with(stateHash).hash.equals(hash))
      this.broken.push(`revision ${revision.revision} of ${name} has another hash than its content`);
    log.head = revision.revision;
    log.hashes.set(revision.revision, hash);
    log.history.set(revision.revision, committedOf(revision));
    if (log.stream.topic === 'config') this.events += events.length;
  }

  private known(scopeId: string, topic: Topic = 'config'): Log {
    const name = streamName({ topic, scopeId });
    const log = this.logs.get(name);
    if (!log) throw new Error(`Nobody looks at ${name}.`);
    return log;
  }
}

interface Log {
  readonly stream: StreamKey;
  readonly history: Map<number, Committed>;
  readonly lost: ReadonlyMap<number, Committed>[];
  readonly hashes: Map<number, Buffer>;
  head: number;
}

function committedOf({ hash, stateHash, at, reason, events }: Revision): Committed {
  return {
    ...{ hash: hash.toString('hex'), stateHash: stateHash.toString('hex'), at: at.getTime(), key: reason },
    changes: events.map(({ subjectId: id, kind, after }) => ({
      ...{ id, kind, after: (after ?? null) as JsonObject | null },
    })),
  };
}
