import type { SnapshotPart } from '../kit/trace.js';
import { numbered, type Breach, type Guarantee } from './guarantee.js';

/** A revision has all its changes; the parts of a snapshot come together, or the stream ends first. */
export const atomic: Guarantee = {
  promise: 'A revision comes whole, in one message; a snapshot comes in all its parts, one after the other.',
  breaches: (trace, { history }) => {
    const found: Breach[] = [];
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
      for (const { revision, changes } of entry.revisions) {
        const whole = history.get(revision)?.changes.length;
        if (whole !== undefined && changes.length !== whole) {
          found.push({ at, because: `revision ${revision} came with ${changes.length} of ${whole} changes` });
        }
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
