import type pg from 'pg';
import type { Logger } from '../log/log.js';
import { askInTime } from './ask-in-time.js';
import type { Database } from './database.js';

/**
 * Hints between replicas that something has changed. Hints may be lost and may be repeated: whoever listens looks into the
 * tables, and looks there now and then without a hint too.
 */
export interface Signals {
  /** Tells every replica, this one included, soon: at once when it is quiet, else together with other hints. */
  send(key: string): void;
  /** Calls `listener` with the keys of each hint, or with nothing when hints may have been lost. */
  listen(listener: (keys: readonly string[] | undefined) => void): void;
  close(): Promise<void>;
}

/** So often it is asked whether the connection still is one: hints that do not come look like none. */
const pingMs = 10_000;

const channel = 'signalbox';

/** Least time between two notifications of one replica: no more than 50 a second (docs/reliability.md, "Wake-up"). */
const gapMs = 20;

/** Under a name, so that it is parsed once. */
const notify = { name: 'signals.notify', text: 'select pg_notify($1, $2)' };

/** PostgreSQL refuses a payload of 8,000 bytes; above this, one hint for everything is sent. */
const payloadLimit = 7_000;
const everything = '*';

/** Opens the one connection of this replica that notifies and listens. It is opened again whenever it is lost. */
export async function openSignals(database: Database, log: Logger): Promise<Signals> {
  const signals = new PostgresSignals(database, log);
  await signals.open();
  return signals;
}

class PostgresSignals implements Signals {
  private readonly pending = new Set<string>();
  private readonly listeners: ((keys: readonly string[] | undefined) => void)[] = [];
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private retry: NodeJS.Timeout | undefined;
  private pinging: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly database: Database,
    private readonly log: Logger,
  ) {}

  send(key: string): void {
    this.pending.add(key);
    if (this.timer) return;
    this.flush();
    this.timer = setTimeout(() => this.afterGap(), gapMs).unref();
  }

  listen(listener: (keys: readonly string[] | undefined) => void): void {
    this.listeners.push(listener);
  }

  async open(): Promise<void> {
    const client = await this.database.connect();
    client.on('notification', (message) => this.receive(message.payload ?? everything));
    client.once('error', (error: Error) => this.lost(client, error));
    client.once('end', () => this.lost(client));
    await client.query(`listen ${channel}`);
    this.client = client;
    this.pinging ??= setInterval(() => this.ping(), pingMs).unref();
    this.tell(undefined);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    clearInterval(this.pinging);
    clearTimeout(this.retry);
    await this.client?.end();
  }

  /** A connection that does not answer is cut, which is noticed as if it were lost. */
  private ping(): void {
    if (this.client) askInTime(this.client, { text: 'select 1' }).catch(() => undefined);
  }

  private afterGap(): void {
    this.timer = undefined;
    const [key] = this.pending;
    if (key !== undefined) this.send(key);
  }

  private flush(): void {
    const keys = [...this.pending].join(',');
    this.pending.clear();
    const payload = keys.length > payloadLimit ? everything : keys;
    // A hint that cannot be sent is a hint lost: the others find out when they next look.
    this.client?.query({ ...notify, values: [channel, payload] }).catch(() => undefined);
  }

  private receive(payload: string): void {
    this.tell(payload === everything ? undefined : payload.split(','));
  }

  private tell(keys: readonly string[] | undefined): void {
    for (const listener of this.listeners) listener(keys);
  }

  private lost(client: pg.Client, error?: Error): void {
    if (this.closed || this.client !== client) return;
    this.client = undefined;
    this.log.warn({ reason: error?.message }, 'lost the connection for signals; opening it again');
    // A connection that is dead in silence would never close in good order.
    client.connection.stream.destroy();
    this.reopen();
  }

  private reopen(): void {
    this.retry = setTimeout(() => {
      this.open().catch(() => {
        if (!this.closed) this.reopen();
      });
    }, 500);
  }
}
