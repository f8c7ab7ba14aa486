import type { AppliedQuestion, AppliedStatus } from './applied.js';

/** Of so many questions the newest answer is kept; more only cost more reads. */
const maxKept = 200;

interface Kept {
  /** Where the status stream stood. */
  readonly cursor: string;
  readonly answer: Promise<AppliedStatus>;
}

/** Answers a question once for each position of the status stream, however many watchers ask there. */
export class SharedAnswers {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly read: (question: AppliedQuestion) => Promise<AppliedStatus>) {}

  /** The answer as of a position, or newer. */
  at(question: AppliedQuestion, cursor: string): Promise<AppliedStatus> {
    const known = this.kept.get(keyOf(question));
    return known?.cursor === cursor ? known.answer : this.now(question, cursor);
  }

  /** The answer as of now, for one who comes: what has happened may not have moved the status stream yet. */
  now(question: AppliedQuestion, cursor: string): Promise<AppliedStatus> {
    const key = keyOf(question);
    const answer = this.read(question);
    this.keep(key, { cursor, answer });
    // What failed is asked again.
    answer.catch(() => this.kept.delete(key));
    return answer;
  }

  private keep(key: string, newest: Kept): void {
    this.kept.delete(key);
    this.kept.set(key, newest);
    const [oldest] = this.kept.keys();
    if (this.kept.size > maxKept && oldest !== undefined) this.kept.delete(oldest);
  }
}

function keyOf({ runtimeGroupId, revision, required }: AppliedQuestion): string {
  return [runtimeGroupId, revision, required].join('/');
}
