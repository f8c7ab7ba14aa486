import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/** The way out to one socket: knows what is on its way there, and since when nothing of it has left. */
export class Outlet {
  /** When it is to be pinged next, by `performance.now()`. */
  pingAt = Infinity;
  /** Whether the last ping was answered. */
  hasAnswered = true;
  private messages = 0;
  private since = 0;

  constructor(
    readonly socket: WebSocket,
    private readonly connection: Duplex,
  ) {}

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  /** True while a message has not left. */
  get isPending(): boolean {
    return this.messages > 0;
  }

  /** True if nothing of what is on its way has left since a moment, by `performance.now()`. */
  isStuckSince(moment: number): boolean {
    return this.isPending && this.since <= moment;
  }

  /** Sends a message. `sent` is called when it has left the process, and says so with `left`. */
  send(text: string, sent: () => void): void {
    this.enter();
    this.socket.send(text, sent);
  }

  /**
   * The same, for a message of which all but the head, which is ASCII, is told to many. `ws` would copy each, or make two
   * frames, and give it to the socket as two pieces; so the frame is written here, behind whatever `ws` has written. What is
   * large is shared by all whom it goes to; to copy what is small costs less than a second piece.
   */
  sendShared(head: string, rest: Buffer, sent: () => void): void {
    this.enter();
    const frame = frameHead(head.length + rest.length) + head;
    if (frame.length + rest.length <= smallBytes)
      return void this.connection.write(inOnePiece(frame, rest), sent);
    this.connection.cork();
    this.connection.write(frame, 'latin1');
    this.connection.write(rest, sent);
    this.connection.uncork();
  }

  /** A message has left the process, or never will. */
  left(): void {
    this.messages -= 1;
    if (this.messages > 0) this.since = performance.now();
  }

  private enter(): void {
    if (this.messages === 0) this.since = performance.now();
    this.messages += 1;
  }
}

/** What is not larger is copied for each socket. */
const smallBytes = 4 * 1024;

function inOnePiece(frame: string, rest: Buffer): Buffer {
  const piece = Buffer.allocUnsafe(frame.length + rest.length);
  piece.write(frame, 'latin1');
  piece.set(rest, frame.length);
  return piece;
}

/** What begins a frame that is a whole text message of this many bytes: one character for each byte. */
function frameHead(length: number): string {
  if (length < 126) return String.fromCharCode(wholeText, length);
  if (length < 65_536) return String.fromCharCode(wholeText, 126, length >> 8, length & 0xff);
  const bytes = [24, 16, 8, 0].map((shift) => (length >>> shift) & 0xff);
  return String.fromCharCode(wholeText, 127, 0, 0, 0, 0, ...bytes);
}

const wholeText = 0x81;
