import { beginOfThisHistory, isDue, numbered, range, type Breach, type Guarantee } from './guarantee.js';

/** From the first snapshot or cursor to the end, without a hole. */
export const reliable: Guarantee = {
  name: 'reliable',
  promise:
    'No revision is left out: each follows on the one before, and the last is the newest that there is.',
  breaches: (trace, final) => {
    const { revision: head } = final;
    if (trace.of === 'status') return [];
    const found: Breach[] = [];
    // A stream that is a part of a log does not tell of revisions that have nothing for it.
    const begin = trace.of === 'configuration' ? 0 : beginOfThisHistory(trace);
    const missed = (after: number, before: number): number | undefined =>
      range(after + 1, before).find((revision) => isDue(final, revision));
    let newest: number | undefined;
    for (const [at, entry] of numbered(trace).slice(begin)) {
      if (entry.is === 'snapshot') newest = entry.revision ?? undefined;
      if (entry.is === 'resync') newest = undefined;
      if (entry.is === 'fold') {
        if (newest !== undefined && missed(newest, entry.fromRevision + 1) !== undefined)
          found.push({ at, because: `a fold of what follows on ${entry.fromRevision} came after ${newest}` });
        newest = entry.revision;
      }
      if (entry.is !== 'delta') continue;
      if (entry.revisions.length === 0 && trace.of === 'configuration')
        found.push({ at, because: 'a delta moved on and told no revision' });
      for (const { revision } of entry.revisions) {
        if (newest !== undefined && missed(newest, revision) !== undefined) {
          found.push({ at, because: `revision ${revision} came after ${newest}` });
        }
        newest = Math.max(newest ?? 0, revision);
      }
    }
    if (newest !== undefined && head !== null && isElsewhere(newest, head, missed)) {
      found.push({
        at: trace.entries.length,
        because: `the last was ${newest}, and the stream is at ${head}`,
      });
    }
    return found;
  },
};

function isElsewhere(
  newest: number,
  head: number,
  missed: (after: number, before: number) => number | undefined,
): boolean {
  return newest > head || missed(newest, head + 1) !== undefined;
}
