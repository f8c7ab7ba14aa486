import { openClient } from '../../../src/clients/sdk/client.js';
import type { StreamMessage } from '../../../src/clients/sdk/continuity.js';
import type { SignalboxError } from '../../../src/clients/sdk/error.js';
import { TypedDocumentString } from '../../../src/clients/sdk/generated.js';
import type { Stream as SdkStream, StreamEvent } from '../../../src/clients/sdk/stream.js';
import type { StreamTiming } from '../../../src/clients/sdk/timing.js';
import { eventually } from '../../kit/eventually.js';
import { messageOf, type Stream } from '../../kit/streams.js';
import { cursorAfter, type Message, type Trace, type TraceEntry } from '../../kit/trace.js';

/** As clients have it, but that all waits are short: a run has many faults. */
const timing: Partial<StreamTiming> = {
  ...{ firstWindowMs: 100, windowCapMs: 2_000, refusedMs: 1_000, replacedMs: 2_000 },
  ...{ keepAliveMs: 4_000, pongTimeoutMs: 6_000, handshakeMs: 5_000 },
};

export interface ObserverOptions {
  readonly name: string;
  readonly origin: string;
  readonly token: string;
  readonly stream: Stream;
  /** Called with every message, in order. */
  readonly hear?: (message: Message) => void;
}

/** Somebody who follows a stream through the client of the SDK, whatever happens, and keeps what it is told. */
export class Observer {
  readonly entries: TraceEntry[] = [];
  readonly times: number[] = [];
  /** What the client itself found to be out of order, and did not hand on. */
  readonly disorders: string[] = [];
  resumes = 0;
  /** How many connections it has had. */
  connections = 0;
  /** True while it has one, as far as it knows. */
  isConnected = false;
  /** How often another process took its place. */
  replacements = 0;
  /** Why the server let it in no more, if it did not. */
  refusal: SignalboxError | undefined;
  allowedUntil: number | undefined;
  /** True when it has left, or was refused: it does not come to the end. */
  isOver = false;
  /** Why it was interrupted last. */
  private trouble = 'never interrupted';
  private cursor: string | null = null;
  private newest = 0;
  private readonly left = new AbortController();
  private readonly followed: Promise<void>;

  /** Begins at once; with another observer, where that one has come to. */
  constructor(
    private readonly options: ObserverOptions,
    before?: Observer,
  ) {
    if (before) this.takeOver(before);
    this.followed = this.follow();
  }

  get name(): string {
    return this.options.name;
  }

  /** The newest revision that it knows. */
  get revision(): number {
    return this.newest;
  }

  /** Where it is. */
  get at(): string | null {
    return this.cursor;
  }

  trace(): Trace {
    const { entries, times, allowedUntil } = this;
    const what = { observer: this.options.name, of: this.options.stream.of, entries, times };
    return allowedUntil === undefined ? what : { ...what, allowedUntil };
  }

  /** Resolves when it has been told a revision, or a later one; or when a right has ended that was to end. */
  reaches(revision: number, deadlineMs = 60_000): Promise<unknown> {
    return eventually(() => {
      if (this.newest >= revision || (this.isOver && this.allowedUntil !== undefined)) return true;
      throw new Error(
        `${this.name} is at revision ${this.newest}, and ${revision} is there. ${this.standing}`,
      );
    }, deadlineMs);
  }

  /** What it was told last, and what interrupted it last. */
  get standing(): string {
    return `Last: ${this.entries.slice(-6).map(saidOf).join(', ')}; ${this.refusal?.message ?? this.trouble}`;
  }

  /** Resolves when the server has refused it. */
  refused(deadlineMs: number): Promise<SignalboxError> {
    return eventually(() => this.refusal ?? false, deadlineMs);
  }

  async leave(): Promise<void> {
    this.left.abort();
    await this.followed;
  }

  private takeOver({ entries, times, cursor, newest }: Observer): void {
    this.entries.push(...entries);
    this.times.push(...times);
    Object.assign(this, { cursor, newest });
  }

  private async follow(): Promise<void> {
    const { origin, token, stream } = this.options;
    const client = openClient({ endpoint: `${origin}/graphql`, token, timing });
    const document = new TypedDocumentString<Record<string, StreamMessage>, { after?: string | null }>(
      stream.query,
    );
    const onEvent = (event: StreamEvent): void => this.noteEvent(event);
    const options = { signal: this.left.signal, onEvent, isFeed: stream.of === 'changes' };
    const variables = { ...stream.variables, after: this.cursor };
    const messages = client.stream(document, variables, options) as unknown as SdkStream<never>;
    try {
      for await (const message of messages) this.hear(messageOf(message));
    } catch (error) {
      this.refusal = error as SignalboxError;
    }
    this.isOver = true;
    this.note({ is: 'closed' });
  }

  private hear(message: Message): void {
    if (message.is === 'snapshot' && message.part === message.parts) this.newest = message.revision ?? 0;
    if (message.is === 'fold') this.newest = message.revision;
    if (message.is === 'delta') this.newest = message.revisions.at(-1)?.revision ?? this.newest;
    if (message.is === 'resync') this.newest = 0;
    this.note(message);
    this.options.hear?.(message);
  }

  private noteEvent(event: StreamEvent): void {
    this.isConnected = event.is === 'connected';
    if (event.is === 'connected') {
      this.connections += 1;
      if (this.cursor !== null) this.resumes += 1;
      this.note({ is: 'opened', after: this.cursor });
      return;
    }
    this.trouble = event.message;
    if (event.why === 'disorder') this.disorders.push(event.message);
    if (event.why === 'replaced') this.replacements += 1;
    if (this.entries.at(-1)?.is !== 'closed') this.note({ is: 'closed' });
  }

  private note(entry: TraceEntry): void {
    this.cursor = cursorAfter(this.cursor, entry);
    this.entries.push(entry);
    this.times.push(performance.timeOrigin + performance.now());
  }
}

/** An entry in a few words, for people who look for what went wrong. */
function saidOf(entry: TraceEntry): string {
  if (entry.is === 'opened') return entry.after === null ? 'opened without a cursor' : 'opened with a cursor';
  if (entry.is === 'resync') return `resync ${entry.reason}`;
  return entry.is === 'bookmark' ? `bookmark at ${entry.headRevision}` : entry.is;
}
