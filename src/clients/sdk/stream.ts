import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '../../foundation/kernel/clock.js';
import { Continuity, type StreamMessage } from './continuity.js';
import { SignalboxError } from './error.js';
import type { StatedEntity } from './hashed-set.js';
import { StateCheck } from './state-check.js';
import { aboutMs, fullJitter, type StreamTiming } from './timing.js';

/** Everything but the server's goodbyes, which the stream acts on itself. */
export type Delivered<Message> = Exclude<Message, { readonly __typename: 'Goodbye' }>;

/**
 * A subscription that outlives its connections: it connects again for ever, from where it was, and delivers everything
 * once and in order. A snapshot replaces all that came before it. Read by one reader, once.
 *
 * Of a configuration that is followed whole, it checks that what it delivers adds up to the server's hash of the state, and
 * begins anew with a snapshot where it does not: what leads elsewhere is not delivered. For that the document must ask for
 * `stateHash`, for `kind`, `id` and `document` of entities, and for `kind`, `id` and `after` of changes.
 */
export interface Stream<Message> extends AsyncIterable<Delivered<Message>> {
  /** Drops the connection and the cursor: the next message is a snapshot. For a reader whose copy turned out wrong. */
  restart(reason: string): void;
}

/** What becomes of a stream's connections, for whoever watches it. */
export type StreamEvent =
  | { readonly is: 'connected' }
  | {
      readonly is: 'disconnected';
      readonly why:
        'interrupted' | 'refused' | 'draining' | 'replaced' | 'disorder' | 'diverged' | 'restarted';
      readonly message: string;
      readonly retryInMs: number;
      /** The failure, where there was one. */
      readonly error?: SignalboxError;
    };

export interface StreamOptions {
  /** Ends the stream, without an error, within the time that closing in good order takes. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: StreamEvent) => void;
  /** True: the stream has no state, and no snapshots: its bookmarks alone say where it begins. Default: false. */
  readonly isFeed?: boolean;
  /** The entities that the cursor stands for, of a configuration: then what follows on it can be checked at once. */
  readonly known?: Iterable<StatedEntity>;
  /**
   * What to do when the server refuses, rather than fails: `throw`, for whoever can do something about it; or `retry`,
   * slowly and for ever, for a process that nobody watches. Default: `throw`.
   */
  readonly refusals?: 'throw' | 'retry';
}

/** What a stream is made of. */
export interface StreamParts<Message> {
  /** Opens one connection that continues after a cursor, and reads it until it ends. */
  readonly connect: (
    after: string | null,
    accepted: () => void,
    signal: AbortSignal,
  ) => AsyncIterable<Message>;
  readonly after: string | null;
  /** True: the stream has no state, and no snapshots. */
  readonly isFeed: boolean;
  readonly timing: StreamTiming;
  readonly options: StreamOptions;
}

/** A stream over connections. Nothing is opened before it is read. */
export function openStream<Message extends StreamMessage>(parts: StreamParts<Message>): Stream<Message> {
  return new ResumingStream(parts);
}

/** Why a connection is over. */
type Ending = Omit<Extract<StreamEvent, { is: 'disconnected' }>, 'is' | 'retryInMs'> & {
  readonly retryAfterMs?: number;
};

class ResumingStream<Message extends StreamMessage> implements Stream<Message> {
  private readonly continuity: Continuity;
  private readonly stateCheck: StateCheck;
  private connection = new AbortController();
  private restartReason: string | undefined;
  private failures = 0;
  private ending: Ending | undefined;

  constructor(private readonly parts: StreamParts<Message>) {
    this.continuity = new Continuity(parts.after, parts.isFeed);
    this.stateCheck = new StateCheck(parts.options.known);
  }

  restart(reason: string): void {
    this.restartReason = reason;
    this.connection.abort();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Delivered<Message>, void> {
    const { signal } = this.parts.options;
    while (!signal?.aborted) {
      const began = systemClock.monotonic();
      yield* this.oneConnection();
      if (signal?.aborted) return;
      await this.pause(this.ending ?? restarted(this.restartReason), systemClock.monotonic() - began);
    }
  }

  private async *oneConnection(): AsyncGenerator<Delivered<Message>, void> {
    this.begin();
    try {
      for await (const message of this.connect()) {
        this.ending = this.judge(message);
        if (this.ending) return;
        yield message as Delivered<Message>;
        if (this.restartReason !== undefined) break;
      }
    } catch (error) {
      this.ending = this.endingOf(error);
    }
    if (this.restartReason !== undefined) this.forget();
  }

  /** The next connection begins with a snapshot. */
  private forget(): void {
    this.continuity.forget();
    this.stateCheck.forget();
  }

  private begin(): void {
    this.connection = new AbortController();
    this.restartReason = undefined;
    this.ending = undefined;
    this.continuity.begin();
  }

  private connect(): AsyncIterable<Message> {
    const { connect, options } = this.parts;
    const signals = [this.connection.signal, ...(options.signal ? [options.signal] : [])];
    const accepted = (): void => options.onEvent?.({ is: 'connected' });
    return connect(this.continuity.cursor, accepted, AbortSignal.any(signals));
  }

  /** Decides whether a message ends the connection. */
  private judge(message: Message): Ending | undefined {
    if (message.__typename === 'Goodbye') {
      const { cause, retryAfterMs, message: said } = message;
      return { why: cause === 'REPLACED' ? 'replaced' : 'draining', message: said, retryAfterMs };
    }
    const disorder = this.continuity.admit(message);
    if (disorder !== undefined) return this.startOver('disorder', `The stream lost its order: ${disorder}.`);
    const divergence = this.stateCheck.admit(message);
    return divergence === undefined ? undefined : this.startOver('diverged', divergence);
  }

  private startOver(why: 'disorder' | 'diverged', because: string): Ending {
    this.forget();
    return { why, message: `${because} Starting over with a snapshot.` };
  }

  private endingOf(error: unknown): Ending {
    if (!(error instanceof SignalboxError)) throw error;
    // A cursor that the server does not take will not get better.
    if (error.code === 'STREAM_CURSOR_INVALID') this.forget();
    else if (!error.retryable && this.parts.options.refusals !== 'retry') throw error;
    return { why: error.retryable ? 'interrupted' : 'refused', message: error.message, error };
  }

  private async pause(ending: Ending, lastedMs: number): Promise<void> {
    const { timing, options } = this.parts;
    if (lastedMs >= timing.steadyMs) this.failures = 0;
    const { retryAfterMs, ...event } = ending;
    const retryInMs = this.retryInMs(ending.why, retryAfterMs ?? 0);
    options.onEvent?.({ is: 'disconnected', ...event, retryInMs });
    await wait(retryInMs, undefined, options.signal && { signal: options.signal }).catch(() => undefined);
  }

  private retryInMs(why: Ending['why'], retryAfterMs: number): number {
    const { timing } = this.parts;
    if (why === 'draining') return aboutMs(retryAfterMs);
    if (why === 'replaced') return aboutMs(Math.max(retryAfterMs, timing.replacedMs));
    if (why === 'refused') return aboutMs(timing.refusedMs);
    this.failures += 1;
    return fullJitter(this.failures - 1, timing);
  }
}

function restarted(reason = 'The server completed the stream.'): Ending {
  return { why: 'restarted', message: reason };
}
