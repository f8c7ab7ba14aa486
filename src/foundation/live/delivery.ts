import type { Payload } from './executions.js';
import type { InFlight } from './in-flight.js';
import type { Outlet } from './outlet.js';
import { streamEnd, type Stream } from './stream.js';

/** What is smaller counts for nothing among what is on its way. */
const largeBytes = 16 * 1024;

/** Who takes note of what is sent. */
export interface SendingNotes {
  /** Told how many bytes of streams are sent. */
  readonly countBytes: (by: number) => void;
  readonly inFlight: InFlight;
}

/**
 * A stream on its way to a socket. Messages go there directly, one when the one before has left; to the protocol's library
 * this is an iterable without items, which ends when the stream does.
 */
export class Delivery implements AsyncIterableIterator<never, undefined> {
  private outlet: Outlet | undefined;
  private head = '';
  private isSending = false;
  /** To be called when something large has left. */
  private landed: (() => void) | undefined;
  private end: ((end: typeof streamEnd) => void) | undefined;
  private fail: ((error: unknown) => void) | undefined;

  constructor(
    private readonly stream: Stream<Payload>,
    private readonly notes: SendingNotes,
  ) {}

  /** Says where to: the way out to a socket, and the id of the operation there. */
  to(outlet: Outlet, id: string): void {
    this.outlet = outlet;
    this.head = `{"id":${asciiJson(id)},"type":"next","payload":`;
  }

  /** Begins. Resolves when the stream has ended; rejects with what broke it. */
  next(): Promise<IteratorResult<never, undefined>> {
    return new Promise((resolve, reject) => {
      this.end = resolve;
      this.fail = reject;
      this.pump();
    });
  }

  async return(): Promise<IteratorResult<never, undefined>> {
    this.finish();
    this.land();
    await this.stream.return();
    return streamEnd;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private readonly pump = (): void => {
    if (this.isSending || !this.end) return;
    try {
      const taken = this.stream.take(this.pump);
      if (taken?.done) this.finish();
      else if (taken) this.send(taken.value.ending);
    } catch (error) {
      const { fail } = this;
      this.end = undefined;
      fail?.(error);
    }
  };

  /** A socket that is closing takes nothing; its operations are about to end. */
  private send(ending: Buffer): void {
    const { outlet, head } = this;
    if (!outlet?.isOpen) return;
    this.isSending = true;
    this.notes.countBytes(head.length + ending.length);
    if (ending.length >= largeBytes) this.landed = this.notes.inFlight.add(ending);
    outlet.sendShared(head, ending, this.sent);
  }

  private readonly sent = (): void => {
    this.outlet?.left();
    this.isSending = false;
    this.land();
    this.pump();
  };

  private land(): void {
    this.landed?.();
    this.landed = undefined;
  }

  private finish(): void {
    this.end?.(streamEnd);
    this.end = undefined;
  }
}

/** The same text to whoever reads it as JSON, in characters that are a byte each. */
function asciiJson(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
