import type { JsonObject } from '../../src/foundation/kernel/json.js';
import type { Item, Trace, TraceEntry } from '../kit/trace.js';

/** One promise of docs/watch-protocol.md, that a recorded trace keeps or breaks. */
export interface Guarantee {
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
}

/** A revision as it was committed. */
export interface Committed {
  readonly hash: string;
  readonly stateHash: string;
  readonly changes: readonly { readonly id: string; readonly after: JsonObject | null }[];
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

/** The entries with their numbers. */
export function numbered(trace: Trace): readonly (readonly [number, TraceEntry])[] {
  return [...trace.entries.entries()];
}
