/** The parts of a stream's messages that say where they belong; the rest is for whoever reads the stream. */
export type StreamMessage =
  | {
      readonly __typename: 'ConfigSnapshot' | 'SyncStatusSnapshot' | 'ServiceVersionsSnapshot';
      readonly cursor: string;
      readonly part: number;
      readonly parts: number;
      readonly revision?: number;
    }
  | {
      readonly __typename: 'ConfigDelta' | 'SyncStatusDelta' | 'ServiceVersionsDelta';
      readonly fromCursor: string;
      readonly cursor: string;
      readonly revisions?: readonly { readonly revision: number }[];
      /** Of a configuration: null where some of it was asked for, so that revisions may be left out. */
      readonly stateHash?: string | null;
    }
  | {
      readonly __typename: 'ConfigFold';
      readonly fromCursor: string;
      readonly cursor: string;
      readonly fromRevision: number;
      readonly revision: number;
    }
  /** Of a stream without a state: what stands between its cursors and is not among these is not for the reader. */
  | {
      readonly __typename: 'ChangesDelta';
      readonly fromCursor: string;
      readonly cursor: string;
      readonly revisions?: undefined;
      readonly stateHash?: undefined;
    }
  | {
      readonly __typename: 'Bookmark';
      readonly cursor: string;
      /** Where only some is asked for, it must be: what is beside that is passed over. */
      readonly fromCursor?: string;
    }
  | { readonly __typename: 'Resync'; readonly reason: string; readonly message: string }
  | {
      readonly __typename: 'Goodbye';
      readonly retryAfterMs: number;
      readonly cause: 'DRAINING' | 'REPLACED' | 'UNAVAILABLE';
      readonly message: string;
    }
  | { readonly __typename: 'SessionOpened' }
  /** A whole state by itself: it continues nothing. */
  | { readonly __typename: 'AppliedStatus' };

type SnapshotPart = Extract<StreamMessage, { readonly part: number }>;
type Fold = Extract<StreamMessage, { readonly __typename: 'ConfigFold' }>;
type Bookmark = Extract<StreamMessage, { readonly __typename: 'Bookmark' }>;
type Delta = Exclude<Extract<StreamMessage, { readonly fromCursor: string; readonly cursor: string }>, Fold>;

/**
 * Where a reader of a stream stands, over any number of connections, and whether what comes next continues it: every
 * part of a snapshot, every delta from the cursor that the one before led to, every revision once. That no revision is missing
 * within a delta can be told where `stateHash` is asked for: without it, or without a hash, some may be left out.
 */
export class Continuity {
  private revision: number | undefined;
  private unfinished: SnapshotPart | undefined;

  /** A feed has no state, so that its bookmarks alone say where it begins, and how far it is. */
  constructor(
    private reached: string | null,
    private readonly isFeed: boolean,
  ) {}

  /** The cursor to continue from. Only what is complete moves it. */
  get cursor(): string | null {
    return this.reached;
  }

  /** A new connection begins: parts of a snapshot that the last one left unfinished count for nothing. */
  begin(): void {
    this.unfinished = undefined;
  }

  /** Forgets everything, so that the next connection begins with a snapshot. */
  forget(): void {
    // A feed has none: without a cursor, what came before the next connection would be left out. With one that is void, it is
    // told so once more.
    if (!this.isFeed) this.reached = null;
    this.revision = undefined;
    this.unfinished = undefined;
  }

  /** Takes note of a message. Says what is wrong with it if it does not continue what came before. */
  admit(message: StreamMessage): string | undefined {
    switch (message.__typename) {
      case 'ConfigSnapshot':
      case 'SyncStatusSnapshot':
      case 'ServiceVersionsSnapshot':
        return this.admitPart(message);
      case 'ConfigDelta':
      case 'SyncStatusDelta':
      case 'ChangesDelta':
      case 'ServiceVersionsDelta':
        return this.admitDelta(message);
      case 'ConfigFold':
        return this.admitFold(message);
      case 'Bookmark':
        return this.admitBookmark(message);
      case 'Resync':
        this.forget();
        return undefined;
      case 'Goodbye':
      case 'SessionOpened':
      case 'AppliedStatus':
        return undefined;
      default:
        return unknown(message);
    }
  }

  private admitPart(part: SnapshotPart): string | undefined {
    const before = this.unfinished;
    if (part.part !== (before?.part ?? 0) + 1) {
      return `part ${part.part} of a snapshot came after part ${before?.part ?? 0}`;
    }
    if (before && (before.cursor !== part.cursor || before.parts !== part.parts)) {
      return 'parts of two snapshots came mixed';
    }
    this.unfinished = part;
    if (part.part === part.parts) this.reach(part.cursor, part.revision);
    return undefined;
  }

  private admitDelta(delta: Delta): string | undefined {
    const isWhole = typeof delta.stateHash === 'string';
    const revisions = delta.revisions ?? [];
    const misplaced = this.misplaced('delta', delta.fromCursor) ?? this.outOfOrder(revisions, isWhole);
    if (misplaced === undefined) this.reach(delta.cursor, isWhole ? revisions.at(-1)?.revision : undefined);
    return misplaced;
  }

  private admitBookmark({ fromCursor, cursor }: Bookmark): string | undefined {
    const misplaced = this.isFeed ? undefined : this.misplaced('bookmark', fromCursor ?? cursor);
    if (misplaced === undefined && cursor !== this.reached) this.reach(cursor, undefined);
    return misplaced;
  }

  private admitFold({ fromCursor, cursor, fromRevision, revision }: Fold): string | undefined {
    const isNext = this.revision === undefined || this.revision === fromRevision;
    const misplaced = this.misplaced('fold', fromCursor);
    if (misplaced === undefined && isNext) this.reach(cursor, revision);
    return isNext ? misplaced : `a fold from revision ${fromRevision} came after revision ${this.revision}`;
  }

  private reach(cursor: string, revision: number | undefined): void {
    this.reached = cursor;
    this.revision = revision;
    this.unfinished = undefined;
  }

  private misplaced(what: string, at: string): string | undefined {
    if (this.unfinished) return `a ${what} came before the snapshot was complete`;
    return at === this.reached ? undefined : `a ${what} does not begin where the last message ended`;
  }

  private outOfOrder(
    revisions: readonly { readonly revision: number }[],
    isWhole: boolean,
  ): string | undefined {
    let last = this.revision;
    for (const { revision } of revisions) {
      if (last !== undefined && (isWhole ? revision !== last + 1 : revision <= last))
        return `revision ${revision} came after revision ${last}`;
      last = revision;
    }
    return undefined;
  }
}

/** Of a newer server: what it says cannot be known, and so not what it continues. */
function unknown(message: never): string {
  return `a message came that is not known here, ${(message as { readonly __typename: string }).__typename}`;
}
