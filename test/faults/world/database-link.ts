import type { NetConnectOpts, Socket } from 'node:net';
import { Frames } from './frames.js';
import { Link, Pipe } from './link.js';

/**
 * Where in a write something is to happen. `commit`: everything is written, and the commit does not reach the database.
 * `committed`: it is committed, and the answer does not reach the replica. `notify`: it is committed, and nobody is told.
 */
export type Moment = 'commit' | 'committed' | 'notify';

interface Trap {
  readonly at: Moment;
  readonly spring: (pipe: DatabasePipe) => void;
}

/** The network between one replica and PostgreSQL. It understands what passes. */
export class DatabaseLink extends Link {
  /** Notifications do not come through. */
  eatsNotifications = false;
  /** When each hint was sent, in milliseconds. */
  readonly hintsAt: number[] = [];
  private trap: Trap | undefined;

  static override async open(target: () => NetConnectOpts | undefined): Promise<DatabaseLink> {
    return new DatabaseLink(target).listen();
  }

  /** Resolves the next time that a revision comes to this moment. What was to pass then does not. */
  next(at: Moment, stop: AbortSignal): Promise<DatabasePipe | undefined> {
    return new Promise((resolve) => {
      const done = (pipe?: DatabasePipe): void => {
        this.trap = undefined;
        stop.removeEventListener('abort', gone);
        resolve(pipe);
      };
      const gone = (): void => done();
      this.trap = { at, spring: done };
      stop.addEventListener('abort', gone, { once: true });
    });
  }

  /** For its connections: true if this moment is one that is waited for. */
  springs(at: Moment, pipe: DatabasePipe): boolean {
    if (at === 'notify') this.hintsAt.push(performance.now());
    if (this.trap?.at !== at) return false;
    this.trap.spring(pipe);
    return true;
  }

  protected override pipe(near: Socket, far: Socket): Pipe {
    return new DatabasePipe(near, far, this);
  }
}

/** One connection of a replica to PostgreSQL. */
export class DatabasePipe extends Pipe {
  /** True for the connection that hears hints. */
  listens = false;
  private readonly asked = new Frames(true);
  private readonly answered = new Frames(false);
  private appends = false;
  private commits = false;

  constructor(
    near: Socket,
    far: Socket,
    private readonly link: DatabaseLink,
  ) {
    super(near, far, Infinity);
  }

  protected override fromNear(chunk: Buffer): Buffer | undefined {
    const isSprung = this.asked.take(chunk).some((message) => this.hear(message));
    return isSprung ? undefined : chunk;
  }

  protected override fromFar(chunk: Buffer): Buffer | undefined {
    if (this.commits) {
      this.commits = false;
      if (this.link.springs('committed', this)) return undefined;
    }
    if (!this.listens) return chunk;
    const messages = this.answered.take(chunk);
    return Buffer.concat(this.link.eatsNotifications ? messages.filter(isNoNotification) : messages);
  }

  /** Notes what is asked for; true if it does not pass. */
  private hear(message: Buffer): boolean {
    const is = String.fromCharCode(message[0] ?? 0);
    if (is !== 'Q' && is !== 'P' && is !== 'B') return false;
    const text = message.toString('latin1', 5, Math.min(message.length, 200)).toLowerCase();
    if (text.startsWith('listen ')) this.listens = true;
    if (text.includes('event_log.append')) this.appends = true;
    // It is parsed once, and bound each time.
    if (text.includes('signals.notify')) return is === 'B' && this.link.springs('notify', this);
    return this.appends && is === 'Q' && this.endsTransaction(text);
  }

  private endsTransaction(text: string): boolean {
    if (text.startsWith('rollback')) this.appends = false;
    if (!text.startsWith('commit')) return false;
    this.appends = false;
    this.commits = !this.link.springs('commit', this);
    return !this.commits;
  }
}

function isNoNotification(message: Buffer): boolean {
  return message[0] !== 'A'.charCodeAt(0);
}
