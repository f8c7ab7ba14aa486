import type pg from 'pg';
import { askInTime } from './ask-in-time.js';
import type { Database } from './database.js';

/** The first half of the advisory locks that stand for duties; the second is made from the duty's name. */
const dutyLocks = 72401;

/**
 * What one replica at a time is to do. Whoever asks first has the duty until it closes this, or until its connection is
 * lost, which PostgreSQL notices before its owner may: for that moment two replicas can take themselves for the one.
 */
export class Duties {
  private client: pg.Client | undefined;
  private readonly held = new Set<string>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly database: Pick<Database, 'connect'>) {}

  /** True if the duty is this replica's, from now on or still. Throws if the database cannot be asked. */
  has(duty: string): Promise<boolean> {
    const answer = this.last.then(() => this.ask(duty));
    this.last = answer.catch(() => undefined);
    return answer;
  }

  /** True if the duty is this replica's, as far as it knows. */
  holds(duty: string): boolean {
    return this.held.has(duty);
  }

  /** Leaves every duty to the others. */
  async close(): Promise<void> {
    await this.last;
    await this.client?.end();
  }

  /** Asks even for a duty that is held: whoever lost the connection has lost it. */
  private async ask(duty: string): Promise<boolean> {
    const client = (this.client ??= await this.connect());
    const [row] = await askInTime<{ mine: boolean }>(client, {
      text: 'select case when $3 then true else pg_try_advisory_lock($1, hashtext($2)) end as mine',
      values: [dutyLocks, duty, this.held.has(duty)],
    });
    const mine = row?.mine === true;
    if (mine) this.held.add(duty);
    return mine;
  }

  private async connect(): Promise<pg.Client> {
    const client = await this.database.connect();
    const lost = (): void => {
      if (this.client !== client) return;
      this.client = undefined;
      this.held.clear();
    };
    client.once('end', lost);
    client.on('error', () => {
      lost();
      client.end().catch(() => undefined);
    });
    return client;
  }
}
