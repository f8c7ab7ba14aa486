import type { Fold, SnapshotPart } from '../kit/trace.js';
import {
  beginOfThisHistory,
  committedAs,
  numbered,
  type Breach,
  type Final,
  type Guarantee,
} from './guarantee.js';

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
      if (entry.is === 'fold') {
        const because = at < begin ? undefined : faultOfFold(entry, final);
        if (because) found.push({ at, because });
      }
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

/**
 * A fold is of whole revisions: it has what they lead to, of nothing but what they changed, and once. That nothing is missing,
 * its state hash tells (`consistent`).
 */
function faultOfFold(
  { fromRevision, revision, revisionCount, changes }: Fold,
  { history }: Final,
): string | undefined {
  if (revisionCount !== revision - fromRevision)
    return `a fold of ${fromRevision + 1} to ${revision} counts ${revisionCount} revisions`;
  const known = Array.from({ length: revisionCount }, (_, index) => history.get(fromRevision + 1 + index));
  const isKnown = known.every((each) => each !== undefined);
  const last = new Map(known.flatMap((each) => each?.changes ?? []).map(({ id, after }) => [id, after]));
  const strange = changes.find(
    ({ id, after }) => !last.has(id) || (after === null) !== (last.get(id) === null),
  );
  if (isKnown && strange)
    return `a fold to ${revision} has ${strange.kind} ${strange.id} as it did not become`;
  const subjects = new Set(changes.map(({ kind, id }) => `${kind} ${id}`));
  return subjects.size === changes.length ? undefined : `a fold to ${revision} has something twice`;
}

function faultOfPart(part: SnapshotPart, before: SnapshotPart | undefined): string | undefined {
  const due = (before?.part ?? 0) + 1;
  if (part.part !== due) return `part ${part.part} of a snapshot came where part ${due} was due`;
  if (before && (before.cursor !== part.cursor || before.parts !== part.parts)) {
    return 'the parts of a snapshot are of different snapshots';
  }
  return undefined;
}
