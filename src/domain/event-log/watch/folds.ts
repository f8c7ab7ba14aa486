import type { StreamKey } from '../../../foundation/commands/command.js';
import type { AtMost } from '../../../foundation/kernel/at-most.js';
import type { Reader } from '../../../foundation/postgres/database.js';
import { shortHash } from '../cursor.js';
import { countBehind, readFold, type Range } from '../fold.store.js';
import type { Position, Step } from './step.js';

/** Who is behind by more than this is told what the revisions come to, and not each of them. */
export interface FoldLimits {
  readonly revisions: number;
  /** Also the most changes that one fold may have. */
  readonly changes: number;
}

/** The limits unless others are set. */
export const defaultFoldLimits: FoldLimits = { revisions: 256, changes: 5_000 };

/** So many folds of a stream are kept at hand, for others who stand at the same place. */
const foldsKept = 4;

/** What the revisions between two positions come to. */
export interface Folding {
  /** The last of them. */
  readonly to: number;
  /** How many documents that is: what things were, and what they are. */
  readonly documents: number;
  /** Nothing: it is too much for one message. */
  readonly step: Step | undefined;
}

/** What folds are made with. */
export interface FoldMeans {
  readonly reader: Reader;
  readonly limits: FoldLimits;
  /** However many watchers lag, only so many folds are made at once: each may be large. */
  readonly atOnce: AtMost;
}

/** The folds of one stream, each made once for all who stand at the same place. */
export class Folds {
  private readonly kept = new Map<string, Promise<Folding | undefined>>();

  constructor(
    private readonly stream: StreamKey,
    private readonly means: FoldMeans,
  ) {}

  /** True if so many revisions are folded, whatever is in them. */
  isMany(revisions: number): boolean {
    return revisions > this.means.limits.revisions;
  }

  /** What comes between two positions. Nothing: it is not worth it, or not all there any more. */
  between(from: Position, to: Position): Promise<Folding | undefined> {
    const key = `${from.cursor} ${to.cursor}`;
    const known = this.kept.get(key);
    if (known) return known;
    const folding = this.means.atOnce.run(() => this.fold(from, to));
    this.kept.set(key, folding);
    folding.catch(() => this.kept.delete(key));
    const [oldest] = this.kept.keys();
    if (this.kept.size > foldsKept && oldest !== undefined) this.kept.delete(oldest);
    return folding;
  }

  forget(): void {
    this.kept.clear();
  }

  private async fold(from: Position, to: Position): Promise<Folding | undefined> {
    const { reader, limits } = this.means;
    const range: Range = { stream: this.stream, after: from.revision, to: to.revision };
    if (!(await this.isDue(range))) return undefined;
    const folded = await readFold(reader, range, limits.changes);
    // The history may be another one now.
    if (!folded || shortHash(folded.hash) !== to.hash) return undefined;
    const { stateHash, documents, changes } = folded;
    const cursors = { fromCursor: from.cursor, cursor: to.cursor };
    const revisions = { fromRevision: from.revision, revision: to.revision };
    const message = changes && { is: 'fold' as const, ...cursors, ...revisions, stateHash, changes };
    return { to: to.revision, documents, step: message && { message, to } };
  }

  private async isDue(range: Range): Promise<boolean> {
    if (this.isMany(range.to - range.after)) return true;
    const { revisions, events } = await countBehind(this.means.reader, range);
    return revisions > 1 && events > this.means.limits.changes;
  }
}
