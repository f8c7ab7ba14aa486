import { derivedId, newId } from '../../foundation/kernel/id.js';
import { systemClock } from '../../foundation/kernel/clock.js';
import { OutboundFailure, type Outbound } from '../../foundation/outbound/outbound.js';
import { shownChange, type Change } from '../changes/index.js';
import { signedHeaders } from './signature.js';
import { receiverAt, type Webhook } from './webhook.js';

/** Something to tell a receiver. Told again, it has the same id, by which the receiver knows it. */
export interface Delivery {
  readonly id: string;
  readonly type: 'change' | 'resync' | 'test';
  /** Of a change: its place in the order. */
  readonly number: number | null;
  /** Of a change with many entries: which part of it, from 1. */
  readonly part: number;
  readonly body: string;
}

/** How it went to tell a receiver. */
export interface Attempt {
  readonly delivery: Omit<Delivery, 'body'>;
  readonly delivered: boolean;
  /** What the receiver answered, if it did. */
  readonly status: number | null;
  /** Why it was not delivered, in a sentence. */
  readonly error: string | null;
  readonly durationMs: number;
}

/** A change with more entries than this comes in parts. */
const entriesPerPart = 500;

/** The deliveries that tell of a change. */
export function deliveriesOf({ id: webhookId }: Pick<Webhook, 'id'>, change: Change): Delivery[] {
  const { entries, ...facts } = shownChange(change);
  const parts = Math.max(1, Math.ceil(entries.length / entriesPerPart));
  return Array.from({ length: parts }, (_, index) => {
    const own = entries.slice(index * entriesPerPart, (index + 1) * entriesPerPart);
    const data = { ...facts, part: index + 1, parts, entries: own };
    return {
      ...{ id: derivedId(webhookId, `${change.cursor}/${index + 1}`), type: 'change', number: change.number },
      ...{
        part: index + 1,
        body: bodyOf({ type: 'change', webhookId, cursor: change.cursor }, change.at, data),
      },
    } as const;
  });
}

/** Says that the receiver may have missed something, and why: everything that is kept follows. */
export function resyncOf(
  { id: webhookId, cursor }: Pick<Webhook, 'id' | 'cursor'>,
  { reason, message }: { readonly reason: string; readonly message: string },
): Delivery {
  const body = bodyOf({ type: 'resync', webhookId, cursor }, systemClock.now(), { reason, message });
  return { id: derivedId(webhookId, `resync/${cursor}`), type: 'resync', number: null, part: 1, body };
}

/** Says nothing but that the receiver can be reached. */
export function testOf({ id: webhookId, cursor, name }: Webhook): Delivery {
  const body = bodyOf({ type: 'test', webhookId, cursor }, systemClock.now(), { name });
  return { id: newId(), type: 'test', number: null, part: 1, body };
}

function bodyOf(
  head: { readonly type: string; readonly webhookId: string; readonly cursor: string },
  at: Date,
  data: object,
): string {
  return JSON.stringify({ ...head, timestamp: at.toISOString(), data });
}

const timeoutMs = 15_000;
const maxBytes = 64 * 1_024;

export interface Sending {
  readonly outbound: Outbound;
  readonly webhook: Webhook;
  /** In clear. */
  readonly secrets: readonly string[];
  readonly stop?: AbortSignal | undefined;
}

/** Tells a receiver. Only an answer from 200 to 299 counts; redirects are not followed. */
export async function attempt(
  { outbound, webhook, secrets, stop }: Sending,
  given: Delivery,
): Promise<Attempt> {
  const { body, ...delivery } = given;
  const timestamp = Math.floor(systemClock.now().getTime() / 1_000);
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'Signalbox',
    ...signedHeaders({ id: delivery.id, timestamp, body }, secrets),
  };
  const began = systemClock.monotonic();
  const done = (how: Pick<Attempt, 'delivered' | 'status' | 'error'>): Attempt => ({
    ...{ delivery, ...how, durationMs: Math.round(systemClock.monotonic() - began) },
  });
  try {
    const { status } = await outbound.post(receiverAt(webhook.url) as URL, body, {
      headers,
      timeoutMs,
      maxBytes,
      stop,
    });
    const delivered = status >= 200 && status < 300;
    return done({ delivered, status, error: delivered ? null : `The receiver answered ${status}.` });
  } catch (error) {
    if (!(error instanceof OutboundFailure)) throw error;
    return done({ delivered: false, status: null, error: `The receiver ${error.message}.` });
  }
}
