import type { Revision } from '../revision.js';

/** The newest revisions of a stream, read once and kept for all its watchers. Bounded by the events that it holds. */
export class Window {
  private revisions: Revision[] = [];
  private events = 0;

  constructor(private readonly maxEvents: number) {}

  /** The newest revision held, or nothing. */
  get last(): Revision | undefined {
    return this.revisions.at(-1);
  }

  /** Adds revisions that follow on the newest; others would tear a hole, so they replace what is held. */
  add(revisions: readonly Revision[]): void {
    const [first] = revisions;
    if (!first) return;
    if (this.last && this.last.revision + 1 !== first.revision) this.clear();
    for (const revision of revisions) {
      this.revisions.push(revision);
      this.events += revision.events.length;
    }
    this.trim();
  }

  /** Up to `limit` revisions after one, or nothing if the window does not reach back that far. */
  after(position: number, limit: number): readonly Revision[] | undefined {
    const [first] = this.revisions;
    if (!first || position + 1 < first.revision) return undefined;
    const start = position + 1 - first.revision;
    return this.revisions.slice(start, start + limit);
  }

  clear(): void {
    this.revisions = [];
    this.events = 0;
  }

  private trim(): void {
    let drop = 0;
    while (this.events > this.maxEvents && drop < this.revisions.length) {
      this.events -= this.revisions[drop]?.events.length ?? 0;
      drop += 1;
    }
    if (drop > 0) this.revisions = this.revisions.slice(drop);
  }
}
