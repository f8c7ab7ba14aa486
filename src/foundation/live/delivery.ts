import type { WebSocket } from 'ws';
import type { Meter } from '../metrics/meter.js';
import type { Payload } from './executions.js';
import type { SlowReaders } from './slow-readers.js';
import { streamEnd, type Stream } from './stream.js';

const noLabels = {};

/** A larger payload is sent as a frame of its own, which all its receivers share. */
const sharedFrameBytes = 16 * 1024;

/**
 * A stream on its way to a socket. Messages go there directly, one when the one before has left; to the protocol's library
 * this is an iterable without items, which ends when the stream does.
 */
export class Delivery implements AsyncIterableIterator<never, undefined> {
  private socket: WebSocket | undefined;
  private head = '';
  private isSending = false;
  private end: ((end: typeof streamEnd) => void) | undefined;
  private fail: ((error: unknown) => void) | undefined;

  constructor(
    private readonly stream: Stream<Payload>,
    private readonly meter: Meter,
    private readonly slowReaders: SlowReaders,
  ) {}

  /** Says where to: a socket, and the id of the operation there. */
  to(socket: WebSocket, id: string): void {
    this.socket = socket;
    this.head = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
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
      else if (taken) this.send(taken.value.bytes);
    } catch (error) {
      const { fail } = this;
      this.end = undefined;
      fail?.(error);
    }
  };

  /** A socket that is closing takes nothing; its operations are about to end. */
  private send(payload: Buffer): void {
    const { socket, head } = this;
    if (!socket || socket.readyState !== socket.OPEN) return;
    this.isSending = true;
    this.meter.count('signalbox_socket_sent_bytes_total', noLabels, head.length + payload.length + 1);
    const sent = this.slowReaders.wait(socket, this.sent);
    if (payload.length < sharedFrameBytes) {
      const text = Buffer.allocUnsafe(Buffer.byteLength(head) + payload.length + 1);
      payload.copy(text, text.write(head));
      text.write('}', text.length - 1);
      return socket.send(text, { binary: false }, sent);
    }
    socket.send(head, { fin: false });
    socket.send(payload, { fin: false });
    socket.send('}', { fin: true }, sent);
  }

  private readonly sent = (): void => {
    this.isSending = false;
    this.pump();
  };

  private finish(): void {
    this.end?.(streamEnd);
    this.end = undefined;
  }
}
