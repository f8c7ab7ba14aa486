import type { Trace } from '../kit/trace.js';
import { atomic } from './atomic.js';
import { authorized } from './authorized.js';
import { bookmarkable } from './bookmarkable.js';
import { consistent } from './consistent.js';
import { filtered } from './filtered.js';
import { filteredFinal } from './filtered-final.js';
import { assertKept, type Final, type Guarantee } from './guarantee.js';
import { honest } from './honest.js';
import { oneHistory } from './one-history.js';
import { ordered } from './ordered.js';
import { reliable } from './reliable.js';
import { resumable } from './resumable.js';
import { sparing } from './sparing.js';
import { unique } from './unique.js';

/** Every promise that can be seen in what a client was told. */
export const guarantees: readonly Guarantee[] = [
  ordered,
  unique,
  reliable,
  atomic,
  resumable,
  bookmarkable,
  oneHistory,
  consistent,
  filtered,
  authorized,
  honest,
  sparing,
];

/** Fails with the promise that was broken if any trace of this stream breaks one. */
export function checkGuarantees(traces: readonly Trace[], final: Final): void {
  for (const trace of traces) {
    const own = trace.filter ? filteredFinal(final, trace.filter) : final;
    for (const guarantee of guarantees) assertKept(guarantee, trace, own);
  }
}
