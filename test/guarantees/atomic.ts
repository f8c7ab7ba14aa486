import type { SnapshotPart } from '../kit/trace.js';
import { beginOfThisHistory, committedAs, numbered, type Breach, type Guarantee } from './guarantee.js';

/** A revision has all its changes; the parts of a snapshot come together, or the stream ends first. */
export const atomic: Guarantee = {
  name: 'atomic',
  promise: 'A revision comes whole, in one message; a snapshot comes in all its parts, one after the other.',
  breaches: (trace, final) => {
    const found: Breach[] = [];
    const begin = beginOfThisHistory(trace);
    let open: SnapshotPart | undefined;
    for (const [at, entry] of numbered(trace)) {
      if (entry.is === 'snapshot') {
        const because = faultOfPart(entry, open);
        if (because) found.push({ at, because });
        open = entry.part < entry.parts ? entry : undefined;
        continue;
      }
      if (open && entry.is !== 'closed')
        found.push({ at, because: `a ${entry.is} stands between the parts of a snapshot` });
      open = undefined;
      if (entry.is !== 'delta') continue;
      for (const seen of entry.revisions) {
        // Without a hash, a revision of a history that is gone cannot be told from one of this.
        const known = seen.hash === null && at < begin ? undefined : committedAs(seen, final);
        const whole = known?.changes.length ?? seen.changes.length;
        if (seen.changes.length === whole) continue;
        const because = `revision ${seen.revision} came with ${seen.changes.length} of ${whole} changes`;
        found.push({ at, because });
      }
    }
    return found;
  },
};

function faultOfPart(part: SnapshotPart, before: SnapshotPart | undefined): string | undefined {
  const due = (before?.part ?? 0) + 1;
  if (part.part !== due) return `part ${part.part} of a snapshot came where part ${due} was due`;
  if (before && (before.cursor !== part.cursor || before.parts !== part.parts)) {
    return 'the parts of a snapshot are of different snapshots';
  }
  return undefined;
}
