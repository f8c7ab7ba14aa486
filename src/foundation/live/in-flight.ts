import type { Meter } from '../metrics/meter.js';

/**
 * The large payloads that are on their way to sockets, in bytes: each counts once, however many sockets it goes to, because they
 * share it. What is small, and made at once for everybody, does not count.
 */
export class InFlight {
  private readonly payloads = new Map<Buffer, number>();
  private bytes = 0;
  private roomAgain: () => void = () => undefined;

  constructor(
    private readonly limit: number,
    meter: Meter,
  ) {
    meter.gauge('signalbox_bytes_in_flight', () => this.bytes);
  }

  /** True while so much is on its way that nothing large should be made. */
  get isFull(): boolean {
    return this.bytes >= this.limit;
  }

  /** Says whom to tell when there is room again. */
  onRoom(listener: () => void): void {
    this.roomAgain = listener;
  }

  /** A payload is handed to a socket; what this gives is called when it has left, or never will. */
  add(payload: Buffer): () => void {
    const receivers = this.payloads.get(payload) ?? 0;
    if (receivers === 0) this.bytes += payload.length;
    this.payloads.set(payload, receivers + 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.remove(payload);
    };
  }

  private remove(payload: Buffer): void {
    const receivers = this.payloads.get(payload) ?? 0;
    if (receivers > 1) return void this.payloads.set(payload, receivers - 1);
    const wasFull = this.isFull;
    this.payloads.delete(payload);
    this.bytes -= payload.length;
    if (wasFull) this.tellOfRoom();
  }

  private tellOfRoom(): void {
    if (!this.isFull) this.roomAgain();
  }
}
