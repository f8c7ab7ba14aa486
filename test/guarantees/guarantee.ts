import type { JsonObject } from '../../src/foundation/kernel/json.js';
import type { Item, Trace, TraceEntry } from '../kit/trace.js';

/** One promise of docs/watch-protocol.md, that a recorded trace keeps or breaks. */
export interface Guarantee {
  readonly name: string;
  /** The promise, in one sentence: the text of the error when it is broken. */
  readonly promise: string;
  /** Where the trace breaks it; none: it is kept. */
  breaches(trace: Trace, final: Final): readonly Breach[];
}

/** Where a promise was broken. */
export interface Breach {
  /** The number of the entry in the trace, from 0; the number of entries if it is about the end. */
  readonly at: number;
  readonly because: string;
}

/** What a stream had come to when the last trace ended, as those know who did not follow it. */
export interface Final {
  /** The newest revision of the stream; null if its revisions are not told. */
  readonly revision: number | null;
  /** Every revision that was ever committed, by its number. */
  readonly history: ReadonlyMap<number, Committed>;
  /** Everything that is there at the end. */
  readonly items: readonly Item[];
  /** The hash of that; null if the stream has none. */
  readonly stateHash: string | null;
  /** What was committed and is gone, because an older state of the database was put in place: one for each time. */
  readonly lost?: readonly ReadonlyMap<number, Committed>[];
}

/** A revision as it was committed. */
export interface Committed {
  readonly hash: string;
  readonly stateHash: string;
  readonly changes: readonly {
    readonly id: string;
    readonly after: JsonObject | null;
    /** What sort of thing it is, and what it was, where a log tells that. */
    readonly kind?: string;
    readonly before?: JsonObject | null;
  }[];
  /** When it was committed, in milliseconds since 1970. */
  readonly at?: number;
  /** What its writer called it: the key that it was written with. */
  readonly key?: string | null;
}

/** A revision as its observer names it, in whatever history it was committed. */
export function committedAs(
  { revision, hash }: { readonly revision: number; readonly hash: string | null },
  { history, lost = [] }: Final,
): Committed | undefined {
  const known = [history, ...lost].flatMap((each) => each.get(revision) ?? []);
  return known.find((each) => hash === null || each.hash === hash);
}

/** A trace breaks a promise. */
export class PromiseBroken extends Error {}

/** Checks one promise against one trace. */
export function assertKept({ promise, breaches }: Guarantee, trace: Trace, final: Final): void {
  const [first, ...more] = breaches(trace, final);
  if (!first) return;
  const others = more.length > 0 ? ` (and ${more.length} more)` : '';
  throw new PromiseBroken(`${promise}\n${trace.observer}, entry ${first.at}: ${first.because}${others}`);
}

/** True for a revision that has something for those who ask, as far as that is known. */
export function isDue({ history }: Final, revision: number): boolean {
  return history.get(revision)?.changes.length !== 0;
}

/** The numbers from one on, before another. */
export function range(from: number, before: number): number[] {
  return Array.from({ length: Math.max(0, before - from) }, (_, index) => from + index);
}

/** The entries with their numbers. */
export function numbered(trace: Trace): readonly (readonly [number, TraceEntry])[] {
  return [...trace.entries.entries()];
}

/** The first entry of the history that there is in the end: a resync says that what was told before is of one that is gone. */
export function beginOfThisHistory({ entries }: Trace): number {
  return entries.findLastIndex((entry) => entry.is === 'resync' && entry.reason !== 'COMPACTED') + 1;
}
