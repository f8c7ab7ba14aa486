import { topics, type StreamHead, type StreamKey } from '../../foundation/commands/command.js';
import type { PeriodicJob } from '../../foundation/jobs/periodic.js';
import { systemClock } from '../../foundation/kernel/clock.js';
import type { JsonObject } from '../../foundation/kernel/json.js';
import type { Logger } from '../../foundation/log/log.js';
import type { Database, Transaction } from '../../foundation/postgres/database.js';
import type { Signals } from '../../foundation/postgres/signals.js';
import {
  appendNumbered,
  emptyHead,
  findBehind,
  findUnnumbered,
  forgetEnded,
  lockHead,
  nextHead,
  numberedAtOnce,
  numberedEvent,
  streamName,
  type Numbered,
  type Unnumbered,
} from '../event-log/index.js';
import { changesStream } from './changes-stream.js';
import { contentsOf, type Content } from './context.js';

/** Whether a hint was lost is looked after this often. */
const lookOverMs = 1_000;

/** A replica that has not looked over all for this long may no longer be the one that does. */
const leadMs = 3 * lookOverMs;

/**
 * Gives everything that is committed in an organization its place in one order: the revisions of all its streams, each
 * once, those of one stream in their order. It comes after the commit, so that no write waits for it; it locks the head of
 * the order alone, and finds what is new by comparing where each stream stands with how far it is numbered. One replica
 * does it for all; two that do it at once wait for each other, and the second finds nothing left.
 */
export class Sequencer {
  /** Looks over all streams. Whoever does this answers the hints, too. */
  readonly job: PeriodicJob = {
    name: 'changes.number',
    everyMs: lookOverMs,
    run: (stop) => {
      this.leadsUntil = systemClock.monotonic() + leadMs;
      return this.enqueue(() => this.look(stop));
    },
  };

  private leadsUntil = 0;
  private readonly due = new Map<string, StreamKey>();
  private working: Promise<void> = Promise.resolve();
  private answering = false;
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly signals: Pick<Signals, 'send' | 'listen'>,
    private readonly log: Logger,
  ) {}

  listen(): void {
    this.signals.listen((names) => this.hint(names ?? []));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.working;
  }

  private hint(names: readonly string[]): void {
    if (systemClock.monotonic() > this.leadsUntil) return;
    for (const name of names) {
      const stream = streamIn(name);
      if (stream) this.due.set(name, stream);
    }
    if (this.due.size === 0 || this.answering) return;
    this.answering = true;
    void this.enqueue(async () => {
      this.answering = false;
      const streams = [...this.due.values()];
      this.due.clear();
      await this.look(undefined, streams);
    });
  }

  private enqueue(work: () => Promise<void>): Promise<void> {
    this.working = this.working.then(async () => {
      if (this.stopped) return;
      await work().catch((error: unknown) =>
        this.log.warn({ err: error }, 'could not number what has changed; trying again in a second'),
      );
    });
    return this.working;
  }

  private async look(stop?: AbortSignal, streams?: readonly StreamKey[]): Promise<void> {
    for (const { organizationId, someEnded } of await findBehind(this.database, streams)) {
      let numbered = numberedAtOnce;
      while (numbered === numberedAtOnce && !this.stopped && !stop?.aborted)
        numbered = await this.numberSome(organizationId);
      if (someEnded) await this.database.transaction((tx) => forgetEnded(tx, organizationId));
    }
  }

  private async numberSome(organizationId: string): Promise<number> {
    const stream = changesStream({ organizationId });
    const count = await this.database.transaction(async (tx) => {
      const head = await lockHead(tx, stream);
      if (!head) return 0;
      const found = await findUnnumbered(tx, organizationId);
      await appendNumbered(tx, organizationId, await numbersFrom(tx, head, found));
      return found.length;
    });
    if (count > 0) this.signals.send(streamName(stream));
    return count;
  }
}

async function numbersFrom(
  tx: Transaction,
  from: StreamHead,
  found: readonly Unnumbered[],
): Promise<Numbered[]> {
  const contents = await contentsOf(tx, found);
  let head = from;
  return found.map((of, index) => {
    const content = contents[index] as Content & JsonObject;
    head = nextHead(head, [eventOf(of, content)], emptyHead.stateHash);
    return { of, head, content };
  });
}

/** What the chain's hash covers: the hash of the revision among it, and so all that the revision says. */
function eventOf({ stream }: Unnumbered, after: JsonObject) {
  const { topic: kind, scopeId: subjectId } = stream;
  return { type: numberedEvent, kind, subjectId, operation: 'CREATED', before: null, after } as const;
}

const numberedTopics: ReadonlySet<string> = new Set(topics.filter((topic) => topic !== 'changes'));

function streamIn(name: string): StreamKey | undefined {
  const [topic = '', scopeId = ''] = name.split('/');
  return numberedTopics.has(topic) ? { topic: topic as StreamKey['topic'], scopeId } : undefined;
}
