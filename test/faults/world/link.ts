import { once } from 'node:events';
import {
  connect,
  createServer,
  type AddressInfo,
  type NetConnectOpts,
  type Server,
  type Socket,
} from 'node:net';

/**
 * A network that we own: a port behind which something else listens. It can be cut, be half open, be slow, or turn
 * everybody away.
 */
export class Link {
  readonly pipes = new Set<Pipe>();
  /** Whoever comes is cut off at once. */
  refusing = false;
  /** Whoever comes is let in, and hears nothing. */
  holding = false;
  /** For connections that are made from now on: how many bytes pass to the near side in a second. */
  bytesPerSecond = Infinity;
  private readonly server: Server;

  protected constructor(private readonly target: () => NetConnectOpts | undefined) {
    this.server = createServer({ noDelay: true }, (near) => this.accept(near));
  }

  static async open(target: () => NetConnectOpts | undefined): Promise<Link> {
    return new Link(target).listen();
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Cuts every connection that there is, as a router that is switched off. */
  cut(which: (pipe: Pipe) => boolean = () => true): void {
    for (const pipe of [...this.pipes]) if (which(pipe)) pipe.cut();
  }

  /** From now on nothing passes, and nobody is told: the other side is silent. */
  hold(which: (pipe: Pipe) => boolean = () => true): void {
    for (const pipe of this.pipes) if (which(pipe)) pipe.hold();
  }

  /** What was held passes again. */
  release(): void {
    this.holding = false;
    this.refusing = false;
    for (const pipe of this.pipes) pipe.release();
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.cut();
    await closed;
  }

  protected async listen(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  protected pipe(near: Socket, far: Socket): Pipe {
    return new Pipe(near, far, this.bytesPerSecond);
  }

  private accept(near: Socket): void {
    const target = this.refusing ? undefined : this.target();
    if (!target) {
      near.on('error', () => undefined).resetAndDestroy();
      return;
    }
    const pipe = this.pipe(near, connect({ ...target, noDelay: true } as NetConnectOpts));
    this.pipes.add(pipe);
    pipe.onEnd(() => this.pipes.delete(pipe));
    if (this.holding) pipe.hold();
  }
}

/** One connection through a link. Near is whoever came; far is what listens behind. */
export class Pipe {
  private held = false;
  private ended = false;

  constructor(
    readonly near: Socket,
    readonly far: Socket,
    private readonly bytesPerSecond: number,
  ) {
    near.on('data', (chunk: Buffer) => this.pass(this.fromNear(chunk), near, far));
    far.on('data', (chunk: Buffer) => this.passSlowly(this.fromFar(chunk)));
    for (const socket of [near, far]) {
      socket.on('error', () => this.cut());
      socket.on('close', () => this.cut());
    }
  }

  onEnd(ended: () => void): void {
    this.near.once('close', ended);
  }

  cut(): void {
    if (this.ended) return;
    this.ended = true;
    for (const socket of [this.near, this.far]) {
      // Only TCP has a reset.
      if (socket.remoteFamily === undefined) socket.destroy();
      else socket.resetAndDestroy();
    }
  }

  hold(): void {
    this.held = true;
    this.near.pause();
    this.far.pause();
  }

  release(): void {
    this.held = false;
    this.near.resume();
    this.far.resume();
  }

  /** What passes of what the near side has sent; nothing: none of it. */
  protected fromNear(chunk: Buffer): Buffer | undefined {
    return chunk;
  }

  /** What passes of what the far side has sent. */
  protected fromFar(chunk: Buffer): Buffer | undefined {
    return chunk;
  }

  private pass(chunk: Buffer | undefined, from: Socket, to: Socket): void {
    if (!chunk || chunk.length === 0 || to.destroyed || to.write(chunk)) return;
    from.pause();
    to.once('drain', () => {
      if (!this.held) from.resume();
    });
  }

  private passSlowly(chunk: Buffer | undefined): void {
    if (!chunk || this.bytesPerSecond === Infinity) return this.pass(chunk, this.far, this.near);
    const size = Math.max(1, Math.round(this.bytesPerSecond / 10));
    this.far.pause();
    const drip = (rest: Buffer): void => {
      if (this.ended) return;
      if (!this.held) this.near.write(rest.subarray(0, size));
      const left = this.held ? rest : rest.subarray(size);
      if (left.length > 0) setTimeout(drip, 100, left);
      else if (!this.held) this.far.resume();
    };
    drip(chunk);
  }
}
