import { createClient, type Client as SocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Client, Variables, WireError } from './client.js';
import { messageOf, type Stream, type WireMessage } from './streams.js';
import { cursorOf, type Message, type Trace, type TraceEntry } from './trace.js';

/** A client of the streams: one socket, spoken over by graphql-ws. What it is told, it keeps as a trace. */
export class LiveClient {
  private constructor(
    private readonly socket: SocketClient,
    private readonly connection: () => WebSocket | undefined,
  ) {}

  /** Opens a socket with the client's token. Rejects with the close event if it is not let in. */
  static async connect({ origin, token }: Client): Promise<LiveClient> {
    let connection: WebSocket | undefined;
    const socket = createClient({
      url: `${origin.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: token === null ? {} : { authorization: `Bearer ${token}` },
      lazy: false,
      retryAttempts: 0,
      onNonLazyError: () => undefined,
    });
    await new Promise((resolve, reject) => {
      socket.on('connected', (opened) => {
        connection = opened as WebSocket;
        resolve(undefined);
      });
      socket.on('closed', (event) => reject(event as Error));
    });
    return new LiveClient(socket, () => connection);
  }

  /** Opens a stream after a cursor, or from the beginning; goes on with the trace of the observer, if there is one. */
  open(stream: Stream, after: string | null = null, observer?: LiveStream): LiveStream {
    const opened = observer ?? new LiveStream(stream);
    opened.begin(this.socket, after);
    return opened;
  }

  /** Opens a subscription that is no stream of a log. It ends with the errors of a refusal, if there is one. */
  iterate(
    query: string,
    variables: Variables,
  ): AsyncIterableIterator<{ readonly data?: object | null | undefined }> {
    return this.socket.iterate<object>({ query, variables });
  }

  /** Cuts the connection, as a network does: the server hears of it, and nobody says anything. */
  cut(): void {
    this.connection()?.terminate();
  }

  /** Takes nothing from now on, or again. */
  pause(): void {
    this.connection()?.pause();
  }

  resume(): void {
    this.connection()?.resume();
  }

  /** Leaves, in good order. */
  close(): void {
    void this.socket.dispose();
  }
}

/** How a stream ended: the server completed it or refused it, or the connection went. */
export type Ended =
  | { readonly by: 'complete' }
  | { readonly by: 'refusal'; readonly errors: readonly WireError[] }
  | { readonly by: 'connection'; readonly code: number; readonly reason: string };

/** One observer of one stream. Keeps every message, whether or not a test asks for it. */
export class LiveStream {
  readonly entries: TraceEntry[] = [];
  private read = 0;
  private over: Ended | undefined;
  private leave: () => void = () => undefined;
  private readonly waiting = new Set<() => void>();

  constructor(private readonly stream: Stream) {}

  /** All that was told so far. */
  trace(observer = 'a client'): Trace {
    const { of, filter } = this.stream;
    return { observer, of, entries: [...this.entries], ...(filter && { filter }) };
  }

  /** Where this observer may go on from. */
  get cursor(): string | null {
    return cursorOf(this.entries);
  }

  /** The next message that no call has given yet. Fails if the stream ends before. */
  async next(): Promise<Message> {
    for (;;) {
      const entry = this.entries[this.read];
      if (!entry && this.over) throw new Error(`The stream ended: ${JSON.stringify(this.over)}`);
      if (!entry) await this.news();
      else this.read += 1;
      if (entry && entry.is !== 'opened' && entry.is !== 'closed') return entry;
    }
  }

  /** The next message of this sort; what comes before it is passed over. */
  async nextOf<Is extends Message['is']>(is: Is): Promise<Extract<Message, { is: Is }>> {
    for (;;) {
      const message = await this.next();
      if (message.is === is) return message as Extract<Message, { is: Is }>;
    }
  }

  /** Resolves when something holds of what was told so far. */
  async until(holds: (entries: readonly TraceEntry[]) => boolean): Promise<void> {
    while (!holds(this.entries)) {
      if (this.over) throw new Error(`The stream ended: ${JSON.stringify(this.over)}`);
      await this.news();
    }
  }

  /** Resolves when the stream is over. */
  async ended(): Promise<Ended> {
    while (!this.over) await this.news();
    return this.over;
  }

  /** Leaves the stream; the socket stays. */
  return(): void {
    this.leave();
  }

  /** For the socket. */
  begin(socket: SocketClient, after: string | null): void {
    this.over = undefined;
    this.entries.push({ is: 'opened', after });
    const { query, variables } = this.stream;
    this.leave = socket.subscribe<{ message: WireMessage }>(
      { query, variables: { ...variables, after } },
      {
        next: ({ data, errors }) => {
          if (data) this.note(messageOf(data.message));
          else this.end({ by: 'refusal', errors: errors as unknown as readonly WireError[] });
        },
        error: (error) => this.end(endOf(error)),
        complete: () => this.end({ by: 'complete' }),
      },
    );
  }

  private note(entry: TraceEntry): void {
    this.entries.push(entry);
    for (const wake of [...this.waiting]) wake();
  }

  private end(ended: Ended): void {
    if (this.over) return;
    this.over = ended;
    this.note({ is: 'closed' });
  }

  private news(): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake);
        resolve();
      };
      this.waiting.add(wake);
    });
  }
}

function endOf(error: unknown): Ended {
  if (Array.isArray(error)) return { by: 'refusal', errors: error as readonly WireError[] };
  const { code = 0, reason = String(error) } = error as { code?: number; reason?: string };
  return { by: 'connection', code, reason };
}
