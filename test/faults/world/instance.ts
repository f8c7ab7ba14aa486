import { setTimeout as pause } from 'node:timers/promises';
import { makeClient } from '../../kit/client.js';
import { runtimeConfig } from '../../kit/streams.js';
import type { Message } from '../../kit/trace.js';
import type { RanRecord, ReportRecord } from '../../guarantees/records.js';
import { Observer } from './observer.js';

export interface InstanceOptions {
  readonly id: string;
  readonly name: string;
  readonly groupId: string;
  readonly origin: string;
  readonly token: string;
  /** True for what this gateway cannot run. */
  readonly refuses?: (message: Message) => boolean;
}

/** What it says of what it cannot run. */
export const refusal = 'It is poison.';

/** The newest session of each instance that anybody was given. */
const newestSessions = new Map<string, number>();

/** A gateway without traffic: it runs what it is sent, at once, and reports it. */
export class Instance {
  readonly observer: Observer;
  readonly ran: RanRecord[] = [];
  readonly reports: ReportRecord[] = [];
  session = 0;
  refusals = 0;
  private running: { readonly cursor: string; readonly revision: number } | undefined;
  private reporting: Promise<void> = Promise.resolve();
  private isGone = false;

  constructor(readonly options: InstanceOptions) {
    const { name, origin, token } = options;
    const hear = (message: Message): void => this.hear(message);
    this.observer = new Observer({ name, origin, token, stream: runtimeConfig(), hear });
  }

  async leave(): Promise<void> {
    this.isGone = true;
    await this.observer.leave();
    await this.reporting;
  }

  /** Says what it runs, in the name of a session: its own, or one that is over. Answers whether it was accepted. */
  async report(session: number, cursor: string, revision: number): Promise<boolean | undefined> {
    const { id: instanceId } = this.options;
    const newestSession = newestSessions.get(instanceId) ?? 0;
    const accepted = await this.send({ session, cursor, outcome: 'APPLIED', runningCursor: cursor });
    if (accepted !== undefined) this.reports.push({ instanceId, session, newestSession, revision, accepted });
    return accepted;
  }

  private hear(message: Message): void {
    if (message.is === 'session') this.openSession(message.session);
    if (this.options.refuses?.(message) === true) return this.refuse(message);
    if (message.is === 'snapshot' && message.part === message.parts)
      this.run(message.cursor, message.revision ?? 0, message.stateHash ?? '');
    if (message.is === 'fold') this.run(message.cursor, message.revision, message.stateHash ?? '');
    const last = message.is === 'delta' ? message.revisions.at(-1) : undefined;
    if (message.is === 'delta' && last) this.run(message.cursor, last.revision, message.stateHash ?? '');
  }

  private openSession(session: number): void {
    const { id } = this.options;
    this.session = session;
    newestSessions.set(id, Math.max(session, newestSessions.get(id) ?? 0));
    this.tell();
  }

  private run(cursor: string, revision: number, stateHash: string): void {
    const { id: instanceId, groupId } = this.options;
    this.running = { cursor, revision };
    this.ran.push({ instanceId, groupId, revision, stateHash });
    this.tell();
  }

  /** Says so until it is heard, or runs something else. */
  private refuse(message: Message): void {
    if (message.is !== 'delta' && message.is !== 'fold') return;
    this.refusals += 1;
    const told = this.running;
    const input = { cursor: message.cursor, outcome: 'REJECTED', message: refusal };
    this.reporting = this.reporting.then(async () => {
      while (!this.isGone && told === this.running) {
        const { session } = this;
        if (await this.send({ ...input, session, runningCursor: told?.cursor })) return;
        await pause(200);
      }
    });
  }

  /** Answers whether it was accepted; nothing, if there was no answer. */
  private async send(input: object): Promise<boolean | undefined> {
    const { origin, token } = this.options;
    const answer = await makeClient(origin, token, 8_000)
      .attempt('reportSync', { ...input })
      .catch(() => undefined);
    return (answer?.data as { reportSync?: { accepted: boolean } } | null | undefined)?.reportSync?.accepted;
  }

  /** Reports the newest, until it is heard. */
  private tell(): void {
    const told = this.running;
    if (!told) return;
    this.reporting = this.reporting.then(async () => {
      while (!this.isGone && told === this.running) {
        const { session } = this;
        const accepted = await this.report(session, told.cursor, told.revision);
        if (accepted !== undefined && (accepted || session === this.session)) return;
      }
    });
  }
}
