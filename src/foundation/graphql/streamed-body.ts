import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** How long whoever reads a long answer may keep what it is made of busy. */
export interface BodyLimits {
  /** For a part to be taken. Shorter than the time after which PostgreSQL ends a transaction in which nothing happens. */
  readonly partMs: number;
  /** For the whole answer. */
  readonly wholeMs: number;
}

/** Whoever reads an answer has left, or is too slow: there is nobody to make the rest for. */
export class ReaderLost extends Error {}

/** The body of an answer that is sent in parts, at the speed of the one who reads it. */
export class StreamedBody {
  private readonly stream = new PassThrough();
  private readonly lost = new AbortController();
  private readonly whole: AbortSignal;
  private begun = false;

  constructor(
    private readonly reply: FastifyReply,
    private readonly limits: BodyLimits,
  ) {
    this.whole = AbortSignal.timeout(limits.wholeMs);
    this.stream.once('close', () => this.lost.abort());
    this.stream.on('error', () => this.lost.abort());
  }

  /** True once the head of the answer is on its way: what goes wrong from then on can only break it off. */
  get hasBegun(): boolean {
    return this.begun;
  }

  /** Sends the head of the answer. */
  begin(headers: Readonly<Record<string, string>>): void {
    this.begun = true;
    void this.reply.headers(headers).send(this.stream);
  }

  /** Resolves when the part is taken. Throws `ReaderLost` if nobody takes it. */
  async write(text: string): Promise<void> {
    if (this.lost.signal.aborted) throw new ReaderLost('the reader has left');
    if (this.whole.aborted) throw new ReaderLost('the reader is too slow for the whole');
    if (this.stream.write(text)) return;
    const part = AbortSignal.timeout(this.limits.partMs);
    const signal = AbortSignal.any([this.lost.signal, this.whole, part]);
    await once(this.stream, 'drain', { signal }).catch(() => {
      const isLate = part.aborted || this.whole.aborted;
      throw new ReaderLost(isLate ? 'the reader is too slow' : 'the reader has left');
    });
  }

  end(): void {
    this.stream.end();
  }

  /** So that no reader takes the part for the whole. */
  breakOff(): void {
    this.stream.destroy(new ReaderLost('the answer is broken off'));
  }
}
