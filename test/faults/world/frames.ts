/** Cuts what one side of a connection to PostgreSQL sends into messages. */
export class Frames {
  private rest: Buffer[] = [];
  private size = 0;
  private due = 5;

  /** The first message of a client has no type. */
  constructor(private isFirst: boolean) {}

  /** The messages that are complete with this chunk, with their types and lengths. */
  take(chunk: Buffer): Buffer[] {
    this.rest.push(chunk);
    this.size += chunk.length;
    const messages: Buffer[] = [];
    // Large messages come in many chunks: they are put together once.
    while (this.size >= this.due) {
      const all = this.rest.length === 1 ? (this.rest[0] as Buffer) : Buffer.concat(this.rest);
      const length = this.isFirst ? all.readUInt32BE(0) : all.readUInt32BE(1) + 1;
      if (all.length < length) {
        this.hold(all, length);
        break;
      }
      if (!this.isFirst) messages.push(all.subarray(0, length));
      this.isFirst = false;
      this.hold(all.subarray(length), 5);
    }
    return messages;
  }

  private hold(rest: Buffer, due: number): void {
    this.rest = [rest];
    this.size = rest.length;
    this.due = due;
  }
}
