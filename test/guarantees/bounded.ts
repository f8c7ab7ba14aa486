import type { RecordPromise } from './records.js';

/** How much memory one replica may have, in bytes. */
const limit = 1_000_000_000;

/** What a replica was seen to have, in bytes. */
export interface MemoryRecord {
  readonly replica: string;
  readonly bytes: number;
  /** The most hints that it sent within any one second. */
  readonly hintsPerSecond: number;
}

/** One more than the gap of 20 ms allows: the first of a second may be the last of another one. */
const mostHints = 51;

export const bounded: RecordPromise<MemoryRecord> = {
  name: 'bounded',
  promise:
    'A replica stays small and quiet, whatever its clients do: its memory is bounded, and so are its hints.',
  breaches: (records) =>
    records.flatMap(({ replica, bytes, hintsPerSecond }) => [
      ...(bytes > limit ? [`${replica} had ${Math.round(bytes / 1_000_000)} MB`] : []),
      ...(hintsPerSecond > mostHints ? [`${replica} sent ${hintsPerSecond} hints in a second`] : []),
    ]),
};
