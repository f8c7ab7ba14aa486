import { setTimeout as pause } from 'node:timers/promises';
import { randomFraction } from '../../foundation/kernel/id.js';
import { findNodes, probe, RegistryFailure, type Asking } from './consul.js';
import type { FoundNode, Lookup } from './registry.js';
import type { Slots } from './slots.js';

/** Something that is asked of a registry again and again. */
export interface Question {
  readonly asking: Asking & { readonly stop: AbortSignal };
  /** Null: only whether it is there. */
  readonly lookup: Lookup | null;
  readonly slots: Slots;
  /** Takes every answer. */
  readonly found: (lookup: Lookup, nodes: readonly FoundNode[]) => Promise<void>;
  /** Takes how it went: a failure's message, or null. */
  readonly report: (failure: string | null) => Promise<void>;
  /** Takes what went wrong on this side. */
  readonly warn: (error: unknown) => void;
}

/** How long a registry is asked to wait for something newer; and if others wait for their turn. */
const waitMs = 30_000;
const crowdedWaitMs = 1_000;

/** Between two questions: indexes may change all the time, and a server may not know how to wait. */
const gapMs = 250;
const unchangedGapMs = 1_000;

const probeEveryMs = 10_000;

/** The longest rest after failures, and the first. */
const maxRestMs = 15_000;
const firstRestMs = 500;

/** Asks until it is stopped. What fails is tried again, after rests that grow and are never the same for all. */
export async function followLookup(question: Question): Promise<void> {
  const { stop } = question.asking;
  let index = 0;
  for (let failures = 0; !stop.aborted;) {
    try {
      const asked = await question.slots.use(() => askOnce(question, index));
      index = asked.index;
      failures = 0;
      await rest(asked.restMs, stop);
    } catch (error) {
      index = 0;
      failures += 1;
      await tellFailure(question, error);
      await rest(Math.min(maxRestMs, firstRestMs * 2 ** (failures - 1)) * (0.5 + randomFraction() / 2), stop);
    }
  }
}

async function askOnce(
  { asking, lookup, slots, found, report }: Question,
  index: number,
): Promise<{ readonly index: number; readonly restMs: number }> {
  if (lookup === null) {
    await probe(asking);
    await report(null);
    return { index: 0, restMs: probeEveryMs * (0.5 + randomFraction()) };
  }
  const answer = await findNodes(asking, lookup, { index, waitMs: slots.isCrowded ? crowdedWaitMs : waitMs });
  await found(lookup, answer.nodes);
  await report(null);
  // An index that goes back is that of another history, such as of a server that was set up anew.
  const next = answer.index < index ? 0 : answer.index;
  return { index: next, restMs: answer.index === index ? unchangedGapMs : gapMs };
}

/** What was broken off is no failure. */
async function tellFailure({ asking, report, warn }: Question, error: unknown): Promise<void> {
  if (asking.stop.aborted) return;
  if (!(error instanceof RegistryFailure)) return warn(error);
  await report(error.message).catch(warn);
}

async function rest(ms: number, stop: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal: stop, ref: false }).catch(() => undefined);
}
