import { equalJson } from '../../src/foundation/kernel/json.js';
import { emptyHash, memberDigest, withEntity, withoutEntity } from '../../src/foundation/kernel/set-hash.js';
import type { Change, Item } from '../kit/trace.js';
import { numbered, type Breach, type Final, type Guarantee } from './guarantee.js';

/** Replays a trace as any client would: a snapshot, then each change. */
export const consistent: Guarantee = {
  name: 'consistent',
  promise:
    'A snapshot and the changes after it give the state: its hash at every message, and in the end all that is there.',
  breaches: (trace, final) => {
    const found: Breach[] = [];
    let state: State | undefined;
    for (const [at, entry] of numbered(trace)) {
      const told = (because: string | undefined): unknown =>
        because !== undefined && found.push({ at, because });
      if (entry.is === 'resync') state = undefined;
      if (entry.is === 'snapshot') {
        if (entry.part === 1) state = new State();
        for (const item of entry.items) told(state?.add(item));
        if (entry.part === entry.parts) told(state?.differsFrom(entry.stateHash));
      }
      if (entry.is === 'fold') {
        for (const change of entry.changes) told(state?.apply(change));
        told(prefixed('at the end of a fold', state?.differsFrom(entry.stateHash)));
      }
      if (entry.is !== 'delta') continue;
      if (entry.revisions.length === 0) for (const change of entry.changes) told(state?.apply(change));
      for (const { changes, stateHash, revision } of entry.revisions) {
        for (const change of changes) told(state?.apply(change));
        // Who has some of the entities cannot know the hash of all.
        if (!trace.filter) told(prefixed(`at revision ${revision}`, state?.differsFrom(stateHash)));
      }
      told(prefixed('at the end of a delta', state?.differsFrom(entry.stateHash)));
    }
    const because = state?.differsFromFinal(final);
    if (because !== undefined) found.push({ at: trace.entries.length, because });
    return found;
  },
};

/** What a client holds. */
class State {
  private readonly items = new Map<string, Item>();
  private hash: Buffer = emptyHash;

  add(item: Item): string | undefined {
    const known = this.items.has(item.id);
    this.put(item);
    return known ? `a snapshot has ${item.kind} ${item.id} twice` : undefined;
  }

  apply({ kind, id, before, after }: Change): string | undefined {
    const known = this.items.get(id);
    if (after) this.put({ kind, id, document: after });
    else this.remove(id);
    if (before === undefined) return known || after ? undefined : `${kind} ${id} is gone, and was not there`;
    const isSame = known ? before !== null && equalJson(before, known.document) : before === null;
    return isSame ? undefined : `${kind} ${id} was something else before than the change says`;
  }

  differsFrom(stateHash: string | null): string | undefined {
    const hash = this.hash.toString('hex');
    if (stateHash === null || hash === stateHash) return undefined;
    return `the state has the hash ${hash}, and the message says ${stateHash}`;
  }

  differsFromFinal({ items, stateHash }: Final): string | undefined {
    const stale = items.find(
      ({ id, document }) => !equalJson(document, this.items.get(id)?.document ?? null),
    );
    if (stale) return `${stale.kind} ${stale.id} is not as it is in the end`;
    if (items.length !== this.items.size)
      return `there are ${this.items.size} things, and in the end ${items.length}`;
    return this.differsFrom(stateHash);
  }

  private put(item: Item): void {
    this.remove(item.id);
    this.items.set(item.id, item);
    this.hash = withEntity(this.hash, digestOf(item));
  }

  private remove(id: string): void {
    const known = this.items.get(id);
    if (!known) return;
    this.items.delete(id);
    this.hash = withoutEntity(this.hash, digestOf(known));
  }
}

function digestOf({ kind, id, document }: Item): Buffer {
  return memberDigest(kind, id, document);
}

function prefixed(where: string, because: string | undefined): string | undefined {
  return because === undefined ? undefined : `${where}, ${because}`;
}
